import { z } from "zod";
import { uniqueTexts, withoutEndSlashes } from "../../../core/codecs";
import type { Args, ReportProblem } from "../../../core/definition";
import { field, flag, requiredText, secret, text, webUrl, type FieldMeta } from "../../../core/schema";
import { pattern } from "../../../core/patterns";
import { isBlank, lacks, outcome } from "../../../core/rules";
import {
  integration,
  issueTracker,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

// GitLab stores both addresses without a slash at the end.
const address: FieldMeta = { codec: withoutEndSlashes, clearsSecrets: true };

const fields = {
  /** The URL of Jira's web interface. */
  url: field(webUrl(), address),
  /** The URL of Jira's API, if it differs. */
  apiUrl: field(webUrl().optional(), address),
  /**
   * How GitLab signs in: 0 with user and password or API token, 1 with a personal access token, which Jira Cloud does
   * not have, 2 with a service account of Jira Cloud. 2 needs GitLab 19.5. @default 0
   */
  jiraAuthType: field(z.literal([0, 1, 2]).optional(), { default: 0 }),
  /** The user name or email address to sign in with; required unless `jiraAuthType` is 1. */
  username: text(),
  /** The password, API token or personal access token. A secret. */
  password: secret(requiredText()),
  /** A regular expression that matches Jira's keys in commits, in RE2's syntax. */
  jiraIssueRegex: pattern(255),
  /** A regular expression that matches the prefix of a key, in RE2's syntax. */
  jiraIssuePrefix: pattern(255),
  /**
   * Moves an issue to its next done state when a commit closes it. Servers from 18.0 may ignore it, servers from 19.5
   * ignore it, and no server returns it.
   */
  jiraIssueTransitionAutomatic: flag(false, { access: "writeOnly" }),
  /** The IDs of the transitions that close an issue, separated by commas or semicolons. */
  jiraIssueTransitionId: field(
    z
      .string()
      .refine(
        (given) => /^(\d+(\s*[,;]\s*\d+)*)?$/.test(given.trim()),
        "must be numbers separated by commas or semicolons",
      )
      .optional(),
    {},
  ),
  /** Mentions issues on commits. @default true */
  commitEvents: flag(true),
  /** Mentions issues on merge requests. @default true */
  mergeRequestsEvents: flag(true),
  /** Comments on issues in Jira for each event. Some servers before 19.0 ignore it. @default true */
  commentOnEventEnabled: flag(true),
  /** Shows Jira's issues in GitLab. @default false */
  issuesEnabled: flag(false),
  /** The keys of the Jira projects whose issues are shown. At most 100. */
  projectKeys: field(z.array(z.string()).max(100).optional(), { codec: uniqueTexts }),
  /**
   * Enables Jira issues for vulnerabilities; `projectKey` and `vulnerabilitiesIssuetype` are required with it.
   * @default false
   */
  vulnerabilitiesEnabled: flag(false),
  /** The ID of the Jira issue type for vulnerabilities. Required with `vulnerabilitiesEnabled`. */
  vulnerabilitiesIssuetype: field(z.union([z.number(), z.string()]).optional(), {}),
  /** The key of the Jira project for vulnerabilities. Required with `vulnerabilitiesEnabled`. */
  projectKey: text(),
  /** Opens Jira's form when an issue is created for a vulnerability. @default false */
  customizeJiraIssueEnabled: flag(false),
  /** Checks commits and merge requests against Jira. @default false */
  jiraCheckEnabled: flag(false, { source: "server" }),
  /** Checks that the issue exists. @default false */
  jiraExistsCheckEnabled: flag(false, { source: "server" }),
  /** Checks that the issue is assigned to the author. @default false */
  jiraAssigneeCheckEnabled: flag(false, { source: "server" }),
  /** Checks the status of the issue. @default false */
  jiraStatusCheckEnabled: flag(false, { source: "server" }),
  /** The statuses that pass, separated by commas. */
  jiraAllowedStatusesAsString: text({ source: "server" }),
};

function rules(args: Args, report: ReportProblem): void {
  const type = args.known("jiraAuthType");
  const signsInByName = !args.given("jiraAuthType") || type === 0 || type === 2;
  if (signsInByName && (!args.given("username") || isBlank(args.known("username")))) {
    report("username", "is required unless jiraAuthType is 1");
  }
  if (outcome(args, "jiraAuthType", 0) === 1 && isCloud(args)) {
    report("jiraAuthType", "must be 0, or 2 from GitLab 19.5 on: Jira Cloud, at *.atlassian.net, has no such tokens");
  }
  if (outcome(args, "vulnerabilitiesEnabled", false) !== true) return;
  for (const name of ["projectKey", "vulnerabilitiesIssuetype"]) {
    if (lacks(args, name)) report(name, "is required with vulnerabilitiesEnabled");
  }
}

/** Whether GitLab will reach Jira at an address of Jira Cloud. */
function isCloud(args: Args): boolean {
  const api = outcome(args, "apiUrl", "");
  const address = isBlank(api) ? args.known("url") : api;
  const host = typeof address === "string" && /^https:\/\/(?:[^/?#@]*@)?([^/?#:]*)/i.exec(address)?.[1];
  return typeof host === "string" && host.endsWith(".atlassian.net");
}

interface JiraSettings extends IntegrationSettings<typeof fields> {}
interface JiraOutputs extends IntegrationOutputs<typeof fields> {}

/** The arguments of {@link Jira}. */
export type JiraArgs = IntegrationArgs<JiraSettings>;

const base: Integration<JiraArgs, JiraOutputs> = integration({
  name: "Jira",
  slug: "jira",
  fields,
  rules,
  exclusive: issueTracker,
});

/**
 * Jira issues (`jira`). A project can have one active external issue tracker.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#jira-issues
 *
 * @example
 * ```ts
 * new gitlab.integrations.Jira("jira", {
 *   group: "acme",
 *   url: "https://acme.atlassian.net",
 *   username: "gitlab@acme.example",
 *   password: config.requireSecret("jiraToken"),
 *   projectKeys: ["SHOP", "WEB"],
 *   issuesEnabled: true,
 * });
 * ```
 */
export class Jira extends base {}
