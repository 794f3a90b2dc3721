import { open, type Session } from "./client";

let session: Session;
const api: Session["api"] = (...args) => session.api(...args);

beforeEach(async () => {
  session = await open({
    tokens: [
      { token: "reader", role: "reporter", scopes: ["read_api"], expiresAt: "2099-03-04" },
      { token: "maintainer", role: "maintainer" },
      { token: "bot", role: "owner", username: "group_9_bot_5a4d" },
      { token: "old", role: "owner", state: "expired" },
    ],
  });
});

afterEach(async () => {
  await session.sandbox.stop();
});

test("a token tells its scopes, its last day and its user, also one that may only read", async () => {
  const reply = await api("GET", "/personal_access_tokens/self", undefined, "reader");
  expect([reply.status, reply.json]).toEqual([
    200,
    expect.objectContaining({ scopes: ["read_api"], expires_at: "2099-03-04", active: true, revoked: false }),
  ]);
  expect((await api("GET", `/users/${String(reply.json.user_id)}`)).json.username).toBe("reporter");
  expect((await api("GET", "/personal_access_tokens/self", undefined, "old")).status).toBe(401);
  expect(Date.parse(String((await api("GET", "/personal_access_tokens/self")).json.expires_at))).not.toBeNaN();
});

test("the user of a group's token is a bot, and others are not", async () => {
  expect((await api("GET", "/user", undefined, "bot")).json.bot).toBe(true);
  expect((await api("GET", "/user")).json.bot).toBe(false);
});

test("who makes a group owns it and what is in it, and nothing beside it", async () => {
  const made = await api("POST", "/groups", { name: "Mine", path: "mine" }, "maintainer");
  const below = await api("POST", "/groups", { name: "In", path: "in", parent_id: made.json.id }, "maintainer");
  expect([made.status, below.status]).toEqual([201, 201]);
  await api("PUT", `/groups/${String(made.json.id)}`, { path: "moved" }, "maintainer");
  for (const token of ["maintainer", "reader"]) {
    const statuses: unknown[] = [];
    for (const id of [below.json.id, made.json.id, 10]) {
      statuses.push((await api("PUT", `/groups/${String(id)}`, { description: "x" }, token)).status);
    }
    expect([token, statuses]).toEqual([token, token === "reader" ? [403, 403, 403] : [200, 200, 403]]);
  }
  // Its path, and not one that begins alike.
  await api("POST", "/groups", { name: "Other", path: "moved-not" });
  expect((await api("PUT", "/groups/moved-not", { description: "x" }, "maintainer")).status).toBe(403);
  expect((await api("POST", "/groups", { name: "x", path: "x", parent_id: 9 }, "reader")).status).toBe(403);
  expect((await api("DELETE", `/groups/${String(made.json.id)}`, undefined, "maintainer")).status).toBe(202);
});

test("a member's role is shown for groups and projects, and 404 where there is none", async () => {
  const { id } = (await api("GET", "/user", undefined, "maintainer")).json;
  for (const path of ["/groups/9", "/projects/42"]) {
    const reply = await api("GET", `${path}/members/all/${String(id)}`, undefined, "maintainer");
    expect([reply.status, reply.json.access_level]).toEqual([200, 40]);
    expect((await api("GET", `${path}/members/all/999`)).json).toEqual({ message: "404 Not Found" });
    // An administrator is no member by that.
    expect((await api("GET", `${path}/members/all/1`)).status).toBe(404);
  }
});

test("administrators are told which integrations the instance allows", async () => {
  session.sandbox.control.configure({ unavailableIntegrations: ["slack"] });
  expect((await api("GET", "/application/settings", undefined, "maintainer")).status).toBe(403);
  const { json } = await api("GET", "/application/settings");
  expect(json.allow_all_integrations).toBe(false);
  expect(json.allowed_integrations).toContain("jira");
  expect(json.allowed_integrations).not.toContain("slack");
});

test("the Community Edition has none of the routes of the other one, whatever its licence says", async () => {
  session.sandbox.control.configure({ version: "18.5.0" });
  for (const path of ["/groups/9/hooks", "/groups/9/push_rule", "/projects/42/push_rule", "/projects/42/mirror/pull"]) {
    const reply = await api("GET", path);
    expect([path, reply.status, reply.json]).toEqual([path, 404, { error: "404 Not Found" }]);
  }
  expect((await api("GET", "/projects/42/hooks")).status).toBe(200);
  expect((await api("GET", "/application/settings")).json).not.toHaveProperty("allowed_integrations");
  const made = await api("PUT", "/projects/42", { merge_trains_enabled: true });
  expect(made.json).not.toHaveProperty("merge_trains_enabled");
});
