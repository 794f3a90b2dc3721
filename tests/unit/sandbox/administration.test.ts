import { open, type Session } from "./client";
import { ask } from "./page/browser";

let session: Session;
const api: Session["api"] = (...args) => session.api(...args);

beforeAll(async () => {
  session = await open({ tokens: [{ token: "owner", role: "owner" }] });
});

beforeEach(() => {
  session.sandbox.control.reset();
});

afterAll(async () => {
  await session.sandbox.stop();
});

const url = "https://a.example.com/x";

describe("system hooks", () => {
  test("have the events of the instance, and no project or group", async () => {
    const made = await api("POST", "/hooks", { url, tag_push_events: true, token: "t" });
    expect([made.status, Object.keys(made.json)]).toEqual([
      201,
      [
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
        "token_present",
        "signing_token_present",
      ],
    ]);
    expect(made.json).toMatchObject({
      push_events: false,
      tag_push_events: true,
      repository_update_events: true,
      token_present: true,
    });
    expect((await api("GET", "/hooks")).json).toEqual([made.json]);
    expect((await api("GET", "/projects/42/hooks")).text).toBe("[]");
  });

  test("are changed, tested and removed", async () => {
    const hook = `/hooks/${(await api("POST", "/hooks", { url })).json.id as number}`;
    expect((await api("PUT", hook, { repository_update_events: false })).json.repository_update_events).toBe(false);
    expect((await api("PUT", `${hook}/custom_headers/X-A`, { value: "1" })).status).toBe(204);
    expect((await api("GET", hook)).json.custom_headers).toEqual([{ key: "X-A" }]);
    const tested = await api("POST", hook);
    expect([tested.status, tested.json.event_name]).toEqual([201, "project_create"]);
    expect((await api("PUT", hook, { url: "ftp://x" })).json).toEqual({ error: "Invalid url given" });
    expect((await api("DELETE", hook)).status).toBe(204);
    expect((await api("GET", hook)).json).toEqual({ message: "404 Not found" });
  });

  test("are for administrators", async () => {
    expect((await api("GET", "/hooks", undefined, "owner")).json).toEqual({ message: "403 Forbidden" });
    expect((await api("POST", "/hooks", { url }, "owner")).status).toBe(403);
  });
});

describe.each(["/projects/42", "/groups/9"])("custom attributes of %s", (parent) => {
  const one = `${parent}/custom_attributes/team`;

  test("are set, read, listed and removed", async () => {
    const set = await api("PUT", one, { value: "core" });
    expect([set.status, set.json]).toEqual([200, { key: "team", value: "core" }]);
    expect((await api("PUT", one, { value: "edge" })).json.value).toBe("edge");
    expect((await api("GET", one)).json).toEqual({ key: "team", value: "edge" });
    expect((await api("GET", `${parent}/custom_attributes`)).json).toEqual([{ key: "team", value: "edge" }]);
    expect((await api("GET", `${parent}?with_custom_attributes=true`)).json.custom_attributes).toEqual([
      { key: "team", value: "edge" },
    ]);
    const list = parent.replace(/\/\d+$/, "");
    const found = (await api("GET", `${list}?custom_attributes[team]=edge`)).json as unknown as { id: number }[];
    expect(found.map(({ id }) => `${list}/${id}`)).toEqual([parent]);
    expect((await api("DELETE", one)).status).toBe(204);
    expect((await api("DELETE", one)).json).toEqual({ message: "404 Custom attribute Not Found" });
    expect((await api("GET", one)).json).toEqual({ message: "404 Not found" });
  });

  test("need a value and an administrator", async () => {
    expect((await api("PUT", one, {})).json).toEqual({ error: "value is missing" });
    expect((await api("PUT", one, { value: "x" }, "owner")).status).toBe(403);
    expect((await api("GET", `${parent}/custom_attributes`, undefined, "owner")).status).toBe(403);
  });
});

