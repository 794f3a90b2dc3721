import { z } from "zod";
import { camelCase, field, flag, snakeCase } from "../../core/schema";

function accessLevel(byDefault: "private" | "enabled" = "enabled") {
  return field(z.enum(["disabled", "private", "enabled"]).optional(), { default: byDefault });
}

function publicAccessLevel(byDefault: "private" | "enabled" = "enabled") {
  return field(z.enum(["disabled", "private", "enabled", "public"]).optional(), { default: byDefault });
}

/** A flag that GitLab keeps for old clients: `replacedBy` says the same. */
function formerFlag(
  byDefault: boolean,
  replacedBy: string,
  fromReplaced = (level: unknown): unknown => level !== "disabled",
) {
  return flag(byDefault, { replacedBy, fromReplaced, deprecated: `use ${replacedBy}`, source: "server" });
}

/** What a project offers, and to whom: `disabled`, `private` for its members, or `enabled` for all who see the project. */
export const featureFields = {
  /** Who sees the issues. @default "enabled" */
  issuesAccessLevel: accessLevel(),
  /** Who sees the repository. Merge requests and pipelines cannot have a wider access level. @default "enabled" */
  repositoryAccessLevel: accessLevel(),
  /** Who sees merge requests. @default "enabled" */
  mergeRequestsAccessLevel: accessLevel(),
  /** Who may fork the project. @default "enabled" */
  forkingAccessLevel: accessLevel(),
  /** Who sees the wiki. @default "enabled" */
  wikiAccessLevel: accessLevel(),
  /** Who sees pipelines and jobs. @default "enabled" */
  buildsAccessLevel: accessLevel(),
  /** Who sees snippets. @default "enabled" */
  snippetsAccessLevel: accessLevel(),
  /**
   * Who sees the package registry; `public` means everybody, regardless of the project's visibility. @default "enabled"
   */
  packageRegistryAccessLevel: publicAccessLevel(),
  /** Who sees Pages; `public` means everybody, regardless of the project's visibility. @default "private" */
  pagesAccessLevel: publicAccessLevel("private"),
  /** Who sees analytics. @default "enabled" */
  analyticsAccessLevel: accessLevel(),
  /** Who sees the container registry. @default "enabled" */
  containerRegistryAccessLevel: accessLevel(),
  /** Who sees security and compliance. @default "private" */
  securityAndComplianceAccessLevel: accessLevel("private"),
  /** Who sees releases. @default "enabled" */
  releasesAccessLevel: accessLevel(),
  /** Who sees environments. @default "enabled" */
  environmentsAccessLevel: accessLevel(),
  /** Who sees feature flags. @default "enabled" */
  featureFlagsAccessLevel: accessLevel(),
  /** Who sees infrastructure. @default "enabled" */
  infrastructureAccessLevel: accessLevel(),
  /** Who sees monitoring. @default "enabled" */
  monitorAccessLevel: accessLevel(),
  /** Who sees model experiments. @default "enabled" */
  modelExperimentsAccessLevel: accessLevel(),
  /** Who sees the model registry. @default "enabled" */
  modelRegistryAccessLevel: accessLevel(),
  /** Who sees requirements. GitLab Ultimate. @default "enabled" */
  requirementsAccessLevel: accessLevel(),
  /** Whether there are issues. @deprecated Use `issuesAccessLevel`. */
  issuesEnabled: formerFlag(true, "issuesAccessLevel"),
  /** Whether there are merge requests. @deprecated Use `mergeRequestsAccessLevel`. */
  mergeRequestsEnabled: formerFlag(true, "mergeRequestsAccessLevel"),
  /** Whether there is a wiki. @deprecated Use `wikiAccessLevel`. */
  wikiEnabled: formerFlag(true, "wikiAccessLevel"),
  /** Whether there are pipelines. @deprecated Use `buildsAccessLevel`. */
  jobsEnabled: formerFlag(true, "buildsAccessLevel"),
  /** Whether there are snippets. @deprecated Use `snippetsAccessLevel`. */
  snippetsEnabled: formerFlag(true, "snippetsAccessLevel"),
  /** Whether there is a package registry. @deprecated Use `packageRegistryAccessLevel`. */
  packagesEnabled: formerFlag(true, "packageRegistryAccessLevel"),
  /** Whether there is a container registry. @deprecated Use `containerRegistryAccessLevel`. */
  containerRegistryEnabled: formerFlag(true, "containerRegistryAccessLevel"),
  /** Whether Git LFS may be used. @default true */
  lfsEnabled: flag(true, { source: "server" }),
  /** Whether the service desk is enabled, if the instance can receive email. @default false */
  serviceDeskEnabled: flag(false, { source: "server" }),
  /** Whether people may ask to become members. @default true */
  requestAccessEnabled: flag(true, { source: "server" }),
  /** Whether the project sends email. @default true */
  emailsEnabled: flag(true, { source: "server" }),
  /** Whether the project does not send email. @deprecated Use `emailsEnabled`. */
  emailsDisabled: formerFlag(false, "emailsEnabled", (isOn) => !isOn),
  /** Whether emails about merge requests contain the diff. @default true */
  showDiffPreviewInEmail: flag(true, { source: "server" }),
  /** Whether thumbs-up and thumbs-down reactions are shown by default. GitLab does not return it. @default true */
  showDefaultAwardEmojis: flag(true, { access: "writeOnly", source: "server" }),
  /** Whether GitLab warns about characters that could mislead a reader. @default true */
  warnAboutPotentiallyUnwantedCharacters: flag(true, { source: "server" }),
  /** Whether files in descriptions and comments are shown only to members. @default true */
  enforceAuthChecksOnUploads: flag(true, { source: "server" }),
};

