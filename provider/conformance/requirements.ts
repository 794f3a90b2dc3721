import type { Definition, Kind } from "../core/definition";
import type { Scope } from "../core/schema";

/** What a licence or edition gives, as far as a request can tell. */
export type Feature = "groupHooks" | "pushRules" | "pullMirrors";

/** GitLab's names of roles, by their levels. */
export const roles = { guest: 10, planner: 15, reporter: 20, developer: 30, maintainer: 40, owner: 50 } as const;

/** The name of a role. */
export type Role = keyof typeof roles;

/** What a class needs besides a token of the scope `api`. */
export interface Requirement {
  /** The least role in the project or group. */
  readonly role: Role;
  readonly feature?: Feature | undefined;
  /** Where it is available, as the end of a sentence that begins with "available only". */
  readonly place?: string | undefined;
  /** Since which version GitLab has what the class uses: `17.6`. */
  readonly since?: string;
  /** Since which version GitLab has it no more: `19.0`. */
  readonly until?: string;
}

type Requirements = Partial<Readonly<Record<Scope, Requirement>>>;

const maintainer = { role: "maintainer" } as const;

// https://docs.gitlab.com/user/permissions/
const byKind: Readonly<Record<Kind, Requirements>> = {
  forkRelation: { project: { role: "owner" } },
  hook: { project: maintainer, group: { role: "owner", feature: "groupHooks" } },
  integration: { project: maintainer, group: { role: "maintainer", since: "17.9" } },
  notification: { project: { role: "guest" }, group: { role: "guest" } },
  // A project is made in a group, and deleted by its owners alone.
  project: { group: { role: "owner" } },
  pullMirror: { project: { role: "maintainer", feature: "pullMirrors", since: "17.6" } },
  pushRule: {
    project: { role: "maintainer", feature: "pushRules" },
    group: { role: "owner", feature: "pushRules" },
  },
  share: { project: maintainer },
};

/** What a class needs at a scope; undefined where it has no place there. */
export function requirementOf(definition: Definition, scope: Scope): Requirement | undefined {
  const ofKind = byKind[definition.kind][scope];
  if (!ofKind || !(definition.parentKind ? scope === "group" : definition.scopes.includes(scope))) return undefined;
  const { offeredOnly: place, removedIn: until } = definition;
  return { ...ofKind, ...(place === undefined ? {} : { place }), ...(until === undefined ? {} : { until }) };
}

/** The features of the Enterprise Edition with a licence, in words. */
export const featureNames: Readonly<Record<Feature, string>> = {
  groupHooks: "group hooks",
  pushRules: "push rules",
  pullMirrors: "pull mirrors",
};
