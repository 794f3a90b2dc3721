import { open, type Session } from "./client";

const URL_A = "https://a.example.com/hook";
const hooks = "/projects/42/hooks";

let session: Session;
const api: Session["api"] = (...args) => session.api(...args);

beforeEach(async () => {
  session = await open({ tokens: [{ token: "dev", role: "developer" }] });
});

afterEach(async () => {
  await session.sandbox.stop();
});

async function make(body: Record<string, unknown> = {}): Promise<string> {
  const reply = await api("POST", hooks, { url: URL_A, ...body });
  expect(reply.status).toBe(201);
  return `${hooks}/${reply.json.id as number}`;
}

test("defaults and keys of a new hook", async () => {
  const reply = await api("POST", hooks, { url: URL_A });
  expect(reply.status).toBe(201);
  expect(reply.json).toMatchObject({
    push_events: true,
    confidential_note_events: null,
    issues_events: false,
    enable_ssl_verification: true,
    alert_status: "executable",
    branch_filter_strategy: "wildcard",
    push_events_branch_filter: null,
    token_present: false,
  });
  expect(Object.keys(reply.json)).toEqual([
    "id",
    "url",
    "name",
    "description",
    "created_at",
    "push_events",
    "tag_push_events",
    "merge_requests_events",
    "repository_update_events",
    "enable_ssl_verification",
    "alert_status",
    "disabled_until",
    "url_variables",
    "push_events_branch_filter",
    "branch_filter_strategy",
    "custom_webhook_template",
    "custom_headers",
    "project_id",
    "issues_events",
    "confidential_issues_events",
    "note_events",
    "confidential_note_events",
    "pipeline_events",
    "wiki_page_events",
    "deployment_events",
    "feature_flag_events",
    "job_events",
    "releases_events",
    "milestone_events",
    "emoji_events",
    "resource_access_token_events",
    "resource_deploy_token_events",
    "vulnerability_events",
    "token_present",
    "signing_token_present",
    "duo_flow_callback_enabled",
  ]);
});

test("lists of a project's hooks hide keys, lists of a group's show them", async () => {
  await make({ custom_headers: [{ key: "X-Team", value: "shop" }] });
  const list = (await api("GET", hooks)).json as unknown as Record<string, unknown>[];
  expect(list[0]).not.toHaveProperty("custom_headers");
  expect(list[0]).not.toHaveProperty("url_variables");
  await api("POST", "/groups/9/hooks", { url: URL_A, custom_headers: [{ key: "X-Team", value: "shop" }] });
  const groupList = (await api("GET", "/groups/9/hooks")).json as unknown as Record<string, unknown>[];
  expect(groupList[0]).toMatchObject({ group_id: 9, custom_headers: [{ key: "X-Team" }], member_events: false });
});

test("a hook without or with a wrong URL is refused", async () => {
  expect((await api("POST", hooks, {})).json).toEqual({ error: "url is missing" });
  for (const url of ["ftp://x.example.com", "", "https://x.example.com/{missing}", "http://localhost/x"]) {
    const reply = await api("POST", hooks, { url });
    expect([reply.status, reply.json]).toEqual([422, { error: "Invalid url given" }]);
  }
});

test("other bad values: one text on POST, a map on PUT", async () => {
  const token = { url: URL_A, token: "a\nb" };
  expect((await api("POST", hooks, token)).json).toEqual({ error: "Token is invalid" });
  const hook = await make();
  const put = await api("PUT", hook, token);
  expect([put.status, put.json]).toEqual([422, { message: { token: ["is invalid"] } }]);
  const filter = await api("POST", hooks, { url: URL_A, push_events_branch_filter: "a..b" });
  expect([filter.status, filter.json]).toEqual([422, { error: "Invalid branch filter given" }]);
  const strategy = await api("POST", hooks, { url: URL_A, branch_filter_strategy: "some" });
  expect([strategy.status, strategy.json]).toEqual([
    400,
    { error: "branch_filter_strategy does not have a valid value" },
  ]);
  const headers = { url: URL_A, custom_headers: [{ key: "1x", value: "v" }] };
  expect((await api("POST", hooks, headers)).json).toEqual({ error: "Custom headers must be a valid json schema" });
  expect((await api("PUT", hook, headers)).json.error).toContain("Custom headers validation failed: ");
  const half = await api("POST", hooks, { url: URL_A, url_variables: [{ key: "a" }] });
  expect([half.status, half.json]).toEqual([400, { error: "url_variables[0][value] is missing" }]);
  expect((await api("POST", hooks, { url: URL_A, custom_webhook_template: "x".repeat(4097) })).status).toBe(422);
});

