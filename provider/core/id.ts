import { className, isSingleton, type Definition } from "./definition";
import { truncate } from "./truncate";
import { isExact, isParent, plural, withoutPrefix, type Scope } from "./parent-ref";

/** Where an object is: its parent as a number or a full path, and its own number where it has one. */
export interface Address {
  /** Undefined for what belongs to the token's owner. */
  readonly scope?: Scope;
  /** `42` or `acme/shop`, as text. For what is itself a project, its own. */
  readonly parent?: string;
  /** The object's number, for definitions whose path ends in `:id`. */
  readonly key?: number;
}

/** A resource's ID: its REST path, `projects/42/hooks/7`. */
export function formatId(definition: Definition, at: Address): string {
  if (definition.parentKind) return `${plural[definition.parentKind]}/${at.parent ?? ""}`;
  const own = definition.path.replace(":id", String(at.key ?? ""));
  return at.scope && at.parent !== undefined ? `${plural[at.scope]}/${at.parent}/${own}` : own;
}

/**
 * Reads an ID in any of the forms that are accepted:
 * `projects/42/hooks/7`, the same with a full path in place of the number, `acme/shop:7`,
 * and a bare `acme/shop` or `42` where a parent has one such object.
 *
 * @param scope the scope to assume where the text does not say, when the definition has several
 * @returns undefined for any other text
 */
export function parseId(definition: Definition, text: string, scope?: Scope): Address | undefined {
  const trimmed = text.trim().replace(/^\/+|(?<!\/)\/+$/g, "");
  if (definition.parentKind) return ownAddress(definition.parentKind, trimmed);
  if (definition.scopes.length === 0) return trimmed === definition.path ? {} : undefined;
  for (const candidate of definition.scopes) {
    const rest = withoutPrefix(trimmed, `${plural[candidate]}/`);
    const found = rest === undefined ? undefined : belowParent(definition, candidate, rest);
    if (found) return found;
  }
  const assumed = scope && definition.scopes.includes(scope) ? scope : definition.scopes[0];
  return assumed ? shortForm(definition, assumed, trimmed) : undefined;
}

/** `projects/42`, `projects/acme/shop`, `acme/shop` or `42`. */
function ownAddress(scope: Scope, text: string): Address | undefined {
  const parent = withoutPrefix(text, `${plural[scope]}/`) ?? text;
  const isPath = parent.includes("/") || /^\d+$/.test(parent);
  return isPath && isParent(parent) && !isReserved(parent) ? { scope, parent } : undefined;
}

/** No project or group has such a path: GitLab keeps both words for itself. So it is a longer form, misspelt. */
function isReserved(text: string): boolean {
  return /^(?:projects|groups)(?:\/|$)/i.test(text);
}

function belowParent(definition: Definition, scope: Scope, rest: string): Address | undefined {
  const own = definition.path.split(":id")[0] ?? "";
  if (isSingleton(definition)) {
    const parent = withoutSuffix(rest, `/${own}`);
    return parent !== undefined && isParent(parent) ? { scope, parent } : undefined;
  }
  const match = /^(.+)\/([1-9]\d*)$/.exec(rest);
  const parent = match?.[1] === undefined ? undefined : withoutSuffix(match[1], `/${own.replace(/\/$/, "")}`);
  const digits = match?.[2] ?? "";
  return parent !== undefined && isParent(parent) && isExact(digits)
    ? { scope, parent, key: Number(digits) }
    : undefined;
}

function shortForm(definition: Definition, scope: Scope, text: string): Address | undefined {
  if (isReserved(text)) return undefined;
  if (isSingleton(definition)) return isParent(text) ? { scope, parent: text } : undefined;
  const [, parent = "", digits = ""] = /^(.+):([1-9]\d*)$/.exec(text) ?? [];
  return isParent(parent) && isExact(digits) ? { scope, parent, key: Number(digits) } : undefined;
}

/**
 * What is wrong with a text that is no ID of a definition.
 *
 * @param owner whose ID it is to be, as the message says it
 */
export function idProblem(definition: Definition, text: string, owner = className(definition)): string {
  const isTooLarge = (text.match(/(?<!\d)\d{16,}(?!\d)/g) ?? []).some((digits) => !isExact(digits));
  if (isTooLarge) return "the ID has a larger number than GitLab has: compare it with the address of the page there.";
  return `"${truncate(text)}" is not an ID of ${owner}. Accepted: ${idForms(definition)}.`;
}

/** The forms in which an ID of this kind can be written, for messages. */
export function idForms(definition: Definition): string {
  if (definition.parentKind) return "projects/42, projects/acme/shop, acme/shop, 42";
  const forms = definition.scopes.flatMap((scope) => {
    const name = scope === "project" ? "acme/shop" : "acme";
    return [
      formatId(definition, { scope, parent: "42", key: 7 }),
      formatId(definition, { scope, parent: name, key: 7 }),
      isSingleton(definition) ? name : `${name}:7`,
    ];
  });
  return forms.length === 0 ? definition.path : [...new Set(forms)].join(", ");
}

function withoutSuffix(text: string, suffix: string): string | undefined {
  return text.endsWith(suffix) ? text.slice(0, -suffix.length) : undefined;
}

/** An entry of a fleet as errors and warnings name it: `entries["acme/shop"]`. */
export function entryPath(key: string): string {
  return `entries[${JSON.stringify(key)}]`;
}
