import type { Client } from "../client";
import { rowOf } from "./rows";
import { below, type ProjectSelector } from "./integrations";
import { camelCased, each, gather, outputForm, type InvokeOptions, type OutputForm } from "./invoke";
import type { GroupSummary, UserSummary } from "./project-details";
import { queryOf } from "./project-filters";

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
  const path = below("project", project, list);
  for await (const entry of client.list(path, queryOf(filters))) yield camelCased(rowOf(entry, path, "entry")) as T;
}

const users = (client: Client, args: GetProjectUsersArgs) => listBelow<UserSummary>(client, args, "users");
const starrers = (client: Client, args: ProjectSearchArgs) => listBelow<ProjectStarrer>(client, args, "starrers");
const groups = (client: Client, args: GetProjectGroupsArgs) => listBelow<GroupSummary>(client, args, "groups");
const shareLocations = (client: Client, args: ProjectSearchArgs) =>
  listBelow<GroupSummary>(client, args, "share_locations");
const transferLocations = (client: Client, args: ProjectSearchArgs) =>
  listBelow<GroupSummary>(client, args, "transfer_locations");

/**
 * The users of a project: its members and those of the groups above it.
 *
 * @throws GitLabError with status 404 when the token does not see the project
 * @see https://docs.gitlab.com/api/projects/#list-users
 */
export function getProjectUsers(args: GetProjectUsersArgs, options?: InvokeOptions): Promise<UserSummary[]> {
  return gather("getProjectUsers", args, options, (client) => users(client, args));
}

/** {@link getProjectUsers} for arguments that may be outputs. */
export const getProjectUsersOutput: OutputForm<GetProjectUsersArgs, UserSummary[]> = outputForm(getProjectUsers);

/** {@link getProjectUsers} one by one, as {@link eachProject}. */
export function eachProjectUser(args: GetProjectUsersArgs, options?: InvokeOptions): AsyncIterable<UserSummary> {
  return each("eachProjectUser", args, options, (client) => users(client, args));
}

/**
 * The users who have starred a project, and since when.
 *
 * @throws GitLabError with status 404 when the token does not see the project
 * @see https://docs.gitlab.com/api/project_starring/#list-users-who-starred-a-project
 */
export function getProjectStarrers(args: ProjectSearchArgs, options?: InvokeOptions): Promise<ProjectStarrer[]> {
  return gather("getProjectStarrers", args, options, (client) => starrers(client, args));
}

/** {@link getProjectStarrers} for arguments that may be outputs. */
export const getProjectStarrersOutput: OutputForm<ProjectSearchArgs, ProjectStarrer[]> = outputForm(getProjectStarrers);

/** {@link getProjectStarrers} one by one, as {@link eachProject}. */
export function eachProjectStarrer(args: ProjectSearchArgs, options?: InvokeOptions): AsyncIterable<ProjectStarrer> {
  return each("eachProjectStarrer", args, options, (client) => starrers(client, args));
}

/**
 * The groups above a project, and with `withShared` those that it is shared with.
 *
 * @throws GitLabError with status 404 when the token does not see the project
 * @see https://docs.gitlab.com/api/projects/#list-groups
 */
export function getProjectGroups(args: GetProjectGroupsArgs, options?: InvokeOptions): Promise<GroupSummary[]> {
  return gather("getProjectGroups", args, options, (client) => groups(client, args));
}

/** {@link getProjectGroups} for arguments that may be outputs. */
export const getProjectGroupsOutput: OutputForm<GetProjectGroupsArgs, GroupSummary[]> = outputForm(getProjectGroups);

/** {@link getProjectGroups} one by one, as {@link eachProject}. */
export function eachProjectGroup(args: GetProjectGroupsArgs, options?: InvokeOptions): AsyncIterable<GroupSummary> {
  return each("eachProjectGroup", args, options, (client) => groups(client, args));
}

/**
 * The groups that a project can be shared with.
 *
 * @throws GitLabError with status 404 when the token does not see the project
 * @see https://docs.gitlab.com/api/projects/#list-shareable-groups
 */
export function getProjectShareLocations(args: ProjectSearchArgs, options?: InvokeOptions): Promise<GroupSummary[]> {
  return gather("getProjectShareLocations", args, options, (client) => shareLocations(client, args));
}

/** {@link getProjectShareLocations} for arguments that may be outputs. */
export const getProjectShareLocationsOutput: OutputForm<ProjectSearchArgs, GroupSummary[]> =
  outputForm(getProjectShareLocations);

/** {@link getProjectShareLocations} one by one, as {@link eachProject}. */
export function eachProjectShareLocation(
  args: ProjectSearchArgs,
  options?: InvokeOptions,
): AsyncIterable<GroupSummary> {
  return each("eachProjectShareLocation", args, options, (client) => shareLocations(client, args));
}

/**
 * The groups that the token's user may move a project to.
 *
 * @throws GitLabError with status 404 when the token does not see the project
 * @see https://docs.gitlab.com/api/projects/#list-groups-available-for-transfer
 */
export function getProjectTransferLocations(args: ProjectSearchArgs, options?: InvokeOptions): Promise<GroupSummary[]> {
  return gather("getProjectTransferLocations", args, options, (client) => transferLocations(client, args));
}

/** {@link getProjectTransferLocations} for arguments that may be outputs. */
export const getProjectTransferLocationsOutput: OutputForm<ProjectSearchArgs, GroupSummary[]> =
  outputForm(getProjectTransferLocations);

/** {@link getProjectTransferLocations} one by one, as {@link eachProject}. */
export function eachProjectTransferLocation(
  args: ProjectSearchArgs,
  options?: InvokeOptions,
): AsyncIterable<GroupSummary> {
  return each("eachProjectTransferLocation", args, options, (client) => transferLocations(client, args));
}
