import type { Address } from "../address";
import { HalfMadeError } from "../errors";
import { accessOf } from "./access";
import { textIn } from "./marks";
import { messageOf } from "./messages";
import type { Subject } from "./subject";
import type { Props } from "./values";

const rest = "The object itself is made and kept, and the next `pulumi up` does the rest.";

/**
 * Does what remains of a create once the object is there.
 *
 * @param outputs its outputs so far
 * @throws HalfMadeError when that fails: the object is kept, and the next update does the rest
 */
export async function complete(
  { definition, connection }: Subject,
  { id, at }: { readonly id: string; readonly at: Address },
  inputs: Props,
  outputs: Props,
): Promise<void> {
  try {
    await accessOf[definition.kind].complete?.(connection.client, definition, at, inputs);
  } catch (error) {
    const properties = { ...outputs, __incomplete: true, __provider: textIn(inputs, "__provider") };
    throw new HalfMadeError(id, properties, [`${messageOf(error, definition, inputs)} ${rest}`]);
  }
}
