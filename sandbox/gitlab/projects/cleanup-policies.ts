import type { World } from "../world/world";
import { POLICY, policyOf, storeAttributes } from "./attributes";
import { isPolicyValid } from "./validation";

/** Switches off every enabled cleanup policy of a container registry that has become invalid, and counts them. */
export function disableInvalidPolicies(world: World): number {
  const invalid = world.state.projects.filter((project) => {
    const policy = policyOf(project);
    return policy.enabled === true && !isPolicyValid(policy);
  });
  for (const project of invalid) storeAttributes(project, { [POLICY]: { ...policyOf(project), enabled: false } });
  return invalid.length;
}
