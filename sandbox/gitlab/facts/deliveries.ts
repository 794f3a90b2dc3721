import { createPrivateKey } from "node:crypto";
import type { IntegrationFact, Rule } from "./fact";
import { atMost, flag, matching, optional, publicUrl, required, secret, serverUrl } from "./rules";

const BOTH = ["project", "group"] as const;
const PROJECT = ["project"] as const;

const privateKey: Rule = (value) => {
  try {
    createPrivateKey(String(value));
    return undefined;
  } catch {
    return "must be a valid PEM private key";
  }
};

const serviceAccountKey: Rule = (value) => {
  const problem = "must be a valid json schema";
  try {
    const key: unknown = JSON.parse(String(value));
    if (typeof key !== "object" || key === null) return problem;
    const parts = ["type", "project_id", "private_key", "client_email"];
    return parts.every((part) => typeof (key as Record<string, unknown>)[part] === "string") ? undefined : problem;
  } catch {
    return problem;
  }
};

// What Google Cloud's identity federation switches off although other integrations begin with it.
const WITHOUT_EVENTS = [
  "alert",
  "commit",
  "confidential_issues",
  "confidential_note",
  "issues",
  "job",
  "merge_requests",
  "note",
  "pipeline",
  "push",
  "tag_push",
  "wiki_page",
];

/** App stores, registries and package indexes. */
export const DELIVERIES: readonly IntegrationFact[] = [
  {
    slug: "apple-app-store",
    title: "Apple App Store Connect",
    aliases: ["apple_app_store"],
    scopes: PROJECT,
    fields: [
      required("app_store_issuer_id", {
        rules: [matching(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)],
      }),
      required("app_store_key_id", { rules: [matching(/^(?=.*[A-Z])(?=.*\d)[A-Z\d]+$/)] }),
      required("app_store_private_key_file_name"),
      // A credential, and yet no secret field: GitLab returns it.
      required("app_store_private_key", { rules: [privateKey] }),
      flag("app_store_protected_refs", { initial: true, loaded: () => true }),
    ],
    events: [],
  },
  {
    slug: "google-cloud-platform-artifact-registry",
    title: "Google Artifact Management",
    scopes: PROJECT,
    fields: [
      required("artifact_registry_project_id"),
      required("artifact_registry_location"),
      required("artifact_registry_repositories"),
    ],
    events: [],
  },
  {
    slug: "google-cloud-platform-workload-identity-federation",
    title: "Google Cloud Identity and Access Management",
    scopes: BOTH,
    fields: [
      required("workload_identity_federation_project_id"),
      required("workload_identity_federation_project_number"),
      required("workload_identity_pool_id"),
      required("workload_identity_pool_provider_id"),
    ],
    events: [],
    eventDefaults: Object.fromEntries(WITHOUT_EVENTS.map((name) => [name, false])),
    commentsByDefault: false,
  },
  {
    slug: "google-play",
    title: "Google Play",
    scopes: PROJECT,
    fields: [
      required("package_name"),
      required("service_account_key_file_name"),
      required("service_account_key", { rules: [serviceAccountKey] }),
      flag("google_play_protected_refs", { initial: true, loaded: () => true }),
    ],
    events: [],
  },
  {
    slug: "harbor",
    title: "Harbor",
    scopes: BOTH,
    fields: [
      serverUrl("url"),
      required("project_name", { rules: [matching(/^[a-z0-9]+(?:[._-][a-z0-9]+)*$/), atMost(255)] }),
      required("username"),
      secret("password", { rules: [matching(/^[\w+=/@:.~-]{8,}$/)] }),
    ],
    events: [],
  },
  {
    slug: "packagist",
    title: "Packagist",
    scopes: BOTH,
    fields: [required("username"), secret("token"), optional("server", { resetsSecrets: true, rules: [publicUrl] })],
    events: ["push", "merge_requests", "tag_push"],
  },
];
