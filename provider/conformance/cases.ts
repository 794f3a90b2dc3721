import type { Definition } from "../core/definition";
import { definitionsByName } from "../resources/definitions";
import type { Scope } from "../core/schema";
import type { Features } from "./features";
import type { Instance } from "./gitlab";
import { isAtLeast } from "./gitlab";
import { requirementOf, roles, type Requirement } from "./requirements";

/** One class at one place. */
export interface Case {
  readonly definition: Definition;
  /** Where its object is made. */
  readonly scope: Scope;
  /** `integrations.Slack in a project`. */
  readonly title: string;
  readonly requirement: Requirement | undefined;
  /** Whether the class goes through every step here; elsewhere a few tell whether it works there as well. */
  readonly isMain: boolean;
}

/** Every class at every place that it can have, those with projects first. */
export function allCases(): Case[] {
  return [...definitionsByName().values()].flatMap((definition) => {
    const scopes = scopesOf(definition);
    return scopes.map((scope, index) => ({
      definition,
      scope,
      title: `${definition.name} in a ${scope}`,
      requirement: requirementOf(definition, scope),
      isMain: index === 0,
    }));
  });
}

/** A project is made in a group. What belongs to the token's owner has no place; it is listed with the projects. */
function scopesOf({ parentKind, scopes }: Definition): readonly Scope[] {
  if (parentKind) return ["group"];
  return scopes.length === 0 ? ["project"] : scopes;
}

/** Whether what is made shows in the project itself, and not below it. */
export function isLinked({ definition }: Case): boolean {
  return ["forkRelation", "pullMirror", "share"].includes(definition.kind);
}

/** Cases of which one must end before the next begins have the same chain. */
export function chainOf(subject: Case): string {
  const { exclusive } = subject.definition;
  if (isLinked(subject)) return "links";
  return exclusive !== undefined && subject.scope === "project" ? exclusive : subject.title;
}

/** Why a case is left alone whatever GitLab has; undefined where it is tried. */
export function whyLeftAlone({ definition, requirement }: Case): string | undefined {
  return requirement === undefined && definition.scopes.length === 0
    ? "belongs to the token's user, not to the group of the run"
    : undefined;
}

/** What is known of a GitLab that decides whether a class works there. */
export interface Environment {
  readonly instance: Instance;
  readonly features: Features;
  /** The level of the token's user there; undefined where it may do everything. */
  readonly level?: number | undefined;
  /** Whether the token may write; a text says why not. */
  readonly writes: true | string;
}

/** What stands in the way of a class, each in the words of an incomplete sentence; empty where nothing does. */
export function obstacles({ definition, requirement, scope }: Case, environment: Environment): string[] {
  if (!requirement) return [];
  const { instance, features, level, writes } = environment;
  const { role, feature, since, until, place } = requirement;
  const slug = definition.path.replace("integrations/", "");
  const isForbidden = instance.allowedIntegrations?.includes(slug) === false;
  const lacks = feature === undefined ? undefined : features[feature];
  if (writes !== true) return [writes];
  return [
    ...(level === undefined || level >= roles[role] ? [] : [`needs the role ${titleOf(role)} in the ${scope}`]),
    ...(typeof lacks === "string" ? [lacks] : []),
    ...(since === undefined || isAtLeast(instance.version, since) ? [] : [`needs GitLab ${since}`]),
    ...(until === undefined || !isAtLeast(instance.version, until) ? [] : [`removed in GitLab ${until}`]),
    ...(definition.kind === "integration" && isForbidden ? ["disabled by the administrator"] : []),
    ...(place !== undefined && isElsewhere(place, instance) ? [`available only ${place}`] : []),
    ...(definition.installation === undefined ? [] : [definition.installation]),
  ];
}

/** Of the other places a request tells: an administrator may have switched them on. */
function isElsewhere(place: string, { edition }: Instance): boolean {
  return place.includes("Enterprise") && edition === "community";
}

/** A role as GitLab's pages write it. */
export function titleOf(role: string): string {
  return role.charAt(0).toUpperCase() + role.slice(1);
}