test("PUT needs a parameter, changes only what is sent, and drops the token with the URL", async () => {
  const hook = await make({ token: "t", custom_headers: [{ key: "X-A", value: "1" }] });
  expect((await api("PUT", hook, {})).json).toEqual({ error: "No parameters provided" });
  expect((await api("PUT", hook, { url_variables: [], unknown: 1 })).status).toBe(400);
  expect((await api("PUT", hook, { url: URL_A, push_events: false })).json).toMatchObject({
    push_events: false,
    token_present: true,
    custom_headers: [{ key: "X-A" }],
  });
  const moved = await api("PUT", hook, { url: "https://b.example.com", custom_headers: [{ key: "X-B", value: "2" }] });
  expect(moved.json).toMatchObject({ token_present: false, custom_headers: [] });
  expect((await api("PUT", hook, { url: URL_A, token: "again" })).json.token_present).toBe(true);
});

test("URL variables merge, and vanish when the address they are part of changes", async () => {
  const hook = await make({ url: "https://a.example.com/{one}", url_variables: [{ key: "one", value: "1" }] });
  const merged = await api("PUT", hook, { url_variables: [{ key: "two", value: "2" }] });
  expect(merged.json.url_variables).toEqual([{ key: "one" }, { key: "two" }]);
  const changed = await api("PUT", hook, { url_variables: [{ key: "one", value: "other" }] });
  expect([changed.status, changed.json]).toEqual([422, { error: "Invalid url given" }]);
  expect((await api("GET", hook)).json.url_variables).toEqual([{ key: "one" }, { key: "two" }]);
  const moved = await api("PUT", hook, { url: URL_A });
  expect(moved.json.url_variables).toEqual([]);
});

test("keys are set and unset one by one", async () => {
  const hook = await make({ url: "https://a.example.com/{used}", url_variables: [{ key: "used", value: "1" }] });
  const variables = `${hook}/url_variables`;
  const set = await api("PUT", `${variables}/free`, { value: "x" });
  expect([set.status, set.text]).toEqual([204, ""]);
  expect((await api("PUT", `${variables}/abc`, { value: "" })).json).toEqual({ error: "Illegal key or value" });
  expect((await api("PUT", `${variables}/used`, { value: "2" })).json).toEqual({ error: "Illegal key or value" });
  expect((await api("PUT", `${variables}/abc`, {})).json).toEqual({ error: "value is missing" });
  const used = await api("DELETE", `${variables}/used`);
  expect([used.status, used.json]).toEqual([422, { error: "Could not unset variable" }]);
  expect((await api("DELETE", `${variables}/nope`)).json).toEqual({ message: "404 URL variable Not Found" });
  expect((await api("DELETE", `${variables}/free`)).status).toBe(204);
  const headers = `${hook}/custom_headers`;
  expect((await api("PUT", `${headers}/X-Team`, { value: "shop" })).status).toBe(204);
  expect((await api("GET", hook)).json).toMatchObject({
    url_variables: [{ key: "used" }],
    custom_headers: [{ key: "X-Team" }],
  });
  expect((await api("DELETE", `${headers}/X-Team`)).status).toBe(204);
  expect((await api("DELETE", `${headers}/X-Team`)).json).toEqual({ message: "404 Custom header Not Found" });
});

test("the strategy for all branches drops the filter", async () => {
  const hook = await make({ push_events_branch_filter: "release/*" });
  const reply = await api("PUT", hook, { branch_filter_strategy: "all_branches", push_events_branch_filter: "x" });
  expect(reply.json.push_events_branch_filter).toBeNull();
  const regex = { branch_filter_strategy: "regex", push_events_branch_filter: "(?=x)" };
  expect((await api("PUT", hook, regex)).json).toEqual({ error: "Invalid branch filter given" });
});

test("signing tokens are checked, kept back, and unknown before 19.0", async () => {
  const signing = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
  expect((await api("POST", hooks, { url: URL_A, signing_token: "whsec_short" })).status).toBe(422);
  expect((await api("POST", hooks, { url: URL_A, signing_token: signing })).json.signing_token_present).toBe(true);
  await session.control("PUT", "/settings", { version: "18.11.0-ee" });
  const old = await api("POST", hooks, { url: URL_A, signing_token: "whsec_short" });
  expect(old.status).toBe(201);
  expect(old.json).not.toHaveProperty("signing_token_present");
});

test("DELETE is 204 once, then 404", async () => {
  const hook = await make();
  expect((await api("DELETE", hook)).status).toBe(204);
  const again = await api("DELETE", hook);
  expect([again.status, again.json]).toEqual([404, { message: "404 Not found" }]);
  expect((await api("GET", "/projects/43/hooks/1")).status).toBe(404);
});

test("developers may not, maintainers may on projects but not on groups", async () => {
  session.sandbox.control.setToken({ token: "keeper", role: "maintainer" });
  expect((await api("GET", hooks, undefined, "dev")).json).toEqual({ message: "403 Forbidden" });
  expect((await api("GET", hooks, undefined, "keeper")).status).toBe(200);
  expect((await api("GET", "/groups/9/hooks", undefined, "keeper")).status).toBe(403);
});

test("a project has so many hooks and no more", async () => {
  await session.control("PUT", "/settings", { hookLimits: { project: 1, group: 50 } });
  await make();
  const reply = await api("POST", hooks, { url: URL_A });
  expect([reply.status, reply.json]).toEqual([422, { error: "Maximum number of project hooks (1) exceeded" }]);
});
