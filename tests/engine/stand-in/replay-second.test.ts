import { expectAsRecorded } from "./support/expectations";
import { killDuringUp } from "./support/killed";
import { readRecording, stateContent } from "./support/recordings";
import { Replay, type ReplayedStep } from "./support/replay";

const URN = "urn:pulumi:dev::app::pulumi-nodejs:dynamic/gitlab";
const hook = { GETID: "projects/p/hooks/100" };
const missing = { GETID: "projects/p/hooks/999" };

/** The steps of the second series up to the kill, in order. The token is rotated before the 31st. */
const STEPS: readonly [name: string, step: ReplayedStep][] = [
  ["22-up-adopt", { operation: "up", program: "adopted" }],
  ["23-up-replace-adopted", { operation: "up", program: "adopted", options: { replace: [`${URN}:ProjectHook::ad`] } }],
  ["24-up-rename-adopted", { operation: "up", program: "renamed" }],
  ["25-up-slack", { operation: "up", program: "slack" }],
  [
    "26-up-replace-slack",
    { operation: "up", program: "slack", options: { replace: [`${URN}/integrations:Slack::s`] } },
  ],
  ["27-up-secrets", { operation: "up", program: "secrets" }],
  ["28-preview-secret-change", { operation: "preview", program: "secretchange" }],
  ["29-preview-json-secret-change", { operation: "preview", program: "secretchange" }],
  ["30-up-secret-change", { operation: "up", program: "secretchange" }],
  ["31-refresh-after-rotation", { operation: "refresh" }],
  ["32-up-after-rotation", { operation: "up", program: "secretchange" }],
  ["33-up-ignore-changes", { operation: "up", program: "ignored" }],
  ["34-up-replace-on-changes", { operation: "up", program: "replaceon" }],
  ["35-up-half-updated", { operation: "up", program: "halfupdate" }],
  ["36-up-half-updated-again", { operation: "up", program: "secretchange" }],
  ["37-up-get", { operation: "up", program: "get", env: hook }],
  ["38-refresh-get", { operation: "refresh" }],
  ["39-up-get-missing", { operation: "up", program: "get", env: missing }],
  ["40-up-chain", { operation: "up", program: "chain1" }],
  ["41-preview-chain-updated", { operation: "preview", program: "chain2" }],
  ["42-preview-unknown-provider", { operation: "preview", program: "unknownprovider" }],
  ["43-up-component", { operation: "up", program: "component" }],
];

/** Here one resource is updated while another reads the same hook: in the recording the update came first. */
function takeHeadersAway(replay: Replay): void {
  replay.changeWorld(({ hooks, ...world }) => {
    const { project, url } = hooks["100"] ?? {};
    return { ...world, hooks: { ...hooks, 100: { project, url } } };
  });
}

describe("the stand-in does what the real engine did: the traps", () => {
  let replay: Replay;

  beforeAll(() => {
    replay = new Replay("second", "token-one", { next: 100, hooks: { 77: {} }, slack: {} });
  });

  afterAll(() => {
    replay.remove();
  });

  for (const [name, step] of STEPS) {
    it(name, async () => {
      if (name.startsWith("31")) replay.rotate("token-two");
      if (name.startsWith("37")) takeHeadersAway(replay);
      const { output } = await expectAsRecorded(replay, "second", name, step);
      expect(output).not.toMatch(/canary|token-(one|two)/);
    });
  }

  it("45-up-killed", async () => {
    const step: ReplayedStep = { operation: "up", program: "slow" };
    const config = ["--config", "gitlab:baseUrl=http://127.0.0.1:1", "--secret-config", "gitlab:token=token-two"];
    await killDuringUp(replay, step, config);
    const stack = await replay.open(step);
    expect(stateContent(await stack.export())).toEqual(stateContent(readRecording("second", "45-up-killed").state));
  });

  it("46-up-after-kill", async () => {
    const { diagnostics } = await expectAsRecorded(replay, "second", "46-up-after-kill", {
      operation: "up",
      program: "slowok",
    });
    expect(diagnostics.map(({ severity }) => severity)).toEqual(["warning"]);
    expect(diagnostics[0]?.message).toMatch(
      /with 1 pending operations[^]*ProjectHook::slow, interrupted while creating/,
    );
  });

  it("47-destroy", async () => {
    const { diagnostics } = await expectAsRecorded(replay, "second", "47-destroy", { operation: "destroy" });
    expect(diagnostics.map(({ severity }) => severity)).toEqual(["warning"]);
  });
});
