import type { Definition } from "../../core/definition";
import { resource, type GroupArgsOf, type GroupResource, type ResourceClass } from "../../program/resource";
import { pushRuleFields as fields } from "./fields";
import type { PushRuleOutputs } from "./project";

const definition: Definition<typeof fields> = {
  name: "GroupPushRule",
  kind: "pushRule",
  scopes: ["group"],
  path: "push_rule",
  fields,
  outputs: [{ name: "createdAt", wire: "created_at" }],
  notFoundHint:
    "GitLab answers the same for a group without push rules and for a token that may not manage them: if somebody did not " +
    "delete the rules, the token has lost the role Owner or the licence has lost push rules.",
};

/** The arguments of a {@link GroupPushRule}. */
export type GroupPushRuleArgs = GroupArgsOf<typeof fields>;

const base: ResourceClass<GroupPushRuleArgs, GroupResource<typeof fields, PushRuleOutputs>> = resource(definition);

/**
 * The push rules of a group, which GitLab copies into projects that are made in it later. GitLab Premium.
 *
 * A group has one set of rules: one that is there already is taken over, and rules that the program does not name stay as
 * they are. Deleting the resource deletes the whole set, those rules included. Two stacks that manage the same set do not
 * notice each other, and the first destroy ends it for both.
 *
 * GitLab refuses a request with a rule that the licence lacks or that an administrator keeps back. The error names those
 * rules; one that is to be off, or that was removed from the program, is left as it is, with a warning.
 *
 * GitLab answers 404 for a group without push rules and for a token without the permission alike. So a refresh that finds
 * none lets the resource go, and a deletion that finds none succeeds, each with a warning.
 *
 * @see https://docs.gitlab.com/api/group_push_rules/
 *
 * @example
 * ```ts
 * new gitlab.GroupPushRule("rules", {
 *   group: "acme",
 *   branchNameRegex: "^(main|(feature|fix)/.+)$",
 *   preventSecrets: true,
 *   denyDeleteTag: true,
 * });
 * ```
 */
export class GroupPushRule extends base {}
