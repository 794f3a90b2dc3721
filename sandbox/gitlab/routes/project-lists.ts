import { notFound, type Answer } from "../http/answer";
import type { Call } from "../http/call";
import { paginate } from "../http/pagination";
import type { Params } from "../http/params";
import { LIST_PARAMS } from "../projects/filters";
import { listProjects, type Source } from "../projects/list";
import type { Project } from "../projects/row";
import type { Group, User } from "../world/entities";
import { route, type Route } from "./route";

const pick = (...names: readonly string[]): Params =>
  Object.fromEntries(Object.entries(LIST_PARAMS).filter(([name]) => names.includes(name)));

const COMMON = [
  "archived",
  "membership",
  "min_access_level",
  "owned",
  "search",
  "starred",
  "updated_after",
  "updated_before",
  "visibility",
  "with_issues_enabled",
  "with_merge_requests_enabled",
  "id_after",
  "id_before",
] as const;

/** Lists of projects: all of them, those of a user, those of a group, the forks of one, and their topics. */
export const PROJECT_LIST_ROUTES: readonly Route[] = [
  route("GET", "/projects", (call) => listProjects(call, { key: "all", projects: () => call.world.state.projects })),
  route("GET", "/users/:user_id/projects", (call) => {
    const { id } = userOf(call);
    return listProjects(call, {
      key: `user ${id}`,
      projects: () => call.world.projects.of({ kind: "user", id }),
      filters: pick(...COMMON, "with_programming_language", "custom_attributes"),
    });
  }),
  route("GET", "/users/:user_id/contributed_projects", (call) => {
    const { id } = userOf(call);
    const isTheirs = ({ creatorId, contributorIds }: Project): boolean =>
      creatorId === id || contributorIds?.includes(id) === true;
    return listProjects(call, picked(call, `contributed ${id}`, isTheirs, pick("id_after", "id_before")));
  }),
  route("GET", "/users/:user_id/starred_projects", (call) => {
    const { id } = userOf(call);
    const isStarred = ({ stars }: Project): boolean => stars?.some(({ userId }) => userId === id) === true;
    return listProjects(call, picked(call, `starred ${id}`, isStarred, pick(...COMMON)));
  }),
  route("GET", "/projects/:id/forks", (call) => {
    const { id } = call.project("none");
    const forks = (): readonly Project[] => call.world.projects.forksOf(id);
    return listProjects(call, { key: `forks ${id}`, projects: forks, filters: pick(...COMMON) });
  }),
  route("GET", "/groups/:id/projects", (call) => listProjects(call, inGroup(call, call.group("none")))),
  route("GET", "/topics", topics),
];

function picked(call: Call, key: string, isWanted: (project: Project) => boolean, filters: Params): Source {
  return { key, projects: () => call.world.state.projects.filter(isWanted), filters };
}

function inGroup(call: Call, group: Group): Source {
  const { world } = call;
  const { include_subgroups: isDeep, with_shared: withShared } = call.params({
    include_subgroups: { type: "boolean" },
    with_shared: { type: "boolean" },
  });
  const isShared = ({ shares }: Project): boolean => shares?.some(({ groupId }) => groupId === group.id) === true;
  const isInside = ({ id, owner }: Project): boolean =>
    owner.kind === "group" &&
    (owner.id === group.id || world.isBelow({ kind: "project", id }, { kind: "group", id: group.id }));
  const owner = { kind: "group", id: group.id } as const;
  const all = (): readonly Project[] => world.state.projects;
  return {
    key: `group ${group.id} ${JSON.stringify([isDeep, withShared])}`,
    projects: () => {
      if (isDeep === true)
        return all().filter((project) => isInside(project) || (withShared !== false && isShared(project)));
      if (withShared === false) return world.projects.of(owner);
      return all().filter(
        (project) => (project.owner.kind === "group" && project.owner.id === group.id) || isShared(project),
      );
    },
  };
}

function userOf(call: Call): User {
  const user = call.world.userNamed(call.segment("user_id"));
  if (user === undefined) throw notFound("User");
  return user;
}

function topics(call: Call): Answer {
  const { search } = call.params({ search: { type: "string" } });
  const { topics: names = [], projects } = call.world.state;
  const rows = names
    .map((name, index) => ({ id: index + 1, name, title: name }))
    .filter(({ name }) => typeof search !== "string" || name.toLowerCase().includes(search.toLowerCase()));
  return paginate(call, rows, (topic) => ({
    ...topic,
    description: null,
    total_projects_count: projects.filter(({ topics: own }) => own.includes(topic.name)).length,
    avatar_url: null,
  }));
}
