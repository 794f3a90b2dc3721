import type { Address } from "../core/id";
import { PartialFailureError } from "../core/errors";
import { textIn } from "./state/hidden-state";
import { messageOf } from "./error-message";
import type { OperationContext } from "./context";
import type { Props } from "./state/request-body";

const rest = "The resource was created; the next `pulumi up` finishes the setup.";

/**
 * Does what remains of a create once the object is there.
 *
 * @param outputs its outputs so far
 * @throws PartialFailureError when that fails: the object is kept, and the next update does the rest
 */
export async function afterCreate(
  context: OperationContext,
  { id, at }: { readonly id: string; readonly at: Address },
  inputs: Props,
  outputs: Props,
): Promise<void> {
  const { api, definition, connection } = context;
  try {
    await api.afterCreate?.(connection.client, definition, at, inputs);
  } catch (error) {
    throw incomplete(context, id, inputs, outputs, error);
  }
}

/** The failure of an object that is there while a step of its create is not done. */
export function incomplete(
  { definition }: OperationContext,
  id: string,
  inputs: Props,
  outputs: Props,
  error: unknown,
): PartialFailureError {
  const properties = { ...outputs, __incomplete: true, __provider: textIn(inputs, "__provider") };
  return new PartialFailureError(id, properties, [`${messageOf(error, definition, inputs)} ${rest}`]);
}
