import type { Client } from "../client";
import type { GroupSummary, UserSummary } from "./project-details";
import { queryOf } from "./project-filters";
import { defineList, outputForm } from "./data-function";
import { camelCased, rowOf } from "./responses";
import { selectedPath, type ProjectSelector } from "./selectors";

/** Which users or groups of a project. */
export interface ProjectSearchArgs extends ProjectSelector {
  /** Those with this text in their name, user name or path. */
  readonly search?: string | undefined;
}

/** Which users of a project. */
export interface GetProjectUsersArgs extends ProjectSearchArgs {
  /** The numbers of users to leave out. */
  readonly skipUsers?: readonly number[] | undefined;
}

/** Which groups of a project. */
export interface GetProjectGroupsArgs extends ProjectSearchArgs {
  /** Groups that the project is shared with as well. @default false */
  readonly withShared?: boolean | undefined;
  /** Of the groups that it is shared with, those that have at least this role, by GitLab's number: 40 is Maintainer. */
  readonly sharedMinAccessLevel?: number | undefined;
  /** Of the groups that it is shared with, those that the token's user sees. */
  readonly sharedVisibleOnly?: boolean | undefined;
  /** The numbers of groups to leave out. */
  readonly skipGroups?: readonly number[] | undefined;
}

/** A user who has starred a project. */
export interface ProjectStarrer {
  /** ISO 8601. */
  readonly starredSince: string;
  readonly user: UserSummary;
}

/** The entries of a list below a project, with every other argument as its parameter. */
async function* listBelow<T>(
  client: Client,
  { project, ...filters }: ProjectSelector,
  list: string,
): AsyncGenerator<T, void, undefined> {
  const path = selectedPath("project", project, list);
  for await (const entry of client.list(path, queryOf(filters))) yield camelCased(rowOf(entry, path, "entry")) as T;
}

const users = defineList<GetProjectUsersArgs, UserSummary>("getProjectUsers", (client, args) =>
  listBelow(client, args, "users"),
);
const starrers = defineList<ProjectSearchArgs, ProjectStarrer>("getProjectStarrers", (client, args) =>
  listBelow(client, args, "starrers"),
);
const groups = defineList<GetProjectGroupsArgs, GroupSummary>("getProjectGroups", (client, args) =>
  listBelow(client, args, "groups"),
);
const shareLocations = defineList<ProjectSearchArgs, GroupSummary>("getProjectShareLocations", (client, args) =>
  listBelow(client, args, "share_locations"),
);
const transferLocations = defineList<ProjectSearchArgs, GroupSummary>("getProjectTransferLocations", (client, args) =>
  listBelow(client, args, "transfer_locations"),
);

/**
 * The users of a project: its members and those of the groups above it.
 *
 * @throws GitLabError with status 404 when the token does not see the project
 * @see https://docs.gitlab.com/api/projects/#list-users
 */
export const getProjectUsers = users.get;

/** {@link getProjectUsers} for arguments that may be outputs. */
export const getProjectUsersOutput = outputForm(getProjectUsers);

/** {@link getProjectUsers} one by one, as {@link eachProject}. */
export const eachProjectUser = users.each;

/**
 * The users who have starred a project, and since when.
 *
 * @throws GitLabError with status 404 when the token does not see the project
 * @see https://docs.gitlab.com/api/project_starring/#list-users-who-starred-a-project
 */
export const getProjectStarrers = starrers.get;

/** {@link getProjectStarrers} for arguments that may be outputs. */
export const getProjectStarrersOutput = outputForm(getProjectStarrers);

/** {@link getProjectStarrers} one by one, as {@link eachProject}. */
export const eachProjectStarrer = starrers.each;

/**
 * The groups above a project, and with `withShared` those that it is shared with.
 *
 * @throws GitLabError with status 404 when the token does not see the project
 * @see https://docs.gitlab.com/api/projects/#list-groups
 */
export const getProjectGroups = groups.get;

/** {@link getProjectGroups} for arguments that may be outputs. */
export const getProjectGroupsOutput = outputForm(getProjectGroups);

/** {@link getProjectGroups} one by one, as {@link eachProject}. */
export const eachProjectGroup = groups.each;

/**
 * The groups that a project can be shared with.
 *
 * @throws GitLabError with status 404 when the token does not see the project
 * @see https://docs.gitlab.com/api/projects/#list-shareable-groups
 */
export const getProjectShareLocations = shareLocations.get;

/** {@link getProjectShareLocations} for arguments that may be outputs. */
export const getProjectShareLocationsOutput = outputForm(getProjectShareLocations);

/** {@link getProjectShareLocations} one by one, as {@link eachProject}. */
export const eachProjectShareLocation = shareLocations.each;

/**
 * The groups that the token's user may move a project to.
 *
 * @throws GitLabError with status 404 when the token does not see the project
 * @see https://docs.gitlab.com/api/projects/#list-groups-available-for-transfer
 */
export const getProjectTransferLocations = transferLocations.get;

/** {@link getProjectTransferLocations} for arguments that may be outputs. */
export const getProjectTransferLocationsOutput = outputForm(getProjectTransferLocations);

/** {@link getProjectTransferLocations} one by one, as {@link eachProject}. */
export const eachProjectTransferLocation = transferLocations.each;
