import { readFileSync } from "node:fs";
import { join } from "node:path";
import { clientFor, type Client } from "../client";
import type { Settings } from "../config";
import { inOperation } from "../operation";
import { allCases, chainOf, obstacles, whyLeftAlone, type Case } from "./cases";
import { runEngine } from "./engine";
import { askFeatures } from "./features";
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
import { tryCase } from "./life";
import { Interrupted, Observer, type Call } from "./observer";
import { Pace } from "./pace";
import { writePictures } from "./pictures";
import { makePlaces } from "./places";
import { RunRefused, type ClassResult, type EngineReport, type RunReport } from "./results";
import { Territory } from "./territory";
import type { TrialContext } from "./trial";

/** What a run is told to do. */
export interface RunOptions {
  /** An empty group to work in, by number or full path; undefined to make one at the top. */
  readonly group?: string | undefined;
  /** Requests a minute at most; 0 for any number. */
  readonly pace: number;
  /** The host of the addresses that GitLab is given, which it may have to resolve. */
  readonly sampleHost: string;
  /** Whether programs are run with the Pulumi CLI as well. */
  readonly engine?: boolean;
  /** Names of classes to try; undefined for all. */
  readonly only?: readonly string[] | undefined;
  /** Ends the run early; its group is removed all the same. */
  readonly signal?: AbortSignal;
  readonly listener?: RunListener;
}

/** Is told how far a run is. */
export interface RunListener {
  /** Which GitLab it is, and where the run works. */
  readonly started: (facts: ServerFacts, group: RunGroup, cases: number) => void;
  readonly finished: (result: ClassResult) => void;
  /** Takes what the run does besides trying classes. */
  readonly remark: (text: string) => void;
}

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

/** Classes that are tried at once. */
const atOnce = 6;

/**
 * Tries every class on a GitLab, in a group that the run makes and removes.
 *
 * @throws RunRefused where it must not start; GitLabError and UnreachableError where GitLab cannot even be asked
 */
export async function runConformance(settings: Settings, options: RunOptions): Promise<Run> {
  const { signal = unending(), listener } = options;
  const session = new Session(settings, options.pace, signal);
  const facts = await session.work("ask", (client) => askServer(client));
  const problem = writeProblem(facts.token);
  if (problem !== undefined) throw new RunRefused(problem);
  const { group: text } = options;
  const parent =
    text === undefined ? undefined : await session.work("look", (client) => requireEmptyGroup(client, text));
  const started = new Date();
  const group = await session.work("make the group", (client) => makeGroup(client, session.territory, parent));
  const classes: ClassResult[] = [];
  let engine: EngineReport | undefined;
  let isInterrupted = false;
  let end: Removal | "left";
  try {
    engine = await tryAll(session, options, { facts, group }, (result) => {
      classes.push(result);
      listener?.finished(result);
    });
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    isInterrupted = true;
  } finally {
    listener?.remark(`Removing ${group.path}.`);
    end = await session
      .clean((client) => removeGroup(client, session.territory, group))
      .catch((error: unknown) => {
        listener?.remark(`${group.path} is left: ${(error as Error).message}`);
        return "left" as const;
      });
  }
  const report = session.report(facts, started, {
    classes,
    group: end,
    ...(engine ? { engine } : {}),
    ...(isInterrupted ? { interrupted: true } : {}),
  });
  const names = namesOf(settings, facts, [group, parent]);
  return { report, calls: session.observer.calls, facts, isLicensed: session.isLicensed, names };
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
  const session = new Session(settings, 0, unending());
  return session.work("look", (client) => findLeftGroups(client, group));
}

/** Removes a group that an earlier run has left. */
export async function removeLeft(settings: Settings, group: RunGroup): Promise<Removal> {
  const session = new Session(settings, 0, unending());
  return session.clean((client) => removeGroup(client, session.territory, group));
}

function unending(): AbortSignal {
  return new AbortController().signal;
}

/** What one run shares: its client, its bounds, and the eye on its requests. */
class Session {
  readonly territory = new Territory();
  readonly observer: Observer;
  isLicensed = false;
  readonly #client: Client;

