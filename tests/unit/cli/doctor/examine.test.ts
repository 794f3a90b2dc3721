import { startSandbox, type Sandbox, type SandboxOptions } from "gitlab-sandbox";
import { examine, type Examination } from "../../../../provider/cli/doctor/examine";
import { examinationText, statusOf } from "../../../../provider/cli/doctor/print";
import type { Place } from "../../../../provider/cli/doctor/place-findings";
import { Altered } from "../../../live/support/altered";
import { json, serveTls, tlsFile } from "../../client/server";

const token = "glpat-the-very-secret";
const soon = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
const shop: Place = { scope: "project", text: "acme/shop" };
const acme: Place = { scope: "group", text: "acme" };

let sandbox: Sandbox | undefined;
const before = process.env.GITLAB_TOKEN;

beforeEach(() => {
  process.env.GITLAB_TOKEN = token;
});

afterEach(async () => {
  await sandbox?.stop();
  sandbox = undefined;
  if (before === undefined) delete process.env.GITLAB_TOKEN;
  else process.env.GITLAB_TOKEN = before;
});

/** What the doctor says of a sandbox whose token has these properties. */
async function examined(
  of: Partial<NonNullable<SandboxOptions["tokens"]>[number]>,
  places: readonly Place[] = [],
  options: SandboxOptions = {},
): Promise<Examination & { readonly text: string; readonly status: number }> {
  sandbox = await startSandbox({ tokens: [{ token, role: "maintainer", ...of }], ...options });
  const examination = await examine({ baseUrl: sandbox.url }, places);
  const text = examinationText(examination);
  expect(text).not.toContain(token);
  expect(JSON.stringify(examination)).not.toContain(token);
  const methods = new Set(sandbox.control.requests().map(({ method }) => method));
  expect([...methods].filter((method) => method !== "GET")).toEqual([]);
  return { ...examination, text, status: statusOf(examination) };
}

/** What stands in the way of a class, joined. */
function obstaclesOf({ classes }: Examination, name: string): string {
  return (classes.find((each) => each.class === name)?.obstacles ?? ["no such class"]).join("; ");
}

test("where all is well it says so, and which classes can work in a project and a group", async () => {
  const { text, status, ...found } = await examined({}, [shop, acme]);
  expect(status).toBe(0);
  expect(text).toMatch(/ version +GitLab 19\.4\.0-ee, Enterprise Edition\n/);
  expect(text).toMatch(/ token +of maintainer; scopes api\n/);
  expect(text).toMatch(/ role +Maintainer in the project\n/);
  expect(text).toMatch(/ clock +same time on GitLab and this machine\n/);
  expect(obstaclesOf(found, "ProjectHook")).toBe("");
  expect(obstaclesOf(found, "ProjectForkRelation")).toBe("needs the role Owner in the project");
  expect(obstaclesOf(found, "GroupHook")).toBe("needs the role Owner in the group");
  expect(obstaclesOf(found, "integrations.JiraCloudApp")).toMatch(/^Install /);
});

test.each([
  ["that may only read", { scopes: ["read_api"] }, 1, /x token .*read_api\n.*scope api/],
  ["that expires soon", { expiresAt: soon }, 0, /! expiry +the token expires on .*, in 5 days\n.*Rotate it/],
  ["that has expired", { state: "expired" }, 1, /x GitLab .*401 .*expired/],
  ["that was revoked", { state: "revoked" }, 1, /x GitLab .*401 .*revoked/],
  ["of a bot", { username: "group_9_bot_1f" }, 0, / token +of group_9_bot_1f, a bot;/],
  ["whose role is too low", { role: "developer" }, 1, /x role +Developer in the project\n.*Maintainer/],
  ["that does not see the project", { role: "none" }, 1, /x project .*404 .*\n.*does not exist/],
] as const)("a token %s", async (_, of, status, line) => {
  const found = await examined(of, [shop]);
  expect([found.status, found.text]).toEqual([status, expect.stringMatching(line)]);
});

test.each([
  ["without a licence", { licence: [] }, "the licence does not include push rules"],
  ["in the Community Edition", { version: "18.5.0" }, "the Community Edition has no push rules"],
] as const)("%s, what needs one cannot work", async (_, options, obstacle) => {
  const found = await examined({ role: "owner" }, [shop, acme], options);
  expect(found.status).toBe(0);
  expect(obstaclesOf(found, "ProjectPushRule")).toContain(obstacle);
  expect(obstaclesOf(found, "GroupPushRule")).toContain(obstacle);
  expect(obstaclesOf(found, "GroupHook")).toContain("group hooks");
  expect(obstaclesOf(found, "ProjectHook")).toBe("");
});

