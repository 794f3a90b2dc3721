import { allCases, chainOf, obstacles, whyLeftAlone, type Case, type Environment } from "./cases";
import { runEngine } from "./engine";
import { askFeatures } from "./features";
import type { ServerFacts } from "./gitlab";
import type { RunGroup } from "./group";
import { tryCase } from "./try-case";
import { Interrupted } from "./observer";
import { writeAvatars } from "./avatars";
import { makePlaces, type Places } from "./places";
import type { ClassResult, EngineReport } from "./results";
import type { RunOptions } from "./run-options";
import type { Session } from "./session";
import type { TrialContext } from "./trial";

/** Classes that are tried at once. */
const atOnce = 6;

/** A GitLab, and the group of the run on it. */
export interface RunTarget {
  readonly facts: ServerFacts;
  readonly group: RunGroup;
}

/**
 * Tries every class in a group, and in the end all of them with the Pulumi CLI where that is asked for.
 *
 * @throws Interrupted when the run is stopped
 */
export async function tryAll(
  session: Session,
  options: RunOptions,
  { facts, group }: RunTarget,
  finished: (result: ClassResult) => void,
): Promise<EngineReport | undefined> {
  const { allowedWrites, signal } = session;
  const { only, listener } = options;
  const cases = allCases().filter(({ definition }) => only?.includes(definition.name) ?? true);
  listener?.started(facts, group, cases.length);
  const places = await session.work("make projects and groups", (client) => makePlaces(client, allowedWrites, group));
  const environment = await environmentOf(session, facts, places);
  const avatars = writeAvatars();
  const context = contextOf(session, options, facts, places, avatars.files);
  const passed = new Set<Case>();
  try {
    await inParallel(chainsOf(cases), async (subject) => {
      const result = await decided(context, subject, environment);
      if (result.result === "passed") passed.add(subject);
      finished(result);
    });
    if (options.engine !== true) return undefined;
    listener?.remark("Running programs with the Pulumi CLI.");
    const working = cases.filter((subject) => passed.has(subject));
    return await runEngine(context, working, signal);
  } finally {
    avatars.remove();
  }
}

async function environmentOf(session: Session, facts: ServerFacts, places: Places): Promise<Environment> {
  const where = { project: places.projects[0], group: places.groups[0], edition: facts.instance.edition };
  const features = await session.work("look for features", (client) => askFeatures(client, where));
  session.isLicensed = features.pushRules === true;
  return { instance: facts.instance, features, writes: true };
}

function contextOf(
  { observer, settings }: Session,
  { sampleHost }: RunOptions,
  { instance: { version } }: ServerFacts,
  places: Places,
  avatars: TrialContext["avatars"],
): TrialContext {
  return { observer, settings, version, providerSettings: { ...settings }, places, sampleHost, avatars };
}

async function decided(context: TrialContext, subject: Case, environment: Environment): Promise<ClassResult> {
  const alone = whyLeftAlone(subject);
  if (alone !== undefined) return withoutTrial(subject, "not tried", alone);
  const [obstacle] = obstacles(subject, environment);
  if (obstacle !== undefined) return withoutTrial(subject, "not available", obstacle);
  try {
    return await tryCase(context, subject);
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    const failure = { step: "the trial", message: `internal error: ${String(error)}` };
    return { ...withoutTrial(subject, "failed"), failures: [failure] };
  }
}

function chainsOf(cases: readonly Case[]): Case[][] {
  const chains = new Map<string, Case[]>();
  for (const subject of cases) {
    const chain = chains.get(chainOf(subject)) ?? [];
    chains.set(chainOf(subject), chain);
    chain.push(subject);
  }
  // The longest first, so that none is left over at the end.
  return [...chains.values()].sort((one, other) => other.length - one.length);
}

async function inParallel(chains: Case[][], task: (subject: Case) => Promise<void>): Promise<void> {
  const rest = [...chains];
  const worker = async (): Promise<void> => {
    for (let chain = rest.shift(); chain; chain = rest.shift()) for (const subject of chain) await task(subject);
  };
  const workers = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  const failed = workers.find((settled) => settled.status === "rejected");
  if (failed) throw failed.reason as Error;
}

function withoutTrial({ definition, scope }: Case, result: ClassResult["result"], reason?: string): ClassResult {
  return {
    class: definition.name,
    scope,
    result,
    ...(reason === undefined ? {} : { reason }),
    failures: [],
    notTaken: [],
    notTried: {},
    requests: 0,
  };
}
