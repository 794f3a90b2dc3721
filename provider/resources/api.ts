import type { Kind } from "../core/definition";
import type { Access } from "../operations/api/resource-api";
import { forkRelationAccess } from "./fork-relation/api";
import { hookAccess } from "./hook/api";
import { integrationAccess } from "./integration/api";
import { notificationAccess } from "./notification/api";
import { projectAccess } from "./project/api";
import { pullMirrorAccess } from "./pull-mirror/api";
import { pushRuleAccess } from "./push-rule/api";
import { shareAccess } from "./share/api";

/** The access of every kind of object. */
export const accessOf: Readonly<Record<Kind, Access>> = {
  forkRelation: forkRelationAccess,
  hook: hookAccess,
  integration: integrationAccess,
  notification: notificationAccess,
  project: projectAccess,
  pullMirror: pullMirrorAccess,
  pushRule: pushRuleAccess,
  share: shareAccess,
};

export type { Access, Wrote } from "../operations/api/resource-api";
