import { open, properties, type Reply, type Session } from "./client";
import { SAMPLES } from "./samples";

let session: Session;
const api: Session["api"] = (...args) => session.api(...args);

beforeAll(async () => {
  session = await open();
});

beforeEach(() => {
  session.sandbox.control.reset();
});

afterAll(async () => {
  await session.sandbox.stop();
});

const at = (version: string): void => {
  session.sandbox.control.configure({ version: `${version}.0-ee` });
};
const put = (slug: string, more: Record<string, unknown> = {}, scope = "projects/42"): Promise<Reply> =>
  api("PUT", `/${scope}/integrations/${slug}`, { ...SAMPLES[slug]?.body, ...more });
const get = (slug: string): Promise<Reply> => api("GET", `/projects/42/integrations/${slug}`);
const refusal = (attribute: string, problem: string): unknown => ({
  message: `Failed to update integration. {:${attribute}=>["${problem}"]}`,
});
const broken = { message: "500 Internal Server Error" };

describe("Jira", () => {
  const cloud = { url: "https://acme.atlassian.net" };
  const basic = refusal("base", "For Jira Cloud, the authentication type must be Basic");

  test("needs an issue type to make issues of vulnerabilities", async () => {
    const refused = await put("jira", { vulnerabilities_enabled: true, project_key: "A" });
    expect([refused.status, refused.json]).toEqual([400, refusal("vulnerabilities_issuetype", "can't be blank")]);
    const taken = await put("jira", {
      vulnerabilities_enabled: true,
      project_key: "A",
      vulnerabilities_issuetype: "1",
    });
    expect(taken.status).toBe(200);
  });

  test.each([
    [{ ...cloud, jira_auth_type: 1 }, false],
    [{ ...cloud, jira_auth_type: 0 }, true],
    [{ url: "https://jira.example.com", api_url: "https://acme.atlassian.net/x", jira_auth_type: 1 }, false],
    [{ ...cloud, api_url: "https://jira.example.com", jira_auth_type: 1 }, true],
    [{ url: "http://acme.atlassian.net", jira_auth_type: 1 }, true],
    [{ url: "https://atlassian.net.example.com", jira_auth_type: 1 }, true],
  ])("with %j: taken %p", async (values, isTaken) => {
    const reply = await put("jira", values);
    expect([reply.status, isTaken ? "" : reply.json]).toEqual(isTaken ? [200, ""] : [400, basic]);
  });

  test("knows accounts of Jira Cloud from 19.5 on", async () => {
    expect((await put("jira", { ...cloud, jira_auth_type: 2 })).text).toContain("is not included in the list");
    at("19.5");
    expect(properties(await put("jira", { ...cloud, jira_auth_type: 2 })).jira_auth_type).toBe(2);
    expect((await put("jira", { ...cloud, jira_auth_type: 1 })).json).toEqual(basic);
  });

  test("comments as it is told from 19.0 on", async () => {
    at("18.11");
    const dropped = await put("jira", { comment_on_event_enabled: false });
    expect([dropped.status, dropped.json.comment_on_event_enabled]).toEqual([200, true]);
    at("19.0");
    expect((await put("jira", { comment_on_event_enabled: false })).json.comment_on_event_enabled).toBe(false);
  });

  test("has no automatic transition any more in 19.5", async () => {
    const sent = { jira_issue_transition_automatic: "perhaps" };
    expect((await put("jira", sent)).json).toEqual({ error: "jira_issue_transition_automatic is invalid" });
    const taken = await put("jira", { jira_issue_transition_automatic: true });
    expect(properties(taken)).not.toHaveProperty("jira_issue_transition_automatic");
    at("19.5");
    expect((await put("jira", sent)).status).toBe(200);
  });

  test("keeps each project key once, without spaces", async () => {
    const keys = ["A", "A ", "", " ", "B", " A"];
    expect(properties(await put("jira", { project_keys: keys })).project_keys).toEqual(["A", "B"]);
    expect(properties(await get("jira")).project_keys).toEqual(["A", "B"]);
    expect((await put("jira", { project_keys: Array<string>(101).fill("A") })).status).toBe(400);
  });
});

