import { open, properties, type Session } from "./client";

const WEBHOOK = "https://hooks.example.com/services/T1";
const REDMINE = {
  project_url: "https://redmine.example.com/p",
  issues_url: "https://redmine.example.com/issues/:id",
  new_issue_url: "https://redmine.example.com/new",
};
const JIRA = { url: "https://jira.example.com/", username: "bot", password: "pw" };

let session: Session;
const api: Session["api"] = (...args) => session.api(...args);

beforeEach(async () => {
  session = await open();
});

afterEach(async () => {
  await session.sandbox.stop();
});

const slack = "/projects/42/integrations/slack";
const jenkins = "/projects/42/integrations/jenkins";

test("one that was never set up is missing", async () => {
  const reply = await api("GET", slack);
  expect([reply.status, reply.json]).toEqual([404, { message: "404 Integration Not Found" }]);
});

test("required parameters are demanded by every PUT, all at once", async () => {
  expect((await api("PUT", slack, {})).json).toEqual({ error: "webhook is missing" });
  const reply = await api("PUT", "/projects/42/integrations/redmine", { issues_url: REDMINE.issues_url });
  expect([reply.status, reply.json]).toEqual([400, { error: "project_url is missing, new_issue_url is missing" }]);
  const inherited = await api("PUT", slack, { use_inherited_settings: true });
  expect(inherited.json).toEqual({ error: "webhook is missing" });
});

test("the first PUT answers 200 with defaults and without the webhook", async () => {
  const reply = await api("PUT", slack, { webhook: WEBHOOK });
  expect(reply.status).toBe(200);
  expect(reply.json).toMatchObject({ slug: "slack", title: "Slack notifications", active: true, inherited: false });
  expect(properties(reply)).toMatchObject({
    notify_only_broken_pipelines: true,
    notify_only_when_pipeline_status_changes: false,
    branches_to_be_notified: "default",
    labels_to_be_notified_behavior: "match_any",
  });
  expect(reply.text).not.toContain("hooks.example.com");
});

test("the keys come in GitLab's order, with every event flag", async () => {
  const reply = await api("PUT", slack, { webhook: WEBHOOK });
  expect(Object.keys(reply.json)).toEqual([
    "id",
    "title",
    "slug",
    "created_at",
    "updated_at",
    "active",
    "commit_events",
    "push_events",
    "issues_events",
    "incident_events",
    "alert_events",
    "confidential_issues_events",
    "merge_requests_events",
    "tag_push_events",
    "deployment_events",
    "note_events",
    "confidential_note_events",
    "pipeline_events",
    "wiki_page_events",
    "job_events",
    "comment_on_event_enabled",
    "inherited",
    "vulnerability_events",
    "properties",
  ]);
  const list = (await api("GET", "/projects/42/integrations")).json as unknown as Record<string, unknown>[];
  expect(Object.keys(list[0] ?? {})).toEqual(Object.keys(reply.json).slice(0, -1));
});

test("optional parameters that are not sent stay", async () => {
  await api("PUT", slack, { webhook: WEBHOOK, push_events: false });
  const reply = await api("PUT", slack, { webhook: WEBHOOK, channel: "#x" });
  expect(reply.json.push_events).toBe(false);
  expect(properties(reply).channel).toBe("#x");
});

test("DELETE keeps the row and its flags, and defaults do not come back", async () => {
  await api("PUT", slack, { webhook: WEBHOOK, push_events: false });
  const removed = await api("DELETE", slack);
  expect([removed.status, removed.text, removed.headers.get("content-type")]).toEqual([204, "", null]);
  expect((await api("GET", slack)).json).toMatchObject({
    active: false,
    push_events: false,
    issues_events: true,
  });
  expect((await api("GET", "/projects/42/integrations")).json).toEqual([]);
  expect((await api("DELETE", slack)).status).toBe(204);
  const again = await api("PUT", slack, { webhook: WEBHOOK });
  expect(again.json).toMatchObject({ active: true, push_events: false });
  expect(properties(again).branches_to_be_notified).toBeNull();
});

test("DELETE of one that was never set up is 404", async () => {
  expect((await api("DELETE", slack)).json).toEqual({ message: "404 Integration Not Found" });
});

