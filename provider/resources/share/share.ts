import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { parentText } from "../../core/parent-ref";
import type { Args, Definition, ReportProblem } from "../../core/definition";
import { field, reference, type ArgsOf, type OutputsOf } from "../../core/schema";
import { resource, type ProjectArg, type ProjectOutputs, type ResourceClass } from "../../program/resource";

/** Every role by its name in GitLab's API, in lower case. */
const roles = {
  "no one": 0,
  minimal: 5,
  guest: 10,
  planner: 15,
  reporter: 20,
  developer: 30,
  maintainer: 40,
  owner: 50,
} as const;

type Role = keyof typeof roles;

const names = Object.keys(roles) as [Role, ...Role[]];

function numberOf(role: unknown): unknown {
  return Object.hasOwn(roles, role as string) ? roles[role as Role] : role;
}

function roleOf(number: unknown, last: unknown): unknown {
  if (last !== undefined && (typeof last === "number" || numberOf(last) === number)) {
    return numberOf(last) === number ? last : number;
  }
  return names.find((name) => roles[name] === number) ?? number;
}

const fields = {
  /**
   * The group that the project is shared with: its numeric ID, full path (`acme/platform`) or resource ID.
   *
   * Changing the group replaces the resource. Writing the same group in another way changes nothing.
   */
  groupId: reference({ scope: "group", id: "groupNumber", path: "groupPath" }),
  /**
   * The maximum role of the group's members in the project: `"no one"`, `"minimal"`, `"guest"`, `"planner"`,
   * `"reporter"`, `"developer"`, `"maintainer"`, `"owner"`, or GitLab's number for a role.
   */
  groupAccess: field(
    z.union([z.enum(names), z.int().refine((given) => given >= 0 && given <= 60, "must be the number of a role")]),
    { codec: { encode: numberOf, decode: roleOf } },
  ),
  /**
   * The day on which the share expires, such as `2027-09-26`. If it is removed from the program, the share does not
   * expire.
   */
  expiresAt: field(z.iso.date({ error: "must be a day such as 2027-09-26" }).optional(), {}),
  /** The ID of a custom role, whose base role is `groupAccess`. GitLab Ultimate. */
  memberRoleId: field(z.int().positive().optional(), { source: "server" }),
};

const millisecondsOfDay = 86_400_000;

/** GitLab ends what has expired, so making it again would be in vain. */
function expiresLater(args: Args, report: ReportProblem): void {
  const day = args.known("expiresAt");
  if (!args.isNew || typeof day !== "string" || !(Date.parse(day) < Date.now() - millisecondsOfDay)) return;
  report("expiresAt", "has passed: give a later day, or remove the share from the program");
}

/** The members of a group above are members of the project already. */
function isElsewhere(args: Args, report: ReportProblem): void {
  const project = pathIn("project", args.known("project"));
  const group = pathIn("group", args.known("groupId"));
  if (project === undefined || group === undefined || !project.startsWith(`${group}/`)) return;
  report("groupId", "must be another group than those that the project is in: their members have access already");
}

/** What a program names by path and not by number, in lower case. */
function pathIn(scope: "project" | "group", given: unknown): string | undefined {
  const text = parentText(scope, given);
  return text === undefined || /^\d+$/.test(text) ? undefined : text.toLowerCase();
}

function rules(args: Args, report: ReportProblem): void {
  expiresLater(args, report);
  isElsewhere(args, report);
}

const definition: Definition<typeof fields> = {
  name: "ProjectShare",
  kind: "share",
  scopes: ["project"],
  path: "share/:id",
  idFromArgument: "groupId",
  fields,
  outputs: [
    { name: "groupNumber", wire: "group_id" },
    { name: "groupPath", wire: "group_full_path" },
  ],
  rules,
};

/** The arguments of a {@link ProjectShare}. */
export interface ProjectShareArgs extends ProjectArg, ArgsOf<typeof fields> {}
interface ProjectShareResult extends OutputsOf<typeof fields>, ProjectOutputs, ProjectShareOutputs {}

/** What a share has besides its arguments. */
export interface ProjectShareOutputs {
  /** The group's numeric ID. */
  readonly groupNumber: pulumi.Output<number>;
  /** The group's full path when it was last looked up. */
  readonly groupPath: pulumi.Output<string>;
}

const base: ResourceClass<ProjectShareArgs, ProjectShareResult> = resource(definition);

/**
 * Shares a project with a group, so that the group's members can work in it.
 *
 * GitLab cannot edit a share. A change deletes it and creates it again, so the members have no access for a moment. If
 * GitLab refuses the second step, the next `pulumi up` completes it. An existing share is not overwritten: creating it
 * is an error that prints the `import` option to use, unless it equals the program in every argument.
 *
 * If the token cannot see the group, it cannot see the share either. A refresh then keeps the resource in state, with a
 * warning.
 *
 * @see https://docs.gitlab.com/api/projects/#share-a-project-with-a-group
 *
 * @example
 * ```ts
 * new gitlab.ProjectShare("platform", {
 *   project: "acme/shop",
 *   groupId: "acme/platform",
 *   groupAccess: "developer",
 *   expiresAt: "2027-09-26",
 * });
 * ```
 */
export class ProjectShare extends base {}
