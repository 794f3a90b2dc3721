import { createHash, type Hash } from "node:crypto";
import type { Connection } from "./connection";
import { PartialFailureError } from "../core/errors";
import type { CreatedResource } from "./create";
import { messageOf } from "./error-message";
import type { OperationContext } from "./context";
import type { Props } from "./state/request-body";

/** What this process knows of the resources whose arguments are the same, to the last one. */
interface Alike {
  /** How many of them were checked as new: so many creates are creates of one each. */
  checked: number;
  begun: number;
  /** What creates of them have left half-made, and no later one has finished. */
  readonly halfMade: PartialFailureError[];
}

const known = new WeakMap<Connection, Map<string, Alike>>();

function alike(connection: Connection, inputs: Props): Alike {
  const all = known.get(connection) ?? new Map<string, Alike>();
  known.set(connection, all);
  const hash = createHash("sha256");
  digest(hash, inputs);
  const key = hash.digest("base64");
  const one = all.get(key) ?? { checked: 0, begun: 0, halfMade: [] };
  all.set(key, one);
  return one;
}

/** Adds a value to a hash, whatever the order of its keys. */
function digest(hash: Hash, value: unknown): void {
  if (typeof value !== "object" || value === null) {
    hash.update(value === undefined ? "," : `${JSON.stringify(value)},`);
    return;
  }
  hash.update(Array.isArray(value) ? "[" : "{");
  for (const key of Object.keys(value).sort()) {
    hash.update(`${JSON.stringify(key)}:`);
    digest(hash, (value as Props)[key]);
  }
  hash.update(Array.isArray(value) ? "]" : "}");
}

/** Notes that the engine has checked a new resource, whose create is to come. */
export function noteNew({ connection }: OperationContext, inputs: Props): void {
  alike(connection, inputs).checked += 1;
}

/** The steps of one kind of resource that {@link createOnce} needs. */
export interface Steps {
  create(context: OperationContext, inputs: Props): Promise<CreatedResource>;
  update(context: OperationContext, id: string, olds: Props, news: Props): Promise<Props>;
}

/**
 * Makes an object, or finishes the one that an earlier create of the same resource left half-made: an error hook
 * (`onError`) makes the engine ask for the create again, and some engines do so although they were told of the object.
 *
 * A create does not say of which resource it is. It is asked for again where there are more creates than checks of the
 * same arguments; of two resources with the same arguments it is all the same which gets which object.
 *
 * @throws PartialFailureError when the object exists and is still not finished
 */
export async function createOnce(context: OperationContext, inputs: Props, steps: Steps): Promise<CreatedResource> {
  const all = alike(context.connection, inputs);
  const left = all.begun < all.checked ? undefined : all.halfMade.shift();
  try {
    if (left) return { id: left.id, outputs: await steps.update(context, left.id, left.properties, inputs) };
    all.begun += 1;
    return await steps.create(context, inputs);
  } catch (error) {
    const kept = error instanceof PartialFailureError ? error : left && asBefore(context, left, inputs, error);
    if (!kept) throw error;
    all.halfMade.push(kept);
    throw kept;
  }
}

/** Whatever has failed since: the object is still there, and the engine must not forget it. */
function asBefore(
  { definition }: OperationContext,
  left: PartialFailureError,
  inputs: Props,
  error: unknown,
): PartialFailureError {
  return new PartialFailureError(left.id, left.properties, [messageOf(error, definition, inputs, left.properties)]);
}
