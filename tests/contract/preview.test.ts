import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { PreviewHint } from "../../provider/core/preview-hint";
import { definitionOf } from "./support/cases";
import { ManagedResource, type Props } from "./support/managed-resource";
import { ProviderFixture } from "./support/provider-fixture";

const hook = definitionOf("ProjectHook");
const groupHook = definitionOf("GroupHook");
const asana = definitionOf("integrations.Asana");
const rules = definitionOf("ProjectPushRule");
const share = definitionOf("ProjectShare");
const url = "https://ci.example.com/hook";

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start({}, { "gitlab:retries": 0 });
});

afterAll(() => fixture.stop());

/** What the program says of itself in a preview. */
function hinted(args: Props, hint: Partial<PreviewHint> = {}): Props {
  return { ...args, __preview: JSON.stringify({ depends: false, ahead: [], made: [], ...hint }) };
}

/** The problems of new resources in one preview, and what is said and asked meanwhile. */
async function previewed(
  config: Props,
  ...given: [definition: typeof hook, args: Props, hint?: Partial<PreviewHint>][]
) {
  const process = await fixture.withNewProcess(config);
  const problems: string[] = [];
  const from = process.provider.logs.length;
  const { requests } = await fixture.recordRequests(async () => {
    for (const [definition, args, hint] of given) {
      problems.push(...(await new ManagedResource(process, definition).problems(hinted(args, hint))));
    }
  });
  const said = process.provider.logs.slice(from).map(({ severity, message }) => `${severity}: ${message}`);
  await process.stop("sandbox");
  return { problems, said, requests };
}

const fine = { project: "acme/shop", url };

describe("the token, asked for itself once", () => {
  test.each([
    ["unknown", {}, /^gitlab:token is not valid for http:\/\/127\.0\.0\.1:\d+ \(401\)$/],
    ["expired", { state: "expired" }, /^gitlab:token has expired: make a new one$/],
    ["revoked", { state: "revoked" }, /^gitlab:token was revoked: make a new one$/],
    ["read-only", { scopes: ["read_api"] }, /^the token is read-only: it lacks the scope api$/],
  ] as const)("%s", async (name, facts, expected) => {
    const token = `token-${name}`;
    if (name !== "unknown") fixture.sandbox.control.setToken({ token, role: "owner", ...facts });
    const { problems, requests } = await previewed(
      { "gitlab:token": token },
      [hook, fine],
      [asana, { project: 42, apiKey: "k" }],
    );
    expect(new Set(problems)).toEqual(new Set([expect.stringMatching(expected)]));
    expect(requests.filter((request) => request === "GET /personal_access_tokens/self")).toHaveLength(1);
  });

  test("is asked before a change of what state knows, and not where nothing changes", async () => {
    const place = await fixture.createParent("project");
    const made = new ManagedResource(fixture, hook);
    await made.up({ project: place.id, url });
    fixture.sandbox.control.setToken({ token: "reader", role: "owner", scopes: ["read_api"] });
    const process = await fixture.withNewProcess({ "gitlab:token": "reader" });
    const copy = made.copy(process);
    const { requests } = await fixture.recordRequests(() => copy.diff(hinted({ project: place.id, url })));
    expect(requests).toEqual([]);
    await expect(copy.diff(hinted({ project: place.id, url, pushEvents: false }))).rejects.toThrow(
      "it lacks the scope api.",
    );
    await process.stop("sandbox");
  });

  test("is missing: the preview goes on and says so once, and an up does not", async () => {
    const none = { "gitlab:token": "" };
    const { problems, said, requests } = await previewed(none, [hook, fine], [asana, { project: 42, apiKey: "k" }]);
    expect({ problems, requests }).toEqual({ problems: [], requests: [] });
    expect(said).toEqual([expect.stringMatching(/^warning: not checked: gitlab:token is missing/)]);
    const process = await fixture.withNewProcess(none);
    expect(await new ManagedResource(process, hook).problems(fine)).toEqual([
      expect.stringMatching(/^gitlab:token is missing/),
    ]);
    await process.stop("sandbox");
  });
});

