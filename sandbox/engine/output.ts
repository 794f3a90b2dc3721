import type { Diagnostic } from "./diagnostics";
import { changedNames, show, visible } from "./differences";
import type { OperationKind, OperationOutcome } from "./operation";
import type { PlannedStep, Step, StepOp } from "./steps";
import { isProviderType, parseUrn } from "./urn";
import { equal, type PropertyMap } from "./values";

/** How many resources an operation did what to. A replacement counts once. */
export interface Summary {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly replace: number;
  readonly same: number;
}

const TITLES: Record<OperationKind, string> = {
  preview: "Previewing update",
  up: "Updating",
  refresh: "Refreshing",
  destroy: "Destroying",
};

interface Words {
  readonly sign: string;
  readonly doing: string;
  readonly done: string;
}

const WORDS: Partial<Record<StepOp, Words>> = {
  create: { sign: "+ ", doing: "creating", done: "created" },
  update: { sign: "~ ", doing: "updating", done: "updated" },
  delete: { sign: "- ", doing: "deleting", done: "deleted" },
  replace: { sign: "+-", doing: "replacing", done: "replaced" },
  "create-replacement": { sign: "++", doing: "creating replacement", done: "created replacement" },
  "delete-replaced": { sign: "--", doing: "deleting original", done: "deleted original" },
  "read-replacement": { sign: ">~", doing: "reading for replacement", done: "read for replacement" },
  read: { sign: "> ", doing: "reading", done: "read" },
  import: { sign: "= ", doing: "importing", done: "imported" },
};

/** The lines that a user reads, modelled on what the real CLI prints when nobody is at the terminal. */
export class Transcript {
  private readonly lines: string[];

  constructor(
    private readonly kind: OperationKind,
    stack: string,
  ) {
    this.lines = [`${TITLES[kind]} (${stack}):`, ""];
  }

  /** A step begins. Previews and refreshes show what they found instead. */
  start(step: PlannedStep): void {
    const words = WORDS[step.op];
    if (!this.progress || !words || isHidden(step.urn)) return;
    this.lines.push(` ${words.sign} ${label(step.urn)} ${words.doing} (0s)${detailText(step)}`);
  }

  /** A step has ended. */
  end(step: Step): void {
    const words = WORDS[step.op];
    if (!words || isHidden(step.urn)) return;
    const head = ` ${words.sign} ${label(step.urn)}`;
    if (step.failed) this.lines.push(`${head} **${words.doing} failed**${detailText(step)}`);
    else if (this.progress) this.lines.push(`${head} ${words.done} (${step.seconds.toFixed(2)}s)${detailText(step)}`);
    else this.lines.push(...tree(step, words));
  }

  /** Something is said while the operation runs: status lines are shown as they come. */
  diagnostic({ ephemeral, urn, message }: Diagnostic): void {
    if (ephemeral) this.lines.push(`    ${label(urn)} ${message}`);
  }

  /** The whole text, with the end that an operation's outcome gives it. */
  text(outcome: OperationOutcome, seconds: number): string {
    const ends = [
      ...diagnosticsText(outcome.diagnostics),
      ...outputsText(outcome.oldOutputs, outcome.outputs),
      ...summaryText(this.kind, outcome),
      ...(this.kind === "preview" ? [] : ["", `Duration: ${Math.round(seconds)}s`]),
    ];
    return `${[...this.lines, ...ends].join("\n")}\n`;
  }

  private get progress(): boolean {
    return this.kind === "up" || this.kind === "destroy";
  }
}

/** Counts the steps, providers that the engine makes by itself left out. */
export function summarize(steps: readonly Step[]): Summary {
  const count = (...ops: StepOp[]): number =>
    steps.filter((step) => ops.includes(step.op) && !step.failed && !isHidden(step.urn)).length;
  return {
    create: count("create", "import"),
    update: count("update"),
    delete: count("delete"),
    replace: count("replace"),
    same: count("same", "refresh"),
  };
}

