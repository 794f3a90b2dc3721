import type { IntegrationFact, Rule, RuleContext } from "./fact";
import {
  flag,
  matching,
  optional,
  publicUrl,
  required,
  secret,
  serverUrl,
  sslVerification,
  trimmed,
  words,
} from "./rules";

const BOTH = ["project", "group"] as const;
const PROJECT = ["project"] as const;
const PUSH_MERGE_TAG = ["push", "merge_requests", "tag_push"] as const;

const tagLines: Rule = (value) =>
  words(value, /\n/).every((line) => line.trim() === "" || /^[\w-]+:.*\S/.test(line))
    ? undefined
    : "have an invalid format";

const datadogSite = matching(/^\w+([-.]\w+)*\.[a-zA-Z]{2,5}(:\d{1,5})?$/);

const blankWithout =
  (other: string) =>
  ({ values }: RuleContext): string | undefined =>
    typeof values[other] === "string" && values[other].trim() !== "" ? undefined : "can't be blank";

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
      optional("datadog_site", {
        resetsSecrets: true,
        rules: [datadogSite],
        whenBlank: blankWithout("api_url"),
        initial: "datadoghq.com",
        loaded: () => "datadoghq.com",
      }),
      optional("api_url", { resetsSecrets: true, rules: [publicUrl], whenBlank: blankWithout("datadog_site") }),
      secret("api_key", { rules: [matching(/^\w+$/)] }),
      flag("archive_trace_events", { initial: false, cleared: false }),
      flag("datadog_ci_visibility", {
        initial: false,
        // Rows from before the field collected pipelines.
        loaded: ({ active }) => active,
        whenBlank: () => "is not included in the list",
      }),
      optional("datadog_service", { normalize: trimmed }),
      optional("datadog_env", { normalize: trimmed }),
      optional("datadog_tags", { normalize: trimmed, rules: [tagLines] }),
    ],
    events: ["pipeline", "push", "merge_requests", "note", "tag_push"],
    withoutAccessor: [{ names: ["build_events", "subgroup_events", "project_events"], type: "boolean" }],
    eventDefaults: { pipeline: false, job: false },
    eventsFollow: { field: "datadog_ci_visibility", events: ["pipeline", "job"] },
    check: ({ values }) =>
      values.archive_trace_events === true && values.datadog_ci_visibility !== true
        ? { archive_trace_events: "requires CI Visibility to be enabled" }
        : {},
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
      flag("enable_ssl_verification", { initial: true, loaded: () => false }),
      required("build_type"),
      required("username"),
      secret("password"),
    ],
    events: ["push", "merge_requests"],
  },
];
