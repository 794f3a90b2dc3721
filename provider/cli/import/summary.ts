import type { Family } from "./options";
import { type ParentResources, isWritten } from "./imported";
import { importFileCommand } from "./import-json";
import { shellWord } from "../shell";
import { joined, type Skipped } from "./skipped";
import { secretSettings, settingCommand, type SecretSetting } from "./stack-settings";

/** What a run did, as `--json` prints it. */
export interface Summary {
  /** The folder that was written to. */
  readonly folder: string;
  readonly files: readonly string[];
  /** Lines of the program. */
  readonly lines: number;
  readonly seconds: number;
  readonly groups: number;
  readonly projects: number;
  /** Resources of the program. */
  readonly resources: Readonly<Record<Family, number>>;
  /** Fleets of the program, which hold what is not alone of its kind. */
  readonly fleets: number;
  /** Integrations that are left to the group or instance they inherit from. */
  readonly inherited: number;
  /** Integrations that are switched off: comments in the program. */
  readonly inactive: number;
  /** Active integrations without a class in this package. */
  readonly foreign: number;
  /** Objects that stand as comments, since their arguments would be refused. */
  readonly refused: number;
  /** Projects that wait for their deletion and were left out. */
  readonly doomed: number;
  readonly skipped: readonly Skipped[];
  /** Names of the settings that the program reads its secrets from. */
  readonly secrets: readonly string[];
}

const familyOf = {
  hook: "hooks",
  integration: "integrations",
  notification: "notifications",
  pushRule: "push-rules",
} as const;

/** Counts what was found. */
export function summaryOf(
  sections: readonly ParentResources[],
  about: Pick<Summary, "folder" | "files" | "lines" | "seconds" | "fleets" | "doomed" | "skipped">,
): Summary {
  const all = sections.flatMap(({ imported }) => imported);
  const written = all.filter(isWritten);
  const count = (of: (section: ParentResources) => number) => sections.reduce((sum, section) => sum + of(section), 0);
  const resources = { hooks: 0, integrations: 0, "push-rules": 0, notifications: 0 };
  for (const { sighting } of written) {
    const family = (familyOf as Readonly<Record<string, Family>>)[sighting.definition.kind];
    if (family) resources[family] += 1;
  }
  return {
    ...about,
    skipped: joined([...about.skipped, ...sections.flatMap(({ skipped }) => skipped)]),
    groups: count(({ parent }) => (parent?.scope === "group" ? 1 : 0)),
    projects: count(({ parent }) => (parent?.scope === "project" ? 1 : 0)),
    resources,
    inherited: count(({ inherited }) => inherited.length),
    inactive: count(({ inactive }) => inactive.length),
    foreign: count(({ foreign }) => foreign.length),
    refused: all.length - written.length,
    secrets: secretSettings(all)
      .filter((setting) => setting.required)
      .map((setting) => setting.name),
  };
}

/** The most commands to print; the script has them all. */
const mostCommands = 20;

/** The summary in words, with what to do next. */
export function summaryText(summary: Summary, settings: readonly SecretSetting[]): string {
  const { resources } = summary;
  const counted = Object.entries(resources).filter(([, count]) => count > 0);
  const lines = [
    `${summary.groups} groups and ${summary.projects} projects: ` +
      (counted.length > 0
        ? counted.map(([family, count]) => `${count} ${family.replace("-", " ")}`).join(", ")
        : "nothing") +
      ".",
    ...notes(summary),
    ...summary.skipped.map(
      ({ where, what, reason }) => `Skipped ${where}${what.length > 0 ? ` (${what.join(", ")})` : ""}: ${reason}`,
    ),
    "",
    `Wrote ${summary.files.join(", ")} to ${summary.folder}: ${summary.lines} lines in ${summary.seconds} s.`,
    "",
    ...nextSteps(summary, settings),
  ];
  return `${lines.join("\n")}\n`;
}

function notes({ fleets, inherited, inactive, foreign, refused, doomed }: Summary): string[] {
  const of = (count: number, text: string) => (count > 0 ? [`${count} ${text}`] : []);
  return [
    ...of(fleets, "fleets hold what is not alone of its kind."),
    ...of(
      inherited,
      "inherited integrations are left to where their settings come from; --include-inherited writes them.",
    ),
    ...of(inactive, "integrations are switched off and stand as comments."),
    ...of(foreign, "integrations have no class in this package and stand as comments."),
    ...of(refused, "objects stand as comments, since their arguments would be refused."),
    ...of(doomed, "projects that wait for their deletion are left out."),
  ];
}

function nextSteps({ folder, files }: Summary, settings: readonly SecretSetting[]): string[] {
  const required = settings.filter((setting) => setting.required);
  const shown = required.slice(0, mostCommands).map((setting) => `  ${settingCommand(setting)}`);
  const more = required.length - shown.length;
  // What begins with a dash is no folder to `cd`.
  const there = shellWord(folder.startsWith("-") ? `./${folder}` : folder);
  return [
    "Next:",
    `  cd ${there} && npm install && pulumi stack init dev`,
    "  ./set-config.sh    # asks for the token and for every secret, which are these:",
    ...shown,
    ...(more > 0 ? [`  ... and ${more} more`] : []),
    ...(files.includes("import.json") ? [`  ${importFileCommand}    # Pulumi 3.254 or later`] : []),
    "  pulumi preview",
  ];
}
