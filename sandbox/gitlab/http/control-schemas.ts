import { LEVELS } from "../world/access";
import { FEATURE_FLAGS, LICENSED_FEATURES } from "../world/settings";

const text = { type: "string" } as const;
const count = { type: "integer", minimum: 0 } as const;
const texts = { type: "array", items: text } as const;
const roles = { type: "string", enum: Object.keys(LEVELS) } as const;

function exact(properties: Record<string, unknown>, required: readonly string[] = []): Record<string, unknown> {
  return { type: "object", additionalProperties: false, required, properties };
}

/** JSON schemas of the bodies that the control endpoints take. */
export const CONTROL_SCHEMAS = {
  fault: exact({
    method: text,
    path: { type: "string", format: "regex" },
    times: { type: "integer", minimum: 1 },
    skip: count,
    status: { type: "integer", minimum: 200, maximum: 599 },
    headers: { type: "object", additionalProperties: text },
    body: {},
    when: { enum: ["before", "after", "later"] },
    delay: count,
    cut: { enum: ["before", "after", "half"] },
    hang: { enum: ["before", "after"] },
  }),
  settings: exact({
    version: text,
    featureFlags: { type: "array", items: { enum: FEATURE_FLAGS } },
    licence: { type: "array", items: { enum: LICENSED_FEATURES } },
    rateLimit: {
      anyOf: [{ type: "null" }, exact({ requests: count, seconds: count }, ["requests", "seconds"])],
    },
    latency: count,
    hookLimits: exact({ project: count, group: count }, ["project", "group"]),
    hookTestsPerMinute: count,
    unavailableIntegrations: texts,
    allowLocalRequests: { type: "boolean" },
    deletionDelay: count,
    removalTime: count,
    imports: exact({ polls: count, milliseconds: count, error: { type: ["string", "null"] } }, [
      "polls",
      "milliseconds",
      "error",
    ]),
    importSources: texts,
    restrictedVisibilityLevels: { type: "array", items: { enum: ["private", "internal", "public"] } },
    projectsLimit: count,
    archivedIsReadOnly: { type: "boolean" },
    authorizationDelay: exact({ calls: count, milliseconds: count }, ["calls", "milliseconds"]),
    memberImportErrors: { type: "object", additionalProperties: text },
    housekeepingLease: count,
    echoValues: { type: "boolean" },
    rubyHashes: { enum: ["3.3", "3.4"] },
    instancePushRule: { type: ["object", "null"] },
  }),
  projects: exact(
    {
      count,
      group: text,
      prefix: text,
      hooks: count,
      visibility: { enum: ["private", "internal", "public"] },
      topics: texts,
    },
    ["count"],
  ),
  project: exact({
    branches: texts,
    push: text,
    cleanupPolicy: { type: "object" },
    languages: { type: "object", additionalProperties: { type: "number" } },
    customAttributes: { type: "object", additionalProperties: text },
    members: { type: "object", additionalProperties: roles },
    contributors: texts,
    statistics: { type: "object", additionalProperties: count },
    lastActivityAt: text,
    damaged: { type: "array", items: { enum: ["repository", "wiki"] } },
    mirrorPaused: { type: "boolean" },
  }),
  token: exact(
    {
      token: { type: "string", minLength: 1 },
      role: roles,
      access: { type: "object", additionalProperties: roles },
      scopes: texts,
      state: { enum: ["active", "expired", "revoked"] },
      expiresAt: { type: "string", format: "date" },
      username: text,
    },
    ["token", "role"],
  ),
  integration: exact(
    {
      scope: text,
      slug: text,
      values: { type: "object" },
      active: { type: "boolean" },
      propagate: { type: "boolean" },
    },
    ["scope", "slug"],
  ),
};