test("a changed URL drops an optional secret that is not sent along", async () => {
  const base = { jenkins_url: "https://ci.example.com", project_name: "shop", username: "bot" };
  await api("PUT", jenkins, { ...base, password: "pw" });
  // The password is not readable; that a blank user name is refused shows that there still is one.
  const blankUser = { jenkins_url: base.jenkins_url, project_name: "shop", username: "" };
  expect((await api("PUT", jenkins, blankUser)).json).toEqual({
    message: 'Failed to update integration. {:username=>["can\'t be blank"]}',
  });
  expect((await api("PUT", jenkins, { ...base, jenkins_url: "https://new.example.com" })).status).toBe(200);
  expect((await api("PUT", jenkins, { ...blankUser, jenkins_url: "https://new.example.com" })).status).toBe(200);
});

test("a project has one active issue tracker", async () => {
  await api("PUT", "/projects/42/integrations/jira", JIRA);
  const second = await api("PUT", "/projects/42/integrations/redmine", REDMINE);
  expect(second.status).toBe(400);
  expect(second.json.message).toContain("Another issue tracker is already in use.");
  expect((await api("GET", "/projects/42/integrations/redmine")).status).toBe(404);
  await api("DELETE", "/projects/42/integrations/jira");
  expect((await api("PUT", "/projects/42/integrations/redmine", REDMINE)).status).toBe(200);
});

test("groups may have several issue trackers", async () => {
  await api("PUT", "/groups/11/integrations/jira", JIRA);
  expect((await api("PUT", "/groups/11/integrations/redmine", REDMINE)).status).toBe(200);
});

test("those installed elsewhere cannot be created, project-only ones are refused on groups", async () => {
  const app = await api("PUT", "/projects/42/integrations/gitlab-slack-application", {});
  expect([app.status, app.json]).toEqual([
    422,
    { message: "You cannot create the GitLab for Slack app integration from the API" },
  ]);
  const refused = { message: "400 Integration not available" };
  const path = "/groups/9/integrations/jenkins";
  const body = { jenkins_url: "https://ci.example.com", project_name: "x" };
  expect((await api("PUT", path, body)).json).toEqual(refused);
  expect((await api("GET", path)).json).toEqual(refused);
  expect((await api("DELETE", path)).json).toEqual(refused);
});

test("an installed app can be changed but not activated, and Jira Cloud's not deleted", async () => {
  const { control } = session.sandbox;
  control.seedIntegration({ scope: "projects/42", slug: "gitlab-slack-application", active: false });
  const path = "/projects/42/integrations/gitlab-slack-application";
  const changed = await api("PUT", path, { push_events: true });
  expect(changed.json).toMatchObject({ active: false, push_events: true, issues_events: false, properties: {} });
  control.seedIntegration({ scope: "projects/42", slug: "jira-cloud-app" });
  const jiraApp = "/projects/42/integrations/jira-cloud-app";
  expect((await api("PUT", jiraApp, { jira_cloud_app_service_ids: "b:1" })).status).toBe(200);
  expect((await api("DELETE", jiraApp)).status).toBe(422);
});

test("validation failures are a Ruby hash in a text", async () => {
  const reply = await api("PUT", slack, { webhook: "", labels_to_be_notified_behavior: "some" });
  expect([reply.status, reply.json]).toEqual([
    400,
    {
      message:
        "Failed to update integration. " +
        '{:webhook=>["can\'t be blank"], :labels_to_be_notified_behavior=>["is not included in the list"]}',
    },
  ]);
  expect((await api("GET", slack)).status).toBe(404);
  await session.control("PUT", "/settings", { rubyHashes: "3.4" });
  expect((await api("PUT", slack, { webhook: "" })).json.message).toBe(
    `Failed to update integration. {webhook: ["can't be blank"]}`,
  );
});

test("values of the wrong type are refused by name, texts of the right kind are taken", async () => {
  const reply = await api("PUT", slack, { webhook: WEBHOOK, push_events: "maybe", channel: { a: 1 } });
  expect([reply.status, reply.json]).toEqual([400, { error: "channel is invalid, push_events is invalid" }]);
  const taken = await api("PUT", slack, { webhook: WEBHOOK, push_events: "false", unheard_of: 1 });
  expect(taken.json.push_events).toBe(false);
});

test("local addresses are refused unless the instance allows them", async () => {
  const blocked = await api("PUT", slack, { webhook: "http://127.0.0.1:3000/" });
  expect(blocked.json.message).toContain("is blocked: Requests to localhost are not allowed");
  await session.control("PUT", "/settings", { allowLocalRequests: true });
  expect((await api("PUT", slack, { webhook: "http://127.0.0.1:3000/" })).status).toBe(200);
});

