import { open, type Reply, type Session } from "./client";

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

describe("the cleanup policy of the container registry", () => {
  const put = (container_expiration_policy_attributes: Record<string, unknown>): Promise<Reply> =>
    api("PUT", "/projects/42", { container_expiration_policy_attributes });
  const policy = async (): Promise<unknown> => (await api("GET", "/projects/42")).json.container_expiration_policy;

  test("keeps what is not sent and loses what is sent as null", async () => {
    await put({ enabled: true, keep_n: 5, name_regex_delete: "x.*", name_regex_keep: "v.*" });
    await put({ cadence: "7d" });
    expect(await policy()).toMatchObject({ cadence: "7d", keep_n: 5, name_regex: "x.*", name_regex_keep: "v.*" });
    await put({ keep_n: null, name_regex_keep: null });
    expect(await policy()).toMatchObject({ cadence: "7d", keep_n: null, name_regex_keep: null, name_regex: "x.*" });
  });

  test.each([
    ["name_regex_delete", "["],
    ["name_regex_keep", "["],
    ["name_regex_delete", "(?!x)y"],
    ["name_regex_keep", "a\\Z"],
    ["name_regex_keep", "a{1001}"],
  ])("refuses %s %s, which RE2 does not know, while it is enabled", async (name, pattern) => {
    const key = `container_expiration_policy.${name === "name_regex_delete" ? "name_regex" : name}`;
    const refused = await put({ enabled: true, [name]: pattern });
    expect([refused.status, refused.json.message]).toEqual([400, { [key]: ["not valid RE2 syntax"] }]);
    expect((await put({ [name]: pattern })).status).toBe(200);
    expect((await put({ enabled: true })).status).toBe(400);
  });

  test("demands what to delete while it is enabled", async () => {
    for (const blank of ["", null]) {
      const refused = await put({ enabled: true, name_regex_delete: blank });
      expect([refused.status, refused.json.message]).toEqual([
        400,
        { "container_expiration_policy.name_regex": ["can't be blank"] },
      ]);
    }
    expect((await put({ name_regex_delete: "" })).status).toBe(200);
  });

  test("is switched off by the worker once it is invalid", async () => {
    await put({ enabled: true });
    await session.control("PUT", "/projects/42", { cleanupPolicy: { name_regex: "[" } });
    expect(await policy()).toMatchObject({ enabled: true, name_regex: "[" });
    expect((await session.control("POST", "/cleanup-policies")).json).toEqual({ disabled: 1 });
    expect(await policy()).toMatchObject({ enabled: false, name_regex: "[" });
  });
});

test("only a fork may have itself as the default target of merge requests", async () => {
  const text = { "project_setting.mr_default_target_self": ["This setting is allowed for forked projects only"] };
  expect((await api("PUT", "/projects/42", { mr_default_target_self: true })).json).toEqual({ message: text });
  expect((await api("POST", "/projects", { name: "N", mr_default_target_self: true })).status).toBe(400);
  expect((await api("PUT", "/projects/42", { mr_default_target_self: false })).status).toBe(200);
  const fork = (await api("POST", "/projects/42/fork", { namespace_id: 11 })).json.id as number;
  const edited = await api("PUT", `/projects/${fork}`, { mr_default_target_self: true });
  expect([edited.status, edited.json.mr_default_target_self]).toEqual([200, true]);
});

test("an archived project refuses most edits, but none of its hooks and push rule", async () => {
  await api("POST", "/projects/42/archive");
  const webhook = { webhook: "https://chat.example.com/x" };
  const refused = await Promise.all([
    api("PUT", "/projects/42", { description: "x" }),
    api("POST", "/projects/42/share", { group_id: 11, group_access: 30 }),
    api("PUT", "/projects/42/integrations/slack", webhook),
  ]);
  expect(refused.map(({ status, json }) => [status, json.message])).toEqual(refused.map(() => [403, "403 Forbidden"]));
  const hook = await api("POST", "/projects/42/hooks", { url: "https://a.example.com/{k}", url_variables: [] });
  expect(hook.status).toBe(422);
  const made = await api("POST", "/projects/42/hooks", { url: "https://a.example.com" });
  const path = `/projects/42/hooks/${made.json.id as number}`;
  const taken = [
    made,
    await api("PUT", path, { name: "n" }),
    await api("PUT", `${path}/custom_headers/X-A`, { value: "1" }),
    await api("POST", `${path}/test/push_events`),
    await api("DELETE", path),
    await api("POST", "/projects/42/push_rule", { member_check: true }),
    await api("PUT", "/projects/42/push_rule", { member_check: false }),
    await api("DELETE", "/projects/42/push_rule"),
    await api("PUT", "/projects/42/notification_settings", { level: "watch" }),
    await api("POST", "/projects/42/unarchive"),
  ];
  expect(taken.map(({ status }) => status)).toEqual([201, 200, 204, 201, 204, 201, 200, 204, 200, 201]);
  expect((await api("PUT", "/projects/42", { description: "x" })).status).toBe(200);
});

