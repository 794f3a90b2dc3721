import type { Stored } from "../../support/driver";
import { nameOf } from "../../support/names";

/** The names of the resources in a state that manage the object of an ID, fleets among them. */
export function ownersOf(resources: readonly Stored[], id: string): string[] {
  return resources.filter((resource) => idsOf(resource).includes(id)).map(described);
}

/** The IDs of all objects that a state manages, each as often as it does. */
export function ownedIn(resources: readonly Stored[]): string[] {
  return resources
    .filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic/"))
    .flatMap(idsOf)
    .sort();
}

/** A fleet has an ID of its own, which is none of an object. */
function idsOf({ id, outputs }: Stored): string[] {
  const ids = outputs?.ids;
  if (typeof ids === "object" && ids !== null) return Object.values(ids) as string[];
  return id === undefined ? [] : [id];
}

function described({ urn, delete: isLeaving }: Stored): string {
  return isLeaving === true ? `${nameOf(urn)} (to be deleted)` : nameOf(urn);
}
