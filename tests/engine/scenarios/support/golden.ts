import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import type { DeploymentJson } from "gitlab-sandbox/engine";

import { GitLab, Scenario } from "./scenario";

const folder = resolve(__dirname, "../../../golden");
/** What stands in a golden state for the address of its GitLab. */
const home = "http://gitlab.golden.example";

type Series = "ownership" | "state";

/** The version whose golden states are to be written: `WRITE_GOLDEN=0.2.0`. Only on the stand-in, whose state is one file. */
export const writing = process.env.WRITE_GOLDEN;

/** The files of one series of golden states; none while one is being written. */
export function goldenFiles(series: Series): readonly string[] {
  const pattern = new RegExp(`^${series}-.*\\.json$`);
  return writing === undefined ? readdirSync(folder).filter((file) => pattern.test(file)) : [];
}

/** The text of a golden state, as it is kept. */
export function goldenText(name: string): string {
  return readFileSync(join(folder, name), "utf8");
}

/** Keeps what a scenario has in state, as a golden state of the version that is being written. */
export function writeGolden(series: Series, { gitlab, workspace }: Scenario): void {
  const text = readFileSync(join(workspace.state, "state.json"), "utf8");
  writeFileSync(join(folder, `${series}-${writing ?? ""}.json`), text.replaceAll(gitlab.sandbox.url, home));
}

/** A stack with a golden state, on a GitLab that has what the state names. */
export async function openGolden(
  name: string,
  seed: (gitlab: GitLab) => Promise<void>,
): Promise<{ readonly gitlab: GitLab; readonly scenario: Scenario }> {
  const gitlab = await GitLab.start();
  const scenario = Scenario.on(gitlab);
  await seed(gitlab);
  await scenario.load(JSON.parse(goldenText(name).replaceAll(home, gitlab.sandbox.url)) as DeploymentJson);
  return { gitlab, scenario };
}
