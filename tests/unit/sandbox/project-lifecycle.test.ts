import { open, type Session } from "./client";

let session: Session;
const api: Session["api"] = (...args) => session.api(...args);

beforeAll(async () => {
  session = await open({ tokens: [{ token: "keeper", role: "maintainer" }] });
});

beforeEach(() => {
  session.sandbox.control.reset();
});

afterAll(async () => {
  await session.sandbox.stop();
});

const RENAMED = "acme/shop-deletion_scheduled-42";

test("a project marked for deletion makes room, and comes back under another path when its own is gone", async () => {
  await api("DELETE", "/projects/42");
  const marked = (await api("GET", "/projects/42")).json;
  expect(marked).toMatchObject({ archived: true, name: "Shop-deletion_scheduled-42", path_with_namespace: RENAMED });
  const already = await api("DELETE", "/projects/42");
  expect([already.status, already.json.message]).toEqual([400, expect.stringContaining("already been marked")]);
  expect((await api("POST", "/projects", { name: "Shop", path: "shop", namespace_id: 9 })).status).toBe(201);
  const back = await api("POST", "/projects/42/restore");
  expect(back.status).toBe(201);
  expect(back.json.path).toMatch(/^shop-[0-9a-f]{5}$/);
  expect(back.json).toMatchObject({ archived: false, marked_for_deletion_on: null });
});

test("removal needs the mark and the whole path", async () => {
  const early = await api("DELETE", "/projects/42?permanently_remove=true&full_path=acme/shop");
  expect(early.json.message).toBe("Project must be marked for deletion first.");
  await api("DELETE", "/projects/42");
  const wrong = await api("DELETE", "/projects/42?permanently_remove=true&full_path=acme/shop");
  expect([wrong.status, wrong.json.message]).toEqual([400, expect.stringContaining("`full_path` is incorrect")]);
  expect((await api("DELETE", `/projects/42?permanently_remove=true&full_path=${RENAMED}`)).status).toBe(202);
  expect((await api("GET", "/projects/42")).status).toBe(404);
});

test("before 18.0 a marked project keeps its path", async () => {
  await session.control("PUT", "/settings", { version: "17.11.0-ee" });
  await api("DELETE", "/projects/42");
  expect((await api("GET", "/projects/acme%2Fshop")).json.marked_for_deletion_on).toMatch(/^\d{4}-/);
});

test("without a delay a project is gone, and its path taken until the removal is over", async () => {
  await session.control("PUT", "/settings", { deletionDelay: 0, removalTime: 60_000 });
  expect((await api("DELETE", "/projects/42")).status).toBe(202);
  expect((await api("GET", "/projects/42")).status).toBe(404);
  expect((await api("GET", "/projects/42/hooks")).status).toBe(404);
  const twin = { name: "Shop", path: "shop", namespace_id: 9 };
  expect((await api("POST", "/projects", twin)).json.message).toEqual({
    "project_namespace.name": ["has already been taken"],
    base: ["The project is still being deleted. Please try again later."],
  });
  expect(session.sandbox.control.removeMarkedProjects()).toBe(1);
  expect((await api("POST", "/projects", twin)).status).toBe(201);
});

test("a removal ends by itself when its time is over", async () => {
  await session.control("PUT", "/settings", { deletionDelay: 0, removalTime: 30 });
  await api("DELETE", "/projects/42");
  await new Promise((resolve) => setTimeout(resolve, 40));
  expect((await api("POST", "/projects", { path: "shop", namespace_id: 9 })).status).toBe(201);
});

test("the removal of what is marked can be brought about", async () => {
  await api("DELETE", "/projects/42");
  expect((await session.control("POST", "/removals")).json).toEqual({ removed: 1 });
  expect((await api("GET", "/projects/42")).status).toBe(404);
});

test("archiving is idempotent, and for owners", async () => {
  for (const archived of [true, true, false, false]) {
    const reply = await api("POST", `/projects/42/${archived ? "archive" : "unarchive"}`);
    expect([reply.status, reply.json.archived]).toEqual([201, archived]);
  }
  expect((await api("POST", "/projects/42/archive", undefined, "keeper")).status).toBe(403);
});

test("an instance may let archived projects be changed", async () => {
  await api("POST", "/projects/42/archive");
  expect((await api("PUT", "/projects/42", { description: "x" })).status).toBe(403);
  expect((await api("GET", "/projects/42/hooks")).status).toBe(200);
  await session.control("PUT", "/settings", { archivedIsReadOnly: false });
  expect((await api("PUT", "/projects/42", { description: "x" })).status).toBe(200);
  expect((await api("POST", "/projects/42/unarchive")).status).toBe(201);
});

test("a transfer moves a project, leaves a redirect and lowers what is too open", async () => {
  const hook = await api("POST", "/projects/42/hooks", { url: "https://a.example.com" });
  const id = (await api("POST", "/projects", { name: "Open", visibility: "public" })).json.id as number;
  const opened = await api("PUT", `/projects/${id}/transfer`, { namespace: 11 });
  expect([opened.status, opened.json.path_with_namespace, opened.json.visibility]).toEqual([
    200,
    "globex/Open",
    "private",
  ]);
  expect((await api("PUT", "/projects/42/transfer?namespace=globex")).status).toBe(200);
  expect((await api("GET", "/projects/acme%2Fshop")).status).toBe(301);
  const write = await api("PUT", "/projects/acme%2Fshop", { lfs_enabled: false });
  expect([write.status, write.json.message]).toEqual([405, "Non GET methods are not allowed for moved projects"]);
  expect((await api("GET", `/projects/globex%2Fshop/hooks/${hook.json.id as number}`)).status).toBe(200);
});

test("a transfer is refused to where one may not or cannot go", async () => {
  const move = (namespace: unknown, token?: string) => api("PUT", "/projects/42/transfer", { namespace }, token);
  expect((await move("nowhere")).json.message).toBe("404 Namespace Not Found");
  expect((await move(9)).json.message).toBe("Failed to transfer project Project is already in this namespace.");
  await api("POST", "/projects", { name: "Shop", namespace_id: 11 });
  const taken = await move(11);
  expect([taken.status, taken.json.message]).toEqual([400, expect.stringContaining("same name or path")]);
  expect((await move(11, "keeper")).status).toBe(403);
  const places = (await api("GET", "/projects/42/transfer_locations?search=g")).json;
  expect((places as unknown as { full_path: string }[]).map((place) => place.full_path)).toEqual(["globex"]);
});
