import type { IntegrationFact, Rule } from "./fact";
import { atMost, flag, matching, optional, publicUrl, required, secret, serverUrl, words } from "./rules";

const BOTH = ["project", "group"] as const;

const commaList =
  (most: number): Rule =>
  (value) =>
    words(value, /,/).length <= most ? undefined : `is too long (maximum is ${most} entries)`;

const ENVIRONMENTS = ["production", "staging", "testing", "development"];
const environments: Rule = (value) =>
  words(value, /\s*,\s*/).every((name) => ENVIRONMENTS.includes(name)) ? undefined : "is invalid";

/** Planning, documentation and command tools. */
export const TOOLS: readonly IntegrationFact[] = [
  {
    slug: "asana",
    title: "Asana",
    scopes: BOTH,
    fields: [secret("api_key"), optional("restrict_to_branch")],
    events: ["push"],
  },
  {
    slug: "assembla",
    title: "Assembla",
    scopes: BOTH,
    fields: [secret("token"), optional("subdomain", { resetsSecrets: true })],
    events: ["push"],
  },
  {
    slug: "confluence",
    title: "Confluence Workspace",
    scopes: BOTH,
    fields: [
      required("confluence_url", {
        rules: [matching(/^https?:\/\/[^/]+\.atlassian\.net\/wiki(\/.*)?$/, "is not a Confluence Cloud workspace")],
      }),
    ],
    events: [],
  },
  {
    slug: "external-wiki",
    title: "External wiki",
    scopes: BOTH,
    fields: [required("external_wiki_url", { rules: [publicUrl] })],
    events: [],
  },
  {
    slug: "jira-cloud-app",
    title: "GitLab for Jira Cloud app",
    scopes: BOTH,
    manualActivation: false,
    deletable: false,
    fields: [
      optional("jira_cloud_app_service_ids", { rules: [commaList(100), matching(/^[A-Za-z0-9=,:]*$/)] }),
      flag("jira_cloud_app_enable_deployment_gating"),
      optional("jira_cloud_app_deployment_gating_environments", { rules: [environments] }),
    ],
    events: [],
  },
  {
    slug: "mattermost-slash-commands",
    title: "Mattermost slash commands",
    scopes: BOTH,
    fields: [secret("token")],
    events: [],
  },
  {
    slug: "pivotaltracker",
    title: "Pivotal Tracker",
    scopes: BOTH,
    fields: [secret("token"), optional("restrict_to_branch")],
    events: ["push"],
  },
  {
    slug: "slack-slash-commands",
    until: "19.0",
    title: "Slack slash commands",
    scopes: BOTH,
    fields: [secret("token")],
    events: [],
  },
  {
    slug: "squash-tm",
    title: "Squash TM",
    scopes: BOTH,
    fields: [serverUrl("url"), optional("token", { secret: true, rules: [atMost(255)] })],
    events: ["issues", "confidential_issues"],
  },
];
