import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { startSandbox, type Moment, type Sandbox } from "gitlab-sandbox";
import type { DeploymentJson } from "gitlab-sandbox/engine";
import { PASSPHRASE, PROJECT, STACK, Workspace } from "../../engine/scenarios/support/workspace";
import { Victim, type Result } from "./victim";

/** A moment in the requests of a run. */
export type Boundary = Pick<Moment, "call" | "phase">;

/** What came of a run that was killed, and of the one after it. */
export interface Aftermath {
  /** IDs of the hooks that GitLab has and the state has not, after the run after the kill. */
  readonly left: readonly string[];
  /** IDs that the run after the kill named. */
  readonly named: readonly string[];
  /** What GitLab has when everything named is deleted. */
  readonly gitlab: string;
  /** What the state has, by name. */
  readonly state: string;
}

const projects = ["acme/shop", "acme/web"];

/** Twenty resources. */
const program = `
for (const project of ${JSON.stringify(projects)}) {
  for (const nth of [1, 2, 3, 4]) {
    const token = "canary-" + nth;
    new gitlab.ProjectHook(project + nth, { project, url: "https://ci.example.com/" + nth, token, customHeaders: { "X-A": token } });
  }
  const webhook = "https://hooks.slack.com/services/canary";
  new gitlab.integrations.Slack(project + "Slack", { project, webhook, pushEvents: false });
  new gitlab.integrations.Asana(project + "Asana", { project, apiKey: "canary-key" });
  new gitlab.integrations.ExternalWiki(project + "Wiki", { project, externalWikiUrl: "https://wiki.example.com" });
  new gitlab.ProjectPushRule(project + "Rules", { project, denyDeleteTag: true });
  new gitlab.ProjectNotificationSettings(project + "Mail", { project, level: "watch" });
}
for (const nth of [1, 2]) new gitlab.GroupHook("group" + nth, { group: "acme", url: "https://ci.example.com/", name: "n" + nth });
`;

/** A stack of twenty resources on an emulator, whose runs are killed where a test wants. */
export class KillingGround {
  readonly #workspace = new Workspace();
  readonly #stateFile: string;
  #steady = new Victim();
  /** Warmed up while something else runs. */
  #spare = new Victim();

  private constructor(
    readonly sandbox: Sandbox,
    readonly parallel: number,
  ) {
    this.#stateFile = path.join(this.#workspace.state, "state.json");
    this.#workspace.write(program);
  }

  /** @param parallel how many resources the engine works on side by side */
  static async open(parallel: number): Promise<KillingGround> {
    return new KillingGround(await startSandbox(), parallel);
  }

  /** Runs without a kill: what there is then, and how many requests it took. */
  async undisturbed(): Promise<{ calls: number; gitlab: string; state: string }> {
    this.#reset();
    await this.#succeed(this.#steady);
    return { calls: this.sandbox.control.requests().length, gitlab: this.#gitlab(), state: this.#state() };
  }

  /** Kills a run at a boundary, runs again, and does what that says of what was left behind. */
  async killedAt({ call, phase }: Boundary): Promise<Aftermath> {
    this.#reset();
    const victim = this.#spare;
    this.#spare = new Victim();
    let isOver = Promise.resolve();
    const unwatch = this.sandbox.control.watch((moment) => {
      if (moment.call === call && moment.phase === phase) isOver = victim.kill();
    });
    const problem = await this.#up(victim).then(
      () => "the run was not killed",
      (error: unknown) => (error as Error).message,
    );
    unwatch();
    await isOver;
    if (problem !== "the run was killed") throw new Error(problem);
    const { output } = await this.#succeed(this.#steady);
    const left = this.#left();
    const named = [...new Set(output.match(/(projects|groups)\/\d+\/hooks\/\d+(?=, made .* ago, equals)/g))].sort();
    for (const id of named) await this.#delete(id);
    return { left, named, gitlab: this.#gitlab(), state: this.#state() };
  }

  async close(): Promise<void> {
    await this.#steady.kill();
    await this.#spare.kill();
    await this.sandbox.stop();
    this.#workspace.remove();
  }

  #reset(): void {
    this.sandbox.control.reset();
    rmSync(this.#stateFile, { force: true });
  }

  #up(victim: Victim): Promise<Result> {
    const { url, token } = this.sandbox;
    const config = { "gitlab:baseUrl": url, "gitlab:token": { secret: token } };
    const where = { programDirectory: this.#workspace.app, project: PROJECT, stack: STACK };
    const settings = { ...where, stateFile: this.#stateFile, passphrase: PASSPHRASE, config };
    return victim.up(settings, this.#workspace.program, { parallel: this.parallel });
  }

  async #succeed(victim: Victim): Promise<Result> {
    const result = await this.#up(victim);
    if (!result.ok) throw new Error(result.output);
    return result;
  }

  async #delete(id: string): Promise<void> {
    const headers = { authorization: `Bearer ${this.sandbox.token}` };
    const { status } = await fetch(`${this.sandbox.url}/api/v4/${id}`, { method: "DELETE", headers });
    if (status !== 204) throw new Error(`DELETE ${id}: ${status}`);
  }

  #resources() {
    const { deployment } = JSON.parse(readFileSync(this.#stateFile, "utf8")) as DeploymentJson;
    return (deployment.resources ?? []) as unknown as { urn: string; id?: string; inputs?: Record<string, unknown> }[];
  }

  /** Hooks that no resource of the state has. */
  #left(): string[] {
    const ids = new Set(this.#resources().map(({ id }) => id));
    const all = this.sandbox.control.world.state.hooks.map(({ id, scope }) => `${scope.kind}s/${scope.id}/hooks/${id}`);
    return all.filter((id) => !ids.has(id)).sort();
  }

  #gitlab(): string {
    const { hooks, integrations, notifications, pushRules } = this.sandbox.control.world.state;
    return [...hooks, ...integrations, ...notifications, ...pushRules]
      .map((row) => JSON.stringify({ ...row, id: 0, createdAt: "", updatedAt: "" }))
      .sort()
      .join("\n");
  }

  #state(): string {
    return this.#resources()
      .map(
        ({ urn, id, inputs = {} }) =>
          `${urn} ${id?.replace(/hooks\/\d+/, "hooks/0") ?? ""} ${Object.keys(inputs).sort().join()}`,
      )
      .filter((line) => !line.includes("pulumi:providers:"))
      .sort()
      .join("\n");
  }
}
