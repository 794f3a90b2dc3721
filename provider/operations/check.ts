import type { Args, Definition, ReportProblem } from "../core/definition";
import { className } from "../core/definition";
import { camelCase, fieldsOf, noProto } from "../core/schema";
import { idProblem, parseId } from "../core/id";
import { parentProblem } from "../core/parent-problem";
import { describeIssue } from "./schema-issues";
import { isHidden, namesIn } from "./state/hidden-state";
import { nearest } from "./suggestion";
import { truncate } from "../core/truncate";
import { hasUnknown, unknownValue } from "../core/unknown";
import type { Props } from "./state/request-body";

/** What a check answers: the inputs to go on with, and every problem at once. */
export interface Checked {
  readonly inputs: Record<string, unknown>;
  /** Each begins with the field's path and quotes no given value. */
  readonly problems: readonly string[];
  /** What a preview says of arguments without problems. */
  readonly notice?: string;
}

/**
 * Checks the arguments of a resource without network, unknown values passing every rule. Never throws.
 *
 * @param olds the last inputs, empty for a resource that is new
 * The inputs it answers with hold no nulls, which mean the same as nothing, and the mark `__managed`.
 */
export function check(definition: Definition, olds: Props, news: Props): Checked {
  const problems: string[] = [];
  const report: ReportProblem = (path, reason) => {
    problems.push(path === "" ? reason : `${truncate(path)}: ${reason}`);
  };
  const inputs = givenIn(definition, news);
  checkScope(definition, inputs, report);
  if (Object.keys(olds).length === 0) checkImport(definition, inputs, report);
  checkFields(definition, inputs, report);
  const isNew = Object.keys(olds).length === 0 && inputs.__import === undefined;
  const args = argsOf(olds, inputs, isNew);
  checkReplacedFields(definition, inputs, report);
  definition.rules?.(args, report);
  Object.assign(inputs, definition.derived?.(args, report));
  return { inputs: withManaged(inputs), problems };
}

/** Arguments that were checked before, with all that a check adds to them and state need not keep. */
export function completed(definition: Definition, checked: Props): Props {
  return withManaged(givenIn(definition, checked));
}

function givenIn(definition: Definition, news: Props): Record<string, unknown> {
  const inputs = Object.fromEntries(Object.entries(news).filter(([, value]) => value !== null && value !== undefined));
  for (const [name, info] of fieldsOf(definition.fields)) if (info.meta.alwaysManaged) inputs[name] ??= info.initial;
  return inputs;
}

function withManaged(inputs: Props): Record<string, unknown> {
  const managed = Object.keys(inputs).filter((name) => !name.startsWith("__"));
  return { ...inputs, __managed: managed.sort() };
}

function checkScope(definition: Definition, inputs: Props, report: ReportProblem): void {
  const given = (["project", "group"] as const).filter((scope) => inputs[scope] !== undefined);
  for (const scope of given) {
    if (!definition.scopes.includes(scope)) {
      const instead = definition.scopes.length > 0 ? `; use ${definition.scopes.join(" or ")}` : "";
      report(scope, `${className(definition)} takes no ${scope}${instead}`);
    } else if (inputs[scope] !== unknownValue) {
      const problem = parentProblem(scope, inputs[scope]);
      if (problem !== undefined) report(scope, problem);
    }
  }
  if (given.length === 2 && definition.scopes.length === 2) report("group", "give either project or group, not both");
  if (given.length === 0 && definition.scopes.length > 0) {
    const names = definition.scopes.join(" or ");
    report(definition.scopes[0] ?? "", `is required${definition.scopes.length > 1 ? `: give ${names}` : ""}`);
  }
}

/** The form of the mark, which needs no GitLab to be wrong. */
function checkImport(definition: Definition, inputs: Props, report: ReportProblem): void {
  const mark = inputs.__import;
  if (typeof mark !== "string" || mark === unknownValue || parseId(definition, mark)) return;
  report("import", idProblem(definition, mark));
}

function checkFields(definition: Definition, inputs: Props, report: ReportProblem): void {
  const infos = fieldsOf(definition.fields);
  const scope = definition.scopes.find((candidate) => inputs[candidate] !== undefined);
  for (const name of Object.keys(inputs)) {
    if (isHidden(name) || name === "project" || name === "group") continue;
    if (!infos.has(name)) report(name, unknownName(name, [...infos.keys()], className(definition)));
  }
  for (const [name, info] of infos) {
    const value = inputs[name];
    if (value === undefined) {
      // What state holds of an imported resource names its secrets in the mark, and does not have them.
      if (info.required && !namesIn(inputs, "__managed").includes(name)) report(name, "is required");
      continue;
    }
    if (scope && info.meta.scopes && !info.meta.scopes.includes(scope))
      report(name, `GitLab has it on ${info.meta.scopes.join(" and ")} level only`);
    if (typeof value === "object" && value !== null && Object.hasOwn(value, "__proto__")) report(name, noProto);
    const parsed = info.schema.safeParse(value);
    for (const issue of parsed.error?.issues ?? []) {
      if (issue.code !== "invalid_key" && isUnknownAt(value, issue.path, issue.code)) continue;
      for (const { path, reason } of describeIssue(issue, value)) report([name, ...path].join("."), reason);
    }
  }
}

/** GitLab keeps former names for old clients; which of two would win is nobody's guess. */
function checkReplacedFields(definition: Definition, inputs: Props, report: ReportProblem): void {
  for (const [name, { meta }] of fieldsOf(definition.fields)) {
    if (meta.replacedBy === undefined || inputs[name] === undefined || inputs[meta.replacedBy] === undefined) continue;
    report(name, `is replaced by ${meta.replacedBy}; remove ${name}`);
  }
}

function unknownName(name: string, names: readonly string[], owner: string): string {
  const suggestion = nearest(camelCase(truncate(name)), names);
  return `${owner} has no such argument${suggestion === undefined ? "" : `; did you mean ${suggestion}?`}`;
}

/** Whether the value at a path, or one on the way there, is not known yet. */
function isUnknownAt(value: unknown, path: readonly PropertyKey[], code: string): boolean {
  let current = value;
  for (const key of path) {
    if (current === unknownValue) return true;
    if (typeof current !== "object" || current === null) return false;
    current = (current as Readonly<Record<PropertyKey, unknown>>)[key];
  }
  // A rule of a field's own, unlike one of type or length, looks at what is inside a list or map.
  return hasUnknown(current) && (code === "custom" || typeof current !== "object");
}

function argsOf(olds: Props, inputs: Props, isNew: boolean): Args {
  return {
    isNew,
    wasGiven: (name) => olds[name] !== undefined && olds[name] !== null,
    isSettled: (name) => inputs[name] !== undefined && inputs[name] === olds[name],
    known: (name) => (inputs[name] === unknownValue ? undefined : inputs[name]),
    given: (name) => inputs[name] !== undefined,
  };
}
