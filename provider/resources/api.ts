import type { Definition, Kind } from "../core/definition";
import type { ResourceApi } from "../operations/api/resource-api";
import { forkRelationApi } from "./fork-relation/api";
import { hookApi } from "./hook/api";
import { integrationApi } from "./integration/api";
import { notificationApi } from "./notification/api";
import { projectApi } from "./project/api";
import { pullMirrorApi } from "./pull-mirror/api";
import { pushRuleApi } from "./push-rule/api";
import { shareApi } from "./share/api";

const apis: Readonly<Record<Kind, ResourceApi>> = {
  forkRelation: forkRelationApi,
  hook: hookApi,
  integration: integrationApi,
  notification: notificationApi,
  project: projectApi,
  pullMirror: pullMirrorApi,
  pushRule: pushRuleApi,
  share: shareApi,
};

/** How objects of a definition are reached. */
export function apiFor({ kind }: Pick<Definition, "kind">): ResourceApi {
  return apis[kind];
}
