import { startSandbox, type AccessToken, type Sandbox, type SandboxOptions } from "gitlab-sandbox";
import { deepRun, Doctor, type DeepRun } from "./support/doctor";

const isLong = process.env.LONG_TESTS === "1";
const prefix = "pulumi-gitlab-conformance-";
/** Every kind, and some that go other ways than most: all are tried in the long form. */
const few = [
  ...["ProjectHook", "GroupHook", "ProjectPushRule", "GroupPushRule", "ProjectNotificationSettings", "Project"],
  ...["ProjectShare", "ProjectForkRelation", "ProjectPullMirror", "GlobalNotificationSettings"],
  ...["Asana", "GitlabSlackApplication", "Jira", "JiraCloudApp", "Redmine"].map((name) => `integrations.${name}`),
];
const byHand = ["integrations.GitlabSlackApplication", "integrations.JiraCloudApp"];
/** GitLab has none from 19.0 on. */
const removed = isLong ? ["integrations.SlackSlashCommands"] : [];
const premium = ["GroupHook", "GroupPushRule", "ProjectPullMirror", "ProjectPushRule"];

const maintainer: AccessToken = { token: "of-a-maintainer", role: "maintainer", username: "margaret.hamilton" };
const owner: AccessToken = { token: "of-an-owner", role: "owner", username: "grace.hopper" };
const reader: AccessToken = { token: "of-a-reader", role: "owner", scopes: ["read_api"] };

let sandbox: Sandbox;

async function start(options: SandboxOptions = {}): Promise<void> {
  sandbox = await startSandbox({ tokens: [maintainer, owner, reader], ...options });
}

afterEach(async () => {
  await sandbox.stop();
});

function gitlab(token = sandbox.token): { url: string; token: string } {
  return { url: sandbox.url, token };
}

