export { GroupHook, type GroupHookArgs } from "./hooks/group";
export { ProjectHook, type ProjectHookArgs } from "./hooks/project";
export * as integrations from "./integrations";
export { Provider, type ProviderArgs } from "./provider";
export { ProjectPushRule, type ProjectPushRuleArgs } from "./push-rules/project";
