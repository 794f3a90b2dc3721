import type { Args, ReportProblem } from "../../core/definition";
import { patternProblem } from "../../core/patterns";
import { isBlank, lacks, outcome } from "../../core/rules";
import { hasUnknown, unknownValue } from "../../core/unknown";
import { givesPath, isOlderPath, isProjectName, isProjectPath, nameRule, pathRule } from "./names";

/** Pairs of arguments of which only one can be given. */
const exclusive = [
  ["importUrl", "initializeWithReadme"],
  ["templateName", "templateProjectId"],
  ["userId", "namespace"],
] as const;

/** Switches of which only one can be on. */
const opposed = [
  ["permanentlyRemove", "archiveOnDestroy"],
  ["onlyMirrorProtectedBranches", "mirrorBranchRegex"],
] as const;

/** The rules that concern several arguments of a project. */
export function projectRules(args: Args, report: ReportProblem): void {
  checkBeginning(args, report);
  checkNames(args, report);
  checkPairs(args, report);
  checkLevels(args, report);
  checkCleanup(args, report);
  checkSettings(args, report);
}

/** What a project is called, and what it is made of. */
function checkBeginning(args: Args, report: ReportProblem): void {
  if (!args.given("name") && !args.given("path")) report("name", "is required, unless path is given");
  else if (args.given("userId") && !args.given("name")) report("name", "is required together with userId");
  if (args.known("useCustomTemplate") === true && !args.given("templateName") && !args.given("templateProjectId")) {
    report("useCustomTemplate", "has no effect without templateName or templateProjectId");
  }
  if (args.given("groupWithProjectTemplatesId") && !args.given("useCustomTemplate")) {
    report("groupWithProjectTemplatesId", "has no effect without useCustomTemplate");
  }
}

/** GitLab holds a name and a path to its rules when they change; what older versions took stays. */
function checkNames(args: Args, report: ReportProblem): void {
  const isChosen = (name: string) => args.isNew || (args.wasGiven(name) && !args.isSettled(name));
  const [name, path] = [args.known("name"), args.known("path")];
  if (isChosen("name") && typeof name === "string" && !isBlank(name) && !isProjectName(name)) report("name", nameRule);
  else if (args.isNew && !args.given("path") && typeof name === "string" && !isBlank(name) && !givesPath(name)) {
    report("path", "is required: GitLab cannot derive a path from this name");
  }
  const isUsual = typeof path !== "string" || isProjectPath(path) || !isOlderPath(path);
  if (isChosen("path") && !isUsual) report("path", pathRule);
}

function checkPairs(args: Args, report: ReportProblem): void {
  for (const [one, other] of exclusive) {
    const isOff = args.known(one) === false || args.known(other) === false;
    if (args.given(one) && args.given(other) && !isOff) report(one, `excludes ${other}; remove one of the two`);
  }
  for (const [one, other] of opposed) {
    if (isOn(args.known(one)) && isOn(args.known(other))) report(one, `excludes ${other}; remove one of the two`);
  }
  const names = ["mergeRequestTitleRegex", "mergeRequestTitleRegexDescription"] as const;
  for (const [one, other] of [names, [names[1], names[0]] as const]) {
    const value = args.known(one);
    if (typeof value === "string" && !isBlank(value) && lacks(args, other)) report(other, `is required with ${one}`);
  }
}

const levels: readonly unknown[] = ["disabled", "private", "enabled"];

/** What cannot be open to more people than the repository, with the former flag that says the same. */
const repositoryParts = [
  ["mergeRequestsAccessLevel", "mergeRequestsEnabled"],
  ["buildsAccessLevel", "jobsEnabled"],
] as const;

function checkLevels(args: Args, report: ReportProblem): void {
  const repository = levels.indexOf(outcome(args, "repositoryAccessLevel", "enabled"));
  for (const [name, flag] of repositoryParts) {
    const level =
      args.given(flag) || args.wasGiven(flag) ? levelOf(outcome(args, flag, true)) : outcome(args, name, "enabled");
    if (repository === -1 || levels.indexOf(level) <= repository) continue;
    const given = args.given(flag) ? flag : name;
    report(given, "would be open to more people than repositoryAccessLevel; without a value it is enabled");
  }
}

function levelOf(flag: unknown): unknown {
  return flag === undefined ? undefined : flag === true ? "enabled" : "disabled";
}

/** A policy that is off may hold anything. */
function checkCleanup(args: Args, report: ReportProblem): void {
  const policy = args.known("containerExpirationPolicy");
  if (typeof policy !== "object" || policy === null) return;
  const parts = policy as Readonly<Record<string, unknown>>;
  if (parts.enabled === false || parts.enabled === unknownValue) return;
  for (const name of ["nameRegexDelete", "nameRegexKeep"]) {
    const value = parts[name];
    const problem = typeof value === "string" && !hasUnknown(value) ? patternProblem(value) : undefined;
    if (problem !== undefined) report(`containerExpirationPolicy.${name}`, problem);
  }
  if (parts.enabled === true && isBlank(parts.nameRegexDelete)) {
    report("containerExpirationPolicy.nameRegexDelete", "must not be empty while the policy is enabled");
  }
}

function checkSettings(args: Args, report: ReportProblem): void {
  if (args.isNew && args.known("mrDefaultTargetSelf") === true && args.known("restoreOnCreate") !== true) {
    report("mrDefaultTargetSelf", "is for forks only: create the project, make it a fork, then set this");
  }
  if (outcome(args, "cicdCatalogEnabled", false) === true && lacks(args, "description")) {
    report("description", "is required with cicdCatalogEnabled");
  }
  if (args.isNew && args.known("mirror") === true && !args.given("importUrl")) {
    report("importUrl", "is required with mirror");
  }
}

function isOn(value: unknown): boolean {
  return value !== undefined && value !== false && value !== "";
}
