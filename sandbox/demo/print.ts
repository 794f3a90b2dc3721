import type { DriverStep } from "../drivers";

const SIGNS: Readonly<Record<string, string>> = { create: "+", update: "~", delete: "-" };

/** Writes a line. */
export function say(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/** Writes a heading after an empty line. */
export function heading(text: string): void {
  say();
  say(text);
}

/**
 * Writes a line for each step, with what differs below those that change something that is there.
 *
 * @param options.inFull the name of a new resource whose properties are to be shown
 */
export function sayResources(steps: readonly DriverStep[], options: { readonly inFull?: string } = {}): void {
  for (const { op, type, name, id, changes } of ordered(steps)) {
    say(`  ${SIGNS[op] ?? op} ${label(type)} "${name}"${id === undefined ? "" : `  ${id}`}`);
    if (op !== "update" && name !== options.inFull) continue;
    for (const { path, old, new: now = "none" } of changes) {
      say(`      ${path}: ${old === undefined ? "" : `${old} => `}${now}`);
    }
  }
}

function ordered(steps: readonly DriverStep[]): DriverStep[] {
  const key = ({ type, name }: DriverStep): string => `${label(type)} ${name}`;
  return [...steps].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** The class as a program names it: `ProjectHook`, `integrations.Slack`. */
function label(type: string): string {
  return type.replace(/^pulumi-nodejs:dynamic\/gitlab[:/]/, "").replace(":", ".");
}
