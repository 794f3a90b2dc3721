import { path, under } from "../../client";
import { isObject } from "../../core/json";
import type { Props } from "../../operations/state/request-body";
import type { ResourceApi } from "../../operations/api/resource-api";
import { isKey } from "../../operations/api/answers";
import { linkApi } from "../link-api";

// https://docs.gitlab.com/api/project_forks/#create-a-fork-relationship-between-projects

/** The relation as a project shows it. */
function relationOf({ forked_from_project: source }: Props): Props | undefined {
  if (!isObject(source) || !isKey(source.id)) return undefined;
  const { id, path_with_namespace } = source;
  return { forked_from_id: id, forked_from_path: path_with_namespace };
}

/** Fork relations: seen in the project alone. */
export const forkRelationApi: ResourceApi = linkApi({
  shown: (project) => {
    const relation = relationOf(project);
    if (relation) return [relation];
    return (project.forked_from_project ?? undefined) === undefined ? [] : undefined;
  },
  isAt: () => true,
  making: (collection, _, { given }) => ({ path: under(collection, path`/${given.forkedFrom as number}`) }),
  made: relationOf,
});
