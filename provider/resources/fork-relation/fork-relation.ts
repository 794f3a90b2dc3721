import type * as pulumi from "@pulumi/pulumi";
import type { Definition } from "../../core/definition";
import { reference, type ArgsOf, type OutputsOf } from "../../core/schema";
import { resource, type ProjectArg, type ProjectOutputs, type ResourceClass } from "../../program/resource";

const fields = {
  /**
   * The project that this project is a fork of: its numeric ID, full path or resource ID. GitLab calls it
   * `forked_from_id`.
   */
  forkedFrom: reference({ scope: "project", id: "forkedFromId", path: "forkedFromPath" }, { wire: "forked_from_id" }),
};

const definition: Definition<typeof fields> = {
  name: "ProjectForkRelation",
  kind: "forkRelation",
  scopes: ["project"],
  path: "fork",
  fields,
  outputs: [
    { name: "forkedFromId", wire: "forked_from_id" },
    { name: "forkedFromPath", wire: "forked_from_path" },
  ],
};

/** The arguments of a {@link ProjectForkRelation}. */
export interface ProjectForkRelationArgs extends ProjectArg, ArgsOf<typeof fields> {}
interface ProjectForkRelationResult extends OutputsOf<typeof fields>, ProjectOutputs, ProjectForkRelationOutputs {}

/** What a fork relation has besides its arguments. */
export interface ProjectForkRelationOutputs {
  /** The numeric ID of the project that it was forked from. */
  readonly forkedFromId: pulumi.Output<number>;
  /** The full path of that project when it was last looked up. */
  readonly forkedFromPath: pulumi.Output<string>;
}

const base: ResourceClass<ProjectForkRelationArgs, ProjectForkRelationResult> = resource(definition);

/**
 * Marks a project as a fork of another project, so that merge requests between them are possible. Nothing is copied:
 * both projects must exist. Needs the role Owner.
 *
 * GitLab cannot edit the relation. Changing `forkedFrom` deletes it, which closes the merge requests between the two
 * projects, and creates a new one. If GitLab refuses the second step, the next `pulumi up` completes it. If the project
 * is already a fork of another project, creating the resource is an error that prints the `import` option to use.
 *
 * If the token cannot see the other project, it cannot see the relation either. A refresh then keeps the resource in
 * state, with a warning.
 *
 * @see https://docs.gitlab.com/api/project_forks/
 *
 * @example
 * ```ts
 * new gitlab.ProjectForkRelation("upstream", {
 *   project: "acme/web",
 *   forkedFrom: "globex/site",
 * });
 * ```
 */
export class ProjectForkRelation extends base {}
