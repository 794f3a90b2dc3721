import { call, open, type Session } from "./client";

let session: Session;
const api: Session["api"] = (...args) => session.api(...args);

beforeEach(async () => {
  session = await open({
    tokens: [
      { token: "dev", role: "developer" },
      { token: "reader", role: "maintainer", scopes: ["read_api"] },
      { token: "old", role: "owner", state: "expired" },
      { token: "pulled", role: "owner", state: "revoked" },
      { token: "narrow", role: "none", access: { acme: "maintainer", "acme/platform": "guest" } },
    ],
  });
});

afterEach(async () => {
  await session.sandbox.stop();
});

test("every form of a token is taken, and none or a wrong one refused", async () => {
  const url = `${session.sandbox.url}/api/v4/user`;
  const { token } = session.sandbox;
  const basic = Buffer.from(`anyone:${token}`).toString("base64");
  for (const headers of [
    { "PRIVATE-TOKEN": token },
    { Authorization: `Bearer ${token}` },
    { Authorization: `Basic ${basic}` },
  ]) {
    expect((await call(url, "GET", undefined, headers as Record<string, string>)).json.username).toBe("root");
  }
  expect((await call(`${url}?private_token=${token}`, "GET", undefined, {})).status).toBe(200);
  for (const wrong of ["", "nonsense"]) {
    const reply = await api("GET", "/user", undefined, wrong);
    expect([reply.status, reply.json]).toEqual([401, { message: "401 Unauthorized" }]);
  }
});

test("expired, revoked and narrow tokens say so under another key", async () => {
  for (const token of ["old", "pulled"]) {
    const reply = await api("GET", "/user", undefined, token);
    expect([reply.status, reply.json.error]).toEqual([401, "invalid_token"]);
  }
  expect((await api("GET", "/projects/42/hooks", undefined, "reader")).status).toBe(200);
  const write = await api("POST", "/projects/42/hooks", { url: "https://a.example.com" }, "reader");
  expect([write.status, write.json.error, write.json.scope]).toEqual([403, "insufficient_scope", "api"]);
});

test("roles count per path, and what one may not see is missing", async () => {
  expect((await api("GET", "/projects/42/integrations", undefined, "dev")).status).toBe(403);
  expect((await api("GET", "/projects/42/integrations", undefined, "narrow")).status).toBe(200);
  expect((await api("GET", "/projects/45/integrations", undefined, "narrow")).status).toBe(403);
  const hidden = await api("GET", "/projects/47/integrations", undefined, "narrow");
  expect([hidden.status, hidden.json]).toEqual([404, { message: "404 Project Not Found" }]);
  expect((await api("GET", "/groups/globex", undefined, "narrow")).json).toEqual({ message: "404 Group Not Found" });
  expect((await api("GET", "/projects", undefined, "narrow")).headers.get("x-total")).toBe("5");
});

test("permission comes before parameters", async () => {
  expect((await api("PUT", "/projects/42/integrations/slack", {}, "dev")).status).toBe(403);
  expect((await api("PUT", "/projects/999/integrations/slack", {}, "dev")).status).toBe(404);
});

test("projects and groups by id and by path, ignoring case", async () => {
  expect((await api("GET", "/projects/acme%2Fplatform%2Fgateway")).json.id).toBe(45);
  expect((await api("GET", "/projects/ACME%2fshop")).json.id).toBe(42);
  expect((await api("GET", "/groups/acme%2Fplatform")).json).toMatchObject({ id: 10, parent_id: 9 });
  expect((await api("GET", "/projects/acme/shop")).json).toEqual({ error: "404 Not Found" });
});

test("a renamed project redirects reads and refuses writes at its old path", async () => {
  await api("PUT", "/projects/42", { path: "store" });
  const read = await api("GET", "/projects/acme%2Fshop/hooks?per_page=5");
  expect(read.status).toBe(301);
  expect(read.headers.get("location")).toBe(`${session.sandbox.url}/api/v4/projects/42/hooks?per_page=5`);
  const write = await api("POST", "/projects/acme%2Fshop/hooks", { url: "https://a.example.com" });
  expect([write.status, write.json]).toEqual([405, { message: "Non GET methods are not allowed for moved projects" }]);
  await api("PUT", "/groups/9", { path: "acme-corp" });
  expect((await api("GET", "/projects/acme%2Fstore")).status).toBe(301);
  expect((await api("GET", "/projects/acme-corp%2Fstore")).json.id).toBe(42);
});

test("deleting a project takes two steps, and the first can be undone", async () => {
  const gone = await api("DELETE", "/projects/42");
  expect([gone.status, gone.json]).toEqual([202, { message: "202 Accepted" }]);
  expect((await api("GET", "/projects/acme%2Fshop")).status).toBe(404);
  const marked = (await api("GET", "/projects/42")).json;
  expect(marked.marked_for_deletion_on).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(marked.path_with_namespace).toBe("acme/shop-deletion_scheduled-42");
  expect((await api("POST", "/projects/42/restore")).json.path_with_namespace).toBe("acme/shop");
  expect((await api("POST", "/projects/42/restore")).status).toBe(400);
  await api("DELETE", "/projects/42");
  const wrong = await api("DELETE", "/projects/42", { permanently_remove: true, full_path: "acme/shop" });
  expect(wrong.status).toBe(400);
  const path = "acme/shop-deletion_scheduled-42";
  expect((await api("DELETE", "/projects/42", { permanently_remove: true, full_path: path })).status).toBe(202);
  expect((await api("GET", "/projects/42")).status).toBe(404);
});

test("projects and groups are made where there is room for them", async () => {
  expect((await api("POST", "/projects", {})).status).toBe(400);
  expect((await api("POST", "/projects", { path: "shop", namespace_id: 9 })).json.message).toMatchObject({
    path: ["has already been taken"],
  });
  const made = await api("POST", "/projects", { name: "My Shop" });
  expect([made.status, made.json.path_with_namespace]).toEqual([201, "root/my-shop"]);
  const group = await api("POST", "/groups", { name: "Sub", path: "sub", parent_id: 10 });
  expect(group.json.full_path).toBe("acme/platform/sub");
  expect((await api("DELETE", "/groups/10")).status).toBe(202);
  expect((await api("GET", "/projects/45")).status).toBe(404);
  expect((await api("GET", `/groups/${group.json.id as number}`)).status).toBe(404);
});

test("groups list what is in them", async () => {
  const names = (rows: unknown): unknown[] => (rows as { path: string }[]).map(({ path }) => path);
  expect(names((await api("GET", "/groups?top_level_only=true")).json)).toEqual(["acme", "globex"]);
  expect(names((await api("GET", "/groups/9/subgroups")).json)).toEqual(["platform"]);
  expect(names((await api("GET", "/groups/9/projects?order_by=path&sort=asc")).json)).toEqual(["api", "shop", "web"]);
  expect(names((await api("GET", "/groups/9/projects?include_subgroups=true")).json)).toHaveLength(5);
});
