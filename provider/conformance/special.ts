import type { Definition } from "../core/definition";
import { fieldsOf, type FieldInfo } from "../core/schema";
import { isAtLeast } from "./gitlab";

/** Arguments that are left out while another one changes or is removed, since they need it or exclude it. */
interface LeftOut {
  readonly change?: readonly string[];
  readonly remove?: readonly string[];
}

const leftOut: Readonly<Record<string, LeftOut>> = {
  "pullMirror.onlyMirrorProtectedBranches": { change: ["mirrorBranchRegex"] },
  "integrations/jira.projectKey": { remove: ["vulnerabilitiesEnabled"] },
  "integrations/jira.vulnerabilitiesIssuetype": { remove: ["vulnerabilitiesEnabled"] },
  "integrations/datadog.datadogCiVisibility": { change: ["archiveTraceEvents"], remove: ["archiveTraceEvents"] },
  "integrations/jira-cloud-app.jiraCloudAppDeploymentGatingEnvironments": {
    remove: ["jiraCloudAppEnableDeploymentGating"],
  },
  "integrations/jenkins.username": { remove: ["password"] },
  "project.mergeRequestTitleRegex": { remove: ["mergeRequestTitleRegexDescription"] },
  "project.mergeRequestTitleRegexDescription": { remove: ["mergeRequestTitleRegex"] },
};

/** The arguments to leave out while a field changes or is removed. */
export function companionsOf(definition: Definition, { name }: FieldInfo, step: keyof LeftOut): readonly string[] {
  // GitLab shows events at one level alone.
  if (definition.kind === "notification" && name === "level") {
    return [...fieldsOf(definition.fields).keys()].filter((other) => other !== "level");
  }
  const found = leftOut[`${definition.path}.${name}`] ?? leftOut[`${definition.kind}.${name}`];
  return found?.[step] ?? [];
}

const wholeInstance = "stored for the whole instance";
const administrators = "for administrators only";
const noBranches = "an empty repository has no branch";

/** Fields of projects that a run does not try, and why. */
const untriedOfProjects: Readonly<Record<string, string>> = {
  topics: wholeInstance,
  tagList: wholeInstance,
  visibility: "the group of the run is private",
  userId: administrators,
  repositoryStorage: administrators,
  maxArtifactsSize: administrators,
  defaultBranch: noBranches,
  importUrl: "imports a repository",
  mrDefaultTargetSelf: "for forks only",
  cicdCatalogEnabled: "publishes the project to the whole instance",
  externalAuthorizationClassificationLabel: "needs an external authorization service",
};

/** Why a run does not try a field on a GitLab of a version; undefined where it does. */
export function whyNotTried(definition: Definition, { name, meta }: FieldInfo, version: string): string | undefined {
  if (meta.since !== undefined && !isAtLeast(version, meta.since)) return `needs GitLab ${meta.since}`;
  if (name === "duoFlowCallbackEnabled") return "needs a feature flag that an administrator enables";
  if (definition.kind !== "project") return undefined;
  if (meta.onlyOn === "create") return "applies only at creation";
  if (meta.replacedBy !== undefined) return `a former name of ${meta.replacedBy}`;
  if (/mirror/i.test(name)) return "see ProjectPullMirror";
  return untriedOfProjects[name];
}

/** Fields that change on their own and at once change back: with another value, nothing else can be changed. */
const changedBack: readonly string[] = ["archived", "namespace"];

/** Whether a field is changed on its own and changed back. */
export function isChangedBack(definition: Definition, { name }: FieldInfo): boolean {
  return definition.kind === "project" && changedBack.includes(name);
}
