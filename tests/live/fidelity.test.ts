import { startSandbox, type Fault, type Sandbox } from "gitlab-sandbox";
import { readConfiguration } from "../../provider/config/settings";
import {
  differenceLine,
  differences,
  recordingFrom,
  recordingOf,
  recordingText,
  runConformance,
  type Difference,
  type Recording,
  type Run,
  type RunOptions,
} from "../../provider/conformance";
import { Altered, type Alteration, type PassingAnswer } from "./support/altered";

const only = ["ProjectHook", "ProjectPushRule", "ProjectShare"].concat(
  ["Asana", "Bamboo", "Campfire", "ExternalWiki", "Jira", "Pumble", "Slack"].map((name) => `integrations.${name}`),
);

let sandbox: Sandbox;
let altered: Altered | undefined;

beforeEach(async () => {
  sandbox = await startSandbox();
});

afterEach(async () => {
  await altered?.stop();
  altered = undefined;
  await sandbox.stop();
});

async function run(url: string, classes: readonly string[] = only, options: Partial<RunOptions> = {}): Promise<Run> {
  const given: Readonly<Record<string, unknown>> = { baseUrl: url, token: sandbox.token, retries: 1 };
  const { settings } = readConfiguration((key) => given[key], {});
  if (!settings) throw new Error("no settings");
  return runConformance(settings, { requestsPerMinute: 0, sampleHost: "example.com", only: classes, ...options });
}

type Props = Record<string, unknown>;

/** The properties of an integration's answer. */
function properties({ body }: PassingAnswer): Props {
  return ((body as Props | undefined)?.properties ?? {}) as Props;
}

const page = "<html><body>gitlab.acme.example is sad</body></html>";

/** What a real server may do otherwise, each with the beginning of the line that must name it. */
const deviations: (readonly [string, Alteration, RegExp])[] = [
  [
    "a field is dropped",
    ({ path }, answer) => {
      if (path.endsWith("/slack")) delete properties(answer).username;
    },
    /^field: properties\.username of (GET|PUT) \/projects\/:id\/integrations\/slack.*: absent; the emulator: /,
  ],
  [
    "a field is new",
    ({ path }, answer) => {
      if (path.endsWith("/asana") && answer.status === 200) properties(answer).colour = "red";
    },
    /^field: properties\.colour of .*\/integrations\/asana.*: <text>; the emulator: absent/,
  ],
  [
    "a default is another",
    ({ path, method, body }, answer) => {
      const isNew = method === "POST" && path.endsWith("/hooks") && !("push_events" in body);
      if (isNew && answer.status === 201) (answer.body as Props).push_events = false;
    },
    /^default: push_events of POST \/projects\/:id\/hooks: false; the emulator: true/,
  ],
  [
    "a value is normalised",
    ({ path }, answer) => {
      const own = properties(answer);
      if (path.endsWith("/external-wiki") && typeof own.external_wiki_url === "string") own.external_wiki_url += "/";
    },
    /^normalised value: properties\.external_wiki_url of .*: <as sent but for slashes at its end>; the emulator: <as sent>/,
  ],
  [
    "a number is a text",
    ({ path }, answer) => {
      const rule = answer.body as Props | null;
      const size = rule?.max_file_size;
      if (path.endsWith("/push_rule") && rule && typeof size === "number" && size > 0) rule.max_file_size = `${size}`;
    },
    /^normalised value: max_file_size of .*\/push_rule.*: <as sent, as a text>; the emulator: <as sent>/,
  ],
  [
    "a list comes in another order",
    ({ path }, answer) => {
      const keys = properties(answer).project_keys;
      if (path.endsWith("/jira") && Array.isArray(keys)) keys.reverse();
    },
    /^normalised value: properties\.project_keys of .*\/jira/,
  ],
  [
    "a list takes long",
    ({ path, method }, answer) => {
      if (method !== "GET" || !/^\/projects\/\d+\/hooks$/.test(path) || met.has("the list")) return;
      met.add("the list");
      answer.delay = 2500;
    },
    /^time: GET \/projects\/:id\/hooks: [2-9]\.?\d* s; the emulator: /,
  ],
  [
    "what was just made is not there yet",
    ({ path, method }, answer) => {
      if (method !== "GET" || !/^\/projects\/\d+\/hooks\/\d+$/.test(path) || answer.status !== 200) return;
      if (met.has(path)) return;
      met.add(path);
      Object.assign(answer, { status: 404, body: { message: "404 Not found" } });
    },
    /^status: GET \/projects\/:id\/hooks\/:id: 404 .*; the emulator: 200/,
  ],
  [
    "a refusal is a page",
    ({ path }, answer) => {
      if (path.endsWith("/bamboo") && answer.status === 400) Object.assign(answer, { body: page });
    },
    /^answer: PUT \/projects\/:id\/integrations\/bamboo: page; the emulator: json/,
  ],
  [
    "a refusal has another text",
    ({ path }, answer) => {
      if (path.endsWith("/campfire") && answer.status === 400) answer.body = { error: "token is required by acme" };
    },
    /^error text: PUT \/projects\/:id\/integrations\/campfire: token is required.*; the emulator: token is missing/,
  ],
  [
    "a status is another",
    ({ path, method }, answer) => {
      if (method === "DELETE" && path.includes("/share/")) Object.assign(answer, { status: 200, body: { ok: true } });
    },
    /^(status|answer): DELETE \/projects\/:id\/share\/:id: (200|json); the emulator: (204|empty)/,
  ],
  [
    "an integration is not offered",
    ({ path, method }, answer) => {
      if (!path.endsWith("/pumble")) return;
      if (method === "PUT") Object.assign(answer, { status: 400, body: { message: "400 Integration not available" } });
    },
    /^(status|error text): PUT \/projects\/:id\/integrations\/pumble: 400 Integration not available/,
  ],
];

