import { setTimeout as sleep } from "node:timers/promises";
import { startSandbox, type Sandbox, type SandboxOptions } from "gitlab-sandbox";
import { ReplaceableResource } from "./replaceable-resource";
import { ProviderProcess } from "./provider-process";

/** An emulated GitLab, a provider process that speaks to it, and a direct way to its API. */
export interface GitLabFixture {
  readonly sandbox: Sandbox;
  /** The process of now. */
  process(): ProviderProcess;
  /** Goes on with a fresh process, as every operation of the engine does. */
  restartProcess(): Promise<void>;
  resource(name: string): ReplaceableResource;
  /** Calls the API past the provider, with the administrator's token unless another is given. */
  api(method: string, path: string, body?: unknown, token?: string): Promise<{ status: number; json: unknown }>;
  /** Requests since the last call, as `GET /projects/42/hooks`. */
  requests(): string[];
  /** What the process said since the last call, as `warning: text`; waits for `count` lines, which arrive on their own. */
  messages(count?: number): Promise<string[]>;
  stop(): Promise<void>;
}

/** Starts all of it. `config` is added to address and token. */
export async function startGitLab(
  options: SandboxOptions = {},
  config: Readonly<Record<string, unknown>> = {},
): Promise<GitLabFixture> {
  const sandbox = await startSandbox(options);
  const settings = { "gitlab:baseUrl": sandbox.url, "gitlab:token": sandbox.token, ...config };
  let process = await ProviderProcess.start(settings);
  let logged = 0;
  return {
    sandbox,
    process: () => process,
    async restartProcess() {
      await process.stop();
      process = await ProviderProcess.start(settings);
      logged = 0;
    },
    resource: (name) => new ReplaceableResource(() => process, name),
    async api(method, path, body, token = sandbox.token) {
      const response = await fetch(`${sandbox.url}/api/v4${path}`, {
        method,
        headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, json: text === "" ? undefined : (JSON.parse(text) as unknown) };
    },
    requests() {
      const requests = sandbox.control.requests().map(({ method, path }) => `${method} ${path.replace("/api/v4", "")}`);
      sandbox.control.log.clear();
      return requests;
    },
    async messages(count = 0) {
      const lasting = () => process.logs.slice(logged).filter(({ ephemeral }) => !ephemeral);
      for (const end = Date.now() + 5000; lasting().length < count && Date.now() < end;) await sleep(20);
      const lines = lasting();
      logged = process.logs.length;
      return lines.map(({ severity, message }) => `${severity}: ${message}`);
    },
    async stop() {
      await process.stop();
      await sandbox.stop();
    },
  };
}
