import { definitionOf, made } from "./support/cases";
import { ManagedResource, type Props } from "./support/managed-resource";
import { ProviderFixture, type TestParent } from "./support/provider-fixture";
import { rowOf } from "./support/stored";

const asana = definitionOf("integrations.Asana");
const fork = definitionOf("ProjectForkRelation");
const hook = definitionOf("ProjectHook");
const mirror = definitionOf("ProjectPullMirror");
const rule = definitionOf("ProjectPushRule");
const share = definitionOf("ProjectShare");
const slack = definitionOf("integrations.Slack");

const url = "https://git.example.com/acme/shop.git";
const webhook = "https://hooks.slack.com/services/canary0ours";
const theirs = "https://hooks.slack.com/services/canary0theirs";
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

let fixture: ProviderFixture;
/** The process of a later run, which holds nothing. */
let next: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start({}, { "gitlab:retries": 0 });
  next = await fixture.withNewProcess({ "gitlab:retries": 0 });
});

afterAll(async () => {
  await next.stop("sandbox");
  await fixture.stop();
});

/** What a step of the next run said, as `warning: text`. */
async function heard(task: () => Promise<unknown>, by = next): Promise<string[]> {
  const lines = await by.logsDuring(task);
  return lines.map(({ severity, message }) => `${severity}: ${message}`);
}

/** A new project in which somebody has set something up. */
async function setUp(at: string, body: Props, method = "PUT"): Promise<TestParent> {
  const place = await fixture.createParent("project");
  await fixture.api(method, `/projects/${place.id}/${at}`, body);
  return place;
}

describe("an up", () => {
  test("does not overwrite an integration that equals the program's in what it gives", async () => {
    const place = await setUp("integrations/slack", { webhook: theirs, channel: "#theirs", note_events: false });
    const message = await next.errorOf(() => new ManagedResource(next, slack).up({ project: place.id, webhook }));
    const id = `projects/${place.id}/integrations/slack`;
    expect(message).toMatch(new RegExp(`^${id} is already active and differs in channel, noteEvents\\. `));
    expect(message).toContain(`{ import: "${id}" }`);
    expect(rowOf(fixture, id)?.values).toMatchObject({ webhook: theirs, channel: "#theirs" });
  });

  test("takes over one that equals it throughout, and says what becomes of it", async () => {
    const place = await setUp("integrations/asana", { api_key: "canary0theirs" });
    const managed = new ManagedResource(next, asana);
    expect(await heard(() => managed.up({ project: place.id, apiKey: "canary0ours" }))).toEqual([
      `warning: projects/${place.id}/integrations/asana: exists already and is equal in all that GitLab shows, as after an ` +
        "interrupted run. Unless this program is renaming or replacing it now, it is taken over. GitLab does " +
        "not show apiKey: what is there is overwritten. Destroying this resource will remove it, whoever made it.",
    ]);
    expect(rowOf(fixture, managed.id)?.values).toMatchObject({ api_key: "canary0ours" });
  });

  const credentials = { auth_user: "canary0user", auth_password: "canary0password" };
  const own = { authUser: "canary0mine", authPassword: "canary0secret" };

  test("takes over a pull mirror with credentials of its own, and says so", async () => {
    const place = await setUp("mirror/pull", { enabled: true, url, ...credentials });
    const [warning] = await heard(() => new ManagedResource(next, mirror).up({ project: place.id, url, ...own }));
    expect(warning).toContain("GitLab does not show authUser, authPassword: what is there is overwritten.");
  });

  test.each([
    ["has credentials, and the program gives none", credentials, {}],
    ["has none, and the program gives some", {}, own],
  ])("leaves a pull mirror alone that %s", async (_how, body, given) => {
    const place = await setUp("mirror/pull", { enabled: true, url, ...body });
    const message = await next.errorOf(() =>
      new ManagedResource(next, mirror).up({ project: place.id, url, ...given }),
    );
    expect(message).toContain(`mirror/pull is already active and differs in authUser, authPassword.`);
  });

  test("takes over a pull mirror over SSH, whose address has its user in it", async () => {
    const place = await fixture.createParent("project");
    const given = { project: place.id, url: "ssh://git@git.example.com/acme/shop.git" };
    await new ManagedResource(fixture, mirror).up(given);
    expect(await new ManagedResource(next, mirror).up(given)).toBe("create");
  });

  test.each([
    ["another end", { expires_at: "2099-01-31" }, "expiresAt"],
    ["a custom role", { member_role_id: 7 }, "memberRoleId"],
  ])("leaves a share alone that has %s", async (_what, more, name) => {
    const place = await setUp("share", { group_id: 11, group_access: 30, ...more }, "POST");
    const given = { project: place.id, groupId: "globex", groupAccess: "developer" };
    const message = await next.errorOf(() => new ManagedResource(next, share).up(given));
    expect(message).toContain(`share/11 is already active and differs in ${name}.`);
  });

  test.each([
    ["share", share, "share", { group_id: 11, group_access: 30 }, { groupId: 11, groupAccess: 30 }],
    ["fork relation", fork, "fork/47", {}, { forkedFrom: 47 }],
  ])("takes over an equal %s without sending anything, with a warning", async (_what, definition, at, body, given) => {
    const place = await setUp(at, body, "POST");
    const managed = new ManagedResource(next, definition);
    const { result, requests } = await next.recordRequests(() =>
      heard(() => managed.up({ project: place.id, ...given })),
    );
    expect(requests.filter((request) => !request.startsWith("GET "))).toEqual([]);
    expect(result).toEqual([
      expect.stringMatching(/^warning: .+: exists already .+ Destroying this resource will remove it/),
    ]);
    expect(result[0]).not.toContain("does not show");
  });

  test("knows its own by a channel that stands in for one without", async () => {
    const place = await fixture.createParent("project");
    const given = { project: place.id, webhook, issueChannel: "#issues" };
    await new ManagedResource(fixture, slack).up(given);
    expect(await new ManagedResource(next, slack).up(given)).toBe("create");
    const { id } = await fixture.createParent("project");
    await fixture.api("PUT", `/projects/${id}/integrations/slack`, { webhook, confidential_issue_channel: "#theirs" });
    const message = await next.errorOf(() => new ManagedResource(next, slack).up({ project: id, webhook }));
    expect(message).toContain("differs in confidentialIssueChannel.");
  });

  test("overwrites whatever is there with gitlab:overwriteExisting, and says nothing before", async () => {
    const bold = await fixture.withNewProcess({ "gitlab:overwriteExisting": "true" });
    const place = await setUp("integrations/slack", { webhook: theirs, channel: "#theirs" });
    const managed = new ManagedResource(bold, slack);
    expect(await heard(() => managed.up({ project: place.id, webhook }), bold)).toEqual([]);
    expect(rowOf(fixture, managed.id)?.values).toMatchObject({ webhook });
    await bold.stop("sandbox");
  });

  test("takes over push rules, which GitLab makes by itself, without a word", async () => {
    const place = await setUp("push_rule", { deny_delete_tag: true, max_file_size: 5 }, "POST");
    const managed = new ManagedResource(next, rule);
    expect(await heard(() => managed.up({ project: place.id, preventSecrets: true }))).toEqual([]);
    expect(rowOf(fixture, managed.id)?.values).toMatchObject({ max_file_size: 5, prevent_secrets: true });
  });
});