/** What has had its turn already. */
const met = new Set<string>();

test("each thing that a server does otherwise is named, and nothing else is", async () => {
  met.clear();
  altered = await Altered.before(sandbox.url, (request, answer) => {
    for (const [, alter] of deviations) alter(request, answer);
  });
  const here = recordingOf(await run(altered.url));
  const there = recordingOf(await run(sandbox.url));
  const found = lines(here, there);
  const missing = deviations.filter(([, , line]) => !found.some((text) => line.test(text))).map(([name]) => name);
  expect([missing, missing.length === 0 ? [] : found]).toEqual([[], []]);
  // What follows from one of them, such as a class that goes no further, is named with that class, and on a busy machine
  // any request may take long.
  const isExpected = (text: string) => deviations.some(([, , line]) => line.test(text));
  const isBusy = (text: string) => text.startsWith("time: ");
  // An import writes where the address differs from what was sent.
  const isFollowing = (text: string) => text.includes("Pumble") || text.includes("ExternalWiki in a project, import");
  const others = found.filter((text) => !isExpected(text) && !isBusy(text) && !isFollowing(text));
  expect(others).toEqual([]);
  expect(lines(there, there)).toEqual([]);
  // As a file it says the same.
  expect(recordingFrom(recordingText(here))).toEqual(here);
});

function lines(here: Recording, there: Recording): string[] {
  return differences(here, there).map((difference: Difference) => differenceLine(difference, "the emulator"));
}

test("a run in a group that is there differs in nothing, and tells nothing of that group", async () => {
  const group = await made("acme-of-grace");
  const here = recordingOf(await run(sandbox.url, ["integrations.Asana"], { group }));
  const there = recordingOf(await run(sandbox.url, ["integrations.Asana"], { group: await made("reference") }));
  expect(lines(here, there)).toEqual([]);
  expect(recordingText(here)).not.toContain("acme");
});

