import { notFound } from "../http/answer";
import type { Group, Scope } from "../world/entities";
import type { Project } from "../projects/row";
import type { World } from "../world/world";

/** A project or a group: whatever things are set up in. */
export type Place = Project | Group;

/** How an address names one: `projects/42`. */
export interface PlaceParams {
  readonly kind: string;
  readonly id: string;
}

/** The project or group that an address names. Raises 404. */
export function placeOf(world: World, { kind, id }: PlaceParams): Place {
  const number = /^\d{1,15}$/.test(id) ? Number(id) : -1;
  const place = kind === "projects" ? world.project(number) : kind === "groups" ? world.group(number) : undefined;
  if (place === undefined) throw notFound();
  return place;
}

/** Whether it is a project. */
export function isProject(place: Place): place is Project {
  return "owner" in place;
}

/** It as a scope. */
export function scopeOf(place: Place): Scope & { readonly kind: "project" | "group" } {
  return { kind: isProject(place) ? "project" : "group", id: place.id };
}

/** How addresses name it. */
export function keyOf(place: Place): string {
  return `${isProject(place) ? "projects" : "groups"}/${place.id}`;
}
