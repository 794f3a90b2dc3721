import { open, type Session } from "./client";

const rule = "/projects/42/push_rule";
const groupRule = "/groups/9/push_rule";

let session: Session;
const api: Session["api"] = (...args) => session.api(...args);

beforeEach(async () => {
  session = await open({ tokens: [{ token: "dev", role: "developer" }] });
});

afterEach(async () => {
  await session.sandbox.stop();
});

test("from none to one and back", async () => {
  const none = await api("GET", rule);
  expect([none.status, none.text]).toEqual([200, "null"]);
  expect((await api("PUT", rule, { prevent_secrets: true })).json).toEqual({ message: "404 Push rule Not Found" });
  expect((await api("POST", rule, { prevent_secrets: true })).status).toBe(201);
  const twice = await api("POST", rule, { prevent_secrets: true });
  expect([twice.status, twice.json]).toEqual([422, { message: "Project push rule exists" }]);
  const changed = await api("PUT", rule, { commit_message_regex: "^x" });
  expect(changed.json).toMatchObject({ project_id: 42, prevent_secrets: true, commit_message_regex: "^x" });
  expect((await api("DELETE", rule)).status).toBe(204);
  expect((await api("DELETE", rule)).json).toEqual({ message: "404 Push rule Not Found" });
});

test("defaults and keys", async () => {
  const reply = await api("POST", rule, { member_check: true });
  expect(Object.entries(reply.json).filter(([key]) => key !== "created_at")).toEqual([
    ["id", 1],
    ["project_id", 42],
    ["commit_message_regex", null],
    ["commit_message_negative_regex", null],
    ["branch_name_regex", null],
    ["deny_delete_tag", false],
    ["member_check", true],
    ["prevent_secrets", false],
    ["author_email_regex", null],
    ["file_name_regex", null],
    ["max_file_size", 0],
    ["commit_committer_check", null],
    ["commit_committer_name_check", false],
    ["reject_unsigned_commits", null],
    ["reject_non_dco_commits", null],
  ]);
});

test("bad values and none at all", async () => {
  expect((await api("POST", rule, {})).json.error).toContain("at least one parameter must be provided");
  const bad = await api("POST", rule, { commit_message_regex: "(", max_file_size: -1 });
  expect(bad.status).toBe(400);
  expect(bad.json.message).toMatchObject({ max_file_size: ["must be greater than or equal to 0"] });
  expect(Object.keys(bad.json.message as object)).toContain("commit_message_regex");
  const long = await api("POST", rule, { file_name_regex: "x".repeat(512) });
  expect(long.json.message).toEqual({ file_name_regex: ["is too long (maximum is 511 characters)"] });
  const typed = await api("POST", rule, { max_file_size: "many" });
  expect(typed.json).toEqual({ error: "max_file_size is invalid" });
});

test("false reads back as null where GitLab stores it so", async () => {
  const reply = await api("POST", rule, {
    commit_committer_check: false,
    commit_committer_name_check: false,
    reject_unsigned_commits: false,
  });
  expect(reply.json).toMatchObject({
    commit_committer_check: null,
    commit_committer_name_check: false,
    reject_unsigned_commits: null,
  });
});

test("the instance's rule shows through what is unset, and is copied to new projects", async () => {
  await api("POST", rule, { member_check: true });
  await session.control("PUT", "/settings", { instancePushRule: { reject_unsigned_commits: true } });
  expect((await api("GET", rule)).json.reject_unsigned_commits).toBe(true);
  expect((await api("PUT", rule, { reject_unsigned_commits: false })).json.reject_unsigned_commits).toBe(false);
  const project = (await api("POST", "/projects", { name: "Fresh", namespace_id: 9 })).json.id as number;
  expect((await api("POST", `/projects/${project}/push_rule`, { member_check: true })).status).toBe(422);
});

test("without the licence nothing is there, without a feature its key is refused and hidden", async () => {
  await api("POST", rule, { member_check: true });
  await session.control("PUT", "/settings", { licence: ["push_rules"] });
  expect((await api("PUT", rule, { commit_committer_check: false })).json).toEqual({ message: "403 Forbidden" });
  expect((await api("GET", rule)).json).not.toHaveProperty("commit_committer_check");
  await session.control("PUT", "/settings", { licence: [] });
  for (const method of ["GET", "POST", "PUT", "DELETE"]) expect((await api(method, rule)).status).toBe(404);
});

test("groups answer differently", async () => {
  expect((await api("GET", groupRule)).json).toEqual({ message: "404 Not Found" });
  expect((await api("PUT", groupRule, { member_check: true })).json).toEqual({ message: "404 Push rule Not Found" });
  const made = await api("POST", groupRule, { member_check: true });
  expect(made.status).toBe(201);
  expect(made.json).not.toHaveProperty("project_id");
  expect((await api("POST", groupRule, { member_check: true })).json).toEqual({
    message: "Group push rule exists, try updating",
  });
  expect((await api("GET", groupRule, undefined, "dev")).status).toBe(404);
  expect((await api("GET", rule, undefined, "dev")).status).toBe(403);
  const project = (await api("POST", "/projects", { name: "Fresh", namespace_id: 10 })).json.id as number;
  expect((await api("GET", `/projects/${project}/push_rule`)).json.member_check).toBe(true);
});
