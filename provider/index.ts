import { lazily } from "./lazily";

export * as integrations from "./integrations";

// A program loads only what it uses: the compiler keeps the order, so that this `require` serves every line below. The
// integrations stay above, since they are handed on as a whole; their list does the same.
require = lazily(require);

export {
  getGroupHookEvents,
  getGroupHookEventsOutput,
  resendGroupHookEvent,
  resendGroupHookEventOutput,
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
  type GroupSelector,
  type IntegrationDetails,
  type IntegrationSelector,
  type IntegrationSummary,
  type ProjectSelector,
} from "./functions/integrations";
export { mockFunctions, type FunctionMock, type InvokeOptions } from "./functions/invoke";
export {
  getNotificationSettings,
  getNotificationSettingsOutput,
  type NotificationSelector,
  type NotificationSettings,
} from "./functions/notifications";
export {
  getGroupPushRule,
  getGroupPushRuleOutput,
  getProjectPushRule,
  getProjectPushRuleOutput,
  type PushRuleDetails,
} from "./functions/push-rules";
export { HookDeliveryError } from "./hooks/delivery";
export { GroupHook, type GroupHookArgs } from "./hooks/group";
export { ProjectHook, type ProjectHookArgs } from "./hooks/project";
export { GlobalNotificationSettings, type GlobalNotificationSettingsArgs } from "./notifications/global";
export { GroupNotificationSettings, type GroupNotificationSettingsArgs } from "./notifications/group";
export { ProjectNotificationSettings, type ProjectNotificationSettingsArgs } from "./notifications/project";
export { Provider, type ProviderArgs } from "./provider";
export { GroupPushRule, type GroupPushRuleArgs } from "./push-rules/group";
export { ProjectPushRule, type ProjectPushRuleArgs } from "./push-rules/project";
