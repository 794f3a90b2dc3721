import { generateKeyPairSync } from "node:crypto";

const { privateKey } = generateKeyPairSync("ec", {
  namedCurve: "P-256",
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});

const serviceAccount = JSON.stringify({
  type: "service_account",
  project_id: "acme",
  private_key: privateKey,
  client_email: "ci@acme.iam.gserviceaccount.com",
});

const tracker = { project_url: "https://tracker.example.com/p", issues_url: "https://tracker.example.com/i/:id" };
const fullTracker = { ...tracker, new_issue_url: "https://tracker.example.com/new" };
const webhook = { webhook: "https://chat.example.com/hook" };
const token = { token: "sample-secret-token" };

/** One integration with the least that GitLab takes, and what becomes of it in an answer. */
export interface Sample {
  /** Exactly the required parameters. */
  readonly body: Readonly<Record<string, string>>;
  /** Those among them that GitLab never returns. */
  readonly hidden: readonly string[];
  /** False where groups do not have it. */
  readonly group?: false;
  /** The last version that has it, where that is not the usual one. */
  readonly version?: string;
  /** True for the trackers of which a project may have one. */
  readonly tracker?: true;
}

/** Every documented integration that the API can create. */
export const SAMPLES: Readonly<Record<string, Sample>> = {
  "apple-app-store": {
    body: {
      app_store_issuer_id: "aaaaaaaa-0000-4000-8000-000000000000",
      app_store_key_id: "ABC1",
      app_store_private_key_file_name: "key.p8",
      app_store_private_key: privateKey,
    },
    hidden: [],
    group: false,
  },
  asana: { body: { api_key: "sample-key" }, hidden: ["api_key"] },
  assembla: { body: token, hidden: ["token"] },
  bamboo: {
    body: { bamboo_url: "https://bamboo.example.com", build_key: "sample-KEY", username: "u", password: "sample-pw" },
    hidden: ["build_key", "password"],
  },
  bugzilla: { body: fullTracker, hidden: [], tracker: true },
  buildkite: { body: { project_url: "https://buildkite.com/acme/shop", ...token }, hidden: ["token"] },
  campfire: { body: token, hidden: ["token"] },
  clickup: { body: tracker, hidden: [], tracker: true },
  confluence: { body: { confluence_url: "https://acme.atlassian.net/wiki" }, hidden: [] },
  "custom-issue-tracker": { body: fullTracker, hidden: [], tracker: true },
  datadog: { body: { api_key: "samplekey1" }, hidden: ["api_key"] },
  "diffblue-cover": {
    body: {
      diffblue_license_key: "sample-licence",
      diffblue_access_token_name: "n",
      diffblue_access_token_secret: "sample-s",
    },
    hidden: ["diffblue_license_key", "diffblue_access_token_secret"],
  },
  discord: { body: { webhook: "https://discord.com/api/webhooks/1/sample" }, hidden: ["webhook"] },
  "drone-ci": { body: { drone_url: "https://drone.example.com", ...token }, hidden: ["token"] },
  "emails-on-push": { body: { recipients: "a@example.com" }, hidden: [] },
  ewm: { body: fullTracker, hidden: [], tracker: true },
  "external-wiki": { body: { external_wiki_url: "https://wiki.example.com" }, hidden: [] },
  "git-guardian": { body: token, hidden: ["token"] },
  github: { body: { ...token, repository_url: "https://github.com/acme/shop" }, hidden: ["token"], group: false },
  "google-cloud-platform-artifact-registry": {
    body: {
      artifact_registry_project_id: "acme",
      artifact_registry_location: "europe-west3",
      artifact_registry_repositories: "docker",
    },
    hidden: [],
    group: false,
  },
  "google-cloud-platform-workload-identity-federation": {
    body: {
      workload_identity_federation_project_id: "acme",
      workload_identity_federation_project_number: "917659427920",
      workload_identity_pool_id: "pool",
      workload_identity_pool_provider_id: "provider",
    },
    hidden: [],
  },
  "google-play": {
    body: {
      package_name: "com.example.shop",
      service_account_key_file_name: "key.json",
      service_account_key: serviceAccount,
    },
    hidden: [],
    group: false,
  },
  "hangouts-chat": { body: webhook, hidden: ["webhook"] },
  harbor: {
    body: { url: "https://harbor.example.com", project_name: "shop", username: "u", password: "sample-password" },
    hidden: ["password"],
  },
  irker: { body: { recipients: "irc://irc.example.com/shop" }, hidden: [] },
  jenkins: { body: { jenkins_url: "https://ci.example.com", project_name: "shop" }, hidden: [], group: false },
  jira: {
    body: { url: "https://jira.example.com", password: "sample-pw", username: "u" },
    hidden: ["password"],
    tracker: true,
  },
  linear: { body: { workspace_url: "https://linear.app/acme" }, hidden: [], tracker: true },
  matrix: { body: { ...token, room: "!r:matrix.org" }, hidden: ["token"] },
  mattermost: { body: webhook, hidden: ["webhook"] },
  "mattermost-slash-commands": { body: token, hidden: ["token"] },
  "microsoft-teams": { body: webhook, hidden: ["webhook"] },
  "mock-ci": { body: { mock_service_url: "https://ci.example.com" }, hidden: [] },
  packagist: { body: { username: "u", ...token }, hidden: ["token"] },
  phorge: { body: tracker, hidden: [], tracker: true },
  "pipelines-email": { body: { recipients: "a@example.com,b@example.com" }, hidden: [] },
  pivotaltracker: { body: token, hidden: ["token"] },
  pumble: { body: webhook, hidden: ["webhook"] },
  pushover: {
    body: { api_key: "sample-key", user_key: "sample-user", priority: "0" },
    hidden: ["api_key", "user_key"],
  },
  redmine: { body: fullTracker, hidden: [], tracker: true },
  slack: { body: webhook, hidden: ["webhook"] },
  "slack-slash-commands": { body: token, hidden: ["token"], version: "18.11.0-ee" },
  "squash-tm": { body: { url: "https://squash.example.com" }, hidden: [] },
  teamcity: {
    body: { teamcity_url: "https://tc.example.com", build_type: "bt1", username: "u", password: "sample-pw" },
    hidden: ["password"],
  },
  telegram: { body: { ...token, room: "@shop" }, hidden: ["token"] },
  "unify-circuit": { body: webhook, hidden: ["webhook"] },
  "webex-teams": { body: webhook, hidden: ["webhook"] },
  youtrack: { body: tracker, hidden: [], tracker: true },
};

