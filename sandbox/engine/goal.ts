import type { ReadResourceRequest, RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";

import { fromStruct } from "./rpc";
import { makeUrn, parseUrn } from "./urn";
import { decode, type PropertyMap, type Value } from "./values";

/** Another name that a resource may have had: a URN, or the parts in which it differed. */
export type AliasSpec =
  | { readonly urn: string }
  | {
      readonly name: string;
      readonly type: string;
      readonly stack: string;
      readonly project: string;
      readonly parent: string;
      readonly noParent: boolean;
    };

/** A resource as the program wants it. */
export interface Goal {
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly custom: boolean;
  readonly inputs: PropertyMap;
  /** The provider's reference; empty for the default provider. */
  readonly provider: string;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, string[]>>;
  readonly additionalSecretOutputs: readonly string[];
  readonly aliases: readonly AliasSpec[];
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  readonly importId: string;
  readonly protect?: boolean | undefined;
  readonly retainOnDelete?: boolean | undefined;
  readonly deletedWith: string;
  /** The URNs of resources together with which this one is replaced. */
  readonly replaceWith: readonly string[];
  /** A change of it replaces the resource. */
  readonly replacementTrigger?: Value | undefined;
  /** Undefined when the program leaves it to the provider. */
  readonly deleteBeforeReplace?: boolean | undefined;
  readonly customTimeouts: Readonly<Record<string, string>>;
}

/** A resource that the program only reads (`get`). */
export interface ReadGoal {
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly provider: string;
  readonly dependencies: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
}

/** Reads a registration. */
export function goalFrom(request: RegisterResourceRequest): Goal {
  const propertyDependencies: Record<string, string[]> = {};
  request.getPropertydependenciesMap().forEach((value, key) => {
    propertyDependencies[key] = value.getUrnsList();
  });
  return {
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent(),
    custom: request.getCustom(),
    inputs: fromStruct(request.getObject()),
    provider: request.getProvider(),
    dependencies: request.getDependenciesList(),
    propertyDependencies,
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    aliases: aliasesOf(request),
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    importId: request.getImportid(),
    protect: request.hasProtect() ? request.getProtect() : undefined,
    retainOnDelete: request.hasRetainondelete() ? request.getRetainondelete() : undefined,
    deletedWith: request.getDeletedwith(),
    replaceWith: request.getReplaceWithList(),
    replacementTrigger: triggerOf(request),
    deleteBeforeReplace: request.getDeletebeforereplacedefined() ? request.getDeletebeforereplace() : undefined,
    customTimeouts: timeoutsOf(request),
  };
}

/** Reads the request of a `get`. */
export function readGoalFrom(request: ReadResourceRequest): ReadGoal {
  return {
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent(),
    id: request.getId(),
    inputs: fromStruct(request.getProperties()),
    provider: request.getProvider(),
    dependencies: request.getDependenciesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
  };
}

function triggerOf(request: RegisterResourceRequest): Value | undefined {
  const trigger = request.getReplacementTrigger();
  return trigger && decode(trigger.toJavaScript());
}

function aliasesOf(request: RegisterResourceRequest): AliasSpec[] {
  const urns = request.getAliasurnsList().map((urn) => ({ urn }));
  const specs = request.getAliasesList().map((alias) => {
    const spec = alias.getSpec();
    if (!spec) return { urn: alias.getUrn() };
    return {
      name: spec.getName(),
      type: spec.getType(),
      stack: spec.getStack(),
      project: spec.getProject(),
      parent: spec.getParenturn(),
      noParent: spec.getNoparent(),
    };
  });
  return [...urns, ...specs];
}

function timeoutsOf(request: RegisterResourceRequest): Record<string, string> {
  const timeouts = request.getCustomtimeouts();
  const texts = {
    create: timeouts?.getCreate() ?? "",
    update: timeouts?.getUpdate() ?? "",
    delete: timeouts?.getDelete() ?? "",
  };
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ""));
}

/** The URN that an alias stands for, for a resource of the given goal, URN and parent. */
export function aliasUrn(alias: AliasSpec, goal: Goal, urn: string, parent: string): string {
  if ("urn" in alias) return alias.urn;
  const own = parseUrn(urn);
  return makeUrn(
    alias.stack || own.stack,
    alias.project || own.project,
    alias.noParent ? "" : alias.parent || parent,
    alias.type || goal.type,
    alias.name || goal.name,
  );
}

/** The URN a child had when its parent was called otherwise; a name that begins with the parent's follows it. */
export function inheritedAlias(type: string, name: string, parentUrn: string, oldParentUrn: string): string {
  const parentName = parseUrn(parentUrn).name;
  const old = parseUrn(oldParentUrn);
  const childName = name.startsWith(parentName) ? old.name + name.slice(parentName.length) : name;
  return makeUrn(old.stack, old.project, oldParentUrn, type, childName);
}
