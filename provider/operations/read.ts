import type { Parent } from "./connection";
import { className } from "../core/definition";
import { ProviderError } from "../core/errors";
import type { Found } from "./api/remote-object";
import { accessOf } from "../resources/api";
import { namesIn, requireSameGitLab } from "./state/hidden-state";
import { findInRefresh } from "./collections/refresh-cache";
import { keysOf, ownerIn } from "./state/ownership/owners";
import { referencesOf } from "./state/references";
import { fieldValues, outputsOf } from "./state/outputs";
import { otherwiseMarks, stillOtherwise } from "./state/stored";
import { addressOf, knownParent, remember, scopeOf, type Subject } from "./context";
import type { Address } from "../core/id";
import type { Props } from "./state/request-body";

/** What a read finds: nothing, or the outputs, and the inputs where the program manages the object. */
export interface ReadResult {
  readonly gone: boolean;
  readonly props: Record<string, unknown>;
  readonly inputs?: Record<string, unknown>;
}

const gone: ReadResult = { gone: true, props: {} };

/**
 * Reads the object of a resource as GitLab has it now.
 *
 * @param id the resource's ID; for a `get`, in any accepted form
 * @param props its last outputs, or just the provider's mark for a `get`
 * @throws ProviderError when a `get` finds nothing
 */
export async function read(subject: Subject, id: string, props: Props): Promise<ReadResult> {
  const { definition, connection } = subject;
  requireSameGitLab(connection, id, props);
  const at = addressOf(definition, id, scopeOf(definition, props));
  if (props.__managed !== undefined) {
    const found = await findInRefresh(subject, at, props);
    connection.met.add(id);
    return readManaged(subject, id, props, found);
  }
  const found = await accessOf[definition.kind].find(connection.client, definition, at);
  connection.met.add(id);
  return readForGet(subject, id, at, found, props);
}

/** What a refresh makes of an object that the program manages, as it was found: alone or in a list. */
export async function readManaged(
  subject: Subject,
  id: string,
  props: Props,
  found: Found | undefined,
): Promise<ReadResult> {
  const { definition, connection } = subject;
  if (!found?.active) {
    // What GitLab shows switched off, it shows: only a 404 can be its parent's.
    const at = addressOf(definition, id, scopeOf(definition, props));
    if (!found && !definition.itself && (await isParentHidden(subject, id, at))) return unchanged(props);
    if (await isOtherEndHidden(subject, id, props)) return unchanged(props);
    if (definition.doubtfulAbsence) {
      subject.say("warn", `${id}: let go, since nothing is there. ${definition.doubtfulAbsence}`);
    }
    connection.ownership.release(keysOf(subject, id, props), ownerIn(subject, props).claim);
    return gone;
  }
  const result = managed(subject, found, props);
  remember(subject, result.props);
  for (const text of definition.troubles?.(result.props) ?? []) subject.say("warn", `${id}: ${text}`);
  return result;
}

function managed(subject: Subject, found: Found, props: Props): ReadResult {
  const { definition, connection } = subject;
  const standing = stillOtherwise(definition, found, props);
  const outputs = outputsOf(definition, props, found, knownParent(definition, props), standing);
  const names = namesIn(props, "__managed");
  const kept = Object.entries(props).filter(
    ([name]) => name.startsWith("__") && !["__stored", "__untaken"].includes(name),
  );
  const marks = {
    ...Object.fromEntries(kept),
    ...otherwiseMarks(props, standing),
    __gitlab: connection.settings.baseUrl,
  };
  const inputs = Object.fromEntries(Object.entries(outputs).filter(([name]) => names.includes(name)));
  return {
    gone: false,
    props: { ...outputs, ...marks },
    inputs: { ...inputs, __managed: names },
  };
}

/** A project that a token no longer sees must not empty the state. */
async function isParentHidden(subject: Subject, id: string, at: Address): Promise<boolean> {
  const { definition, connection, say } = subject;
  if (at.scope === undefined || at.parent === undefined) return false;
  if (await connection.sees(at.scope, at.parent)) return false;
  say(
    "warn",
    `${id}: kept in state, since its ${at.scope} answers 404. Either the ${at.scope} is gone: then remove this ` +
      `${className(definition)} from the program. Or the token lost its role there.`,
  );
  return true;
}

/** GitLab does not show that a project has to do with a project or group that the token does not see. */
async function isOtherEndHidden({ definition, connection, say }: Subject, id: string, props: Props): Promise<boolean> {
  for (const { names } of referencesOf(definition)) {
    const other = props[names.id];
    // A user's own namespace is always there.
    if (names.users && props[names.users] !== names.scope) continue;
    if (typeof other !== "number" || (await connection.sees(names.scope, String(other)))) continue;
    say(
      "warn",
      `${id}: kept in state, since the ${names.scope} ${other} answers 404. Either that ${names.scope} is gone: then ` +
        `remove this ${className(definition)} from the program. Or the token lost its role there.`,
    );
    return true;
  }
  return false;
}

function unchanged(props: Props): ReadResult {
  const names = namesIn(props, "__managed");
  const inputs = Object.fromEntries(Object.entries(props).filter(([name]) => names.includes(name)));
  return { gone: false, props: { ...props }, inputs: { ...inputs, __managed: names } };
}

async function readForGet(
  subject: Subject,
  id: string,
  at: Address,
  found: Found | undefined,
  props: Props,
): Promise<ReadResult> {
  const { definition, connection } = subject;
  if (!found?.active) {
    const isRefresh = Object.keys(props).some((name) => !name.startsWith("__"));
    if (isRefresh) return gone;
    throw new ProviderError(`${definition.name}.get: nothing is at ${id}, or the token cannot see it.`);
  }
  const parent = await parentOf(subject, at, props);
  const scope = at.scope && definition.scopes.includes(at.scope) ? { [at.scope]: at.parent } : {};
  // What is known from before stays only where GitLab does not say; inherited settings are what a `get` is to show.
  const last = { ...fieldValues(definition, props), ...scope, useInheritedSettings: undefined };
  return {
    gone: false,
    props: { ...outputsOf(definition, last, found, parent), __gitlab: connection.settings.baseUrl },
  };
}

async function parentOf(subject: Subject, at: Address, props: Props): Promise<Parent | undefined> {
  const known = knownParent(subject.definition, props);
  if (known || at.scope === undefined || at.parent === undefined || subject.definition.itself) return known;
  return subject.connection.parent(at.scope, at.parent);
}
