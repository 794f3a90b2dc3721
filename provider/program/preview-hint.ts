import * as pulumi from "@pulumi/pulumi";
import type { Definition } from "../core/definition";
import { parentText } from "../core/parent-ref";
import { bare, hintName, type Ahead, type PreviewHint } from "../core/preview-hint";
import { providerKey } from "./duplicate-check";
import { perProgram } from "./per-program";

/**
 * Whether the nth resource carries what the program names: the engine may check any of them first, and of many resources
 * the first that the program declares are often not among the first.
 */
function carries(nth: number): boolean {
  return nth <= 4 || (nth <= 400 ? nth % 8 === 0 : nth % 64 === 0);
}

/**
 * So many characters are carried at most, with the names of resources and without: a longer message is sent in parts, of
 * which the last come after all others.
 */
const longest = { named: 4_000, all: 9_000 };

interface Declared {
  /** By provider. */
  readonly ahead: Map<string, Map<string, Ahead>>;
  readonly carried: Map<string, number>;
  readonly made: Set<string>;
  /** Ends when the constructors have run that follow each other without a pause. */
  readonly later: Promise<void>;
}

const declaredNames = perProgram(nothing);

/**
 * What a preview tells the provider with a resource: which projects and groups the program names further on, so that they
 * can be looked up together, and which projects it makes itself. The check takes it out of the arguments again.
 *
 * @param owner the resource as messages name it
 * @returns nothing outside of a preview
 */
export function previewHint(
  definition: Definition,
  owner: string,
  args: Readonly<Record<string, unknown>>,
  opts: pulumi.CustomResourceOptions,
): Readonly<Record<string, unknown>> {
  const declared = pulumi.runtime.isDryRun() ? declaredNames() : undefined;
  if (!declared) return {};
  const key = providerKey(opts);
  const depends = waits(opts);
  const ahead = declared.ahead.get(key) ?? new Map<string, Ahead>();
  declared.ahead.set(key, ahead);
  if (definition.parentKind) declared.made.add(endOf(args));
  else if (!depends && opts.import === undefined) note(ahead, definition, owner, args);
  const carried = (declared.carried.get(key) ?? 0) + (depends ? 0 : 1);
  declared.carried.set(key, carried);
  const isCarrier = !depends && carries(carried);
  const own = ahead.size;
  // Once the constructors that follow at once have run too. All wait for it, or those that carry nothing came first.
  const hint = declared.later.then(() => {
    if (!isCarrier) return textOf({ depends, ahead: [], made: [] });
    return textOf({ depends, ...fitting([...ahead.values()], own), made: [...declared.made].slice(0, 100) });
  });
  return { [hintName]: hint };
}

/** As many as can be carried, those first that the program declares next. */
function fitting(all: readonly Ahead[], from: number): Pick<PreviewHint, "ahead" | "further"> {
  const ordered = [...all.slice(from), ...all.slice(0, from)];
  let length = 0;
  const ahead = ordered.filter((each) => (length += JSON.stringify(each).length + 1) <= longest.named);
  const further: Record<string, string[]> = {};
  length = 0;
  for (const { scope, text, kind } of ordered.slice(ahead.length)) {
    if (scope !== "project" || (length += text.length + 3) > longest.all - longest.named) continue;
    const end = Math.max(0, text.lastIndexOf("/"));
    const group = (further[`${kind} ${text.slice(0, end)}`] ??= []);
    group.push(end === 0 ? text : text.slice(end + 1));
    // Of those in one group, the path of the group is written once.
    if (group.length > 1) length -= end;
  }
  return { ahead, further };
}

function textOf(hint: PreviewHint): string {
  return JSON.stringify(hint);
}

function nothing(): Declared {
  const later = new Promise<void>((resolve) => setImmediate(resolve));
  return { ahead: new Map(), carried: new Map(), made: new Set(), later };
}

function note(
  ahead: Map<string, Ahead>,
  definition: Definition,
  owner: string,
  args: Readonly<Record<string, unknown>>,
): void {
  const scope = definition.scopes.find((candidate) => args[candidate] !== undefined && args[candidate] !== null);
  const text = scope && parentText(scope, args[scope]);
  if (scope === undefined || text === undefined) return;
  const { kind } = definition;
  const key = `${scope} ${text.toLowerCase()} ${kind === "hook" ? kind : ""}`;
  if (!ahead.has(key)) ahead.set(key, { scope, text, owner, kind });
}

/** Whether a resource waits for another one: only then can that have made what it names. */
function waits({ dependsOn, parent }: pulumi.CustomResourceOptions): boolean {
  const isNone = dependsOn === undefined || (Array.isArray(dependsOn) && dependsOn.length === 0);
  return !isNone || (parent !== undefined && pulumi.CustomResource.isInstance(parent));
}

/** The end of the path of a project that the program makes, by its letters and digits; `*` where it is not known. */
function endOf({ path, name }: Readonly<Record<string, unknown>>): string {
  const text = path ?? name;
  // GitLab writes other letters in ways of its own.
  if (typeof text !== "string" || /[^\x20-\x7e]/.test(text)) return "*";
  return bare(text);
}