describe("Datadog", () => {
  test("collects logs only together with pipelines", async () => {
    const logs = { archive_trace_events: true };
    const refused = refusal("archive_trace_events", "requires CI Visibility to be enabled");
    expect((await put("datadog", logs)).json).toEqual(refused);
    expect((await put("datadog", { ...logs, datadog_ci_visibility: true })).status).toBe(200);
    expect((await put("datadog", { datadog_ci_visibility: false })).json).toEqual(refused);
  });

  test("takes its pipeline and job events from whether it collects pipelines", async () => {
    const fresh = await put("datadog", { pipeline_events: true });
    expect(properties(fresh).datadog_ci_visibility).toBe(false);
    expect(fresh.json).toMatchObject({ pipeline_events: false, job_events: false, push_events: true });
    const seen = await put("datadog", { datadog_ci_visibility: true, pipeline_events: false });
    expect(seen.json).toMatchObject({ pipeline_events: true, job_events: true });
    expect((await put("datadog", { push_events: false })).json).toMatchObject({ pipeline_events: true });
    expect((await put("datadog", { datadog_ci_visibility: false })).json).toMatchObject({ job_events: false });
  });

  test("never stores whether it collects pipelines as null", async () => {
    const refused = await put("datadog", { datadog_ci_visibility: null });
    expect(refused.json).toEqual(refusal("datadog_ci_visibility", "is not included in the list"));
    await put("datadog", { datadog_ci_visibility: true });
    await api("DELETE", "/projects/42/integrations/datadog");
    expect(properties(await get("datadog"))).toMatchObject({
      datadog_ci_visibility: false,
      datadog_site: "datadoghq.com",
    });
  });

  test.each([
    "datadoghq",
    "https://datadoghq.com",
    "data dog.com",
    "us5..datadoghq.com",
    "datadoghq.company",
    "-a.com",
  ])("does not know a site %p", async (site) => {
    expect((await put("datadog", { datadog_site: site })).json).toEqual(refusal("datadog_site", "is invalid"));
  });

  test("knows sites with parts and a port, and needs one or an address", async () => {
    for (const site of ["us5.datadoghq.com", "ddog-gov.com", "datadoghq.eu:8443"]) {
      expect(properties(await put("datadog", { datadog_site: site })).datadog_site).toBe(site);
    }
    const neither = await put("datadog", { datadog_site: "" });
    expect(neither.text).toContain(":datadog_site=>[\\\"can't be blank");
    expect(neither.text).toContain(":api_url=>[\\\"can't be blank");
    expect((await put("datadog", { datadog_site: "", api_url: "https://dd.example.com" })).status).toBe(200);
  });

  test.each(["novalue", "a b:c", "käse:x", "a:", "a: \n", "ok:1\nbad"])("refuses the tags %j", async (tags) => {
    const refused = await put("datadog", { datadog_tags: tags });
    expect(refused.json).toEqual(refusal("datadog_tags", "have an invalid format"));
  });

  test("strips service, environment and tags", async () => {
    const values = { datadog_service: " s ", datadog_env: "\te\n", datadog_tags: "\na-b_1:x y\n\nc:d:e \n" };
    expect(properties(await put("datadog", values))).toMatchObject({
      datadog_service: "s",
      datadog_env: "e",
      datadog_tags: "a-b_1:x y\n\nc:d:e",
    });
  });

  test.each(["build_events", "subgroup_events", "project_events"])("breaks the server with %s", async (name) => {
    for (const version of ["18.5", "19.5"]) {
      at(version);
      const reply = await put("datadog", { [name]: true });
      expect([reply.status, reply.json]).toEqual([500, broken]);
    }
    expect((await get("datadog")).status).toBe(404);
  });
});

test.each(["discord", "mattermost"])("%s breaks with a channel for alerts before 19.5, then takes it", async (slug) => {
  const values = { alert_channel: slug === "discord" ? "https://discord.com/api/webhooks/1" : "#alerts" };
  const broke = await put(slug, values);
  expect([broke.status, broke.json]).toEqual([500, broken]);
  expect(properties(await put(slug))).not.toHaveProperty("alert_channel");
  at("19.5");
  const taken = await put(slug, values);
  expect(taken.status).toBe(200);
  expect(properties(taken).alert_channel).toBe(slug === "discord" ? undefined : "#alerts");
});

test("work items have event flags from 19.5 on, which no answer shows", async () => {
  const sent = { work_item_events: "perhaps", confidential_work_item_events: false };
  expect((await put("slack", sent)).status).toBe(200);
  at("19.5");
  expect((await put("slack", sent)).json).toEqual({ error: "work_item_events is invalid" });
  const taken = await put("slack", { work_item_events: true });
  expect(taken.status).toBe(200);
  expect(taken.json).not.toHaveProperty("work_item_events");
});

test("mails about child pipelines came with 19.5, and are shown while their feature flag is on", async () => {
  const sent = { notify_child_pipelines: false };
  session.sandbox.control.configure({ featureFlags: ["pipelines_email_notify_child_pipelines"] });
  expect(properties(await put("pipelines-email", sent))).not.toHaveProperty("notify_child_pipelines");
  at("19.5");
  expect(properties(await put("pipelines-email", sent)).notify_child_pipelines).toBe(false);
  session.sandbox.control.configure({ featureFlags: [] });
  expect(properties(await get("pipelines-email"))).not.toHaveProperty("notify_child_pipelines");
});

