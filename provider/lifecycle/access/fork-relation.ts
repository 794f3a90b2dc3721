import { path, under } from "../../client";
import type { Props } from "../values";
import type { Access } from "./access";
import { linkAccess } from "./link";

// https://docs.gitlab.com/api/project_forks/#create-a-fork-relationship-between-projects

/** The relation as a project shows it. */
function relationOf({ forked_from_project: source }: Props): Props | undefined {
  if (typeof source !== "object" || source === null) return undefined;
  const { id, path_with_namespace } = source as Props;
  return { forked_from_id: id, forked_from_path: path_with_namespace };
}

/** Fork relations: seen in the project alone. */
export const forkRelationAccess: Access = linkAccess({
  shown: (project) => [relationOf(project) ?? []].flat(),
  isAt: () => true,
  making: (collection, _, { given }) => ({ path: under(collection, path`/${given.forkedFrom as number}`) }),
  made: relationOf,
});
