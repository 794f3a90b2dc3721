import type * as pulumi from "@pulumi/pulumi";
import type { Definition } from "../../core/definition";
import { reference } from "../../core/schema";
import { resource, type ProjectArgsOf, type ProjectResource, type ResourceClass } from "../../program/resource";

const fields = {
  /**
   * The project that this one counts as a fork of: its number, its full path or its ID. GitLab's name for it is
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
export type ProjectForkRelationArgs = ProjectArgsOf<typeof fields>;

/** What a fork relation has besides its arguments. */
export interface ProjectForkRelationOutputs {
  /** The number of the project that it was forked from, however the program names it. */
  readonly forkedFromId: pulumi.Output<number>;
  /** The full path of that project when it was last looked up. */
  readonly forkedFromPath: pulumi.Output<string>;
}

const base: ResourceClass<
  ProjectForkRelationArgs,
  ProjectResource<typeof fields, ProjectForkRelationOutputs>
> = resource(definition);

/**
 * The mark on a project that it is a fork of another, which makes merge requests between the two possible. Nothing is
 * copied: both projects are there already. Needs the role Owner.
 *
 * GitLab cannot edit the relation: another `forkedFrom` deletes it, which closes the merge requests between the two, and
 * makes a new one. Should GitLab refuse the second step, the next `pulumi up` does it. A project that is a fork of
 * another one already is left alone: creating the resource is an error that prints the `import` option to take it over.
 *
 * A token that does not see the other project does not see the relation either: a refresh then keeps it in state, with a
 * warning.
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
