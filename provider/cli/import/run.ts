import { readFileSync } from "node:fs";
import * as path from "node:path";
import { Semaphore } from "../../client/semaphore";
import { connectionFor, type Connection, type Parent } from "../../operations/connection";
import { settingsFrom } from "../settings";
import { filesIn, writeFiles } from "./files";
import { intoFleets, type Divided } from "./fleets";
import { importFile } from "./import-json";
import { sectionOf, type ParentResources } from "./imported";
import { UniqueNames } from "./names";
import type { ImportOptions } from "./options";
import { programOf } from "./program";
import { projectFiles } from "./project-files";
import { progressOn, type Progress } from "./progress";
import { scan, type Scan } from "./discover";
import { secretSettings, settingsScript } from "./stack-settings";
import { summaryOf, summaryText } from "./summary";
import { findTargets } from "./targets";
import { styledLines } from "../style";

/** Projects and groups that are looked into at once; the client bounds the requests. */
const mostAtOnce = 8;

/**
 * Runs the import: reads everything, then writes all files at once.
 *
 * @returns the exit status: 0, or 2 when something could not be read and was skipped
 * @throws Error in one sentence when the options, the configuration or GitLab make a run impossible; nothing is written then
 */
export async function runImport(options: ImportOptions): Promise<number> {
  const started = Date.now();
  requireSelection(options);
  requireFreeFolder(options);
  const settings = settingsFrom(options);
  const progress = progressOn(process.stderr);
  const release = onInterrupt(progress);
  try {
    const connection = connectionFor(settings);
    progress.say("Looking for projects and groups ...");
    const { parents, skipped, doomed } = await findTargets(connection, options);
    if (parents.length === 0 && skipped.length > 0) {
      throw new Error(`nothing to import: ${skipped.map(({ where, reason }) => `${where}: ${reason}`).join("; ")}`);
    }
    const sections = assembled(await scanAll(connection, targetsOf(parents, options), options, progress));
    const divided = options.fleet ? intoFleets(sections) : { sections, fleets: [] };
    const files = filesOf(sections, divided, connection, options);
    writeFiles(options.out, files);
    const program = files.get("index.ts") ?? "";
    const summary = summaryOf(sections, {
      folder: options.out,
      files: [...files.keys()],
      lines: program.split("\n").length - 1,
      seconds: Math.round((Date.now() - started) / 100) / 10,
      fleets: divided.fleets.length,
      doomed,
      skipped,
    });
    const all = sections.flatMap(({ imported }) => imported);
    const text = options.json ? `${JSON.stringify(summary)}\n` : summaryText(summary, secretSettings(all));
    process.stdout.write(options.json ? text : styledLines(text, process.stdout));
    return summary.skipped.length > 0 ? 2 : 0;
  } finally {
    release();
    progress.stop();
  }
}

function requireSelection({ project, group, recursive, only, format, fleet }: ImportOptions): void {
  if (project.length === 0 && group.length === 0 && !only.includes("notifications")) {
    throw new Error("name what to import: --project acme/shop, --group acme, or both, several times if need be.");
  }
  if (recursive && group.length === 0) throw new Error("--recursive needs --group.");
  if (fleet && format === "pulumi") {
    throw new Error(
      "--fleet and --format pulumi exclude each other: import.json can hold no fleet. Leave --format out: a fleet takes " +
        "over what is there at the first `pulumi up`.",
    );
  }
}

const ownFiles = ["index.ts", "set-config.sh", "import.json"];

function requireFreeFolder({ out, force }: ImportOptions): void {
  const there = filesIn(out, ownFiles);
  if (there.length === 0 || force) return;
  throw new Error(
    `${out} has ${there.join(", ")} already: choose another folder with --out, or overwrite with --force.`,
  );
}

function targetsOf(parents: readonly Parent[], { only }: ImportOptions): (Parent | undefined)[] {
  return only.includes("notifications") ? [undefined, ...parents] : [...parents];
}

async function scanAll(
  connection: Connection,
  targets: readonly (Parent | undefined)[],
  options: ImportOptions,
  progress: Progress,
): Promise<Scan[]> {
  const semaphore = new Semaphore(mostAtOnce);
  let found = 0;
  progress.start(targets.length);
  const scans = await Promise.all(
    targets.map((target) =>
      semaphore.run(async () => {
        const done = await scan(connection, target, options);
        found += done.sightings.length;
        progress.step(found);
        return done;
      }),
    ),
  );
  progress.stop();
  return scans;
}

function assembled(scans: readonly Scan[]): ParentResources[] {
  const names = new UniqueNames();
  return scans.map((one) => sectionOf(one, names));
}

function filesOf(
  sections: readonly ParentResources[],
  divided: Divided,
  connection: Connection,
  options: ImportOptions,
): Map<string, string> {
  const all = sections.flatMap(({ imported }) => imported);
  const gitlab = connection.settings.baseUrl.replace(/\/api\/v4$/, "");
  const version = ownVersion();
  const files = new Map([
    ["index.ts", programOf(divided.sections, { gitlab, version }, divided.fleets)],
    ["set-config.sh", settingsScript(secretSettings(all), gitlab === "https://gitlab.com" ? undefined : gitlab)],
  ]);
  if (options.format === "pulumi") files.set("import.json", importFile(all, connection));
  const project = projectFiles(options.out, version);
  const present = filesIn(options.out, [...project.keys()]);
  for (const [name, text] of project) if (!present.includes(name)) files.set(name, text);
  return files;
}

function ownVersion(): string {
  const file = path.join(__dirname, "../../../package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
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
