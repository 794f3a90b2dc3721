import type { Address } from "../core/id";
import { mayBeDone } from "../client";
import type { Parent } from "./connection";
import type { Definition } from "../core/definition";
import { PartialFailureError } from "../core/errors";
import { fieldsOf, isBlind } from "../core/schema";
import type { Wrote } from "./api/resource-api";
import type { RemoteObject } from "./api/remote-object";
import { toHiddenState, namesIn, textIn, type HiddenState } from "./state/hidden-state";
import { fieldValues, outputsOf } from "./state/outputs";
import { messageOf } from "./error-message";
import { referencesOf } from "./state/references";
import { storedForm } from "./state/stored-form";
import { takenIn, type Taken } from "./state/stored";
import type { OperationContext } from "./context";
import { defined, fromWire, type Props } from "./state/request-body";

/** What one write of an existing object starts from. */
export interface Existing {
  readonly id: string;
  readonly at: Address;
  readonly parent: Parent | undefined;
  /** Its last outputs, or what was found where it is taken over. */
  readonly last: Props;
  /** The object, where it has just been seen. */
  readonly remote?: RemoteObject;
  /** The values that its fields had before; one that is missing had GitLab's default. @default last */
  readonly before?: Props;
}

/**
 * Brings an existing object to what the inputs say: managed fields are sent, fields that are managed no more go back to
 * GitLab's own value, and maps become exact.
 *
 * @throws PartialFailureError when a later call fails after an earlier one changed something, or may have
 */
export async function applyUpdate(
  context: OperationContext,
  existing: Existing,
  inputs: Props,
  marks: HiddenState,
): Promise<Props> {
  const { api, definition, connection } = context;
  const { at, last } = existing;
  const given = fieldValues(definition, inputs);
  const reset = namesIn(last, "__managed").filter((name) => !(name in inputs) && isResettable(context, name, inputs));
  return persistPartial(context, existing, inputs, marks, (wrote) =>
    api.update(connection.client, definition, at, { given, reset, last, remote: existing.remote }, wrote),
  );
}

/**
 * Does the calls of one write, and keeps what is done of them when a later one fails.
 *
 * @returns the outputs
 * @throws PartialFailureError when a later call fails after an earlier one changed something, or may have
 */
export async function persistPartial(
  context: OperationContext,
  existing: Existing,
  inputs: Props,
  marks: HiddenState,
  task: (wrote: Wrote) => Promise<RemoteObject>,
): Promise<Props> {
  const { definition } = context;
  const { id, last } = existing;
  let done: { found: RemoteObject; pending: readonly string[] } | undefined;
  try {
    const remote = await task((seen, pending) => (done = { found: seen, pending }));
    return finished(context, existing, inputs, remote, marks);
  } catch (error) {
    const isUnsure = mayBeDone(error) && last.__managed !== undefined;
    if (!done && !isUnsure) throw error;
    const known = done ? afterSome(context, existing, inputs, done) : last;
    const union = [...new Set([...namesIn(last, "__managed"), ...marks.__managed])].sort();
    const properties = {
      ...known,
      ...toHiddenState({ ...marks, __managed: union }),
      __provider: textIn(inputs, "__provider"),
    };
    throw new PartialFailureError(id, properties, [messageOf(error, definition, inputs, last)]);
  }
}

/** The outputs after some of the calls. Where it is not even known whether the first was done, the last ones stay. */
function afterSome(
  { definition }: OperationContext,
  { last, parent }: Existing,
  inputs: Props,
  { found: remote, pending }: { readonly found: RemoteObject; readonly pending: readonly string[] },
): Props {
  const held = heldBack(definition, fieldValues(definition, inputs), last, pending);
  return { ...outputsOf(definition, { ...inputs, ...held }, remote, parent), ...defined(held) };
}

function isResettable(context: OperationContext, name: string, inputs: Props): boolean {
  const info = fieldsOf(context.definition.fields).get(name);
  if (info === undefined || isBlind(info) || info.meta.noReset || info.meta.onlyOn === "create") return false;
  return info.meta.replacedBy === undefined || !(info.meta.replacedBy in inputs);
}

/** Fields whose call did not come keep their last value, so that the next run sees the difference. */
function heldBack(definition: Definition, given: Props, last: Props, pending: readonly string[]): Props {
  const names = pending.filter((name) => name in given || name in last);
  const ends = referencesOf(definition).filter(({ info }) => names.includes(info.name));
  const all = [...names, ...ends.flatMap(({ names: { id, path } }) => [id, path])];
  return Object.fromEntries(all.map((name) => [name, last[name]]));
}

/** The outputs after a write, with what GitLab ignored, or stored otherwise, said once. */
export function finished(
  context: OperationContext,
  existing: Existing,
  inputs: Props,
  remote: RemoteObject,
  marks: HiddenState,
): Props {
  const { definition, report } = context;
  const { id, last, before = last } = existing;
  const given = fieldValues(definition, inputs);
  const taken = takenIn(definition, { remote, given, last, before });
  for (const text of takenWarnings(taken, remote, given)) report("warn", `${id}: ${text}`);
  if (remote.skippedFields && remote.skippedFields.length > 0) {
    report(
      "warn",
      `${id}: GitLab refuses to set ${remote.skippedFields.join(", ")} here, even to its own default, so this was left as ` +
        "it is. A licence that lacks it or an administrator who keeps it back is the likely reason.",
    );
  }
  return {
    ...outputsOf(definition, inputs, remote, existing.parent, taken.names),
    ...toHiddenState({ ...marks, ...taken.marks }),
  };
}

/** What to know of arguments that GitLab ignored as they are. */
function takenWarnings({ dropped, changed }: Taken, remote: RemoteObject, given: Props): string[] {
  const once = "Not reported again until you change it.";
  const forms = changed.map((info) =>
    storedForm(info, given[info.name], fromWire(info, remote.values, given[info.name])),
  );
  const reason = "The likely reason is an older version or a lower tier.";
  return [
    ...(dropped.length > 0 ? [`GitLab ignored ${dropped.join(", ")}. ${reason} ${once}`] : []),
    ...(forms.length > 0 ? [`GitLab stored ${forms.join(", ")}. ${once}`] : []),
  ];
}
