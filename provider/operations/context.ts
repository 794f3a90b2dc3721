import { parentText } from "../core/parent-ref";
import { formatId, idProblem, parseId, type Address } from "../core/id";
import type { ResourceApi } from "./api/resource-api";
import type { Connection, Parent } from "./connection";
import { isSingleton, type Definition } from "../core/definition";
import { ProviderError } from "../core/errors";
import type { Scope } from "../core/schema";
import type { Props } from "./state/request-body";

/** What the lifecycle works on: one object of one kind, on one GitLab. */
export interface OperationContext {
  readonly definition: Definition;
  /** How objects of the kind are reached. */
  readonly api: ResourceApi;
  readonly connection: Connection;
  /** Tells the user something that is no failure. */
  readonly report: Report;
  /** Set for a diff that the engine asks for after a read, before the program has registered the resource. */
  readonly isRefresh?: boolean | undefined;
  /** Set for an entry of a fleet. */
  readonly fleet?: Membership | undefined;
}

/** What an entry of a fleet has in common with the others, and a resource of its own does not have. */
export interface Membership {
  /** The text that all entries share in state; each owns its object by this text and its key. */
  readonly claim: string;
  /** The key of the entry. */
  readonly key?: string | undefined;
  /** The fleet as messages name it. */
  readonly resource?: string | undefined;
}

/** Tells the user something: `warn` in yellow at the end, `info` as it comes, `status` until the next one replaces it. */
export type Report = (severity: "info" | "warn" | "status", text: string) => void;

/** The scope that the arguments or outputs choose. */
export function scopeOf(definition: Definition, props: Props): Scope | undefined {
  return definition.scopes.find((scope) => props[scope] !== undefined && props[scope] !== null);
}

/** The parent as the arguments name it. */
export function namedParent(definition: Definition, props: Props): { scope: Scope; text: string } | undefined {
  const scope = scopeOf(definition, props);
  if (!scope) return undefined;
  const text = parentText(scope, props[scope]);
  return text === undefined ? undefined : { scope, text };
}

/** The parent that the outputs remember. */
export function knownParent(definition: Pick<Definition, "scopes">, props: Props): Parent | undefined {
  for (const scope of definition.scopes) {
    const id = props[`${scope}Id`];
    const path = props[`${scope}Path`];
    if (typeof id === "number") return { scope, id, path: typeof path === "string" ? path : String(id) };
  }
  return undefined;
}

/** Notes what is itself a project or group, as its outputs have it, for the others that live in it. */
export function remember({ definition, connection }: OperationContext, outputs: Props): void {
  if (!definition.parentKind) return;
  const known = knownParent({ scopes: [definition.parentKind] }, outputs);
  if (known) connection.remember(known);
}

/** The outputs that say where an object lives. */
export function parentOutputs(parent: Parent | undefined): Props {
  return parent ? { [`${parent.scope}Id`]: parent.id, [`${parent.scope}Path`]: parent.path } : {};
}

/**
 * Reads a resource's ID.
 *
 * @throws ProviderError that names the accepted forms
 */
export function addressOf(definition: Definition, id: string, scope?: Scope): Address {
  const at = parseId(definition, id, scope);
  if (at) return at;
  throw new ProviderError(`${definition.name}: ${idProblem(definition, id, "this resource")}`);
}

/** The ID with the parent's number, under which an object is known to this process. */
export async function canonicalId(context: OperationContext, at: Address): Promise<string> {
  if (at.scope === undefined || at.parent === undefined) return formatId(context.definition, at);
  const id = /^\d+$/.test(at.parent) ? at.parent : String((await context.connection.parent(at.scope, at.parent)).id);
  return formatId(context.definition, { ...at, parent: id });
}

/** The ID of an object below `parent`, or of one that has no parent. */
export function idBelow(definition: Definition, parent: Parent | undefined, key: number | undefined): string {
  const own = isSingleton(definition) || key === undefined ? {} : { key };
  return formatId(definition, parent ? { scope: parent.scope, parent: String(parent.id), ...own } : own);
}
