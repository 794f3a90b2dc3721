import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { Control, type IntegrationSeed } from "./control";
import { buildServer } from "./http/server";
import type { ProjectsSeed } from "./projects/seeding";
import type { AccessToken } from "./world/access";
import type { Settings } from "./world/settings";
import { Store } from "./world/store";

/** How to start a sandbox; every setting of the instance may be given too. */
export interface SandboxOptions extends Partial<Settings> {
  /** TCP port on the loopback address; 0, the default, for a free one. */
  readonly port?: number;
  /** The relative root below which everything is, such as `/gitlab`; none when absent. */
  readonly root?: string;
  /** The administrator's token; a random one when absent. */
  readonly token?: string;
  /** File that keeps the state between runs; in memory only when absent. */
  readonly stateFile?: string;
  /** Further tokens with lesser roles. */
  readonly tokens?: readonly AccessToken[];
  /** Integrations in place from the start, such as defaults of the instance or of a group. */
  readonly integrations?: readonly IntegrationSeed[];
  /** Projects in place from the start besides the usual ones, in any number. */
  readonly projects?: readonly ProjectsSeed[];
}

/** A running sandbox. */
export interface Sandbox {
  /** Address without a slash at the end, such as `http://127.0.0.1:40123`. */
  readonly url: string;
  /** The administrator's token. */
  readonly token: string;
  /** What a real GitLab does not offer: log, faults, settings, seeds. Also served below `/-/sandbox`. */
  readonly control: Control;
  /** Stops serving; open connections are closed. */
  stop(): Promise<void>;
}

const HOST = "127.0.0.1";

/**
 * Starts a GitLab API emulator on this machine.
 * Raises an Error when the port is taken, the root no path, or the state file unusable.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const {
    port = 0,
    root = "",
    token = `glpat-${randomBytes(15).toString("base64url")}`,
    stateFile,
    tokens,
    integrations,
    projects,
    ...settings
  } = options;
  if (!/^(\/[\w.-]+)*$/.test(root))
    throw new Error("The root must be a path such as /gitlab, without a slash at its end.");
  const store = stateFile === undefined ? undefined : new Store(stateFile);
  const start = { settings, tokens: [{ token, role: "admin" } as const, ...(tokens ?? [])], integrations, projects };
  const control = new Control(start, store?.load());
  const app = buildServer(control, store, root);
  await app.listen({ host: HOST, port });
  const address = app.server.address() as AddressInfo;
  return {
    url: `http://${HOST}:${address.port}${root}`,
    token,
    control,
    stop: () => app.close(),
  };
}
