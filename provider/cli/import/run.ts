import { connectionFor, type Connection } from "../../operations/connection";
import { settingsFrom } from "../settings";
import { styledLines } from "../style";
import { addition, type Addition, type PreviousRun } from "./rerun";
import { composed, gitlabOf, linesIn, projectFileNames } from "./compose";
import { progressOn, type Progress } from "./discover/progress";
import { storeSecrets } from "./store-secrets";
import { discover, type Discovery } from "./discover/discover";
import { modelOf } from "./model/imported";
import { secretModeOf, type ImportOptions, type Selection } from "./options";
import { checkReport, checkText, statusOf } from "./report/check";
import { summaryOf, summaryText, type Summary } from "./report/summary";
import { compare } from "./stack/compare";
import { readStacks, type ManagedObject } from "./stack/state";
import { filesIn, writeFiles } from "./write/files";
import { readManifest, type Manifest } from "./write/manifest";
import { namesSomething, requireOptions, selected } from "./selection";

/**
 * Runs the import: reads everything, then writes all files at once.
 *
 * @returns the exit status: 0, or 2 when something could not be read and was skipped; of a check, 3 for differences
 * @throws Error in one sentence when the options, the configuration or GitLab make a run impossible; nothing is written then
 */
export async function runImport(options: ImportOptions): Promise<number> {
  const folder = options.out ?? (options.check ? "." : "gitlab-import");
  const manifest = options.force ? undefined : readManifest(folder);
  const storesSecrets = options.secretsFile !== undefined;
  if (storesSecrets && !namesSomething(options)) return storeSecrets(options, folder, manifest);
  requireOptions(options, manifest);
  if (!manifest && !options.check) requireFreeFolder(folder, options);
  const selection = selected(options, manifest);
  const status = await runSearch(options, { folder, manifest, selection });
  return storesSecrets ? Math.max(status, await storeSecrets(options, folder, readManifest(folder))) : status;
}

interface Run {
  readonly folder: string;
  readonly manifest: Manifest | undefined;
  readonly selection: Selection;
}

async function runSearch(options: ImportOptions, run: Run): Promise<number> {
  const started = Date.now();
  const settings = settingsFrom(options);
  const progress = progressOn(process.stderr);
  const release = onInterrupt(progress);
  try {
    const connection = connectionFor(settings);
    requireSameGitLab(connection, run);
    // A stack that cannot be read is known before the long work.
    const state = await stateOf(options, run);
    const found = await discover(connection, run.selection, progress);
    if (options.check) return check(options, run, connection, found, state.objects ?? []);
    const { manifest, ...others } = run;
    return manifest
      ? addNew(options, found, { ...others, manifest, connection, ...state }, started)
      : writeAll(options, found, run, connection, started);
  } finally {
    release();
    progress.stop();
  }
}

/** @throws Error when a folder was written for another GitLab */
function requireSameGitLab(connection: Connection, { folder, manifest }: Run): void {
  const here = gitlabOf(connection);
  const former = connection.settings.formerBaseUrls.map((url) => url.replace(/\/api\/v4$/, ""));
  if (!manifest || manifest.gitlab === here || former.includes(manifest.gitlab)) return;
  throw new Error(`${folder} is about ${manifest.gitlab}, and not ${here}: choose another folder with --out.`);
}

interface State {
  readonly objects: readonly ManagedObject[] | undefined;
  readonly withoutState?: string;
}

/** What the stack manages. A check is nothing without it; an import then goes by what it wrote before. */
async function stateOf({ check: isCheck, state, stack }: ImportOptions, { folder, manifest }: Run): Promise<State> {
  if (!isCheck && !manifest) return { objects: undefined };
  try {
    return { objects: await readStacks(state, { folder, stack }) };
  } catch (error) {
    const reason = (error as Error).message;
    if (!isCheck && state.length === 0) return { objects: undefined, withoutState: reason.replace(/\.$/, "") };
    const way =
      state.length > 0
        ? ""
        : " Run it in the folder of the program, or give --state FILE as `pulumi stack export` writes it.";
    throw new Error(`the state cannot be read: ${reason.replace(/\.$/, "")}.${way}`, { cause: error });
  }
}

function check(
  { json }: ImportOptions,
  { selection }: Run,
  { settings }: Connection,
  found: Discovery,
  objects: readonly ManagedObject[],
): number {
  const gitlabs = [settings.baseUrl, ...settings.formerBaseUrls];
  const skipped = [...found.targets.skipped, ...found.scans.flatMap((scan) => scan.skipped)];
  const report = checkReport(compare({ ...found, selection, gitlabs }, objects), skipped);
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : styledLines(checkText(report), process.stdout));
  return statusOf(report);
}

function writeAll(
  options: ImportOptions,
  found: Discovery,
  { folder, selection }: Run,
  connection: Connection,
  started: number,
): number {
  const model = modelOf(found.scans, secretModeOf(selection));
  const { files, fleets } = composed(model, found, { connection, selection, folder, format: options.format });
  const present = filesIn(folder, projectFileNames);
  const own = new Map([...files].filter(([name]) => !present.includes(name)));
  writeFiles(folder, own);
  const about = { folder, files: [...own.keys()], extended: [], toAdd: {}, fleets, lines: linesIn(files) };
  return printSummary(options, selection, summaryOf(model, { ...about, ...runFacts(found, selection, started) }));
}

function addNew(options: ImportOptions, found: Discovery, before: PreviousRun, started: number): number {
  const { folder, selection } = before;
  const added: Addition = addition(found, before);
  writeFiles(folder, new Map([...added.files, ...added.extended]));
  const { files, extended, toAdd, fleets, model } = added;
  const names = { files: [...files.keys()], extended: [...extended.keys()], toAdd, fleets, lines: linesIn(files) };
  const about = { folder, ...names, rerun: added.rerun, ...runFacts(found, selection, started) };
  return printSummary(options, selection, summaryOf(model, about));
}

function runFacts({ targets }: Discovery, selection: Selection, started: number) {
  const seconds = Math.round((Date.now() - started) / 100) / 10;
  return { targets, seconds, env: secretModeOf(selection) === "env" };
}

function printSummary({ json }: ImportOptions, selection: Selection, summary: Summary): number {
  const text = json ? `${JSON.stringify(summary)}\n` : styledLines(summaryText(summary, selection), process.stdout);
  process.stdout.write(text);
  return summary.skipped.length > 0 ? 2 : 0;
}

const ownFiles = ["index.ts", "config.ts", "set-config.sh", "import.json"];

function requireFreeFolder(folder: string, { force }: ImportOptions): void {
  const there = filesIn(folder, ownFiles);
  if (there.length === 0 || force) return;
  throw new Error(
    `${folder} has ${there.join(", ")} already: choose another folder with --out, or overwrite with --force.`,
  );
}

/** Files are written only at the end and without a break, so an interrupted run has written nothing. */
function onInterrupt(progress: Progress): () => void {
  const stop = (signal: NodeJS.Signals) => {
    progress.stop();
    process.stderr.write("\nInterrupted: nothing was written.\n");
    process.exit(signal === "SIGINT" ? 130 : 143);
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  return () => process.off("SIGINT", stop).off("SIGTERM", stop);
}
