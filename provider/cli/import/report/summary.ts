import { families, familyOf, secretModeOf, type Family, type Selection } from "../options";
import { isWritten, type Model } from "../model/imported";
import { importFileCommand } from "../render/import-json";
import { settingCommand } from "../render/set-config";
import { variableName } from "../render/values";
import { shellWord } from "../../shell";
import { joined, type Skipped } from "../discover/skipped";
import type { Targets } from "../discover/targets";
import { counted, countedFamilies } from "./counts";

/** What a run did, as `--json` prints it. */
export interface Summary {
  /** The folder that was written to. */
  readonly folder: string;
  /** The files that are new. */
  readonly files: readonly string[];
  /** Files that have a line more: those that tie the others. */
  readonly extended: readonly string[];
  /** Lines that a person has to add, by file, since it no longer says where. */
  readonly toAdd: Readonly<Record<string, readonly string[]>>;
  /** Lines of the program. */
  readonly lines: number;
  readonly seconds: number;
  readonly groups: number;
  readonly projects: number;
  /** Archived projects among them. */
  readonly archived: number;
  /** Resources of the program. */
  readonly resources: Readonly<Record<Family, number>>;
  /** Fleets of the program, which hold what is not alone of its kind. */
  readonly fleets: number;
  /** Integrations that are left to the group or instance they inherit from. */
  readonly inherited: number;
  /** Integrations that are switched off: comments in the program. */
  readonly inactive: number;
  /** Active integrations without a class in this package. */
  readonly unsupported: number;
  /** Objects that stand as comments, since their arguments would be refused. */
  readonly refused: number;
  /** Secrets that GitLab keeps and the program does not have. */
  readonly omittedSecrets: number;
  /** Projects that wait for their deletion and were left out. */
  readonly pendingDeletion: number;
  readonly skipped: readonly Skipped[];
  /** Names of the settings, or of the environment variables, that the program reads its secrets from. */
  readonly secrets: readonly string[];
  /** Of a later import into the same folder: what it found of earlier ones. */
  readonly rerun?: Rerun;
}

/** What a later import found of earlier ones. */
export interface Rerun {
  /** Objects that the stack manages already. */
  readonly managed: number;
  /** Objects that an earlier import wrote and that are not in the stack. */
  readonly notInStack: readonly string[];
  /** IDs of what the program or the stack has, and GitLab no more. */
  readonly missing: readonly string[];
  /** Why the state could not be read. */
  readonly withoutState?: string;
}

/** What counts beside the model. */
export type About = Pick<Summary, "folder" | "files" | "extended" | "toAdd" | "lines" | "seconds" | "fleets"> & {
  readonly targets: Targets;
  readonly rerun?: Rerun | undefined;
  readonly env: boolean;
};

/** Counts what was found. */
export function summaryOf({ parents, settings }: Model, { targets, rerun, env, ...about }: About): Summary {
  const all = parents.flatMap(({ imported }) => imported);
  const written = all.filter(isWritten);
  const count = (of: (parent: Model["parents"][number]) => number) => parents.reduce((sum, one) => sum + of(one), 0);
  const resources = Object.fromEntries(families.map((family) => [family, 0])) as Record<Family, number>;
  for (const { resource } of written) resources[familyOf(resource.definition.kind)] += 1;
  return {
    ...about,
    skipped: joined([...targets.skipped, ...parents.flatMap(({ skipped }) => skipped)]),
    groups: count(({ parent }) => (parent?.scope === "group" ? 1 : 0)),
    projects: count(({ parent }) => (parent?.scope === "project" ? 1 : 0)),
    archived: count(({ parent }) => (parent?.archived ? 1 : 0)),
    resources,
    inherited: count(({ inherited }) => inherited.length),
    inactive: count(({ inactive }) => inactive.length),
    unsupported: count(({ unsupported }) => unsupported.length),
    refused: all.length - written.length,
    omittedSecrets: written.reduce((sum, one) => sum + one.omittedSecrets.length, 0),
    pendingDeletion: targets.pendingDeletion.length,
    secrets: settings.map(({ name }) => (env ? variableName(name) : name)),
    ...(rerun ? { rerun } : {}),
  };
}

/** The summary in words, with what to do next. */
export function summaryText(summary: Summary, selection: Selection): string {
  const { groups, projects, resources, skipped, files, folder, lines, seconds, rerun } = summary;
  const places = [
    ...(groups > 0 ? [counted(groups, "group")] : []),
    ...(projects > 0 ? [counted(projects, "project")] : []),
  ];
  const where = places.length > 0 ? `${places.join(" and ")}: ` : "";
  const wrote =
    files.length > 0
      ? `Wrote ${files.join(", ")} to ${folder}: ${counted(lines, "line")} of program in ${seconds} s.`
      : `Wrote nothing to ${folder}: there is nothing new.`;
  return `${[
    `${where}${countedFamilies(resources)}${rerun ? " new" : ""}.`,
    ...notes(summary),
    ...(rerun ? rerunNotes(rerun) : []),
    ...skipped.map(({ where: place, what, reason }) => skippedText(place, what, reason)),
    ...proposal(summary, selection),
    "",
    wrote,
    ...changed(summary),
    ...(files.length > 0 ? ["", ...nextSteps(summary, selection)] : []),
  ].join("\n")}\n`;
}

