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
export { GroupHook, type GroupHookArgs } from "./hooks/group";
export { ProjectHook, type ProjectHookArgs } from "./hooks/project";
export * as integrations from "./integrations";
export { GlobalNotificationSettings, type GlobalNotificationSettingsArgs } from "./notifications/global";
export { GroupNotificationSettings, type GroupNotificationSettingsArgs } from "./notifications/group";
export { ProjectNotificationSettings, type ProjectNotificationSettingsArgs } from "./notifications/project";
export { Provider, type ProviderArgs } from "./provider";
export { GroupPushRule, type GroupPushRuleArgs } from "./push-rules/group";
export { ProjectPushRule, type ProjectPushRuleArgs } from "./push-rules/project";