describe("a preview", () => {
  /** What the check of a new resource says, and what it asks. */
  async function preview(
    definition: typeof slack,
    args: Props,
    by = next,
  ): Promise<{ said: string[]; requests: readonly string[] }> {
    const { result, requests } = await by.recordRequests(() =>
      heard(() => new ManagedResource(by, definition).checked(args), by),
    );
    return { said: result, requests };
  }

  test("says that up will refuse, and passes: it may be that the program replaces it", async () => {
    const place = await setUp("integrations/slack", { webhook: theirs, channel: "#theirs" });
    const id = `projects/${place.id}/integrations/slack`;
    const { said, requests } = await preview(slack, { project: place.path, webhook });
    expect(said).toEqual([
      expect.stringMatching(new RegExp(`^warning: ${id} is already active and differs in channel\\. `)),
    ]);
    expect(said[0]).toContain(`{ import: "${id}" }`);
    expect(said[0]).toContain("Unless this program is replacing it now, `pulumi up` stops here.");
    expect(requests).toEqual([`GET /projects/${place.path.replace("/", "%2F")}`, `GET /${id}`]);
  });

  test("says that up will take over, and up does not repeat it", async () => {
    const place = await setUp("integrations/asana", { api_key: "canary0theirs" });
    const args = { project: place.id, apiKey: "canary0ours" };
    expect((await preview(asana, args)).said).toEqual([
      expect.stringContaining("it is taken over. GitLab does not show apiKey"),
    ]);
    expect(await heard(() => new ManagedResource(next, asana).up(args))).toEqual([]);
  });

  test("with arguments that are not known yet says as much as it can", async () => {
    const place = await setUp("fork/47", {}, "POST");
    const id = `projects/${place.id}/fork`;
    expect((await preview(fork, { project: place.id, forkedFrom: unknown })).said).toEqual([
      expect.stringMatching(new RegExp(`^warning: ${id}: exists already\\. .* if it equals this resource in all`)),
    ]);
    const slackThere = await setUp("integrations/slack", { webhook: theirs, channel: "#theirs" });
    const { said } = await preview(slack, { project: slackThere.id, webhook: unknown });
    expect(said).toEqual([expect.stringContaining("differs in channel.")]);
  });

  test("says nothing where nothing is in the way", async () => {
    const [free, off] = [await fixture.createParent("project"), await setUp("integrations/slack", { webhook: theirs })];
    await fixture.api("DELETE", `/projects/${off.id}/integrations/slack`);
    for (const { id } of [free, off]) expect((await preview(slack, { project: id, webhook })).said).toEqual([]);
    fixture.sandbox.control.seedIntegration({ scope: "groups/11", slug: "asana" });
    expect((await preview(asana, { project: 47, apiKey: "canary0ours" })).said).toEqual([]);
    expect((await preview(hook, { project: free.id, url })).requests).toEqual([]);
    expect((await preview(rule, { project: free.id, denyDeleteTag: true })).requests).toEqual([]);
  });

  test.each<[string, typeof slack, Props, number]>([
    ["a project that is not known yet", slack, { project: unknown, webhook }, 0],
    ["a project that is not there yet", slack, { project: "acme/not-yet", webhook }, 1],
    ["a group that is not known yet", share, { project: 42, groupId: unknown, groupAccess: 30 }, 0],
    ["a group that is not there yet", share, { project: 42, groupId: "not-yet", groupAccess: 30 }, 1],
    ["a source that is not there yet", fork, { project: 42, forkedFrom: "acme/not-yet" }, 1],
  ])("passes with %s", async (_what, definition, args, count) => {
    const { said, requests } = await preview(definition, args);
    expect([said, requests.length]).toEqual([[], count]);
  });

  test("says nothing of what this run holds, or is about to replace", async () => {
    const [place, other] = [await fixture.createParent("project"), await fixture.createParent("project")];
    const args = { project: place.id, webhook };
    const old = (await made(fixture, slack, place, { webhook })).copy(next);
    // The engine checks with old inputs, and once more without for a replacement that nothing but a trigger asks for.
    await old.checked(args);
    expect(await preview(slack, { ...args, channel: "#new" })).toEqual({ said: [], requests: [] });
    const moving = (await made(fixture, slack, other, { webhook })).copy(next);
    await moving.diff({ project: (await fixture.createParent("project")).id, webhook });
    expect((await preview(slack, { project: other.path, webhook, channel: "#new" })).said).toEqual([]);
  });

  test("of what is in state asks nothing", async () => {
    const place = await fixture.createParent("project");
    const managed = (await made(fixture, slack, place, { webhook })).copy(next);
    const { requests } = await next.recordRequests(() =>
      managed.checked({ project: place.id, webhook, channel: "#new" }),
    );
    expect(requests).toEqual([]);
  });

  test("goes on when the token may not look, and says that it has not", async () => {
    fixture.sandbox.control.setToken({ token: "developer-only", role: "developer" });
    const [weak, refused] = [
      await fixture.withNewProcess({ "gitlab:token": "developer-only" }),
      await fixture.withNewProcess({ "gitlab:token": "nobody-at-all" }),
    ];
    const args = { project: 42, webhook };
    expect((await preview(slack, args, weak)).said).toEqual([
      expect.stringMatching(/^info: 42: not checked whether it exists already: GET .+: 403 /),
    ]);
    expect((await preview(slack, args, refused)).said).toEqual([
      expect.stringMatching(/^info: 42: not checked .+ 401 /),
    ]);
    expect(await preview(asana, { project: 42, apiKey: "canary0ours" }, refused)).toEqual({ said: [], requests: [] });
    await weak.stop("sandbox");
    await refused.stop("sandbox");
  });

  test("without network is said to be unchecked, once", async () => {
    const offline = await fixture.withNewProcess({ "gitlab:baseUrl": "http://127.0.0.1:9", "gitlab:retries": 0 });
    const checks = async () => {
      await new ManagedResource(offline, slack).checked({ project: 42, webhook });
      await new ManagedResource(offline, asana).checked({ project: 42, apiKey: "canary0ours" });
    };
    const said = (await heard(checks, offline)).filter((line) => line.includes("not checked"));
    expect(said).toEqual(["warning: not checked: GitLab cannot be reached (connection refused)."]);
    await offline.stop("sandbox");
  });
});

test("no secret was printed, logged or answered in an error", async () => {
  const spoken = `${await fixture.allOutput()}${await next.allOutput()}`;
  for (const secret of [...fixture.secrets, ...next.secrets, theirs]) expect(spoken).not.toContain(secret);
});