test.each([
  ["emails-on-push", "branches_to_be_notified", "protected", "all"],
  ["apple-app-store", "app_store_protected_refs", false, true],
  ["google-play", "google_play_protected_refs", false, true],
  ["pipelines-email", "notify_child_pipelines", false, true],
  ["teamcity", "enable_ssl_verification", true, false],
  ["slack", "branches_to_be_notified", "all", null],
  ["bamboo", "enable_ssl_verification", true, null],
])("%s: after DELETE %s is not %p but %p", async (slug, name, value, after) => {
  at("19.5");
  session.sandbox.control.configure({ featureFlags: ["pipelines_email_notify_child_pipelines"] });
  expect(properties(await put(slug, { [name]: value }))[name]).toBe(value);
  await api("DELETE", `/projects/42/integrations/${slug}`);
  expect(properties(await get(slug))[name]).toBe(after);
  expect(properties(await put(slug))[name]).toBe(after);
});

test("GitHub keeps the names of its checks on a new row", async () => {
  expect(properties(await put("github")).static_context).toBe(true);
  await api("DELETE", "/projects/42/integrations/github");
  expect(properties(await get("github")).static_context).toBeNull();
});

test("Linear's workspace is lower case", async () => {
  expect((await put("linear", { workspace_url: "https://linear.app/Acme" })).json).toEqual(
    refusal("workspace_url", "is invalid"),
  );
  expect((await put("linear", { workspace_url: "https://linear.app/acme-2" })).status).toBe(200);
});

test("Google Cloud's identity federation begins without events", async () => {
  const { json } = await put("google-cloud-platform-workload-identity-federation");
  const flags = Object.entries(json).filter(([name]) => name.endsWith("_events") || name.endsWith("_event_enabled"));
  expect(flags.length).toBeGreaterThan(10);
  expect(flags.filter(([, value]) => value !== false)).toEqual([]);
});

test("a group's new row starts blank, a project's as the instance's", async () => {
  await session.control("PUT", "/integrations", {
    scope: "instance",
    slug: "asana",
    values: { api_key: "k", restrict_to_branch: "main" },
    propagate: false,
  });
  const group = await put("asana", {}, "groups/9");
  expect([group.json.inherited, properties(group).restrict_to_branch]).toEqual([false, null]);
  const project = await put("asana", {}, "projects/47");
  expect([project.json.inherited, properties(project).restrict_to_branch]).toEqual([true, "main"]);
});

test.each(["matrix", "telegram"])("%s reports a bad host under webhook", async (slug) => {
  const { json } = await put(slug, { hostname: "not an address" });
  expect(json).toEqual(refusal("webhook", "is blocked: Only allowed schemes are http, https"));
});

test("irker is called by its full name", async () => {
  expect((await put("irker")).json.title).toBe("irker (IRC gateway)");
});

test("services of Jira Cloud have a pattern", async () => {
  await session.control("PUT", "/integrations", { scope: "projects/42", slug: "jira-cloud-app" });
  const ids = (text: string): Promise<Reply> => put("jira-cloud-app", { jira_cloud_app_service_ids: text });
  expect((await ids("b:YXJp=,c:2")).status).toBe(200);
  expect((await ids("a;b")).json).toEqual(refusal("jira_cloud_app_service_ids", "is invalid"));
});

test("Slack's slash commands are gone in 19.0, its notifications are not", async () => {
  at("18.11");
  expect((await put("slack-slash-commands")).status).toBe(200);
  at("19.0");
  const gone = await put("slack-slash-commands");
  expect([gone.status, gone.json]).toEqual([404, { error: "404 Not Found" }]);
  expect((await get("slack-slash-commands")).json).toEqual({ error: "slug does not have a valid value" });
  expect((await api("GET", "/projects/42/integrations")).text).toBe("[]");
  expect((await put("slack")).status).toBe(200);
});

test("a push rule's check of committer names is never null", async () => {
  const made = await api("POST", "/projects/42/push_rule", { member_check: true });
  expect(made.json.commit_committer_name_check).toBe(false);
  const broke = await api("PUT", "/projects/42/push_rule", { commit_committer_name_check: null });
  expect([broke.status, broke.json]).toEqual([500, broken]);
  expect((await api("POST", "/projects/43/push_rule", { commit_committer_name_check: null })).status).toBe(500);
  expect((await api("GET", "/projects/43/push_rule")).text).toBe("null");
});

test("what an archived group holds back", async () => {
  await api("POST", "/groups/9/push_rule", { member_check: true });
  await api("POST", "/groups/9/archive");
  const calls = await Promise.all([
    api("PUT", "/groups/9/push_rule", { member_check: false }),
    api("GET", "/groups/9/push_rule"),
    api("DELETE", "/groups/9/push_rule"),
    api("POST", "/groups/10/push_rule", { member_check: true }),
    put("asana", {}, "groups/9"),
    api("POST", "/groups/9/hooks", { url: "https://a.example.com" }),
    api("POST", "/groups/11/push_rule", { member_check: true }),
  ]);
  expect(calls.map(({ status }) => status)).toEqual([404, 404, 404, 404, 403, 201, 201]);
});
