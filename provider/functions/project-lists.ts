import { path } from "../client/path";
import type { ProjectDetails } from "./project-details";
import {
  projectsAt,
  queryOf,
  type ProjectFilters,
  type ProjectOrder,
  type ProjectRange,
  type ProjectSorting,
} from "./project-filters";
import { defineList, outputForm } from "./data-function";
import { selectedPath, type ProjectSelector } from "./selectors";

/** Orders of the list of all projects; those by size are for administrators, `similarity` goes with `search`. */
export type AnyProjectOrder =
  ProjectOrder | "similarity" | "repository_size" | "storage_size" | "packages_size" | "wiki_size";

/** Which projects of all that the token sees. */
export interface GetProjectsArgs extends ProjectFilters<AnyProjectOrder>, ProjectRange {
  /** Those that the token's user imported from elsewhere. */
  readonly imported?: boolean | undefined;
  /** Hidden ones as well, for administrators. GitLab Premium and Ultimate. */
  readonly includeHidden?: boolean | undefined;
  /** Those that are about to be removed as well, for administrators. */
  readonly includePendingDelete?: boolean | undefined;
  /** ISO 8601. */
  readonly lastActivityAfter?: string | undefined;
  /** ISO 8601. */
  readonly lastActivityBefore?: string | undefined;
  /** Those whose repository failed its last check. GitLab Premium and Ultimate. */
  readonly repositoryChecksumFailed?: boolean | undefined;
  /** Those whose wiki failed its last check. GitLab Premium and Ultimate. */
  readonly wikiChecksumFailed?: boolean | undefined;
  /** Those in this storage, for administrators. */
  readonly repositoryStorage?: string | undefined;
  /** Has `search` look at the names of the groups above as well. @default false */
  readonly searchNamespaces?: boolean | undefined;
  /** Those with all of these topics. */
  readonly topic?: string | readonly string[] | undefined;
  readonly topicId?: number | undefined;
  /** Those with all of these custom attributes, for administrators. */
  readonly customAttributes?: Readonly<Record<string, string>> | undefined;
}

/** Whose projects. */
export interface UserSelector {
  /** The user's number or name. */
  readonly user: number | string;
}

/** Which projects in a user's own namespace. */
export interface GetUserProjectsArgs extends UserSelector, ProjectFilters, ProjectRange {}
/** Which of the projects that a user contributed to. */
export interface GetContributedProjectsArgs extends UserSelector, ProjectSorting {}
/** Which of the projects that a user has starred. */
export interface GetStarredProjectsArgs extends UserSelector, ProjectFilters {}
/** Which forks of a project. */
export interface GetProjectForksArgs extends ProjectSelector, ProjectFilters {}

const all = defineList<GetProjectsArgs | undefined, ProjectDetails>("getProjects", (client, args) =>
  projectsAt(client, path`/projects`, queryOf(args), { byId: true }),
);

const owned = defineList<GetUserProjectsArgs, ProjectDetails>("getUserProjects", (client, { user, ...filters }) =>
  projectsAt(client, path`/users/${user}/projects`, queryOf(filters), { byId: true }),
);

const contributed = defineList<GetContributedProjectsArgs, ProjectDetails>(
  "getContributedProjects",
  (client, { user, ...filters }) => projectsAt(client, path`/users/${user}/contributed_projects`, queryOf(filters)),
);

const starred = defineList<GetStarredProjectsArgs, ProjectDetails>(
  "getStarredProjects",
  (client, { user, ...filters }) => projectsAt(client, path`/users/${user}/starred_projects`, queryOf(filters)),
);

const forks = defineList<GetProjectForksArgs, ProjectDetails>("getProjectForks", (client, { project, ...filters }) =>
  projectsAt(client, selectedPath("project", project, "forks"), queryOf(filters)),
);

/**
 * All projects that the token sees, or those that the filters name, newest first. However many there are: see `orderBy`.
 *
 * @throws ProviderError beyond 50,000 in an order other than by id
 * @see https://docs.gitlab.com/api/projects/#list-all-projects
 */
export const getProjects = all.get;

/** {@link getProjects} for arguments that may be outputs. */
export const getProjectsOutput = outputForm(getProjects);

/**
 * {@link getProjects} one by one, for very many: a page is fetched when it is needed, and none is kept.
 *
 * @example for await (const project of gitlab.eachProject({ archived: false })) console.log(project.webUrl);
 */
export const eachProject = all.each;

/**
 * The projects in a user's own namespace; not those of groups. None where the user's profile is private.
 *
 * @throws GitLabError with status 404 when there is no such user
 * @see https://docs.gitlab.com/api/projects/#list-a-users-projects
 */
export const getUserProjects = owned.get;

/** {@link getUserProjects} for arguments that may be outputs. */
export const getUserProjectsOutput = outputForm(getUserProjects);

/** {@link getUserProjects} one by one, as {@link eachProject}. */
export const eachUserProject = owned.each;

/**
 * The projects that a user contributed to and the token sees.
 *
 * @throws GitLabError with status 404 when there is no such user
 * @see https://docs.gitlab.com/api/projects/#list-projects-a-user-has-contributed-to
 */
export const getContributedProjects = contributed.get;

/** {@link getContributedProjects} for arguments that may be outputs. */
export const getContributedProjectsOutput = outputForm(getContributedProjects);

/** {@link getContributedProjects} one by one, as {@link eachProject}. */
export const eachContributedProject = contributed.each;

/**
 * The projects that a user has starred and the token sees.
 *
 * @throws GitLabError with status 404 when there is no such user
 * @see https://docs.gitlab.com/api/project_starring/#list-projects-starred-by-a-user
 */
export const getStarredProjects = starred.get;

/** {@link getStarredProjects} for arguments that may be outputs. */
export const getStarredProjectsOutput = outputForm(getStarredProjects);

/** {@link getStarredProjects} one by one, as {@link eachProject}. */
export const eachStarredProject = starred.each;

/**
 * The forks of a project that the token sees.
 *
 * @throws GitLabError with status 404 when the token does not see the project
 * @see https://docs.gitlab.com/api/project_forks/#list-forks-of-a-project
 */
export const getProjectForks = forks.get;

/** {@link getProjectForks} for arguments that may be outputs. */
export const getProjectForksOutput = outputForm(getProjectForks);

/** {@link getProjectForks} one by one, as {@link eachProject}. */
export const eachProjectFork = forks.each;
