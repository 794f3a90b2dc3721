import { styleText } from "node:util";
import type { DriverStep } from "../drivers";

/** Where the demo writes to, as far as it matters for how things look. */
export interface Output {
  readonly isTTY?: boolean;
  /** Whether colours can be shown; a terminal says no when `NO_COLOR` is set. */
  hasColors?(): boolean;
}

/** How something is set off from the rest. */
export type Style = "bold" | "dim" | "green" | "red" | "yellow" | "cyan";

const SIGNS: Readonly<Record<string, readonly [sign: string, style: Style]>> = {
  create: ["+", "green"],
  update: ["~", "yellow"],
  delete: ["-", "red"],
};

/** Whether an output takes plain text alone: a pipe, a terminal that can do nothing else, or one with `NO_COLOR`. */
export function isPlain(output: Output): boolean {
  return output.isTTY !== true || output.hasColors?.() !== true;
}

/** A text in a style, where it can be shown. */
export function styled(style: Style, text: string, output: Output = process.stdout): string {
  if (isPlain(output)) return text;
  // Whether it is wanted is known here; the check of its own is about another stream, and differs from Node to Node.
  return styleText(style, text, { validateStream: false });
}

/** Writes a line. */
export function say(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/** Writes a heading after an empty line: what is run, and what it is for. */
export function heading(text: string): void {
  const [command = "", about] = text.split(/ {3}(.*)/s);
  say();
  say(styled("bold", command) + (about === undefined ? "" : `   ${about}`));
}

/**
 * Shows that something goes on until it has ended; where only plain text can be shown, nothing.
 *
 * @param text what goes on
 */
export async function meanwhile<T>(text: string, work: Promise<T>): Promise<T> {
  const { stdout } = process;
  if (isPlain(stdout)) return work;
  const start = Date.now();
  const show = (): void => {
    const seconds = Math.round((Date.now() - start) / 1000);
    stdout.write(`\r\u001b[K${styled("dim", `  ${text} ...${seconds > 0 ? ` ${seconds} s` : ""}`)}`);
  };
  show();
  const timer = setInterval(show, 1000);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    stdout.write("\r\u001b[K");
  }
}

/**
 * Writes a line for each step, with what differs below those that change something that is there.
 *
 * @param options.inFull the name of a new resource whose properties are to be shown
 */
export function sayResources(steps: readonly DriverStep[], options: { readonly inFull?: string } = {}): void {
  for (const { op, type, name, id, changes } of ordered(steps)) {
    const [sign, style] = SIGNS[op] ?? [op, "bold"];
    say(`  ${styled(style, sign)} ${label(type)} "${name}"${id === undefined ? "" : `  ${styled("dim", id)}`}`);
    if (op !== "update" && name !== options.inFull) continue;
    for (const { path, old, new: now = "none" } of changes) {
      say(`      ${path}: ${old === undefined ? "" : `${styled("red", old)} => `}${styled("green", now)}`);
    }
  }
}

function ordered(steps: readonly DriverStep[]): DriverStep[] {
  const key = ({ type, name }: DriverStep): string => `${label(type)} ${name}`;
  return [...steps].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** The class as a program names it: `ProjectHook`, `integrations.Mattermost`. */
function label(type: string): string {
  return type.replace(/^pulumi-nodejs:dynamic\/gitlab[:/]/, "").replace(":", ".");
}
