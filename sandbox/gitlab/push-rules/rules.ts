import { errorText, forbidden, message, serverError } from "../http/answer";
import type { Param, Params, Value } from "../http/params";
import { isRe2 } from "../validation/re2";
import { fail, type Failures } from "../validation/ruby";
import type { Feature } from "../world/settings";
import type { Scope } from "../world/entities";
import type { Project } from "../projects/row";
import type { World } from "../world/world";
import type { PushRuleRow, RuleValues } from "./row";

const PATTERN_LENGTHS: Readonly<Record<string, number>> = {
  commit_message_regex: 511,
  commit_message_negative_regex: 2047,
  branch_name_regex: 511,
  author_email_regex: 511,
  file_name_regex: 511,
};

const MAX_FILE_SIZE = 2 ** 31 - 1;

/** The values of a push rule nobody has changed, in the order of a response. */
const DEFAULTS: Readonly<RuleValues> = {
  commit_message_regex: null,
  commit_message_negative_regex: null,
  branch_name_regex: null,
  deny_delete_tag: false,
  member_check: false,
  prevent_secrets: false,
  author_email_regex: null,
  file_name_regex: null,
  max_file_size: 0,
  commit_committer_check: null,
  commit_committer_name_check: false,
  reject_unsigned_commits: null,
  reject_non_dco_commits: null,
};

/** The rules that need a licence of their own. */
const GATED: readonly Feature[] = [
  "commit_committer_check",
  "commit_committer_name_check",
  "reject_unsigned_commits",
  "reject_non_dco_commits",
];

/** Those for which GitLab stores null instead of false. */
const NEVER_FALSE: readonly string[] = ["commit_committer_check", "reject_unsigned_commits", "reject_non_dco_commits"];

/** The parameters of POST and PUT. */
export const RULE_PARAMS: Params = Object.fromEntries(Object.keys(DEFAULTS).map((name) => [name, paramFor(name)]));

function paramFor(name: string): Param {
  if (name in PATTERN_LENGTHS) return { type: "string" };
  return { type: name === "max_file_size" ? "integer" : "boolean" };
}

/** The push rule of a project or group. */
export function findRule(world: World, scope: Scope): PushRuleRow | undefined {
  return world.state.pushRules.find((row) => row.scope.kind === scope.kind && row.scope.id === scope.id);
}

/** Makes a push rule. Raises 400 and 403 as `checkGiven` and for invalid values. */
export function createRule(world: World, scope: Scope, given: Readonly<Record<string, Value>>): PushRuleRow {
  const rule = blankRule(world, scope);
  assign(world, rule, given);
  world.state.pushRules.push(rule);
  return rule;
}

/** Writes the given values into a push rule. Raises 400 and leaves it alone when one is invalid, 500 for
 * a null that GitLab cannot store. */
export function assign(world: World, rule: PushRuleRow, given: Readonly<Record<string, Value>>): void {
  // The one column of them that takes no null.
  if (given.commit_committer_name_check === null) throw serverError();
  const values = { ...rule.values, ...(given as RuleValues) };
  for (const name of NEVER_FALSE) {
    if (values[name] === false && world.settings.instancePushRule?.[name] !== true) values[name] = null;
  }
  const failures = validate(values);
  if (Object.keys(failures).length > 0) throw message(400, failures);
  rule.values = values;
  rule.updatedAt = world.now();
}

/** Raises 400 when no rule is given, 403 when one is that the licence does not cover. */
export function checkGiven(world: World, given: Readonly<Record<string, Value>>): void {
  const names = Object.keys(given);
  if (names.length === 0) {
    const all = Object.keys(RULE_PARAMS).join(", ");
    throw errorText(400, `${all} are missing, at least one parameter must be provided`);
  }
  if (GATED.some((name) => names.includes(name) && !world.settings.licence.includes(name))) throw forbidden();
}

/** A push rule as GitLab shows it; groups have no id of their own in it. */
export function presentRule(world: World, rule: PushRuleRow): Record<string, unknown> {
  const shown = Object.keys(DEFAULTS).filter((name) => {
    const feature = GATED.find((gated) => gated === name);
    return feature === undefined || world.settings.licence.includes(feature);
  });
  return {
    id: rule.id,
    ...(rule.scope.kind === "project" ? { project_id: rule.scope.id } : {}),
    created_at: rule.createdAt,
    ...Object.fromEntries(shown.map((name) => [name, read(world, rule, name)])),
  };
}

/** Gives a new project the push rule of the nearest group, else of the instance. */
export function copyPredefinedRule(world: World, project: Project): void {
  const scope: Scope = { kind: "project", id: project.id };
  const groups = world.ancestors(scope).map(({ id }) => findRule(world, { kind: "group", id }));
  const values = groups.find((rule) => rule !== undefined)?.values ?? world.settings.instancePushRule;
  if (values === null) return;
  const rule = blankRule(world, scope);
  rule.values = { ...rule.values, ...values };
  world.state.pushRules.push(rule);
}

function blankRule(world: World, scope: Scope): PushRuleRow {
  const now = world.now();
  return { id: world.nextId("push_rule"), scope, createdAt: now, updatedAt: now, values: { ...DEFAULTS } };
}

function read(world: World, rule: PushRuleRow, name: string): Value {
  const value = rule.values[name] ?? null;
  const isGated = GATED.some((gated) => gated === name);
  return value === null && isGated ? (world.settings.instancePushRule?.[name] ?? null) : value;
}

function validate(values: Readonly<RuleValues>): Failures {
  const failures: Failures = {};
  for (const [name, most] of Object.entries(PATTERN_LENGTHS)) {
    const pattern = values[name];
    if (typeof pattern !== "string" || pattern === "") continue;
    if (!isRe2(pattern)) fail(failures, name, "not valid RE2 syntax");
    if (pattern.length > most) fail(failures, name, `is too long (maximum is ${most} characters)`);
  }
  const size = values.max_file_size;
  if (typeof size !== "number") fail(failures, "max_file_size", "is not a number");
  else if (size < 0) fail(failures, "max_file_size", "must be greater than or equal to 0");
  else if (size > MAX_FILE_SIZE) fail(failures, "max_file_size", `must be less than or equal to ${MAX_FILE_SIZE}`);
  return failures;
}