const policy = z
  .strictObject({
    enabled: z.boolean(),
    cadence: z.enum(["1d", "7d", "14d", "1month", "3month"]),
    keepN: z.literal([1, 5, 10, 25, 50, 100]),
    olderThan: z.enum(["7d", "14d", "30d", "60d", "90d"]),
    nameRegexDelete: z.string(),
    nameRegexKeep: z.string(),
  })
  .partial();

/** The parts of the policy that the program names, or all of them where it names none. */
function policyFrom(raw: unknown, last: unknown): unknown {
  const shown = new Map(Object.entries(raw as object).map(([key, value]) => [camelCase(key), value as unknown]));
  // Not every server shows the pattern by the name under which it takes it.
  const valueOf = (name: string) =>
    shown.get(name) ?? (name === "nameRegexDelete" ? shown.get("nameRegex") : undefined);
  const names = Object.keys(typeof last === "object" && last !== null ? last : policy.shape);
  return Object.fromEntries(names.map((name) => [name, valueOf(name)]).filter(([, value]) => value !== undefined));
}

function policyTo(given: unknown): unknown {
  return Object.fromEntries(Object.entries(given as object).map(([key, value]) => [snakeCase(key), value]));
}

/** What a part that is removed goes back to. None is a pattern for deletion, which no one should get without asking. */
const policyParts = {
  enabled: false,
  cadence: "1d",
  keepN: null,
  olderThan: "90d",
  nameRegexDelete: null,
  nameRegexKeep: null,
} as const satisfies Record<keyof typeof policy.shape, unknown>;

/** What an image registry keeps. */
export const registryFields = {
  /**
   * Which images of the container registry GitLab removes, and when: GitLab's `container_expiration_policy_attributes`.
   * Only parts that are set are managed. A removed part is reset to GitLab's default: `{ enabled: true, cadence: "7d",
   * keepN: 10, olderThan: "30d", nameRegexDelete: ".*" }`.
   */
  containerExpirationPolicy: field(policy.optional(), {
    wire: "container_expiration_policy_attributes",
    shownAs: "container_expiration_policy",
    codec: { encode: policyTo, decode: policyFrom },
    parts: policyParts,
    source: "server",
    default: { enabled: false },
  }),
};
