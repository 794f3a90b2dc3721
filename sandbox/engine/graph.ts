import type { ResourceState } from "./deployment";
import { parseProviderReference } from "./urn";

/** The URNs that a resource cannot do without. */
export function dependenciesOf(state: ResourceState): string[] {
  return [...neededBy(state), ...(state.parent === undefined ? [] : [state.parent])];
}

function neededBy(state: ResourceState): string[] {
  return [
    ...state.dependencies,
    ...Object.values(state.propertyDependencies).flat(),
    ...(state.provider === undefined ? [] : [parseProviderReference(state.provider).urn]),
    ...(state.deletedWith === undefined ? [] : [state.deletedWith]),
    ...(state.replaceWith ?? []),
  ];
}

/** What depends on a resource, directly or not, in dependency order. Being its child alone does not count. */
export function dependents(root: ResourceState, resources: readonly ResourceState[]): ResourceState[] {
  const reached = new Set([root.urn]);
  return resources.filter((state) => {
    if (state === root) return false;
    const depends = neededBy(state).some((urn) => reached.has(urn));
    if (depends) reached.add(state.urn);
    return depends;
  });
}

/**
 * Orders deletions: within a wave nothing depends on anything else, and a wave starts when the one before is done.
 * Resources come in dependency order, as the state holds them.
 */
export function deletionWaves(condemned: readonly ResourceState[]): ResourceState[][] {
  const waves: ResourceState[][] = [];
  let left = [...condemned];
  while (left.length > 0) {
    const urns = new Set(left.map(({ urn }) => urn));
    const free = left.filter((state) => dependenciesOf(state).every((urn) => urn === state.urn || !urns.has(urn)));
    // A cycle would be a broken state file; its resources then go in reverse order, one by one.
    const wave = free.length > 0 ? free : left.slice(0, 1);
    waves.unshift(wave.reverse());
    left = left.filter((state) => !wave.includes(state));
  }
  return waves;
}
