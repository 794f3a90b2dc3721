import type * as pulumi from "@pulumi/pulumi";
import type { Definition } from "../../core/definition";
import { resource, type ProjectArgsOf, type ProjectResource, type ResourceClass } from "../../program/resource";
import { pushRuleFields as fields } from "./fields";

const definition: Definition<typeof fields> = {
  name: "ProjectPushRule",
  kind: "pushRule",
  scopes: ["project"],
  path: "push_rule",
  fields,
  outputs: [{ name: "createdAt", wire: "created_at" }],
};

/** The arguments of a {@link ProjectPushRule}. */
export type ProjectPushRuleArgs = ProjectArgsOf<typeof fields>;

/** What GitLab alone says of push rules. */
export interface PushRuleOutputs {
  /** When the rules were made, in ISO 8601. */
  readonly createdAt: pulumi.Output<string | undefined>;
}

const base: ResourceClass<ProjectPushRuleArgs, ProjectResource<typeof fields, PushRuleOutputs>> = resource(definition);

/**
 * The push rules of a project. GitLab Premium.
 *
 * A project has one set of rules, which GitLab may make by itself: it is taken over, and rules that the program does
 * not name stay as they are. Deleting the resource deletes the whole set, those rules included. Two stacks that manage
 * the same set do not notice each other, and the first destroy ends it for both.
 *
 * GitLab refuses a request with a rule that the licence lacks or that an administrator keeps back. The error names those
 * rules; one that is to be off, or that was removed from the program, is left as it is, with a warning.
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
