import type { Kind } from "../../definition";
import type { Access } from "./access";
import { forkRelationAccess } from "./fork-relation";
import { hookAccess } from "./hook";
import { integrationAccess } from "./integration";
import { notificationAccess } from "./notification";
import { projectAccess } from "./project";
import { pullMirrorAccess } from "./pull-mirror";
import { pushRuleAccess } from "./push-rule";
import { shareAccess } from "./share";

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

export type { Access, Wrote } from "./access";