describe("what follows a creation in the background", () => {
  const child = (id: unknown): Promise<Reply> =>
    api("POST", `/projects/${id as number}/push_rule`, { member_check: true });

  test("is done at once unless the instance is told otherwise", async () => {
    const { id } = (await api("POST", "/projects", { name: "A", namespace_id: 9 })).json;
    expect((await child(id)).status).toBe(201);
  });

  test("lets so many calls below a new project or group answer 404, but not calls on itself", async () => {
    await session.control("PUT", "/settings", { authorizationDelay: { calls: 2, milliseconds: 0 } });
    const { id } = (await api("POST", "/projects", { name: "A", namespace_id: 9 })).json;
    const own = `/projects/${id as number}`;
    expect((await api("GET", own)).status).toBe(200);
    expect((await child(id)).json).toEqual({ message: "404 Project Not Found" });
    expect((await api("GET", `${own}/hooks`)).status).toBe(404);
    expect((await child(id)).status).toBe(201);
    expect((await child(42)).status).toBe(201);
    const group = (await api("POST", "/groups", { name: "G", path: "g" })).json.id as number;
    const hook = (): Promise<Reply> => api("POST", `/groups/${group}/hooks`, { url: "https://a.example.com" });
    expect((await hook()).json).toEqual({ message: "404 Group Not Found" });
    expect((await api("PUT", `/groups/${group}`, { description: "x" })).status).toBe(200);
    expect((await hook()).status).toBe(404);
    expect((await hook()).status).toBe(201);
  });

  test("can take time", async () => {
    const hour = 3_600_000;
    await session.control("PUT", "/settings", { authorizationDelay: { calls: 0, milliseconds: hour } });
    const { id } = (await api("POST", "/projects", { name: "A", namespace_id: 9 })).json;
    expect((await child(id)).status).toBe(404);
    expect((await child(id)).status).toBe(404);
    const later = Date.now() + hour;
    const clock = jest.spyOn(Date, "now").mockReturnValue(later);
    expect((await child(id)).status).toBe(201);
    clock.mockRestore();
  });
});

describe("attributes that came with a version", () => {
  const at = (version: string): Promise<Reply> => session.control("PUT", "/settings", { version: `${version}.0-ee` });

  test.each([
    ["ci_display_pipeline_variables", "18.11", "19.1", true],
    ["protect_merge_request_pipelines", "18.9", "18.10", false],
    ["reviewer_assignment_strategy", "18.11", "19.1", "code_owners"],
    ["mr_default_title_template", "18.11", "19.0", "%{source_branch}"],
    ["cicd_catalog_enabled", "19.2", "19.3", true],
    ["duo_secret_detection_fp_enabled", "18.9", "18.10", true],
    ["duo_dependency_bump_breaking_changes_enabled", "19.1", "19.2", true],
  ])("%s: neither taken nor shown by %s, both by %s", async (name, before, since, value) => {
    await at(before);
    const dropped = await api("PUT", "/projects/42", { [name]: value, description: "x" });
    expect(dropped.status).toBe(200);
    expect(dropped.json).not.toHaveProperty(name);
    expect((await api("PUT", "/projects/42", { [name]: value })).status).toBe(400);
    await at(since);
    expect((await api("GET", "/projects/42")).json[name]).not.toBe(value);
    expect((await api("PUT", "/projects/42", { [name]: value })).json[name]).toBe(value);
  });

  test("dap_powered cannot be chosen any more from 19.4 on", async () => {
    await at("19.3");
    expect((await api("PUT", "/projects/42", { reviewer_assignment_strategy: "dap_powered" })).status).toBe(200);
    await at("19.4");
    expect((await api("GET", "/projects/42")).json.reviewer_assignment_strategy).toBe("dap_powered");
    const refused = await api("PUT", "/projects/42", { reviewer_assignment_strategy: "dap_powered" });
    expect(refused.json).toEqual({ error: "reviewer_assignment_strategy does not have a valid value" });
  });

  test("a title template is one line of at most 100 characters", async () => {
    await at("19.5");
    for (const template of ["a\nb", "x".repeat(101)]) {
      expect((await api("PUT", "/projects/42", { mr_default_title_template: template })).status).toBe(400);
    }
  });

  test("answers tell of requirements and secret detection, which are no parameters", async () => {
    const names = ["requirements_enabled", "secret_push_protection_enabled", "pre_receive_secret_detection_enabled"];
    const { json } = await api("GET", "/projects/42");
    expect(names.map((name) => json[name])).toEqual([true, false, false]);
    expect((await api("PUT", "/projects/42", { secret_push_protection_enabled: true })).status).toBe(400);
    await api("PUT", "/projects/42", { requirements_access_level: "disabled" });
    expect((await api("GET", "/projects/42")).json.requirements_enabled).toBe(false);
  });
});
