import { lazily } from "../program/lazy-exports";

export * as integrations from "./integration";

// A program loads only what it uses: the compiler keeps the order, so that this `require` serves every line below.
require = lazily(require);

export { GroupHook, type GroupHookArgs } from "./hook/group";
export { ProjectHook, type ProjectHookArgs } from "./hook/project";
export { GlobalNotificationSettings, type GlobalNotificationSettingsArgs } from "./notification/global";
export { GroupNotificationSettings, type GroupNotificationSettingsArgs } from "./notification/group";
export { ProjectNotificationSettings, type ProjectNotificationSettingsArgs } from "./notification/project";
export { ProjectForkRelation, type ProjectForkRelationArgs } from "./fork-relation/fork-relation";
export { Project, type ProjectArgs } from "./project/project";
export { ProjectPullMirror, type ProjectPullMirrorArgs } from "./pull-mirror/pull-mirror";
export { ProjectShare, type ProjectShareArgs } from "./share/share";
export { GroupPushRule, type GroupPushRuleArgs } from "./push-rule/group";
export { ProjectPushRule, type ProjectPushRuleArgs } from "./push-rule/project";
