import { has, type Settings } from "../world/settings";
import type { Field, FieldValue, FieldValues, IntegrationFact, Rule, RuleContext } from "./fact";
import { atMost, flag, matching, optional, publicUrl, re2, required, serverUrl, withoutTrailingSlash } from "./rules";

const BOTH = ["project", "group"] as const;
const AUTH_BASIC = 0;
const AUTH_TOKEN = 1;
const AUTH_CLOUD_SERVICE_ACCOUNT = 2;

const url = (name: string): Field => required(name, { rules: [publicUrl] });

function linkTracker(slug: string, title: string, ...urls: readonly string[]): IntegrationFact {
  return { slug, title, scopes: BOTH, issueTracker: true, fields: urls.map(url), events: ["push"] };
}

/** Whether Jira is reached at an address of Jira Cloud. */
function isCloud({ api_url: api, url }: Readonly<FieldValues>): boolean {
  const address = typeof api === "string" && api.trim() !== "" ? api : url;
  const host = typeof address === "string" ? /^https:\/\/(?:[^/?#@]*@)?([^/?#:]*)/i.exec(address)?.[1] : undefined;
  return host?.endsWith(".atlassian.net") === true;
}

const knowsCloudAccounts = (settings: Settings): boolean => has(settings, { since: "19.5" });

const authType: Rule = (value, { settings }) => {
  const known: unknown[] = [
    AUTH_BASIC,
    AUTH_TOKEN,
    ...(knowsCloudAccounts(settings) ? [AUTH_CLOUD_SERVICE_ACCOUNT] : []),
  ];
  return known.includes(value) ? undefined : "is not included in the list";
};

// Jira Cloud knows no personal access tokens.
function cloudAuthType({ values, settings }: RuleContext): Readonly<Record<string, string>> {
  const type = values.jira_auth_type;
  const fits = type === AUTH_BASIC || (type === AUTH_CLOUD_SERVICE_ACCOUNT && knowsCloudAccounts(settings));
  return fits || !isCloud(values) ? {} : { base: "For Jira Cloud, the authentication type must be Basic" };
}

/** Strips the keys, drops empty ones and keeps each once. */
const uniqueKeys = (keys: FieldValue): FieldValue =>
  Array.isArray(keys)
    ? [...new Set(keys.filter((key: string) => key.trim() !== "").map((key: string) => key.trim()))]
    : keys;

const falseColumn = { initial: false, cleared: false } as const;

const hundredKeys: Rule = (value) =>
  Array.isArray(value) && value.length > 100 ? "is too long (maximum is 100 entries)" : undefined;

const JIRA_FIELDS: readonly Field[] = [
  serverUrl("url", { normalize: withoutTrailingSlash }),
  optional("api_url", { resetsSecrets: true, rules: [publicUrl], normalize: withoutTrailingSlash }),
  {
    name: "jira_auth_type",
    type: "integer",
    initial: AUTH_BASIC,
    cleared: AUTH_BASIC,
    rules: [authType],
  },
  optional("username", {
    whenBlank: ({ values }) => (values.jira_auth_type === AUTH_BASIC ? "can't be blank" : undefined),
  }),
  required("password", { secret: true }),
  optional("jira_issue_regex", { rules: [atMost(255), re2] }),
  optional("jira_issue_prefix", { rules: [atMost(255)] }),
  optional("jira_issue_transition_id", {
    rules: [matching(/^\d+([,;]\s*\d+)*[,;]?$/, "IDs must be a list of numbers that can be split with , or ;")],
  }),
  flag("jira_issue_transition_automatic", { until: "19.5", writeOnly: true }),
  optional("issues_enabled", { ...falseColumn, normalize: toBoolean }),
  { name: "project_keys", type: "strings", initial: [], cleared: [], rules: [hundredKeys], stored: uniqueKeys },
  flag("vulnerabilities_enabled", falseColumn),
  optional("vulnerabilities_issuetype", { whenBlank: withVulnerabilities }),
  optional("project_key", { whenBlank: withVulnerabilities }),
  flag("customize_jira_issue_enabled", falseColumn),
  flag("jira_check_enabled", falseColumn),
  flag("jira_exists_check_enabled", falseColumn),
  flag("jira_assignee_check_enabled", falseColumn),
  flag("jira_status_check_enabled", falseColumn),
  optional("jira_allowed_statuses_as_string"),
];

function withVulnerabilities({ values }: RuleContext): string | undefined {
  return values.vulnerabilities_enabled === true ? "can't be blank" : undefined;
}

function toBoolean(value: FieldValue): FieldValue {
  if (value === null || value === "") return null;
  return typeof value === "string" ? !["0", "f", "false", "off"].includes(value.toLowerCase()) : value;
}

/** External issue trackers, of which a project may use only one at a time. */
export const TRACKERS: readonly IntegrationFact[] = [
  linkTracker("bugzilla", "Bugzilla", "project_url", "issues_url", "new_issue_url"),
  linkTracker("clickup", "ClickUp", "project_url", "issues_url"),
  linkTracker("custom-issue-tracker", "Custom issue tracker", "project_url", "issues_url", "new_issue_url"),
  linkTracker("ewm", "EWM", "project_url", "issues_url", "new_issue_url"),
  {
    slug: "jira",
    title: "Jira issues",
    scopes: BOTH,
    issueTracker: true,
    fields: JIRA_FIELDS,
    events: ["commit", "merge_requests"],
    commentOnEvents: { since: "19.0" },
    check: cloudAuthType,
  },
  {
    slug: "linear",
    title: "Linear",
    scopes: BOTH,
    issueTracker: true,
    fields: [required("workspace_url", { rules: [matching(/^https:\/\/linear\.app\/[a-z\d_-]{3,32}\/?$/)] })],
    events: ["push"],
  },
  linkTracker("phorge", "Phorge", "project_url", "issues_url"),
  linkTracker("redmine", "Redmine", "project_url", "issues_url", "new_issue_url"),
  linkTracker("youtrack", "YouTrack", "project_url", "issues_url"),
  {
    slug: "zentao",
    title: "ZenTao",
    // Switched off for projects outside development.
    scopes: ["group"],
    issueTracker: true,
    fields: [
      serverUrl("url"),
      optional("api_url", { resetsSecrets: true, rules: [publicUrl] }),
      required("api_token", { secret: true }),
      required("zentao_product_xid"),
    ],
    events: [],
  },
];
