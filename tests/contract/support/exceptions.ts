/** A step of the suite that a field cannot go through, and what happens instead. */
export interface Exception {
  /** The definition's name and the field's. */
  readonly field: string;
  readonly step: "change" | "remove" | "drift" | "store" | "default";
  /** A check that refuses, a replacement, or no value where one was sent. */
  readonly instead: "refused" | "replaced" | "nothing";
  readonly reason: string;
}

/** Every exception; one that no case meets fails the suite. */
export const exceptions: readonly Exception[] = [
  ...["GroupNotificationSettings.level", "ProjectNotificationSettings.level"].flatMap((field) =>
    (["change", "remove"] as const).map((step) => ({
      field,
      step,
      instead: "refused" as const,
      reason: "the events need the level custom",
    })),
  ),
  ...["Group", "Project"].flatMap((scope) =>
    ["failedPipeline", "fixedPipeline"].map((name) => ({
      field: `${scope}NotificationSettings.${name}`,
      step: "default" as const,
      instead: "nothing" as const,
      reason: "GitLab shows null for what it treats as on",
    })),
  ),
  { field: "ProjectShare.groupId", step: "change", instead: "replaced", reason: "another group is another share" },
  {
    field: "ProjectPullMirror.onlyMirrorProtectedBranches",
    step: "change",
    instead: "refused",
    reason: "mirrorBranchRegex excludes it",
  },
  {
    field: "integrations.Jira.projectKey",
    step: "remove",
    instead: "refused",
    reason: "required with vulnerabilitiesEnabled",
  },
  {
    field: "integrations.Jira.vulnerabilitiesIssuetype",
    step: "remove",
    instead: "refused",
    reason: "required with vulnerabilitiesEnabled",
  },
  {
    field: "integrations.Jira.jiraIssueTransitionAutomatic",
    step: "store",
    instead: "nothing",
    reason: "newer servers drop it without a word",
  },
  ...(["change", "remove"] as const).map((step) => ({
    field: "integrations.Datadog.datadogCiVisibility",
    step,
    instead: "refused" as const,
    reason: "archiveTraceEvents requires it",
  })),
  {
    field: "integrations.JiraCloudApp.jiraCloudAppDeploymentGatingEnvironments",
    step: "remove",
    instead: "refused",
    reason: "required with jiraCloudAppEnableDeploymentGating",
  },
  {
    field: "integrations.Jenkins.username",
    step: "remove",
    instead: "refused",
    reason: "required with a password",
  },
];

const met = new Set<Exception>();

/** The exception for a step, which counts as used. */
export function exceptionFor(field: string, step: Exception["step"]): Exception | undefined {
  const found = exceptions.find((exception) => exception.field === field && exception.step === step);
  if (found) met.add(found);
  return found;
}

/** The exceptions that no case has met so far. */
export function unusedExceptions(): string[] {
  return exceptions.filter((exception) => !met.has(exception)).map(({ field, step }) => `${field} ${step}`);
}
