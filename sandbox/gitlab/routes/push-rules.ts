import { ApiError, created, message, noContent, notFound, ok, type Answer } from "../http/answer";
import type { Call } from "../http/call";
import { RULE_PARAMS, assign, checkGiven, createRule, findRule, presentRule } from "../push-rules/rules";
import type { PushRuleRow } from "../push-rules/row";
import type { Scope } from "../world/entities";
import { PARENTS, route, type Route } from "./route";

type Kind = "project" | "group";

const EXISTS: Readonly<Record<Kind, string>> = {
  project: "Project push rule exists",
  group: "Group push rule exists, try updating",
};

/** The one push rule of a project or of a group. */
export const PUSH_RULE_ROUTES: readonly Route[] = PARENTS.flatMap(({ kind, root }) => [
  route("GET", `${root}/push_rule`, (call) => get(call, kind)),
  route("POST", `${root}/push_rule`, (call) => post(call, kind)),
  route("PUT", `${root}/push_rule`, (call) => put(call, kind)),
  route("DELETE", `${root}/push_rule`, (call) => remove(call, kind)),
]);

function get(call: Call, kind: Kind): Answer {
  const scope = scopeOf(call, kind);
  const rule = findRule(call.world, scope);
  if (rule === undefined && kind === "group") throw notFound();
  return ok(rule === undefined ? null : presentRule(call.world, rule));
}

function post(call: Call, kind: Kind): Answer {
  const scope = scopeOf(call, kind);
  const given = call.params(RULE_PARAMS);
  checkGiven(call.world, given);
  if (findRule(call.world, scope) !== undefined) throw message(422, EXISTS[kind]);
  return created(presentRule(call.world, createRule(call.world, scope, given)));
}

function put(call: Call, kind: Kind): Answer {
  const scope = scopeOf(call, kind);
  const given = call.params(RULE_PARAMS);
  checkGiven(call.world, given);
  const rule = existing(call, scope);
  assign(call.world, rule, given);
  return ok(presentRule(call.world, rule));
}

function remove(call: Call, kind: Kind): Answer {
  const rule = existing(call, scopeOf(call, kind));
  call.checkUnmodified(rule.updatedAt);
  call.world.state.pushRules = call.world.state.pushRules.filter((row) => row !== rule);
  return noContent();
}

function existing(call: Call, scope: Scope): PushRuleRow {
  const rule = findRule(call.world, scope);
  if (rule === undefined) throw notFound("Push rule");
  return rule;
}

function scopeOf(call: Call, kind: Kind): Scope {
  const scope = hidingGroups(kind, () => call.scope(kind, "maintainer", "even archived"));
  if (!call.world.settings.licence.includes("push_rules")) throw notFound();
  // Nobody has the permission in an archived group, where it looks like a group without push rule.
  if (kind === "group" && call.world.isArchived(scope)) throw notFound();
  return scope;
}

// A group without the permission answers as if it had no push rule.
function hidingGroups(kind: Kind, find: () => Scope): Scope {
  try {
    return find();
  } catch (problem) {
    if (kind === "group" && isForbidden(problem)) throw notFound();
    throw problem;
  }
}

function isForbidden(problem: unknown): boolean {
  return problem instanceof ApiError && problem.status === 403;
}
