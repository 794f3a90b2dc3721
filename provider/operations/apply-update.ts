import type { Address } from "../core/id";
import { mayBeDone } from "../client";
import type { Parent } from "./connection";
import type { Definition } from "../core/definition";
import { HalfMadeError } from "../core/errors";
import { fieldsOf, isBlind } from "../core/schema";
import type { Found } from "./api/remote-object";
import { accessOf, type Wrote } from "../resources/api";
import { marked, namesIn, textIn, type Marks } from "./state/hidden-state";
import { fieldValues, outputsOf } from "./state/outputs";
import { messageOf } from "./error-message";
import { referencesOf } from "./state/references";
import { storedForm } from "./state/stored-form";
import { takenIn } from "./state/stored";
import type { Subject } from "./context";
import { defined, fromWire, type Props } from "./state/request-body";

/** What one write of an existing object starts from. */
export interface Existing {
  readonly id: string;
  readonly at: Address;
  readonly parent: Parent | undefined;
  /** Its last outputs, or what was found where it is taken over. */
  readonly last: Props;
  /** The object, where it has just been seen. */
  readonly found?: Found;
  /** The values that its fields had before; one that is missing had GitLab's default. @default last */
  readonly before?: Props;
}

/**
 * Brings an existing object to what the inputs say: managed fields are sent, fields that are managed no more go back to
 * GitLab's own value, and maps become exact.
 *
 * @throws HalfMadeError when a later call fails after an earlier one changed something, or may have
 */
export async function writeOver(subject: Subject, existing: Existing, inputs: Props, marks: Marks): Promise<Props> {
  const { definition, connection } = subject;
  const { at, last } = existing;
  const given = fieldValues(definition, inputs);
  const reset = namesIn(last, "__managed").filter((name) => !(name in inputs) && isResettable(subject, name, inputs));
  return keeping(subject, existing, inputs, marks, (wrote) =>
    accessOf[definition.kind].update(
      connection.client,
      definition,
      at,
      { given, reset, last, found: existing.found },
      wrote,
    ),
  );
}

/**
 * Does the calls of one write, and keeps what is done of them when a later one fails.
 *
 * @returns the outputs
 * @throws HalfMadeError when a later call fails after an earlier one changed something, or may have
 */
export async function keeping(
  subject: Subject,
  existing: Existing,
  inputs: Props,
  marks: Marks,
  task: (wrote: Wrote) => Promise<Found>,
): Promise<Props> {
  const { definition } = subject;
  const { id, last } = existing;
  let done: { found: Found; pending: readonly string[] } | undefined;
  try {
    const found = await task((seen, pending) => (done = { found: seen, pending }));
    return finished(subject, existing, inputs, found, marks);
  } catch (error) {
    const isUnsure = mayBeDone(error) && last.__managed !== undefined;
    if (!done && !isUnsure) throw error;
    const known = done ? afterSome(subject, existing, inputs, done) : last;
    const union = [...new Set([...namesIn(last, "__managed"), ...marks.__managed])].sort();
    const properties = {
      ...known,
      ...marked({ ...marks, __managed: union }),
      __provider: textIn(inputs, "__provider"),
    };
    throw new HalfMadeError(id, properties, [messageOf(error, definition, inputs, last)]);
  }
}

/** The outputs after some of the calls. Where it is not even known whether the first was done, the last ones stay. */
function afterSome(
  { definition }: Subject,
  { last, parent }: Existing,
  inputs: Props,
  { found, pending }: { readonly found: Found; readonly pending: readonly string[] },
): Props {
  const held = heldBack(definition, fieldValues(definition, inputs), last, pending);
  return { ...outputsOf(definition, { ...inputs, ...held }, found, parent), ...defined(held) };
}

function isResettable(subject: Subject, name: string, inputs: Props): boolean {
  const info = fieldsOf(subject.definition.fields).get(name);
  if (info === undefined || isBlind(info) || info.meta.kept || info.meta.takenBy === "create") return false;
  return info.meta.twin === undefined || !(info.meta.twin in inputs);
}

/** Fields whose call did not come keep their last value, so that the next run sees the difference. */
function heldBack(definition: Definition, given: Props, last: Props, pending: readonly string[]): Props {
  const names = pending.filter((name) => name in given || name in last);
  const ends = referencesOf(definition).filter(({ info }) => names.includes(info.name));
  const all = [...names, ...ends.flatMap(({ names: { id, path } }) => [id, path])];
  return Object.fromEntries(all.map((name) => [name, last[name]]));
}

/** The outputs after a write, with what GitLab did not take, or stored otherwise, said once. */
export function finished(subject: Subject, existing: Existing, inputs: Props, found: Found, marks: Marks): Props {
  const { definition, say } = subject;
  const given = fieldValues(definition, inputs);
  const { last, before = last } = existing;
  const taken = takenIn(definition, { found, given, last, before });
  if (taken.untaken.length > 0) {
    say(
      "warn",
      `${existing.id}: GitLab did not take ${taken.untaken.join(", ")}. An older version or a lower tier is the likely ` +
        "reason. It counts as no change until the argument changes, or what GitLab has.",
    );
  }
  if (taken.changed.length > 0) {
    const forms = taken.changed.map((info) =>
      storedForm(info, given[info.name], fromWire(info, found.values, given[info.name])),
    );
    say(
      "warn",
      `${existing.id}: GitLab stored ${forms.join(", ")}. It counts as no change until the argument changes, or what ` +
        "GitLab has.",
    );
  }
  if (found.left && found.left.length > 0) {
    say(
      "warn",
      `${existing.id}: GitLab refuses to set ${found.left.join(", ")} here, even to its own default, so this was left as ` +
        "it is. A licence that lacks it or an administrator who keeps it back is the likely reason.",
    );
  }
  return {
    ...outputsOf(definition, inputs, found, existing.parent, taken.names),
    ...marked({ ...marks, ...taken.marks }),
  };
}
