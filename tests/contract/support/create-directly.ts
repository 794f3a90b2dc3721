import { isSingleton, type Definition } from "../../../provider/core/definition";
import { fieldsOf } from "../../../provider/core/schema";
import { toWire } from "../../../provider/operations/state/request-body";
import { collectionIn } from "./cases";
import type { Props } from "./managed-resource";
import type { TestParent, ProviderFixture } from "./provider-fixture";

/** Makes an object without the provider, and answers its number where it has one. */
export async function createDirectly(
  fixture: ProviderFixture,
  definition: Definition,
  place: TestParent,
  args: Props,
): Promise<number | string> {
  const body = Object.fromEntries(
    [...fieldsOf(definition.fields).values()].flatMap((info) =>
      info.name in args ? [[info.wire, toWire(info, args[info.name])]] : [],
    ),
  );
  const method = ["integration", "notification", "pullMirror"].includes(definition.kind) ? "PUT" : "POST";
  if (definition.kind === "pushRule") body.deny_delete_tag = true;
  const answer = (await fixture.api(method, `/${createPath(definition, place, args)}`, body)) as { id: number };
  return isSingleton(definition) ? "" : ((args[definition.idFromArgument ?? ""] as number | undefined) ?? answer.id);
}

/** The path of the request that makes an object. */
export function createPath(definition: Definition, place: TestParent, args: Props): string {
  const collection = collectionIn(definition, place);
  return definition.kind === "forkRelation" ? `${collection}/${args.forkedFrom as number}` : collection;
}
