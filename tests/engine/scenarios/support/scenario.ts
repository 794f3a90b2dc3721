import { type Config, type DeploymentJson } from "gitlab-sandbox/engine";
import { type Sandbox, type SandboxOptions, startSandbox } from "gitlab-sandbox";

import {
  type CutShort,
  type Driver,
  driverFor,
  onCli,
  type Kind,
  type Outcome,
  type Request,
  type Stored,
} from "./driver";
import { nameOf, storedIn } from "./names";
import { Workspace } from "./workspace";

/** The administrator's token of every scenario's GitLab. */
export const TOKEN = "glpat-canary-of-the-token";

// A real CLI takes about five seconds for each operation, and several times that on a busy machine.
if (onCli) jest.setTimeout(600_000);

/** A stack, with a program that changes from step to step. */
export class Scenario {
  readonly workspace = new Workspace();
  readonly #driver: Driver = driverFor(this.workspace);
  /** Everything that was printed so far. */
  printed = "";

  private constructor(
    readonly gitlab: GitLab,
    public config: Config,
  ) {}

  /** @param config what the stack is configured with besides the GitLab's address and token */
  static on(gitlab: GitLab, config: Config = {}): Scenario {
    const own = { "gitlab:baseUrl": gitlab.sandbox.url, "gitlab:token": { secret: gitlab.sandbox.token } };
    return gitlab.keep(new Scenario(gitlab, { ...own, ...config }));
  }

  /** Runs `up`, which must succeed, with a program; without one, with the last. */
  async up(program?: string, options: Omit<Request, "kind"> = {}): Promise<Outcome> {
    return this.#succeed({ kind: "up", ...options }, program);
  }

  async preview(program?: string, options: Omit<Request, "kind"> = {}): Promise<Outcome> {
    return this.#succeed({ kind: "preview", ...options }, program);
  }

  async refresh(): Promise<Outcome> {
    return this.#succeed({ kind: "refresh" });
  }

  async destroy(): Promise<Outcome> {
    return this.#succeed({ kind: "destroy" });
  }

  /** Runs anything, whether it succeeds or not. */
  async run(request: Request, program?: string): Promise<Outcome> {
    if (program !== undefined) this.workspace.write(program);
    const outcome = await this.#driver.run(request, this.config);
    this.printed += outcome.output;
    return outcome;
  }

  /** Runs what must fail. */
  async failing(kind: Kind, program?: string): Promise<Outcome> {
    const outcome = await this.run({ kind }, program);
    if (outcome.ok) throw new Error(`${kind} did not fail:\n${outcome.output}`);
    return outcome;
  }

  /** Several operations of one inline program in one process. */
  async inline(kinds: readonly Kind[], program: string): Promise<readonly boolean[]> {
    this.workspace.write(program);
    return this.#driver.runInline(kinds, this.config);
  }

  /** Starts `up` and kills it, with all that it started, as soon as `when` says so. */
  async kill(program: string, when: () => boolean): Promise<void> {
    this.workspace.write(program);
    await this.cut({ kind: "up" }, "kill", when);
  }

  /** Starts the last program's `up` and cuts it short as soon as `when` says so. Rejects when it ends before. */
  async cut(request: Request, how: CutShort, when: () => boolean): Promise<void> {
    await this.#driver.cut(request, this.config, how, when);
  }

  configure(config: Config): void {
    this.config = { ...this.config, ...config };
  }

  resources(): readonly Stored[] {
    return this.#driver.resources();
  }

  /** A resource of the state by its name. */
  stored(name: string): Stored {
    return storedIn(this.resources(), name);
  }

  /** The names of the resources in the state, the stack and the engine's own providers left out. */
  names(): string[] {
    return this.resources()
      .filter(({ type }) => type !== "pulumi:pulumi:Stack" && !type.startsWith("pulumi:providers:"))
      .map(({ urn }) => nameOf(urn))
      .sort();
  }

  export(): Promise<DeploymentJson> {
    return this.#driver.export();
  }

  load(deployment: DeploymentJson): Promise<void> {
    return this.#driver.load(deployment, this.config);
  }

  async stop(): Promise<void> {
    await this.#driver.stop();
    this.workspace.remove();
  }

  async #succeed(request: Request, program?: string): Promise<Outcome> {
    const outcome = await this.run(request, program);
    if (!outcome.ok) throw new Error(`${request.kind} failed:\n${outcome.output}`);
    return outcome;
  }
}

/** A GitLab that several scenarios share. */
export class GitLab {
  readonly #scenarios: Scenario[] = [];

  private constructor(readonly sandbox: Sandbox) {}

  static async start(options: SandboxOptions = {}): Promise<GitLab> {
    return new GitLab(await startSandbox({ token: TOKEN, ...options }));
  }

  /** Stops it, and every scenario that ran on it. */
  async stop(): Promise<void> {
    for (const scenario of this.#scenarios) await scenario.stop();
    await this.sandbox.stop();
  }

  keep(scenario: Scenario): Scenario {
    this.#scenarios.push(scenario);
    return scenario;
  }

  /** A request of the test's own, which {@link requests} does not count. Rejects when it fails. */
  async api(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const counted = [...this.sandbox.control.requests()];
    const response = await fetch(`${this.sandbox.url}/api/v4${path}`, {
      method,
      headers: { authorization: `Bearer ${this.sandbox.token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    this.sandbox.control.log.clear();
    for (const { method: verb, path: where } of counted) this.sandbox.control.log.add(verb, where);
    return (text === "" ? {} : JSON.parse(text)) as Record<string, unknown>;
  }

  /** A new project in the group acme. */
  async project(name: string): Promise<{ id: number; path: string }> {
    const { id } = await this.api("POST", "/projects", { name, path: name, namespace_id: 9 });
    return { id: id as number, path: `acme/${name}` };
  }

  /** The requests since the last call, such as `PUT /projects/42/integrations/slack`. */
  requests(): string[] {
    const { log } = this.sandbox.control;
    const requests = log
      .list()
      .map(({ method, path }) => `${method} ${path.replace("/api/v4", "").replace(/\?.*/, "")}`);
    log.clear();
    return requests;
  }

  /** The requests since the last call that change something. */
  writes(): string[] {
    return this.requests().filter((request) => !request.startsWith("GET"));
  }
}