  constructor(
    readonly settings: Settings,
    pace: number,
    readonly signal: AbortSignal,
  ) {
    this.observer = new Observer(new Pace(pace), this.territory, signal);
    this.#client = clientFor(settings);
  }

  work<T>(stage: string, task: (client: Client) => Promise<T>): Promise<T> {
    return inOperation(
      this.observer.operation("the run", () => stage),
      () => task(this.#client),
    );
  }

  /** Goes on when the run was stopped. */
  clean<T>(task: (client: Client) => Promise<T>): Promise<T> {
    const operation = this.observer.operation("the run", () => "remove the group", "cleaning");
    return inOperation(operation, () => task(this.#client));
  }

  report(
    { instance }: ServerFacts,
    started: Date,
    found: Pick<RunReport, "classes" | "engine" | "group" | "interrupted">,
  ): RunReport {
    const order = allCases().map(({ definition, scope }) => `${definition.name} ${scope}`);
    const place = (result: ClassResult) => order.indexOf(`${result.class} ${result.scope}`);
    return {
      gitlab: instance,
      package: ownVersion(),
      node: process.versions.node,
      startedAt: started.toISOString(),
      seconds: Math.round((Date.now() - started.getTime()) / 100) / 10,
      requests: this.observer.calls.length,
      mostInAMinute: this.observer.mostInAMinute(),
      ...found,
      classes: [...found.classes].sort((one, other) => place(one) - place(other)),
    };
  }
}

/** A GitLab, and the group of the run on it. */
interface Ground {
  readonly facts: ServerFacts;
  readonly group: RunGroup;
}

async function tryAll(
  session: Session,
  options: RunOptions,
  { facts, group }: Ground,
  finished: (result: ClassResult) => void,
): Promise<EngineReport | undefined> {
  const { territory, observer, settings } = session;
  const cases = allCases().filter(({ definition }) => options.only?.includes(definition.name) ?? true);
  options.listener?.started(facts, group, cases.length);
  const places = await session.work("make projects and groups", (client) => makePlaces(client, territory, group));
  const where = { project: places.projects[0], group: places.groups[0], edition: facts.instance.edition };
  const features = await session.work("look for features", (client) => askFeatures(client, where));
  session.isLicensed = features.pushRules === true;
  const pictures = writePictures();
  const context: TrialContext = {
    observer,
    settings,
    providerSettings: { ...settings },
    places,
    sampleHost: options.sampleHost,
    pictures: pictures.files,
  };
  const decide = async (subject: Case): Promise<ClassResult> => {
    const alone = whyLeftAlone(subject);
    if (alone !== undefined) return untried(subject, "not tried", alone);
    const [obstacle] = obstacles(subject, { instance: facts.instance, features, writes: true });
    return obstacle === undefined ? tryCase(context, subject) : untried(subject, "not available", obstacle);
  };
  const passed = new Set<Case>();
  try {
    await inLanes(chainsOf(cases), async (subject) => {
      const result = await decide(subject);
      if (result.result === "passed") passed.add(subject);
      finished(result);
    });
    if (options.engine !== true) return undefined;
    options.listener?.remark("Running programs with the Pulumi CLI.");
    return await runEngine(
      context,
      cases.filter((subject) => passed.has(subject)),
      session.signal,
    );
  } finally {
    pictures.remove();
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

async function inLanes(chains: Case[][], task: (subject: Case) => Promise<void>): Promise<void> {
  const rest = [...chains];
  const lane = async (): Promise<void> => {
    for (let chain = rest.shift(); chain; chain = rest.shift()) for (const subject of chain) await task(subject);
  };
  const lanes = await Promise.allSettled(Array.from({ length: atOnce }, lane));
  const failed = lanes.find((settled) => settled.status === "rejected");
  if (failed) throw failed.reason as Error;
}

function untried({ definition, scope }: Case, result: "not tried" | "not available", reason: string): ClassResult {
  return {
    class: definition.name,
    scope,
    result,
    reason,
    failures: [],
    notTaken: [],
    notTried: {},
    requests: 0,
  };
}

function ownVersion(): string {
  const file = join(__dirname, "../../package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { readonly version: string }).version;
}
