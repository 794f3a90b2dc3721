import { startSandbox, type Sandbox, type SandboxOptions } from "gitlab-sandbox";
import type { Definition } from "../../../provider/core/definition";
import { fieldsOf, type Scope } from "../../../provider/core/schema";
import { ProviderProcess, type LogLine } from "./provider-process";

/** A project or group made for one test. */
export interface TestParent {
  readonly scope: Scope;
  readonly id: number;
  readonly path: string;
}

/** What the provider asked GitLab for while something ran. */
export interface RecordedRequests<T> {
  readonly result: T;
  /** In order, such as `PUT /projects/42/integrations/slack`. */
  readonly requests: readonly string[];
}

let count = 0;

/** A text that no other test uses. */
export function unique(prefix: string): string {
  count += 1;
  return `${prefix}${count}`;
}

/** The secrets among the arguments of an object that are long enough to be told from other texts. */
export function secretsIn({ fields }: Definition, args: Readonly<Record<string, unknown>>): string[] {
  return [...fieldsOf(fields)].flatMap(([name, { secret }]) => (secret ? textsIn(args[name]) : []));
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return value.length > 3 ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** A GitLab that has every parameter which the package knows. */
export const newest = {
  version: "19.5.0-ee",
  featureFlags: ["duo_flow_callback_hooks", "pipelines_email_notify_child_pipelines"],
} as const;

/** A sandbox, and a provider process that is configured for it. */
export class ProviderFixture {
  /** Every secret that a program of these tests gave. */
  readonly secrets = new Set<string>();
  /** Every message of an error or a failed check. */
  readonly errors: string[] = [];

  private constructor(
    readonly sandbox: Sandbox,
    readonly provider: ProviderProcess,
  ) {
    this.secrets.add(sandbox.token);
  }

  /**
   * @param options how the sandbox behaves
   * @param config further settings, written `gitlab:retries`
   */
  static async start(
    options: SandboxOptions = {},
    config: Readonly<Record<string, unknown>> = {},
    env: NodeJS.ProcessEnv = {},
  ): Promise<ProviderFixture> {
    const sandbox = await startSandbox({ token: "glpat-canary-of-the-token", ...newest, ...options });
    const { url, token } = sandbox;
    const provider = await ProviderProcess.start({ "gitlab:baseUrl": url, "gitlab:token": token, ...config }, env);
    return new ProviderFixture(sandbox, provider);
  }

  /** Another process for the same sandbox, as the next run of the engine has. */
  async withNewProcess(
    config: Readonly<Record<string, unknown>> = {},
    env: NodeJS.ProcessEnv = {},
  ): Promise<ProviderFixture> {
    const { url, token } = this.sandbox;
    const provider = await ProviderProcess.start({ "gitlab:baseUrl": url, "gitlab:token": token, ...config }, env);
    const next = new ProviderFixture(this.sandbox, provider);
    for (const secret of this.secrets) next.secrets.add(secret);
    return next;
  }

  /** A further process of the same run, as an explicit provider for the same GitLab has it. */
  async withSecondProcess(config: Readonly<Record<string, unknown>> = {}): Promise<ProviderFixture> {
    const { url, token } = this.sandbox;
    const settings = { "gitlab:baseUrl": url, "gitlab:token": token, ...config };
    return new ProviderFixture(this.sandbox, await ProviderProcess.start(settings, {}, this.provider));
  }

  /** Notes the secrets among the arguments of an object: none may stand in what {@link allOutput} hands back. */
  noteSecrets(definition: Definition, args: Readonly<Record<string, unknown>>): void {
    for (const text of secretsIn(definition, args)) this.secrets.add(text);
  }

  /** Stops both; with `keep`, the process alone. */
  async stop(keep?: "sandbox"): Promise<void> {
    await this.provider.stop();
    if (keep === undefined) await this.sandbox.stop();
  }

  /** A new project of the group acme, or a new group. */
  async createParent(scope: Scope): Promise<TestParent> {
    const name = unique(scope);
    const [path, body] =
      scope === "project" ? ["/projects", { name, namespace_id: 9 }] : ["/groups", { name, path: name }];
    const made = (await this.api("POST", path, body)) as Readonly<Record<string, unknown>>;
    const fullPath = made[scope === "project" ? "path_with_namespace" : "full_path"];
    return { scope, id: made.id as number, path: fullPath as string };
  }

  /** A request of the test's own, which {@link recordRequests} does not count. */
  async api(method: string, path: string, body?: unknown): Promise<unknown> {
    const { status, answer } = await this.request(method, path, body);
    if (status >= 400) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer)}`);
    return answer;
  }

  /** Like {@link api}, for answers that may be errors. */
  async request(method: string, path: string, body?: unknown): Promise<{ status: number; answer: unknown }> {
    const response = await fetch(`${this.sandbox.url}/api/v4${path}`, {
      method,
      headers: { authorization: `Bearer ${this.sandbox.token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, answer: text === "" ? undefined : (JSON.parse(text) as unknown) };
  }

  /** Runs a task and notes what it asks GitLab for. */
  async recordRequests<T>(task: () => Promise<T>): Promise<RecordedRequests<T>> {
    this.sandbox.control.log.clear();
    const result = await task();
    const requests = this.sandbox.control
      .requests()
      .map(({ method, path }) => `${method} ${path.replace("/api/v4", "").replace(/\?.*/, "")}`);
    return { result, requests };
  }

  /** Runs a task that must fail, and hands back its message. */
  async errorOf(task: () => Promise<unknown>): Promise<string> {
    try {
      await task();
    } catch (error) {
      const { message } = error as Error;
      this.errors.push(message);
      return message;
    }
    throw new Error("it did not fail");
  }

  /** The lines that the provider told the engine while a task ran. */
  async logsDuring(task: () => Promise<unknown>): Promise<readonly LogLine[]> {
    const before = this.provider.logs.length;
    await task();
    await this.settled();
    return this.provider.logs.slice(before);
  }

  /** Every place where a secret must not stand: what was printed, logged and answered in errors. */
  async allOutput(): Promise<string> {
    await this.settled();
    const { logs, printed } = this.provider;
    const requests = this.sandbox.control.requests().map(({ path }) => path);
    return [...logs.map(({ message }) => message), printed, ...this.errors, ...requests].join("\n");
  }

  /** Log lines come on a way of their own, perhaps after the answer: they have arrived when none has come for a while. */
  private async settled(): Promise<void> {
    for (let quiet = 0, last = -1; quiet < 4;) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      quiet = last === this.provider.logs.length ? quiet + 1 : 0;
      last = this.provider.logs.length;
    }
  }
}