/** Makes a group at the top. @returns its path */
async function made(path: string): Promise<string> {
  await fetch(`${sandbox.url}/api/v4/groups`, {
    method: "POST",
    headers: { authorization: `Bearer ${sandbox.token}`, "content-type": "application/json" },
    body: JSON.stringify({ name: path, path }),
  });
  return path;
}

test("a lost answer to the making of a group or project, or a limit before it, does not end the run", async () => {
  const faults = [
    { status: 502, when: "after" },
    { status: 429, headers: { "Retry-After": "0" } },
    // Until it is sure that nothing arrives takes seconds.
    ...(process.env.LONG_TESTS === "1" ? [{ status: 502 }] : []),
  ];
  for (const fault of faults as Partial<Fault>[]) {
    for (const path of ["/groups$", "/projects$"]) {
      sandbox.control.addFault({ method: "POST", path, times: 1, ...fault });
    }
    const { report } = await run(sandbox.url, ["integrations.Asana"]);
    expect(report.classes.map(({ result }) => result)).toEqual(["passed", "passed"]);
    expect(report.group).toBe("removed");
  }
});

test("of a GitLab before 17.9, which has no integrations of groups, all others pass", async () => {
  sandbox.control.configure({ version: "17.5.0-ee" });
  altered = await Altered.before(sandbox.url, ({ path }, answer) => {
    if (!/^\/groups\/\d+\/integrations/.test(path)) return;
    Object.assign(answer, { status: 404, body: { error: "404 Not Found" } });
  });
  const { report } = await run(altered.url, ["integrations.Asana"], { group: await made("trial") });
  expect(report.classes.map(({ scope, result, reason }) => [scope, result, reason])).toEqual([
    ["project", "passed", undefined],
    ["group", "not available", "needs GitLab 17.9"],
  ]);
});

test("what is only marked for deletion is emptied first, and told", async () => {
  const marked = new Set<string>();
  altered = await Altered.before(
    sandbox.url,
    ({ method, path }, answer) => {
      if (!marked.has(path)) return;
      if (method === "DELETE") Object.assign(answer, { status: 202, body: { message: "202 Accepted" } });
      else answer.body = { ...(answer.body as Props), marked_for_deletion_on: "2099-01-01" };
    },
    ({ method, path }) => {
      // GitLab keeps groups at the top.
      if (method !== "DELETE" || !/^\/groups\/\d+$/.test(path) || !isAtTheTop(path)) return false;
      marked.add(path);
      return true;
    },
  );
  const { report } = await run(altered.url, ["integrations.Asana"]);
  expect([report.group, report.classes.map(({ result }) => result)]).toEqual([
    "marked for deletion",
    ["passed", "passed"],
  ]);
  const inside = sandbox.control.world.state.groups.filter(({ parentId }) => marked.has(`/groups/${parentId ?? ""}`));
  expect([marked.size, inside.length]).toEqual([1, 0]);
});

function isAtTheTop(path: string): boolean {
  return sandbox.control.world.group(Number(path.split("/")[2]))?.parentId === null;
}

test("what somebody shares with the group of a run is not removed with it", async () => {
  let isShared = false;
  altered = await Altered.before(sandbox.url, ({ method, path, body }, answer) => {
    const isGroup = method === "POST" && path === "/groups" && body.parent_id === undefined;
    if (!isGroup || isShared || answer.status !== 201) return;
    isShared = true;
    const shop = sandbox.control.world.project(42);
    const { id } = answer.body as { id: number };
    const share = { id: 1, groupId: id, access: 30, expiresAt: null, memberRoleId: null, createdAt: "" };
    if (shop) shop.shares = [share];
  });
  const { report } = await run(altered.url, ["integrations.Asana"]);
  expect([isShared, report.group]).toEqual([true, "removed"]);
  expect(sandbox.control.world.project(42)?.markedForDeletionOn).toBeNull();
});