async function api(path: string, method = "GET", body?: unknown): Promise<unknown> {
  const response = await fetch(`${sandbox.url}/api/v4${path}`, {
    method,
    headers: { authorization: `Bearer ${sandbox.token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return response.json();
}

/** What there is of groups and projects, by their paths. */
async function there(): Promise<string[]> {
  const groups = (await api("/groups?per_page=100")) as { full_path: string }[];
  const projects = (await api("/projects?per_page=100")) as { path_with_namespace: string }[];
  return [...groups.map((group) => group.full_path), ...projects.map((project) => project.path_with_namespace)].sort();
}

/** Names of the classes with a result, each once. */
function classes({ report }: DeepRun, result: string): string[] {
  return [...new Set(report.classes.filter((each) => each.result === result).map((each) => each.class))].sort();
}

/** Every class passes but those that this GitLab cannot have, and the group is gone. */
async function expectAllPass(token: string, unavailable: readonly string[]): Promise<DeepRun> {
  const before = await there();
  const run = await deepRun(gitlab(token), isLong ? [] : ["--only", few.join(",")]);
  expect([run.code, run.report.group, classes(run, "failed")]).toEqual([0, "removed", []]);
  expect(classes(run, "not available")).toEqual([...unavailable].sort());
  expect(classes(run, "not tried")).toEqual(["GlobalNotificationSettings"]);
  expect(run.report.classes.length).toBe(isLong ? 106 : few.length + 5);
  expect(await there()).toEqual(before);
  return run;
}

test("with a Maintainer's token every class passes, in a group that is gone afterwards", async () => {
  await start({ version: "18.5.0-ee" });
  const run = await expectAllPass(maintainer.token, byHand);
  expect(run.report.gitlab).toMatchObject({ version: "18.5.0-ee", edition: "enterprise" });
  // These are newer.
  const notTaken = run.report.classes.flatMap((each) => each.notTaken.map((name) => `${each.class}.${name}`));
  expect([...new Set(notTaken)].sort()).toEqual([
    "GroupHook.signingToken",
    "ProjectHook.resourceDeployTokenEvents",
    "ProjectHook.signingToken",
    "integrations.Jira.commentOnEventEnabled",
  ]);
  expect(run.report.requests).toBeLessThan(2700);
  const { host, hostname } = new URL(sandbox.url);
  const own = [maintainer.token, "margaret", "hamilton", "example.com", sandbox.url, host, hostname, prefix, "acme/"];
  for (const text of own) expect([text, run.recording.includes(text)]).toEqual([text, false]);
  for (const text of [run.stdout, run.stderr, JSON.stringify(run.report)]) expect(text).not.toContain(maintainer.token);
});

describe("what else a GitLab can be", () => {
  const cases: (readonly [string, SandboxOptions, string, readonly string[]])[] = [
    ["17.11 with an administrator's token", { version: "17.11.0-ee", token: "root" }, "root", byHand],
    ["19.4 with an Owner's", { version: "19.4.0-ee" }, owner.token, [...byHand, ...removed]],
    ["19.4 without a licence", { version: "19.4.0-ee", licence: [] }, owner.token, [...byHand, ...premium, ...removed]],
    ["18.5 without a licence", { version: "18.5.0-ee", licence: [] }, maintainer.token, [...byHand, ...premium]],
    ["17.11 without a licence", { version: "17.11.0-ee", licence: [] }, maintainer.token, [...byHand, ...premium]],
    [
      "the Community Edition",
      { version: "18.5.0" },
      maintainer.token,
      [...byHand, ...premium, "integrations.GitGuardian", "integrations.GitHub"],
    ],
    [
      "one that allows some integrations alone",
      { unavailableIntegrations: ["slack", "asana"] },
      owner.token,
      [...byHand, ...removed, "integrations.Slack", "integrations.Asana"],
    ],
  ];
  (isLong ? test.each(cases) : test.skip.each(cases))(
    "%s: every class that it has passes",
    async (_, options, token, not) => {
      await start(options);
      await expectAllPass(token, not);
    },
  );
});

(isLong ? test : test.skip)(
  "at its usual pace it stays below 600 requests a minute and takes less than five",
  async () => {
    await start({ rateLimit: { requests: 600, seconds: 60 } });
    const run = await deepRun(gitlab(owner.token), ["--requests-per-minute", "570"]);
    expect([run.code, classes(run, "failed")]).toEqual([0, []]);
    expect(run.report.mostInAMinute).toBeLessThan(600);
    expect(run.report.seconds).toBeLessThan(300);
    process.stdout.write(
      `${run.report.requests} requests in ${run.report.seconds} s, at most ${run.report.mostInAMinute} in a minute\n`,
    );
  },
  400_000,
);

test("a token that may only read is refused before anything is made", async () => {
  await start();
  const before = await there();
  const { code, stderr } = await deepRun(gitlab(reader.token));
  expect([code, stderr]).toEqual([1, expect.stringContaining("lacks the scope api")]);
  expect(await there()).toEqual(before);
});

test("with --json alone it prints the report as JSON and nothing else", async () => {
  await start();
  const args = ["--deep", "--requests-per-minute", "0", "--only", "integrations.Asana", "--json"];
  const { stdout } = await new Doctor(gitlab(), args).ended;
  expect(JSON.parse(stdout)).toMatchObject({ group: "removed", classes: [{ result: "passed" }, { result: "passed" }] });
});

test("a file that cannot be written ends it before anything is made", async () => {
  await start();
  const { code, stderr } = await new Doctor(gitlab(), ["--deep", "--record", "/nowhere/at/all.json"]).ended;
  expect([code, stderr]).toEqual([1, "pulumi-gitlab: --record: /nowhere/at/all.json cannot be written.\n"]);
  expect(sandbox.control.requests()).toEqual([]);
});

test("it works in an empty group that is named, and refuses one that is not empty", async () => {
  await start();
  await api("/groups", "POST", { name: "Mine", path: "mine" });
  const before = await there();
  const run = await deepRun(gitlab(), ["--group", "mine", "--only", "integrations.Asana"]);
  expect([run.code, classes(run, "passed")]).toEqual([0, ["integrations.Asana"]]);
  expect(run.stderr).toContain(`in the group mine/${prefix}`);
  const { code, stderr } = await deepRun(gitlab(), ["--group", "acme"]);
  expect([code, stderr]).toEqual([1, expect.stringContaining("the group acme is not empty")]);
  expect(await there()).toEqual(before);
});

describe("a run that is cut off", () => {
  /** Starts a run and waits until its group is there. */
  async function started(): Promise<Doctor> {
    const doctor = new Doctor(gitlab(), ["--deep", "--only", "ProjectHook,integrations.Slack"]);
    while (!(await there()).some((path) => path.startsWith(prefix) && path.endsWith("/projects/one"))) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return doctor;
  }

  test("by Ctrl-C removes its group", async () => {
    await start();
    const before = await there();
    const doctor = await started();
    doctor.process.kill("SIGINT");
    expect((await doctor.ended).code).toBe(130);
    expect(await there()).toEqual(before);
  });

  test("by SIGKILL leaves it, and the next one names it and removes it when it is told to", async () => {
    await start();
    const before = await there();
    const doctor = await started();
    doctor.process.kill("SIGKILL");
    await doctor.ended;
    const left = (await there()).find((path) => path.startsWith(prefix) && !path.includes("/")) ?? "";
    expect(left).not.toBe("");
    if (isLong) {
      const naming = await deepRun(gitlab(), ["--only", "integrations.Asana"]);
      expect([naming.code, naming.stderr]).toEqual([0, expect.stringContaining(`An earlier run left ${left}`)]);
      expect(await there()).toContain(left);
    }
    const cleaning = await deepRun(gitlab(), ["--only", "integrations.Asana", "--clean"]);
    expect([cleaning.code, cleaning.stderr]).toEqual([0, expect.stringContaining(`${left}: removed.`)]);
    expect(await there()).toEqual(before);
  });

  (isLong ? test : test.skip)("is not taken for one that goes on, nor a group that somebody else made", async () => {
    await start();
    const doctor = await started();
    await api("/groups", "POST", { name: "Own", path: `${prefix}own`, description: "Mine" });
    const other = await deepRun(gitlab(), ["--only", "integrations.Asana", "--clean"]);
    expect([other.code, other.stderr]).toEqual([0, expect.stringContaining("may still be in use, and stays")]);
    expect((await doctor.ended).code).toBe(0);
    expect(await there()).toContain(`${prefix}own`);
  });
});
