import type { Definition } from "../../core/definition";
import type { ArgsOf, OutputsOf } from "../../core/schema";
import { resource, type GroupArg, type GroupOutputs, type ResourceClass } from "../../program/resource";
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
export interface GroupPushRuleArgs extends GroupArg, ArgsOf<typeof fields> {}
interface GroupPushRuleResult extends OutputsOf<typeof fields>, GroupOutputs, PushRuleOutputs {}

const base: ResourceClass<GroupPushRuleArgs, GroupPushRuleResult> = resource(definition);

/**
 * The push rules of a group. GitLab copies them to new projects of the group. GitLab Premium.
 *
 * A group has one set of push rules. An existing set is imported, and rules that the program does not set stay
 * unchanged. Deleting the resource deletes the whole set, including those rules. Two stacks that manage the same set do
 * not detect each other, and the first destroy deletes it for both.
 *
 * GitLab refuses a request with a rule that the licence does not include or that an administrator has locked. The error
 * names those rules. If the program disables such a rule, or no longer sets it, the rule stays unchanged, with a
 * warning.
 *
 * GitLab responds with 404 both for a group without push rules and for a token without the permission. In this case, a
 * refresh removes the resource from state, and a deletion succeeds, each with a warning.
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