describe("projects and groups, each looked up once", () => {
  test("a project that is there is no problem for any number of resources", async () => {
    const { problems, requests } = await previewed(
      {},
      [hook, fine],
      [hook, { ...fine, name: "two" }],
      [rules, { project: "acme/shop", preventSecrets: true }],
    );
    expect(problems).toEqual([]);
    expect([...requests].sort()).toEqual([
      "GET /personal_access_tokens/self",
      "GET /projects/42/push_rule",
      "GET /projects/acme%2Fshop",
    ]);
  });

  test("one that is not there is named with the one that is meant, and so are those of further resources", async () => {
    const ahead = [
      { scope: "project", text: "acme/nowhere", owner: 'ProjectHook "b"', kind: "hook" },
      { scope: "group", text: "glubex", owner: 'GroupHook "c"', kind: "hook" },
      { scope: "project", text: "acme/shop", owner: 'ProjectHook "d"', kind: "hook" },
    ] as const;
    const { problems } = await previewed({}, [hook, { project: "acme/shoppe", url }, { ahead }]);
    expect(problems.sort()).toEqual([
      'group glubex: not found, or the token cannot see it; did you mean globex? (GroupHook "c")',
      'project acme/nowhere: not found, or the token cannot see it (ProjectHook "b")',
      "project acme/shoppe: not found, or the token cannot see it; did you mean acme/shop?",
    ]);
  });

  test("the group of a share is looked up too", async () => {
    const { problems } = await previewed({}, [share, { project: 42, groupId: "glubex", groupAccess: 30 }]);
    expect(problems).toEqual(["group glubex: not found, or the token cannot see it; did you mean globex?"]);
  });

  test("one that the program makes, or that may be made before, is no problem", async () => {
    const args = { project: "acme/new-one", url };
    expect(await previewed({}, [hook, args, { made: ["newone"] }])).toMatchObject({ problems: [], said: [] });
    const { problems, said } = await previewed({}, [hook, args, { depends: true }]);
    expect(problems).toEqual([]);
    expect(said).toEqual([
      expect.stringMatching(/^warning: project acme\/new-one: not found.*Unless this program makes it before/),
    ]);
    const unknown = { ...args, token: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" };
    expect((await previewed({}, [hook, unknown])).problems).toEqual([]);
  });

  test("one that is archived is a warning, but for what can be changed there", async () => {
    const place = await fixture.createParent("project");
    await fixture.api("POST", `/projects/${place.id}/archive`);
    const { problems, said } = await previewed(
      {},
      [hook, { project: place.path, url }],
      [asana, { project: place.path, apiKey: "k" }],
    );
    expect(problems).toEqual([]);
    expect(said).toEqual([
      `warning: ${place.path} is archived, and GitLab refuses most changes there: unarchive it, or remove the resource.`,
    ]);
  });

  test("a role that is too low is told of hooks, integrations and push rules", async () => {
    fixture.sandbox.control.setToken({ token: "developer", role: "developer" });
    const weak = { "gitlab:token": "developer" };
    const { problems } = await previewed(
      weak,
      [hook, fine],
      [asana, { project: "acme/shop", apiKey: "k" }],
      [rules, { project: "acme/shop", preventSecrets: true }],
      [groupHook, { group: "acme", url }],
    );
    const low = (what: string, role: string) => `${what}: it takes ${role}`;
    expect(problems).toEqual([
      low("project acme/shop: the role of the token's user is too low for hooks", "Maintainer"),
      low("project acme/shop: the role of the token's user is too low for integrations", "Maintainer"),
      low("project acme/shop: the role of the token's user is too low for push rules", "Maintainer"),
      low("group acme: the role of the token's user is too low for hooks", "Owner"),
    ]);
  });

  test("a licence without push rules, and an edition without hooks of groups, is told", async () => {
    const { licence } = fixture.sandbox.control.world.settings;
    fixture.sandbox.control.configure({ licence: [] });
    const { problems } = await previewed({}, [rules, { project: "acme/shop", preventSecrets: true }]);
    expect(problems).toEqual(["project acme/shop: GitLab has no push rules here: they need GitLab Premium"]);
    fixture.sandbox.control.configure({ version: "19.5.0" });
    const { problems: inCommunity } = await previewed({}, [groupHook, { group: "acme", url }]);
    fixture.sandbox.control.configure({ version: "19.5.0-ee", licence });
    expect(inCommunity).toEqual([
      expect.stringContaining("This GitLab has no such endpoint: its version or edition may"),
    ]);
  });

  test("projects of one group come from its list", async () => {
    const places = await Promise.all(Array.from({ length: 12 }, () => fixture.createParent("project")));
    const ahead = places.map(({ path }) => ({ scope: "project", text: path, owner: "", kind: "hook" }) as const);
    const checks = places.map(({ path }): [typeof hook, Props, Partial<PreviewHint>] => [
      hook,
      { project: path, url },
      { ahead },
    ]);
    const { problems, requests } = await previewed({}, ...checks);
    expect(problems).toEqual([]);
    expect(requests.length).toBeLessThanOrEqual(4);
  });

  test("says what will change in push rules that are there", async () => {
    const place = await fixture.createParent("project");
    await fixture.api("POST", `/projects/${place.id}/push_rule`, { prevent_secrets: false });
    const { said } = await previewed({}, [rules, { project: place.path, preventSecrets: true }]);
    expect(said).toEqual([
      `info: ProjectPushRule will take over projects/${place.id}/push_rule, changing preventSecrets.`,
    ]);
  });
});

describe("an address", () => {
  const servers: Server[] = [];

  afterAll(() => {
    for (const server of servers) server.close();
  });

  async function answering(status: number, type: string, text: string): Promise<string> {
    const server = createServer((_, response) => response.writeHead(status, { "content-type": type }).end(text));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  test.each([
    [404, "text/html", "<html>no</html>", "answers 404 (text/html)"],
    [200, "text/html", "<html>sign in</html>", "answers 200, but with a web page instead of GitLab's JSON"],
    [404, "application/json", '{"error":"404 Not Found"}', "knows nothing of GET /user (404)"],
    [200, "application/json", '{"ok":true}', "does not answer as one"],
  ])("where no GitLab is: %s %s", async (status, type, text, does) => {
    const address = await answering(status, type, text);
    const { problems } = await previewed({ "gitlab:baseUrl": address }, [hook, fine]);
    expect(problems).toEqual([
      `gitlab:baseUrl is not a GitLab: ${address} ${does}. Check the address, and the proxy in front of it`,
    ]);
  });

  test.each([
    ["http://127.0.0.1:9", 0, "connection refused"],
    ["", 503, "it answers 503"],
    ["", 429, "it answers 429"],
  ])("%s that gives no answer (%s) is a warning, once", async (given, status, why) => {
    const address = given === "" ? await answering(status, "text/plain", "later") : given;
    const { problems, said } = await previewed(
      { "gitlab:baseUrl": address, "gitlab:retries": 0 },
      [hook, fine],
      [asana, { project: 42, apiKey: "k" }],
      [hook, { ...fine, project: "acme/other" }],
    );
    expect(problems).toEqual([]);
    expect(said).toEqual([`warning: not checked: GitLab cannot be reached (${why}).`]);
  });
});

test("gitlab:previewChecks turned off asks nothing, and says so once", async () => {
  const off = { "gitlab:previewChecks": "false" };
  const { problems, said, requests } = await previewed(
    off,
    [hook, { project: "acme/shoppe", url }],
    [asana, { project: 42, apiKey: "k" }],
  );
  expect({ problems, requests }).toEqual({ problems: [], requests: [] });
  expect(said).toEqual(["info: not checked: gitlab:previewChecks is false."]);
});

test("outside of a preview, a check asks nothing of the token and of the project", async () => {
  const { requests } = await fixture.recordRequests(() => new ManagedResource(fixture, hook).checked(fine));
  expect(requests).toEqual([]);
});

test("what the program says of itself reaches no state", async () => {
  const inputs = await new ManagedResource(fixture, hook).checked(hinted(fine));
  expect(Object.keys(inputs)).not.toContain("__preview");
});
