import { badRequest, errorText } from "../http/answer";
import type { Call } from "../http/call";
import type { Params } from "../http/params";
import { LEVELS } from "../world/access";
import { attribute, type Given } from "./attributes";
import { isBeingRemoved } from "./paths";
import type { Project } from "./row";

const ACCESS_LEVELS = [5, 10, 15, 20, 25, 30, 40, 50];

/** The parameters of every list of projects. */
export const LIST_PARAMS: Params = {
  active: { type: "boolean" },
  archived: { type: "boolean" },
  custom_attributes: { type: "map" },
  id_after: { type: "integer" },
  id_before: { type: "integer" },
  imported: { type: "boolean" },
  include_hidden: { type: "boolean" },
  include_pending_delete: { type: "boolean" },
  last_activity_after: { type: "time" },
  last_activity_before: { type: "time" },
  membership: { type: "boolean" },
  min_access_level: { type: "integer" },
  owned: { type: "boolean" },
  repository_checksum_failed: { type: "boolean" },
  repository_storage: { type: "string" },
  search: { type: "string" },
  search_namespaces: { type: "boolean" },
  starred: { type: "boolean" },
  topic: { type: "strings" },
  topic_id: { type: "integer" },
  updated_after: { type: "time" },
  updated_before: { type: "time" },
  visibility: { type: "string", values: ["private", "internal", "public"] },
  wiki_checksum_failed: { type: "boolean" },
  with_issues_enabled: { type: "boolean" },
  with_merge_requests_enabled: { type: "boolean" },
  with_programming_language: { type: "string" },
};

/** Says of a project whether it stays in a list. */
export type Filter = (project: Project) => boolean;

/** Raises 400 for filters that GitLab refuses. */
export function checkFilters(given: Given, orderBy: string): void {
  if (typeof given.min_access_level === "number" && !ACCESS_LEVELS.includes(given.min_access_level)) {
    throw errorText(400, "min_access_level does not have a valid value");
  }
  if ((given.updated_after != null || given.updated_before != null) && orderBy !== "updated_at") {
    throw badRequest("`updated_at` filter and `updated_at` sorting must be paired");
  }
}

/** The filters a request asks for, those of visibility first. */
export function filtersOf(call: Call, given: Given): Filter[] {
  return [
    ...accessFilters(call, given),
    ...stateFilters(call, given),
    ...timeFilters(given),
    ...contentFilters(call, given),
  ];
}

function accessFilters(call: Call, given: Given): Filter[] {
  const { world, user } = call;
  const isAdmin = call.token.role === "admin";
  const filters: Filter[] = [];
  const withPending = isAdmin && given.include_pending_delete === true;
  if (!withPending && world.state.removals?.length) filters.push((project) => !isBeingRemoved(world, project));
  const least = Math.max(
    given.owned === true ? LEVELS.owner : LEVELS.none,
    given.membership === true ? LEVELS.guest : LEVELS.none,
    (given.min_access_level as number | null | undefined) ?? LEVELS.none,
  );
  if (!isAdmin) {
    filters.push((project) => {
      const path = world.projectPath(project);
      return call.sees(path, project.visibility) && call.level(path) >= least;
    });
  }
  if (given.starred === true) {
    filters.push(({ stars }) => stars?.some(({ userId }) => userId === user.id) === true);
  }
  if (given.imported === true) {
    filters.push(({ creatorId, importUrl }) => creatorId === user.id && importUrl !== undefined);
  }
  return filters;
}

function stateFilters(call: Call, given: Given): Filter[] {
  const filters: Filter[] = [];
  const when = (name: string, filter: (value: never, project: Project) => boolean): void => {
    const value = given[name];
    if (value !== undefined && value !== null) filters.push((project) => filter(value as never, project));
  };
  when("archived", (value: boolean, { archived }) => archived === value);
  when("active", (value: boolean, { archived, markedForDeletionOn }) => {
    return (!archived && markedForDeletionOn === null) === value;
  });
  when("visibility", (value: string, { visibility }) => visibility === value);
  const isOn = (name: string, project: Project): boolean => attribute(project, name) !== "disabled";
  when("with_issues_enabled", (value: boolean, project) => !value || isOn("issues_access_level", project));
  when("with_merge_requests_enabled", (value: boolean, project) => {
    return !value || isOn("merge_requests_access_level", project);
  });
  if (call.token.role !== "admin") return filters;
  when("repository_storage", (value: string, project) => attribute(project, "repository_storage") === value);
  when(
    "repository_checksum_failed",
    (value: boolean, { damaged }) => !value || damaged?.includes("repository") === true,
  );
  when("wiki_checksum_failed", (value: boolean, { damaged }) => !value || damaged?.includes("wiki") === true);
  when("custom_attributes", (value: Readonly<Record<string, string>>, { customAttributes }) => {
    return Object.entries(value).every(([key, wanted]) => customAttributes?.[key] === wanted);
  });
  return filters;
}

function timeFilters(given: Given): Filter[] {
  const filters: Filter[] = [];
  const [after, before] = [given.last_activity_after, given.last_activity_before];
  const activity = ({ lastActivityAt, updatedAt }: Project): string => lastActivityAt ?? updatedAt;
  if (typeof after === "string") filters.push((project) => activity(project) > after);
  if (typeof before === "string") filters.push((project) => activity(project) < before);
  const [updatedAfter, updatedBefore] = [given.updated_after, given.updated_before];
  if (typeof updatedAfter === "string") filters.push(({ updatedAt }) => updatedAt > updatedAfter);
  if (typeof updatedBefore === "string") filters.push(({ updatedAt }) => updatedAt < updatedBefore);
  return filters;
}

function contentFilters(call: Call, given: Given): Filter[] {
  const { world } = call;
  const filters: Filter[] = [];
  if (typeof given.search === "string" && given.search !== "") filters.push(searching(call, given));
  const topics = given.topic as readonly string[] | null | undefined;
  if (topics != null) filters.push((project) => topics.every((topic) => project.topics.includes(topic)));
  if (typeof given.topic_id === "number") {
    const topic = world.state.topics?.[given.topic_id - 1];
    filters.push((project) => topic !== undefined && project.topics.includes(topic));
  }
  const language = given.with_programming_language;
  if (typeof language === "string") {
    const wanted = language.toLowerCase();
    filters.push(({ languages }) => Object.keys(languages ?? {}).some((name) => name.toLowerCase() === wanted));
  }
  return filters;
}

function searching({ world }: Call, given: Given): Filter {
  const words = (given.search as string).toLowerCase().split(/\s+/).filter(Boolean);
  return (project) => {
    const own = `${project.name} ${project.path} ${project.description ?? ""}`;
    const text = (given.search_namespaces === true ? `${own} ${world.projectPath(project)}` : own).toLowerCase();
    return words.every((word) => text.includes(word));
  };
}
