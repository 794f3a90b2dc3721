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
export { Provider, type ProviderArgs } from "./provider";
export { ProjectPushRule, type ProjectPushRuleArgs } from "./push-rules/project";
