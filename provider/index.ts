import { lazily } from "./program/lazy-exports";

export * as integrations from "./resources/integration";

// A program loads only what it uses: the compiler keeps the order, so that this `require` serves every line below. The
// integrations stay above, since they are handed on as a whole; their list does the same.
require = lazily(require);

export { GitLabError, LostAnswerError, UnreachableError } from "./client/errors";
export { ProviderError } from "./core/errors";
export {
  getGroupHookEvents,
  getGroupHookEventsOutput,
  getProjectHookEvents,
  getProjectHookEventsOutput,
  resendGroupHookEvent,
  resendGroupHookEventOutput,
  resendProjectHookEvent,
  resendProjectHookEventOutput,
  testGroupHook,
  testGroupHookOutput,
  testProjectHook,
  testProjectHookOutput,
  type GroupHookEventsArgs,
  type GroupHookTrigger,
  type HookEvent,
  type HookEventStatus,
  type HookResendResult,
  type HookTestResult,
  type ProjectHookEventsArgs,
  type ProjectHookTrigger,
} from "./functions/hook-deliveries";
export {
  getGroupHook,
  getGroupHookOutput,
  getGroupHooks,
  getGroupHooksOutput,
  getProjectHook,
  getProjectHookOutput,
  getProjectHooks,
  getProjectHooksOutput,
  type GroupHookSelector,
  type GroupHookSelectorInput,
  type HookDetails,
  type ProjectHookSelector,
  type ProjectHookSelectorInput,
} from "./functions/hooks";
export {
  getGroupIntegrations,
  getGroupIntegrationsOutput,
  getIntegration,
  getIntegrationOutput,
  getProjectIntegrations,
  getProjectIntegrationsOutput,
  type IntegrationDetails,
  type IntegrationSelector,
  type IntegrationSummary,
} from "./functions/integrations";
export {
  mockFunctions,
  type FunctionMock,
  type Inputs,
  type InvokeOptions,
  type OutputForm,
} from "./functions/data-function";
export {
  getNotificationSettings,
  getNotificationSettingsOutput,
  type NotificationSelector,
  type NotificationSettings,
} from "./functions/notifications";
export {
  getProject,
  getProjectAvatar,
  getProjectAvatarOutput,
  getProjectLanguages,
  getProjectLanguagesOutput,
  getProjectOutput,
  getProjectPullMirror,
  getProjectPullMirrorOutput,
  getProjectStorage,
  getProjectStorageOutput,
  type GetProjectArgs,
  type ProjectAvatar,
  type ProjectStorage,
  type PullMirrorDetails,
} from "./functions/project";
export {
  archiveProject,
  archiveProjectOutput,
  restoreProject,
  restoreProjectOutput,
  starProject,
  starProjectOutput,
  startHousekeeping,
  startHousekeepingOutput,
  startPullMirror,
  startPullMirrorOutput,
  unarchiveProject,
  unarchiveProjectOutput,
  unstarProject,
  unstarProjectOutput,
  type ActionResult,
  type ProjectActionResult,
  type StartHousekeepingArgs,
} from "./functions/project-actions";
export {
  MemberImportError,
  importProjectMembers,
  importProjectMembersOutput,
  uploadProjectFile,
  uploadProjectFileOutput,
  type ImportProjectMembersArgs,
  type UploadProjectFileArgs,
  type UploadProjectFileResult,
} from "./functions/project-content";
export {
  type GroupSummary,
  type ProjectDetails,
  type ProjectNamespace,
  type ProjectPermissions,
  type ProjectSummary,
  type SharedGroup,
  type UserSummary,
} from "./functions/project-details";
export {
  type ProjectFilters,
  type ProjectOrder,
  type ProjectRange,
  type ProjectSorting,
} from "./functions/project-filters";
export { forkProject, forkProjectOutput, type ForkProjectArgs } from "./functions/project-fork";
export {
  eachContributedProject,
  eachProject,
  eachProjectFork,
  eachStarredProject,
  eachUserProject,
  getContributedProjects,
  getContributedProjectsOutput,
  getProjectForks,
  getProjectForksOutput,
  getProjects,
  getProjectsOutput,
  getStarredProjects,
  getStarredProjectsOutput,
  getUserProjects,
  getUserProjectsOutput,
  type AnyProjectOrder,
  type GetContributedProjectsArgs,
  type GetProjectForksArgs,
  type GetProjectsArgs,
  type GetStarredProjectsArgs,
  type GetUserProjectsArgs,
  type UserSelector,
} from "./functions/project-lists";
export {
  eachProjectGroup,
  eachProjectShareLocation,
  eachProjectStarrer,
  eachProjectTransferLocation,
  eachProjectUser,
  getProjectGroups,
  getProjectGroupsOutput,
  getProjectShareLocations,
  getProjectShareLocationsOutput,
  getProjectStarrers,
  getProjectStarrersOutput,
  getProjectTransferLocations,
  getProjectTransferLocationsOutput,
  getProjectUsers,
  getProjectUsersOutput,
  type GetProjectGroupsArgs,
  type GetProjectUsersArgs,
  type ProjectSearchArgs,
  type ProjectStarrer,
} from "./functions/project-people";
export {
  downloadProjectSnapshot,
  downloadProjectSnapshotOutput,
  type DownloadProgress,
  type DownloadProjectSnapshotArgs,
  type ProjectSnapshot,
} from "./functions/project-snapshot";
export {
  getGroupPushRule,
  getGroupPushRuleOutput,
  getProjectPushRule,
  getProjectPushRuleOutput,
  type PushRuleDetails,
} from "./functions/push-rules";
export { type GroupSelector, type ProjectSelector } from "./functions/selectors";
export type { Exclusive } from "./fleet/exclusive-arguments";
export { Fleet, type FleetKind, type FleetOptions } from "./fleet/resource";
export { HookDeliveryError } from "./resources/hook/delivery";
export { Provider, type ProviderArgs } from "./program/provider";
export {
  GroupHook,
  type GroupHookArgs,
  ProjectHook,
  type ProjectHookArgs,
  GlobalNotificationSettings,
  type GlobalNotificationSettingsArgs,
  GroupNotificationSettings,
  type GroupNotificationSettingsArgs,
  ProjectNotificationSettings,
  type ProjectNotificationSettingsArgs,
  ProjectForkRelation,
  type ProjectForkRelationArgs,
  Project,
  type ProjectArgs,
  ProjectPullMirror,
  type ProjectPullMirrorArgs,
  ProjectShare,
  type ProjectShareArgs,
  GroupPushRule,
  type GroupPushRuleArgs,
  ProjectPushRule,
  type ProjectPushRuleArgs,
} from "./resources";