test("unknown slugs: PUT has no route, the others say the slug is wrong", async () => {
  const path = "/projects/42/integrations/carrier-pigeon";
  expect((await api("PUT", path, {})).json).toEqual({ error: "404 Not Found" });
  expect((await api("GET", path)).json).toEqual({ error: "slug does not have a valid value" });
  expect((await api("DELETE", path)).status).toBe(400);
});

test("one that the instance switched off is missing, and cannot be set up", async () => {
  await session.control("PUT", "/settings", { unavailableIntegrations: ["slack"] });
  expect((await api("PUT", slack, { webhook: WEBHOOK })).json).toEqual({ message: "400 Integration not available" });
  expect((await api("GET", slack)).status).toBe(404);
});

test("the old address answers the same", async () => {
  await api("PUT", "/projects/acme%2Fshop/services/slack", { webhook: WEBHOOK });
  expect((await api("GET", slack)).json.active).toBe(true);
});

test("jira: coerced values, stripped slashes", async () => {
  const reply = await api("PUT", "/projects/42/integrations/jira", {
    ...JIRA,
    issues_enabled: true,
    project_keys: ["A", "B"],
    vulnerabilities_issuetype: 10001,
    comment_on_event_enabled: false,
    commit_events: false,
  });
  expect(reply.json).toMatchObject({ comment_on_event_enabled: false, commit_events: false });
  expect(properties(reply)).toMatchObject({
    url: "https://jira.example.com",
    issues_enabled: true,
    project_keys: ["A", "B"],
    vulnerabilities_issuetype: "10001",
    jira_auth_type: 0,
  });
  expect(properties(reply)).not.toHaveProperty("password");
  expect(properties(reply)).not.toHaveProperty("comment_on_event_enabled");
  await api("DELETE", "/projects/42/integrations/jira");
  const cleared = properties(await api("GET", "/projects/42/integrations/jira"));
  expect(cleared).toMatchObject({ url: null, jira_auth_type: 0, issues_enabled: false, project_keys: [] });
});

test("jira without a user name is refused for basic authentication only", async () => {
  const without = { url: JIRA.url, password: JIRA.password };
  const basic = await api("PUT", "/projects/42/integrations/jira", without);
  expect(basic.json.message).toContain(':username=>["can\'t be blank"]');
  const token = await api("PUT", "/projects/42/integrations/jira", { ...without, jira_auth_type: 1 });
  expect(token.status).toBe(200);
});

test("discord hides its channels, slack's confidential channels fall back", async () => {
  const webhook = "https://discord.com/api/webhooks/1/x";
  const discord = await api("PUT", "/projects/42/integrations/discord", { webhook, note_channel: webhook });
  expect(Object.keys(properties(discord))).toEqual([
    "notify_only_broken_pipelines",
    "notify_only_when_pipeline_status_changes",
    "branches_to_be_notified",
  ]);
  const elsewhere = await api("PUT", "/projects/42/integrations/discord", { webhook: WEBHOOK });
  expect(elsewhere.status).toBe(400);
  const read = properties(await api("PUT", slack, { webhook: WEBHOOK, issue_channel: "#i" }));
  expect(read).toMatchObject({ issue_channel: "#i", confidential_issue_channel: "#i", work_item_channel: null });
});

test("emails on push: all branches unless said otherwise, 750 recipients at most", async () => {
  const path = "/projects/42/integrations/emails-on-push";
  expect(properties(await api("PUT", path, { recipients: "a@example.com b@example.com" }))).toEqual({
    send_from_committer_email: null,
    disable_diffs: null,
    branches_to_be_notified: "all",
    recipients: "a@example.com b@example.com",
  });
  const many = Array.from({ length: 751 }, (_, index) => `u${index}@example.com`).join("\n");
  expect((await api("PUT", path, { recipients: many })).json.message).toContain(":recipients=>");
});

test("If-Unmodified-Since in the past stops a DELETE", async () => {
  await api("PUT", slack, { webhook: WEBHOOK });
  const response = await fetch(`${session.sandbox.url}/api/v4${slack}`, {
    method: "DELETE",
    headers: { "PRIVATE-TOKEN": session.sandbox.token, "If-Unmodified-Since": "Wed, 01 Jan 2020 00:00:00 GMT" },
  });
  expect(response.status).toBe(412);
});
