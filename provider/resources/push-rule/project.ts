import type * as pulumi from "@pulumi/pulumi";
import type { Definition } from "../../core/definition";
import type { ArgsOf, OutputsOf } from "../../core/schema";
import { resource, type ProjectArg, type ProjectOutputs, type ResourceClass } from "../../program/resource";
import { pushRuleFields as fields } from "./fields";

const definition: Definition<typeof fields> = {
  name: "ProjectPushRule",
  kind: "pushRule",
  scopes: ["project"],
  path: "push_rule",
  fields,
  outputs: [{ name: "createdAt", wire: "created_at" }],
  unlicensed: "GitLab has no push rules here: they need GitLab Premium",
};

/** The arguments of a {@link ProjectPushRule}. */
export interface ProjectPushRuleArgs extends ProjectArg, ArgsOf<typeof fields> {}
interface ProjectPushRuleResult extends OutputsOf<typeof fields>, ProjectOutputs, PushRuleOutputs {}

/** What GitLab alone says of push rules. */
export interface PushRuleOutputs {
  /** When the push rules were created, in ISO 8601. */
  readonly createdAt: pulumi.Output<string | undefined>;
}

const base: ResourceClass<ProjectPushRuleArgs, ProjectPushRuleResult> = resource(definition);

/**
 * The push rules of a project. GitLab Premium.
 *
 * A project has one set of push rules, which GitLab may create itself. An existing set is imported, and rules that the
 * program does not set stay unchanged. Deleting the resource deletes the whole set, including those rules. Two stacks
 * that manage the same set do not detect each other, and the first destroy deletes it for both.
 *
 * GitLab refuses a request with a rule that the licence does not include or that an administrator has locked. The error
 * names those rules. If the program disables such a rule, or no longer sets it, the rule stays unchanged, with a
 * warning.
 *
 * @see https://docs.gitlab.com/api/project_push_rules/
 *
 * @example
 * ```ts
 * new gitlab.ProjectPushRule("rules", {
 *   project: "acme/shop",
 *   commitMessageRegex: "^(feat|fix): ",
 *   preventSecrets: true,
 *   maxFileSize: 50,
 * });
 * ```
 */
export class ProjectPushRule extends base {}