/** What could not be read, in a line. */
export function skippedText(where: string, what: readonly string[], reason: string): string {
  return `Skipped ${where}${what.length > 0 ? ` (${what.join(", ")})` : ""}: ${reason}`;
}

function notes({
  fleets,
  inherited,
  inactive,
  unsupported,
  refused,
  pendingDeletion,
  archived,
  omittedSecrets,
}: Summary) {
  const of = (count: number, one: string, many: string) => (count > 0 ? [counted(count, one, many)] : []);
  return [
    ...of(fleets, "fleet holds what is not alone of its kind.", "fleets hold what is not alone of its kind."),
    ...of(archived, "project is archived, and marked so.", "projects are archived, and marked so."),
    ...of(
      inherited,
      "inherited integration is left to where its settings come from; --include-inherited writes it.",
      "inherited integrations are left to where their settings come from; --include-inherited writes them.",
    ),
    ...of(
      omittedSecrets,
      "secret stays with GitLab; --secrets config asks for it.",
      "secrets stay with GitLab; --secrets config asks for them.",
    ),
    ...of(
      inactive,
      "integration is switched off and stands in a comment.",
      "integrations are switched off and stand in comments.",
    ),
    ...of(
      unsupported,
      "integration has no class in this package and stands in a comment.",
      "integrations have no class in this package and stand in comments.",
    ),
    ...of(
      refused,
      "object stands in a comment, since its arguments would be refused.",
      "objects stand in comments, since their arguments would be refused.",
    ),
    ...of(
      pendingDeletion,
      "project waits for its deletion and is left out.",
      "projects wait for their deletion and are left out.",
    ),
  ];
}

function rerunNotes({ managed, notInStack, missing, withoutState }: Rerun): string[] {
  return [
    ...(withoutState === undefined ? [`${counted(managed, "object is", "objects are")} managed already.`] : []),
    ...(withoutState === undefined
      ? []
      : [`The state could not be read, so only gitlab-import.json counts: ${withoutState}.`]),
    ...listed(
      notInStack,
      "object is in the program as it was written, and in no stack",
      "objects are in the program as they were written, and in no stack",
    ),
    ...listed(missing, "object is gone from GitLab", "objects are gone from GitLab"),
  ];
}

/** The most IDs in a list; JSON has them all. */
const mostListed = 20;

function listed(ids: readonly string[], one: string, many: string): string[] {
  if (ids.length === 0) return [];
  const more = ids.length - mostListed;
  return [
    `${counted(ids.length, one, many)}: ${ids.slice(0, mostListed).join(", ")}${more > 0 ? ` and ${more} more` : ""}.`,
  ];
}

/** From so many resources on, a stack of single ones is slow. */
const many = 300;

function proposal({ resources }: Summary, { fleet, flat }: Selection): string[] {
  const count = Object.values(resources).reduce((sum, one) => sum + one, 0);
  if (fleet || count < many) return [];
  const loops = flat ? " Without --flat, equal ones are one line of a table each." : "";
  return [`So many resources are slow in Pulumi: --fleet makes one of each kind.${loops}`];
}

function changed({ extended, toAdd }: Summary): string[] {
  return [
    ...(extended.length > 0 ? [`Added lines to ${extended.join(" and ")}, and changed nothing else.`] : []),
    ...Object.entries(toAdd).map(([file, lines]) => `Add to ${file}, which no longer says where: ${lines.join(" ")}`),
  ];
}

/** The most commands to print; the script has them all. */
const mostCommands = 20;

function nextSteps({ folder, files, secrets, rerun }: Summary, selection: Selection): string[] {
  // What begins with a dash is no folder to `cd`.
  const there = shellWord(folder.startsWith("-") ? `./${folder}` : folder);
  const isEnv = secretModeOf(selection) === "env";
  const script = files.find((file) => file.endsWith(".sh"));
  const shown = secrets
    .slice(0, mostCommands)
    .map((name) => (isEnv ? `  export ${name}=...` : `  ${settingCommand({ name })}`));
  const more = secrets.length - shown.length;
  const asks = rerun ? "every new secret" : "the token and every secret";
  return [
    "Next:",
    ...(rerun ? (folder === "." ? [] : [`  cd ${there}`]) : [`  cd ${there} && npm install && pulumi stack init dev`]),
    ...(script ? [`  ./${script}    # asks for ${asks}${shown.length > 0 ? ", which are these:" : ""}`] : []),
    ...shown,
    ...(more > 0 ? [`  ... and ${more} more`] : []),
    ...(files.includes("import.json") ? [`  ${importFileCommand}    # Pulumi 3.254 or later`] : []),
    "  pulumi preview",
  ];
}
