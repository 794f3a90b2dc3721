import { open, type Session } from "./client";

let session: Session;
const api: Session["api"] = (...args) => session.api(...args);

beforeAll(async () => {
  session = await open({
    tokens: [
      { token: "dev", role: "developer" },
      { token: "out", role: "none" },
    ],
  });
});

afterAll(async () => {
  await session.sandbox.stop();
});

test("the levels and who they belong to", async () => {
  const path = "/projects/42/notification_settings";
  expect((await api("GET", path)).json).toEqual({ level: "global" });
  const custom = await api("PUT", path, { level: "custom", new_note: true });
  expect(custom.json).toMatchObject({ level: "custom", events: { new_note: true, new_issue: null } });
  expect((await api("GET", path, undefined, "dev")).json).toEqual({ level: "global" });
  expect((await api("PUT", path, { level: "watch" })).json).toEqual({ level: "watch" });
  const back = await api("PUT", path, { level: "custom" });
  expect(back.json.events).toMatchObject({ new_note: true });
  const bogus = await api("PUT", path, { level: "bogus" });
  expect([bogus.status, bogus.json]).toEqual([400, { message: "'bogus' is not a valid level" }]);
  expect((await api("GET", path, undefined, "out")).status).toBe(404);
});

test("in general there is an address, and it must be one's own", async () => {
  const path = "/notification_settings";
  expect((await api("GET", path)).json).toEqual({
    level: "participating",
    notification_email: "root@example.com",
  });
  const foreign = await api("PUT", path, { notification_email: "else@example.com" });
  expect([foreign.status, foreign.json]).toEqual([
    400,
    { message: { notification_email: ["is not an email you own"] } },
  ]);
});

test("groups know epics, projects approvers", async () => {
  const group = await api("PUT", "/groups/9/notification_settings", { level: "custom" });
  expect(Object.keys(group.json.events as object)).toContain("new_epic");
  expect(Object.keys(group.json.events as object)).not.toContain("approver");
  const project = await api("PUT", "/projects/43/notification_settings", { level: "custom" });
  expect(Object.keys(project.json.events as object)).toContain("approver");
});
