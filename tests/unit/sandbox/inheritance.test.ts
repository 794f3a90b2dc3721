import { open, properties, type Session } from "./client";

const asana = (parent: string): string => `/${parent}/integrations/asana`;

let session: Session;
const api: Session["api"] = (...args) => session.api(...args);

beforeEach(async () => {
  session = await open();
});

afterEach(async () => {
  await session.sandbox.stop();
});

test("an instance default is inherited until a PUT says otherwise", async () => {
  await session.control("PUT", "/integrations", {
    scope: "instance",
    slug: "asana",
    values: { api_key: "k", restrict_to_branch: "main" },
    propagate: false,
  });
  expect((await api("GET", asana("projects/42"))).status).toBe(404);
  const kept = await api("PUT", asana("projects/42"), { api_key: "mine", restrict_to_branch: "mine" });
  expect([kept.status, kept.json.inherited, properties(kept)]).toEqual([200, true, { restrict_to_branch: "main" }]);
  const own = await api("PUT", asana("projects/42"), {
    api_key: "mine",
    restrict_to_branch: "mine",
    use_inherited_settings: false,
  });
  expect([own.status, own.json.inherited, properties(own)]).toEqual([200, false, { restrict_to_branch: "mine" }]);
});

test("a default reaches every project without one of its own, new ones included", async () => {
  await session.control("PUT", "/integrations", { scope: "instance", slug: "asana", values: { api_key: "k" } });
  expect((await api("GET", asana("projects/49"))).json).toMatchObject({ active: true, inherited: true });
  const project = await api("POST", "/projects", { name: "Fresh", namespace_id: 9 });
  expect((await api("GET", asana(`projects/${project.json.id as number}`))).json.inherited).toBe(true);
});

test("a group's own settings carry over to what is below it", async () => {
  await api("PUT", asana("groups/9"), { api_key: "k", restrict_to_branch: "one" });
  expect(properties(await api("GET", asana("projects/45")))).toEqual({ restrict_to_branch: "one" });
  expect((await api("GET", asana("groups/10"))).json.inherited).toBe(true);
  expect((await api("GET", asana("projects/47"))).status).toBe(404);
  await api("PUT", asana("projects/42"), { api_key: "k", restrict_to_branch: "own", use_inherited_settings: false });
  await api("PUT", asana("groups/9"), { api_key: "k", restrict_to_branch: "two" });
  expect(properties(await api("GET", asana("projects/45")))).toEqual({ restrict_to_branch: "two" });
  expect(properties(await api("GET", asana("projects/42")))).toEqual({ restrict_to_branch: "own" });
});

test("inheriting again takes the nearest group's values and needs a default", async () => {
  const none = await api("PUT", asana("projects/47"), { api_key: "k", use_inherited_settings: true });
  expect([none.status, none.json]).toEqual([400, { message: "Default integration not found." }]);
  expect((await api("GET", asana("projects/47"))).status).toBe(404);
  await session.control("PUT", "/integrations", {
    scope: "instance",
    slug: "asana",
    values: { api_key: "k", restrict_to_branch: "instance" },
  });
  await api("PUT", asana("groups/9"), { api_key: "k", restrict_to_branch: "group", use_inherited_settings: false });
  await api("PUT", asana("projects/42"), { api_key: "k", restrict_to_branch: "own", use_inherited_settings: false });
  const again = await api("PUT", asana("projects/42"), { api_key: "x", use_inherited_settings: true });
  expect([again.json.inherited, properties(again)]).toEqual([true, { restrict_to_branch: "group" }]);
});

test("DELETE of an inherited one disables it here and keeps its ancestry", async () => {
  await api("PUT", asana("groups/9"), { api_key: "k" });
  await api("DELETE", asana("projects/42"));
  expect((await api("GET", asana("projects/42"))).json).toMatchObject({ active: false, inherited: true });
});

test("a new default between a project and its old one takes over, and gives way again", async () => {
  const { control } = session.sandbox;
  control.seedIntegration({ scope: "instance", slug: "asana", values: { api_key: "k", restrict_to_branch: "all" } });
  await api("PUT", asana("groups/9"), { api_key: "k", restrict_to_branch: "group", use_inherited_settings: false });
  const project = async (): Promise<unknown> => properties(await api("GET", asana("projects/45"))).restrict_to_branch;
  expect(await project()).toBe("group");
  await api("PUT", asana("groups/9"), { api_key: "k", use_inherited_settings: true });
  expect(await project()).toBe("all");
  control.seedIntegration({ scope: "instance", slug: "asana", values: { api_key: "k", restrict_to_branch: "new" } });
  expect(await project()).toBe("new");
});

test("a sandbox may begin with defaults, and goes back to them", async () => {
  const integrations = [{ scope: "groups/acme", slug: "asana", values: { api_key: "k", restrict_to_branch: "main" } }];
  const other = await open({ integrations });
  await other.api("PUT", asana("projects/42"), {
    api_key: "k",
    restrict_to_branch: "x",
    use_inherited_settings: false,
  });
  await other.control("POST", "/reset");
  const read = await other.api("GET", asana("projects/42"));
  await other.sandbox.stop();
  expect([read.json.inherited, properties(read)]).toEqual([true, { restrict_to_branch: "main" }]);
});