/** Values that GitLab refuses, by integration: the field, the value, and what the failure says. */
export const REFUSED: readonly (readonly [slug: string, field: string, value: string, problem: string])[] = [
  ["apple-app-store", "app_store_issuer_id", "AAAAAAAA-0000-4000-8000-000000000000", "is invalid"],
  ["apple-app-store", "app_store_key_id", "ABC", "is invalid"],
  ["apple-app-store", "app_store_private_key", "no key", "must be a valid PEM private key"],
  ["campfire", "room", "0", "must be greater than 0"],
  ["campfire", "subdomain", "-x", "is invalid"],
  ["confluence", "confluence_url", "https://wiki.example.com", "is not a Confluence Cloud workspace"],
  ["datadog", "api_key", "a-b", "is invalid"],
  ["datadog", "datadog_tags", "novalue", "have an invalid format"],
  ["google-play", "service_account_key", "{}", "must be a valid json schema"],
  ["harbor", "project_name", "Shop", "is invalid"],
  ["harbor", "password", "short", "is invalid"],
  ["irker", "recipients", "#shop", "are all invalid"],
  ["jira", "jira_auth_type", "7", "is not included in the list"],
  ["jira", "jira_issue_regex", "(", "not valid RE2 syntax"],
  ["jira", "jira_issue_transition_id", "a", "IDs must be a list of numbers"],
  ["linear", "workspace_url", "https://linear.app/ab", "is invalid"],
  ["slack", "push_channel", "a,b,c,d,e,f,g,h,i,j,k", "cannot have more than 10 channels"],
  ["squash-tm", "token", "x".repeat(256), "is too long"],
  ["telegram", "thread", "one", "is not a number"],
  ["redmine", "issues_url", "https://192.168.1.2/:id", "is blocked: Requests to the local network are not allowed"],
];
