import { fieldsOf, type FieldInfo } from "../core/schema";
import { isObject } from "../core/json";
import { namesIn, requireSameGitLab } from "./state/hidden-state";
import { keysOf, ownerIn, ownInState } from "./state/ownership/owners";
import { parentChangeOf } from "./parent-change";
import { otherReferences } from "./state/references";
import type { OperationContext } from "./context";
import { same, type Props } from "./state/request-body";

/** What a diff answers. */
export interface Difference {
  readonly changes: boolean;
  /** Names of the arguments that changed, or that came or went; a key of a secret map follows its argument after a dot. */
  readonly changed: readonly string[];
  /** Names of the arguments that ask for another object. */
  readonly replaces: readonly string[];
}

/**
 * Compares the last outputs with the new inputs.
 *
 * @throws ProviderError when the object lives on another GitLab, or when another resource of the program owns it
 */
export async function diff(context: OperationContext, id: string, olds: Props, news: Props): Promise<Difference> {
  const { definition, connection, report } = context;
  requireSameGitLab(connection, id, olds);
  connection.met.add(id);
  const other = await otherReferences(context, olds, news);
  const changed = [...changedFields(context, olds, news), ...other.changed];
  const move = await parentChangeOf(context, olds, news);
  const renewed = definition.replaces?.(olds, news) ?? [];
  const rekeyed = changed.map(({ name }) => name).filter((name) => name === definition.idFromArgument);
  const replaces = [...move.replaces, ...rekeyed, ...renewed];
  if (context.isRefresh !== true) noteOwnership(context, id, olds, news, replaces.length > 0);
  if (replaces.length === 0)
    for (const text of definition.warnings?.(olds, news) ?? []) report("warn", `${id}: ${text}`);
  const secrets = changed.filter((info) => info.secret).flatMap((info) => secretPaths(info, olds, news));
  for (const path of secrets) report("info", `${id}: ${path} changes`);
  // Where keys of a map only come or go, Pulumi shows which.
  const shown = changed.filter((info) => !info.secret || secretPaths(info, olds, news).length === 0);
  const names = [...shown.map(({ name }) => name), ...secrets, ...replaces];
  const all = [...new Set([...names, ...move.renamed, ...other.renamed, ...comeOrGone(olds, news)])];
  return { changes: all.length > 0 || olds.__incomplete === true, changed: all, replaces };
}

/** A resource that stays owns its object from now on; one that is to be replaced gives it up. */
function noteOwnership(context: OperationContext, id: string, olds: Props, news: Props, isReplaced: boolean): void {
  if (!isReplaced) {
    ownInState(context, id, olds, news);
    return;
  }
  context.connection.ownership.replace(keysOf(context, id, olds), ownerIn(context, olds, news));
}

/** The arguments that the program gives and did not give before, and the other way round. */
function comeOrGone(olds: Props, news: Props): string[] {
  const before = namesIn(olds, "__managed");
  const now = namesIn(news, "__managed");
  return [...now.filter((name) => !before.includes(name)), ...before.filter((name) => !now.includes(name))];
}

function changedFields(context: OperationContext, olds: Props, news: Props): FieldInfo[] {
  const inherits = news.useInheritedSettings === true && olds.useInheritedSettings === true;
  return [...fieldsOf(context.definition.fields).values()].filter((info) => {
    if (news[info.name] === undefined || info.meta.names) return false;
    if (inherits && info.name !== "useInheritedSettings") return false;
    return !same(info, olds[info.name], news[info.name]);
  });
}

/** Pulumi shows no change of a secret, so each is said by name. */
function secretPaths(info: FieldInfo, olds: Props, news: Props): string[] {
  const before = olds[info.name];
  const after = news[info.name];
  if (info.type !== "map" || !isObject(before) || !isObject(after)) return [info.name];
  const keys = Object.keys(after).filter((key) => key in before && before[key] !== after[key]);
  return keys.map((key) => `${info.name}.${key}`);
}
