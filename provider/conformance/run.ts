import type { Settings } from "../config/settings";
import { askServer, writeProblem, type ServerFacts } from "./gitlab";
import {
  findLeftGroups,
  makeGroup,
  removeGroup,
  requireEmptyGroup,
  type LeftGroup,
  type Removal,
  type RunGroup,
} from "./group";
import { Interrupted, type Call } from "./observer";
import { RunRefused, type ClassResult, type EngineReport, type Results, type RunReport } from "./results";
import type { RunOptions } from "./run-options";
import { Session } from "./session";
import { tryAll, type RunTarget } from "./try-all";

/** Requests a minute that stay below the limits of most GitLabs, GitLab.com's among them. */
export const usualRequestsPerMinute = 570;

/** What came of a run: its report, and the requests that it made. */
export interface Run {
  readonly report: RunReport;
  readonly calls: readonly Call[];
  readonly facts: ServerFacts;
  /** Whether the GitLab has the features of a licence; false as well where the run ended before it was known. */
  readonly isLicensed: boolean;
  /** Names, tokens and addresses that no recording may hold. */
  readonly names: readonly string[];
}

/**
 * Tries every class on a GitLab, in a group that the run makes and removes.
 *
 * @throws RunRefused where it must not start; GitLabError and UnreachableError where GitLab cannot even be asked
 */
export async function runConformance(settings: Settings, options: RunOptions): Promise<Run> {
  const session = new Session(settings, options.requestsPerMinute, options.signal);
  const facts = await session.work("ask", (client) => askServer(client));
  const problem = writeProblem(facts.token);
  if (problem !== undefined) throw new RunRefused(problem);
  const { group: text } = options;
  const parent =
    text === undefined ? undefined : await session.work("look", (client) => requireEmptyGroup(client, text));
  const started = new Date();
  const group = await session.work("make the group", (client) => makeGroup(client, session.allowedWrites, parent));
  const report = session.report(facts, started, await inGroup(session, options, { facts, group }));
  const names = namesOf(settings, facts, [group, parent]);
  return { report, calls: session.observer.calls, facts, isLicensed: session.isLicensed, names };
}

/** Tries everything, and removes the group whatever happens. */
async function inGroup(session: Session, options: RunOptions, target: RunTarget): Promise<Results> {
  const { listener } = options;
  const { group } = target;
  const classes: ClassResult[] = [];
  let engine: EngineReport | undefined;
  let isInterrupted = false;
  let end: Removal | "left";
  try {
    engine = await tryAll(session, options, target, (result) => {
      classes.push(result);
      listener?.finished(result);
    });
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    isInterrupted = true;
    if (session.observer.isSilent) listener?.remark("GitLab does not respond any more: the run ends.");
  } finally {
    listener?.remark(`Deleting ${group.path}.`);
    end = await removed(session, group).catch((error: unknown) => {
      listener?.remark(`${group.path} was not deleted: ${(error as Error).message}`);
      return "left" as const;
    });
  }
  return { classes, group: end, ...(engine ? { engine } : {}), ...(isInterrupted ? { interrupted: true } : {}) };
}

function namesOf(
  { baseUrl, token, headers }: Settings,
  facts: ServerFacts,
  groups: readonly (RunGroup | undefined)[],
): string[] {
  const { host, hostname } = new URL(baseUrl);
  const paths = groups.flatMap((group) => (group ? [group.path] : []));
  const all = [baseUrl, host, hostname, token, ...Object.values(headers), ...facts.token.names, ...paths];
  return all.filter((name) => name.length > 2).sort((one, other) => other.length - one.length);
}

/**
 * Finds what earlier runs have left.
 *
 * @param group where to look, by number or full path; undefined for groups at the top
 */
export async function findLeft(settings: Settings, group?: string): Promise<LeftGroup[]> {
  const session = new Session(settings, usualRequestsPerMinute);
  return session.work("look", (client) => findLeftGroups(client, group));
}

function removed(session: Session, group: RunGroup): Promise<Removal> {
  return session.clean((client) => removeGroup(client, session.allowedWrites, group));
}

/** Removes a group that an earlier run has left. */
export async function removeLeft(settings: Settings, group: RunGroup): Promise<Removal> {
  return removed(new Session(settings, usualRequestsPerMinute), group);
}