test("what the administrator does not allow cannot work, where the token may know", async () => {
  const found = await examined({ role: "admin" }, [shop], { unavailableIntegrations: ["slack"] });
  expect(obstaclesOf(found, "integrations.Slack")).toBe("disabled by the administrator");
  expect(obstaclesOf(found, "integrations.Jira")).toBe("");
});

test("a project that is archived, and one that is marked for deletion", async () => {
  sandbox = await startSandbox({ tokens: [{ token, role: "owner" }] });
  const { world } = sandbox.control;
  Object.assign(world.project(42) ?? {}, { archived: true });
  expect(examinationText(await examine({ baseUrl: sandbox.url }, [shop]))).toContain(
    "! state         the project is archived",
  );
  Object.assign(world.project(42) ?? {}, { markedForDeletionOn: "2099-01-01" });
  const marked = await examine({ baseUrl: sandbox.url }, [shop]);
  expect([statusOf(marked), examinationText(marked)]).toEqual([1, expect.stringContaining("marked for deletion")]);
});

test("of a public project it says that the token's user has no role there", async () => {
  sandbox = await startSandbox({ tokens: [{ token, role: "none" }] });
  Object.assign(sandbox.control.world.project(42) ?? {}, { visibility: "public" });
  const found = await examine({ baseUrl: sandbox.url }, [shop]);
  expect(examinationText(found)).toMatch(/x role +no role in the project\n/);
  expect(obstaclesOf(found, "ProjectHook")).toBe("needs the role Maintainer in the project");
});

test("without a project or group it says that roles and licences are left out", async () => {
  const { text } = await examined({ role: "owner" });
  expect(text).toMatch(/ of \d+ work\.[^]*Use --project or --group to check the role and the licence\.\n$/);
  const named = await examine({ baseUrl: sandbox?.url ?? "" }, [shop]);
  expect(examinationText(named)).not.toContain("shows with --project");
});

test("a certificate of an unknown authority is a problem, and with that authority's file its last day is told", async () => {
  const server = await serveTls((request, response) => {
    json(response, 200, request.url.endsWith("/metadata") ? { version: "18.5.0-ee", enterprise: true } : { id: 1 });
  });
  const unknown = examinationText(await examine({ baseUrl: server.url }, []));
  expect(unknown).toMatch(
    /x GitLab .*certificate is not trusted.*\n +Name the certificate authority's file in --cacert-file/,
  );
  const known = examinationText(await examine({ baseUrl: server.url, cacertFile: tlsFile("ca.pem") }, []));
  expect(known).toMatch(/ TLS +the certificate is trusted, and valid until \d{4}-\d\d-\d\d/);
  await server.close();
});

test("where a proxy does not answer it is named, without its password", async () => {
  process.env.http_proxy = "http://grace:the-password@127.0.0.1:1";
  try {
    const text = examinationText(await examine({ baseUrl: "http://gitlab.test", retries: 0 }, []));
    expect(text).toMatch(/x GitLab .*connection refused\n +Requests go through the proxy http:\/\/127\.0\.0\.1:1:/);
    expect(text).not.toContain("the-password");
  } finally {
    delete process.env.http_proxy;
  }
});

test("rate limits are read from the answers, and clocks that are apart are told", async () => {
  sandbox = await startSandbox({ tokens: [{ token, role: "owner" }], rateLimit: { requests: 300, seconds: 60 } });
  const altered = await Altered.before(sandbox.url, (_, answer) => {
    answer.headers.date = new Date(Date.now() - 300_000).toUTCString();
  });
  const text = examinationText(await examine({ baseUrl: altered.url }, []));
  await altered.stop();
  expect(text).toMatch(/ rate limit +300 requests a minute, 299 left/);
  expect(text).toMatch(/! clock +GitLab is (299|300|301) s behind this machine\n.*Synchronise this machine's clock/);
});

test.each([
  [
    "no GitLab answers",
    { baseUrl: "http://127.0.0.1:1" },
    token,
    /x GitLab .*cannot reach http:\/\/127\.0\.0\.1:1: connection refused/,
  ],
  ["the address is none", { baseUrl: "gitlab.example.com" }, token, /x settings +--base-url must begin with https:/],
  ["the token is missing", {}, "", /x settings +GITLAB_TOKEN is missing/],
  ["the token has a line break", {}, `${token}\n`, /x settings +GITLAB_TOKEN contains a line break/],
] as const)("where %s", async (_, options, given, line) => {
  process.env.GITLAB_TOKEN = given;
  const examination = await examine(options, []);
  const text = examinationText(examination);
  expect([statusOf(examination), text]).toEqual([1, expect.stringMatching(line)]);
  expect(text).not.toContain(token);
});