describe("settings of a group", () => {
  test("have GitLab's defaults, 54 or more fields of them", async () => {
    const { json } = await api("GET", "/groups/9");
    expect(Object.keys(json).length).toBeGreaterThanOrEqual(54);
    expect(json).toMatchObject({
      share_with_group_lock: false,
      two_factor_grace_period: 48,
      project_creation_level: "developer",
      subgroup_creation_level: "maintainer",
      emails_enabled: true,
      emails_disabled: false,
      auto_devops_enabled: null,
      default_branch: null,
      default_branch_protection: 2,
      default_branch_protection_defaults: { allowed_to_push: [{ access_level: 40 }], allow_force_push: false },
      shared_runners_setting: "enabled",
      wiki_access_level: "enabled",
      membership_lock: false,
      archived: false,
      shared_with_groups: [],
      runners_token: expect.any(String) as string,
    });
    expect((json.projects as { id: number }[]).map(({ id }) => id)).toEqual([42, 43, 44]);
    expect((await api("GET", "/groups/9?with_projects=false")).json).not.toHaveProperty("projects");
  });

  test("are set on creation and changed", async () => {
    const made = await api("POST", "/groups", {
      name: "G",
      path: "g",
      project_creation_level: "noone",
      emails_disabled: true,
      default_branch_protection_defaults: { allowed_to_push: [{ access_level: 30 }], allow_force_push: true },
      max_artifacts_size: 5,
    });
    expect([made.status, made.json]).toEqual([
      201,
      expect.objectContaining({
        project_creation_level: "noone",
        emails_enabled: false,
        emails_disabled: true,
        default_branch_protection_defaults: { allowed_to_push: [{ access_level: 30 }], allow_force_push: true },
        max_artifacts_size: null,
      }),
    ]);
    const path = `/groups/${made.json.id as number}`;
    const edited = await api("PUT", path, {
      max_artifacts_size: 5,
      duo_availability: "never_on",
      default_branch: "trunk",
    });
    expect(edited.json).toMatchObject({
      max_artifacts_size: 5,
      duo_features_enabled: false,
      lock_duo_features_enabled: true,
      default_branch: "trunk",
      project_creation_level: "noone",
    });
    expect((await api("PUT", path, { default_branch: null, emails_enabled: true })).json).toMatchObject({
      default_branch: null,
      emails_disabled: false,
    });
  });

  test("decide whether Maintainers make subgroups", async () => {
    session.sandbox.control.setToken({ token: "maintainer", role: "maintainer" });
    const make = async (path: string): Promise<number> =>
      (await api("POST", "/groups", { name: path, path, parent_id: 9 }, "maintainer")).status;
    expect(await make("one")).toBe(201);
    await api("PUT", "/groups/9", { subgroup_creation_level: "owner" });
    expect(await make("two")).toBe(403);
    await api("PUT", "/groups/9", { subgroup_creation_level: "maintainer" });
    expect(await make("two")).toBe(201);
  });

  test.each([
    [{ project_creation_level: "some" }, "project_creation_level does not have a valid value"],
    [{ default_branch_protection: 9 }, "default_branch_protection does not have a valid value"],
    [{ ldap_cn: "x" }, "ldap_cn, ldap_access provide all or none of parameters"],
    [{ two_factor_grace_period: "soon" }, "two_factor_grace_period is invalid"],
  ])("%j is refused", async (body, error) => {
    const reply = await api("PUT", "/groups/9", body);
    expect([reply.status, reply.json]).toEqual([400, { error }]);
  });

  test("are shown as far as the caller and the place in the tree allow", async () => {
    session.sandbox.control.setToken({ token: "dev", role: "developer" });
    const seen = (await api("GET", "/groups/9", undefined, "dev")).json;
    for (const name of ["runners_token", "duo_features_enabled", "enabled_git_access_protocol"]) {
      expect(seen).not.toHaveProperty(name);
    }
    expect((await api("GET", "/groups/10")).json).not.toHaveProperty("prevent_sharing_groups_outside_hierarchy");
    expect((await api("PUT", "/groups/9", { shared_runners_minutes_limit: 5 }, "owner")).status).toBe(403);
    const [listed] = (await api("GET", "/groups")).json as unknown as Record<string, unknown>[];
    expect(listed).toHaveProperty("lfs_enabled");
    for (const name of ["membership_lock", "runners_token", "projects"]) expect(listed).not.toHaveProperty(name);
  });

  test("are on the page as far as they are no defaults, and so is the archive", async () => {
    const shown = async (): Promise<unknown> =>
      JSON.parse((await ask(`${session.sandbox.url}/-/sandbox/page/data/groups/9`)).text);
    expect(await shown()).toMatchObject({ archived: false, settings: [["visibility", "private"]] });
    await api("PUT", "/groups/9", { project_creation_level: "noone", membership_lock: true });
    await api("POST", "/groups/9/archive");
    const settings = [
      ["visibility", "private"],
      ["project_creation_level", "noone"],
      ["membership_lock", "yes"],
    ];
    expect(await shown()).toMatchObject({ archived: true, settings });
  });

  test("a group is archived with everything below it", async () => {
    expect((await api("POST", "/groups/9/archive")).json.archived).toBe(true);
    expect((await api("GET", "/groups/10")).json.archived).toBe(true);
    expect((await api("POST", "/groups/9/unarchive")).json.archived).toBe(false);
    expect((await api("POST", "/groups/9/archive", undefined, "none")).status).toBe(401);
  });
});
