import type { ResourceState } from "./deployment";
import type { Goal, ReadGoal } from "./goal";
import { isProviderType } from "./urn";

/** The state that a resource is to have, but for its ID and its outputs; `parent` is the goal of the one it is in. */
export function nextState(
  goal: Goal,
  urn: string,
  parent: Goal | undefined,
  aliases: readonly string[],
): ResourceState {
  const protect = goal.protect ?? parent?.protect;
  const retainOnDelete = goal.retainOnDelete ?? parent?.retainOnDelete;
  return {
    urn,
    type: goal.type,
    custom: goal.custom,
    inputs: goal.inputs,
    outputs: {},
    dependencies: [...goal.dependencies].sort(),
    propertyDependencies: { ...goal.propertyDependencies },
    ...(parent && { parent: goal.parent }),
    ...(goal.custom && !isProviderType(goal.type) && { provider: goal.provider }),
    ...(protect !== undefined && { protect }),
    ...(retainOnDelete !== undefined && { retainOnDelete }),
    ...(goal.deletedWith !== "" && { deletedWith: goal.deletedWith }),
    ...(goal.replacementTrigger !== undefined && { replacementTrigger: goal.replacementTrigger }),
    ...optionalList("replaceWith", goal.replaceWith),
    ...optionalList("additionalSecretOutputs", goal.additionalSecretOutputs),
    ...optionalList("aliases", aliases),
    ...optionalList("ignoreChanges", goal.ignoreChanges),
    ...optionalList("replaceOnChanges", goal.replaceOnChanges),
    ...(Object.keys(goal.customTimeouts).length > 0 && { customTimeouts: { ...goal.customTimeouts } }),
    ...(goal.importId !== "" && { importID: goal.importId }),
  };
}

/** The state that a resource is to have which the program only reads. */
export function nextReadState(goal: ReadGoal, urn: string): ResourceState {
  return {
    urn,
    type: goal.type,
    custom: true,
    id: goal.id,
    inputs: goal.inputs,
    outputs: {},
    external: true,
    dependencies: [...goal.dependencies],
    propertyDependencies: {},
    provider: goal.provider,
    ...(goal.parent !== "" && { parent: goal.parent }),
    ...optionalList("additionalSecretOutputs", goal.additionalSecretOutputs),
  };
}

function optionalList<N extends string>(name: N, list: readonly string[]): Partial<Record<N, string[]>> {
  return list.length > 0 ? ({ [name]: [...list] } as Record<N, string[]>) : {};
}
