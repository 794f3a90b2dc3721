import type { IntegrationFact, Rule } from "./fact";
import { flag, matching, optional, publicUrl, required, secret, serverUrl, sslVerification, words } from "./rules";

const BOTH = ["project", "group"] as const;
const PROJECT = ["project"] as const;
const PUSH_MERGE_TAG = ["push", "merge_requests", "tag_push"] as const;

const tagLines: Rule = (value) =>
  words(value, /\r?\n/).every((line) => /^[^:\s][^:]*:.+$/.test(line))
    ? undefined
    : "must be one key:value pair per line";

/** Build servers, and what watches over builds and code. */
export const BUILDS: readonly IntegrationFact[] = [
  {
    slug: "bamboo",
    title: "Atlassian Bamboo",
    scopes: BOTH,
    fields: [serverUrl("bamboo_url"), sslVerification, secret("build_key"), required("username"), secret("password")],
    events: ["push"],
  },
  {
    slug: "buildkite",
    title: "Buildkite",
    scopes: BOTH,
    fields: [
      serverUrl("project_url"),
      secret("token"),
      // Kept for old clients; GitLab always verifies.
      flag("enable_ssl_verification", { shown: () => true }),
    ],
    events: PUSH_MERGE_TAG,
  },
  {
    slug: "datadog",
    title: "Datadog",
    scopes: BOTH,
    fields: [
      optional("datadog_site", { resetsSecrets: true, shown: (value) => value ?? "datadoghq.com" }),
      optional("api_url", { resetsSecrets: true, rules: [publicUrl] }),
      secret("api_key", { rules: [matching(/^\w+$/)] }),
      flag("archive_trace_events", { initial: false, cleared: false }),
      flag("datadog_ci_visibility"),
      optional("datadog_service"),
      optional("datadog_env"),
      optional("datadog_tags", { rules: [tagLines] }),
    ],
    events: ["pipeline", "push", "merge_requests", "note", "tag_push"],
    ignored: ["build_events", "subgroup_events", "project_events"],
  },
  {
    slug: "diffblue-cover",
    title: "Diffblue Cover",
    scopes: BOTH,
    fields: [
      secret("diffblue_license_key", { resetsSecrets: true }),
      required("diffblue_access_token_name"),
      secret("diffblue_access_token_secret"),
    ],
    events: [],
  },
  {
    slug: "drone-ci",
    title: "Drone",
    scopes: BOTH,
    fields: [serverUrl("drone_url"), secret("token"), sslVerification],
    events: PUSH_MERGE_TAG,
  },
  {
    slug: "git-guardian",
    title: "GitGuardian",
    scopes: BOTH,
    fields: [
      secret("token"),
      optional("api_url", { resetsSecrets: true, rules: [matching(/^https:\/\//, "must use https"), publicUrl] }),
    ],
    events: [],
  },
  {
    slug: "github",
    title: "GitHub",
    scopes: PROJECT,
    fields: [secret("token"), serverUrl("repository_url"), flag("static_context", { initial: true })],
    events: ["pipeline"],
  },
  {
    slug: "jenkins",
    title: "Jenkins",
    scopes: PROJECT,
    fields: [
      serverUrl("jenkins_url"),
      sslVerification,
      required("project_name"),
      optional("username", {
        whenBlank: ({ values }) => (values.password === null || values.password === "" ? undefined : "can't be blank"),
      }),
      optional("password", { secret: true }),
    ],
    events: PUSH_MERGE_TAG,
    eventDefaults: { merge_requests: false, tag_push: false },
  },
  {
    slug: "mock-ci",
    title: "Mock CI",
    scopes: BOTH,
    fields: [required("mock_service_url", { rules: [publicUrl] }), sslVerification],
    events: ["push"],
  },
  { slug: "mock-monitoring", title: "Mock monitoring", scopes: BOTH, fields: [], events: [] },
  {
    slug: "teamcity",
    title: "JetBrains TeamCity",
    scopes: BOTH,
    fields: [
      serverUrl("teamcity_url"),
      { ...sslVerification, cleared: false },
      required("build_type"),
      required("username"),
      secret("password"),
    ],
    events: ["push", "merge_requests"],
  },
];
