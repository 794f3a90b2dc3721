import type { Kind } from "../../definition";
import type { Access } from "./access";
import { hookAccess } from "./hook";
import { integrationAccess } from "./integration";
import { notificationAccess } from "./notification";
import { pushRuleAccess } from "./push-rule";

/** The access of every kind of object. */
export const accessOf: Readonly<Record<Kind, Access>> = {
  hook: hookAccess,
  integration: integrationAccess,
  notification: notificationAccess,
  pushRule: pushRuleAccess,
};

export type { Access, Found, Wrote } from "./access";