function isHidden(urn: string): boolean {
  const { type, name } = parseUrn(urn);
  return isProviderType(type) && name === "default";
}

function label(urn: string): string {
  const { type, name } = parseUrn(urn);
  return `${type} ${name}`;
}

const SIGNS = { add: "+", delete: "-", update: "~" } as const;

/** What differs, as progress lines name it. Of what is made or gone, everything would. */
function detailText({ op, changes }: Pick<Step, "op" | "changes">): string {
  if (op === "create" || op === "delete" || changes.length === 0) return "";
  return ` [diff: ${changedNames(changes).join("")}]`;
}

/** A step with its differences, property by property. */
function tree(step: Step, words: Words): string[] {
  const changes = step.changes.map(({ path, kind, old = "", new: now = "" }) => {
    const values = kind === "update" ? `${old} => ${now}` : `${old}${now}`;
    return `      ${SIGNS[kind]} ${path}: ${values}`;
  });
  const id = step.id === undefined ? [] : [`        [id=${step.id}]`];
  const name = step.op === "create-replacement" || step.op === "delete-replaced" ? words.doing : step.op;
  return [` ${words.sign} ${label(step.urn)}: (${name})`, ...id, ...changes];
}

function diagnosticsText(diagnostics: readonly Diagnostic[]): string[] {
  const shown = diagnostics.filter(({ severity, ephemeral }) => severity !== "debug" && !ephemeral);
  if (shown.length === 0) return [];
  const byResource = groups(shown);
  const blocks = [...byResource].flatMap(([title, said]) => [`  ${title}:`, ...said.flatMap(message), ""]);
  return ["Diagnostics:", ...blocks];
}

function groups(diagnostics: readonly Diagnostic[]): Map<string, Diagnostic[]> {
  const result = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const { type, name } = parseUrn(diagnostic.urn);
    const title = `${type} (${name})`;
    result.set(title, [...(result.get(title) ?? []), diagnostic]);
  }
  return result;
}

function message({ severity, message: text }: Diagnostic): string[] {
  const prefix = severity === "warning" || severity === "error" ? `${severity}: ` : "";
  return `${prefix}${text.trimEnd()}`.split("\n").map((line) => `    ${line}`);
}

function outputsText(olds: PropertyMap, news: PropertyMap): string[] {
  const before = visible(olds);
  const now = visible(news);
  const lines = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort().flatMap((name) => {
    const [old, next] = [before[name], now[name]];
    if (next === undefined) return old === undefined ? [] : [`  - ${name}: ${show(old)}`];
    if (old === undefined) return [`  + ${name}: ${show(next)}`];
    return equal(old, next) ? [`    ${name}: ${show(next)}`] : [`  ~ ${name}: ${show(old)} => ${show(next)}`];
  });
  return lines.length > 0 ? ["Outputs:", ...lines, ""] : [];
}

function summaryText(kind: OperationKind, outcome: OperationOutcome): string[] {
  const summary = summarize(outcome.steps);
  const preview = kind === "preview";
  const counts = [
    { sign: "+ ", count: summary.create, text: preview ? "to create" : "created" },
    { sign: "~ ", count: summary.update, text: preview ? "to update" : "updated" },
    { sign: "- ", count: summary.delete, text: preview ? "to delete" : "deleted" },
    { sign: "+-", count: summary.replace, text: preview ? "to replace" : "replaced" },
  ].filter(({ count }) => count > 0);
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const changes = counts.length > 1 ? `${total} changes. ` : "";
  const errored = new Set(outcome.diagnostics.filter(({ severity }) => severity === "error").map(({ urn }) => urn));
  return [
    "Resources:",
    ...counts.map(({ sign, count, text }) => `    ${sign}${count} ${text}`),
    ...(summary.same > 0 || changes !== "" ? [`    ${changes}${summary.same} unchanged`] : []),
    ...(errored.size > 0 ? [`    ${errored.size} errored`] : []),
  ];
}
