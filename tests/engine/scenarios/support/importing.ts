import type { Sandbox } from "gitlab-sandbox";
import {
  findCli,
  openPulumiCli,
  openStandIn,
  secret,
  type Config,
  type Driver,
  type DriverSettings,
} from "gitlab-sandbox/drivers";

import { lazySdkEnv } from "../../../support/lazy-sdk";

/** The first CLI that takes inputs and outputs from an import file. */
const oldest = [3, 254] as const;

/** What a test says in place of running, when {@link openImporting} finds no engine for it. */
export const skipped = `Skipped: import.json needs a Pulumi CLI of ${oldest.join(".")} or later.\n`;

/** The configuration that reaches a sandbox as its administrator. */
export function connecting(sandbox: Sandbox): Config {
  return { "gitlab:baseUrl": sandbox.url, "gitlab:token": secret(sandbox.token) };
}

/** A program on the stand-in, or on a real CLI when `SCENARIO_ENGINE` is `pulumi`; undefined when that one is too old. */
export async function openImporting(settings: DriverSettings): Promise<Driver | undefined> {
  if (process.env.SCENARIO_ENGINE !== "pulumi") return openStandIn({ ...settings, env: lazySdkEnv });
  const cli = await findCli();
  const [major = 0, minor = 0] = (cli?.version ?? "").replace("v", "").split(".").map(Number);
  if (!cli || major < oldest[0] || (major === oldest[0] && minor < oldest[1])) return undefined;
  return openPulumiCli(cli, settings);
}
