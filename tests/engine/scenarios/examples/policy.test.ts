import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { findCli } from "gitlab-sandbox/drivers";
import { openQuickstart } from "../../support/quickstart";
import { openScenario, succeeding, type Scenario } from "../../support/scenario";

const policy = resolve(__dirname, "../../../../examples/policy");
// The stand-in engine runs no policies.
const describeOnCli = process.env.SCENARIO_ENGINE === "pulumi" ? describe : describe.skip;

const breaking = `
  import * as gitlab from "pulumi-gitlab-dynamic";
  const good = { url: "https://a.example.com", token: "clear-token" };
  new gitlab.ProjectHook("plain", { project: 42, url: "http://a.example.com", enableSslVerification: false });
  new gitlab.Fleet("hooks", gitlab.ProjectHook, {
    web: { project: 43, ...good, url: "http://a.example.com" },
    api: { project: 44, ...good },
  });
  new gitlab.integrations.Asana("tasks", { project: 42, apiKey: "clear-key" });
  new gitlab.ProjectPushRule("rules", { project: 42, preventSecrets: false });
`;

const broken = [
  /gitlab-certificates-are-verified\s.*plain/,
  /gitlab-hooks-have-token\s.*plain/,
  /gitlab-hooks-use-https\s.*hooks\)[^]{0,120}Entry "web": Let `url` begin with https:\/\/\./,
  /gitlab-hooks-use-https\s.*plain/,
  /gitlab-integrations-are-allowed\s.*tasks/,
  /gitlab-push-rules-prevent-secrets\s.*rules/,
];

describeOnCli("the example of a policy pack", () => {
  let scenario: Scenario | undefined;

  afterEach(async () => {
    await scenario?.close();
  });

  it("lets the quickstart pass", async () => {
    scenario = await openQuickstart();
    await succeeding(scenario.driver.preview({ policyPacks: [policy] }));
  });

  it("refuses what breaks a rule before anything is made, in fleets too, and finds it in a state", async () => {
    scenario = await openScenario({
      program: {
        "Pulumi.yaml": "name: broken\nruntime: nodejs\n",
        "index.ts": breaking,
        "package.json": '{"main": "index.ts"}',
      },
      project: "broken",
    });
    const preview = await scenario.driver.preview({ policyPacks: [policy] });
    expect(preview.ok).toBe(false);
    for (const rule of broken) expect(preview.output).toMatch(rule);
    expect(preview.output).not.toMatch(/clear-|Entry "api"/);
    expect((await scenario.driver.up({ policyPacks: [policy] })).ok).toBe(false);
    expect(scenario.writes()).toEqual([]);
    await succeeding(scenario.driver.up());
    const { status, output } = await analyzed(JSON.stringify(await scenario.driver.export()));
    expect(status).not.toBe(0);
    for (const rule of broken) expect(output).toMatch(rule);
    expect(output).not.toMatch(/clear-|Entry "api"/);
  });
});

/** What the pack says of a state, without its program and its stack. */
async function analyzed(state: string): Promise<{ status: number | null; output: string }> {
  const cli = await findCli();
  const folder = mkdtempSync(join(tmpdir(), "policy-"));
  try {
    mkdirSync(join(folder, "home"));
    writeFileSync(join(folder, "state.json"), state);
    const args = ["policy", "analyze", "--file", "state.json", "--policy-pack", policy, "--non-interactive"];
    const { status, stdout, stderr } = spawnSync(cli?.file ?? "", [...args, "--color", "never"], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, PULUMI_HOME: join(folder, "home"), PULUMI_SKIP_UPDATE_CHECK: "true" },
    });
    return { status, output: stdout + stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
