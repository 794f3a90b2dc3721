import type { Connection } from "./connection";
import { className, type Definition } from "../core/definition";
import type { RemoteObject } from "./api/remote-object";
import { differences, overwrittenUnseen, unseenIn } from "./state/outputs";
import type { OperationContext } from "./context";
import type { Props } from "./state/request-body";

/** Whether an object runs because somebody set it up, where GitLab does not make such objects by itself. */
export function isSetUp({ api }: Pick<OperationContext, "api">, remote: RemoteObject): boolean {
  return remote.active && api.isSetUp?.(remote) === true;
}

/**
 * What an update says when it takes over an object without `import`, and a preview when it is going to.
 *
 * @param given the arguments
 */
export function takeoverWarning(definition: Definition, id: string, given: Props): string {
  const unseen = unseenIn(definition, given);
  const lost = unseen.length > 0 ? ` GitLab does not show ${unseen.join(", ")}: what is there is overwritten.` : "";
  const end = definition.undeletable === undefined ? " Destroying this resource will remove it, whoever made it." : "";
  return (
    `${id}: exists already and is equal in all that GitLab shows, as after an interrupted run. Unless this program is ` +
    `renaming or replacing it now, it is taken over.${lost}${end}`
  );
}

/** What a preview says of an object that is taken over in any case: which fields change with it. */
export function takeoverNotice(
  { definition }: Pick<OperationContext, "definition">,
  id: string,
  remote: RemoteObject,
  inputs: Props,
): string {
  const changing = differences(definition, remote, inputs);
  const effect = changing.length > 0 ? `changing ${changing.join(", ")}` : "changing nothing that GitLab shows";
  const unseen = overwrittenUnseen(definition, remote, inputs).filter((name) => !changing.includes(name));
  const lost = unseen.length > 0 ? ` GitLab does not show ${unseen.join(", ")}: what is there is overwritten.` : "";
  const stops = remote.inherited && inputs.useInheritedSettings !== true ? " It stops inheriting." : "";
  return `${className(definition)} will take over ${id}, ${effect}.${lost}${stops}`;
}

/**
 * Why an object is not overwritten, and the ways out.
 *
 * @param names the fields in which it is otherwise
 */
export function refusal(
  { definition, fleet }: Pick<OperationContext, "definition" | "fleet">,
  id: string,
  names: readonly string[],
): string {
  const wayOut = fleet
    ? `manage it by a ${className(definition)} of its own with { import: "${id}" } first, and move that into the fleet`
    : `add { import: "${id}" } to the options of this resource, or \`aliases\` if this program had it under another name`;
  return (
    `${id} is already active and differs in ${names.join(", ")}. To take it over, ${wayOut}; to overwrite whatever is ` +
    "there, set gitlab:overwriteExisting to true."
  );
}

const said = new WeakMap<Connection, Set<string>>();

/** Warns of something, unless the same was said before in this process: a check and the create after it find the same. */
export function warnOnce({ connection, report }: Pick<OperationContext, "connection" | "report">, text: string): void {
  const texts = said.get(connection) ?? new Set<string>();
  said.set(connection, texts);
  if (texts.has(text)) return;
  texts.add(text);
  report("warn", text);
}
