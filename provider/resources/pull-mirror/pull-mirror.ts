import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Args, Definition, ReportProblem } from "../../core/definition";
import { field, flag, secret, type ArgsOf, type OutputsOf } from "../../core/schema";
import { pattern } from "../../core/patterns";
import { resource, type ProjectArg, type ProjectOutputs, type ResourceClass } from "../../program/resource";
import { parseUrl } from "../../core/parse-url";
import { hasUsableUser, isPortAllowed, mirrorPorts, portRule, userInfo, userRule, withoutUserInfo } from "./url";

const schemes = /^(https?|ssh|git):\/\//i;

function mirrorUrl(): z.ZodString {
  return z
    .string()
    .refine((given) => schemes.test(given) && !/\s/.test(given) && parseUrl(given) !== undefined, {
      error: "must be a URL that starts with https://, http://, ssh:// or git://",
    })
    .refine((given) => isPortAllowed(given, mirrorPorts), portRule(mirrorPorts))
    .refine(hasUsableUser, userRule)
    .refine(
      hasNoCredentials,
      "must not contain credentials: give them as authUser and authPassword, which are kept secret",
    );
}

function hasNoCredentials(url: string): boolean {
  const { user, password } = userInfo(url);
  // The user of an SSH address is part of the address.
  return !password && (!user || /^ssh:/i.test(url));
}

/** GitLab shows stars for credentials, and for the user of an SSH address too. */
function shownUrl(raw: unknown, last: unknown): unknown {
  if (typeof raw !== "string") return raw;
  const shown = withoutUserInfo(raw);
  return typeof last === "string" && withoutUserInfo(last) === shown ? last : shown;
}

const fields = {
  /**
   * The URL of the repository to copy, without credentials: set those in `authUser` and `authPassword`.
   *
   * GitLab returns it without credentials, so a refresh detects when they are removed on GitLab, but not when they are
   * changed.
   */
  url: field(mirrorUrl(), { codec: { decode: shownUrl }, source: "server" }),
  /** The user that GitLab signs in as. Some services expect a token here. */
  authUser: secret(z.string().optional(), { source: "server", default: "" }),
  /** The password or token that GitLab signs in with. */
  authPassword: secret(z.string().optional(), { source: "server", default: "" }),
  /** Starts pipelines for mirrored commits. @default false */
  mirrorTriggerBuilds: flag(false),
  /** Copies only protected branches. Cannot be combined with `mirrorBranchRegex`. @default false */
  onlyMirrorProtectedBranches: flag(false),
  /**
   * A regular expression in RE2's syntax: copies only branches whose name matches. Cannot be combined with
   * `onlyMirrorProtectedBranches`.
   */
  mirrorBranchRegex: pattern(255),
  /** Overwrites branches that have diverged from the source. @default false */
  mirrorOverwritesDivergedBranches: flag(false, { source: "server" }),
  /** Whether the mirror is enabled. A disabled mirror keeps its settings. @default true */
  enabled: flag(true, { source: "server", alwaysManaged: true }),
};

function eitherPatternOrProtected(args: Args, report: ReportProblem): void {
  const pattern = args.known("mirrorBranchRegex");
  if (args.known("onlyMirrorProtectedBranches") !== true || pattern === "") return;
  if (args.given("mirrorBranchRegex"))
    report("mirrorBranchRegex", "excludes onlyMirrorProtectedBranches: give one of them");
}

/** Whatever GitLab does with the credentials of the old address: those of the program are sent along, others are not. */
function lostCredentials(olds: Readonly<Record<string, unknown>>, news: Readonly<Record<string, unknown>>): string[] {
  const lost = credentials.filter((name) => olds[`${name}Present`] === true && news[name] === undefined);
  if (lost.length === 0 || olds.url === news.url) return [];
  return [`url changes, and the program does not give ${lost.join(" and ")}: GitLab may drop what it has.`];
}

const credentials = ["authUser", "authPassword"];

const definition: Definition<typeof fields> = {
  name: "ProjectPullMirror",
  kind: "pullMirror",
  scopes: ["project"],
  path: "mirror/pull",
  fields,
  outputs: [
    { name: "authUserPresent", wire: "auth_user_present" },
    { name: "authPasswordPresent", wire: "auth_password_present" },
    { name: "mirrorId", wire: "id" },
    { name: "updateStatus", wire: "update_status" },
    { name: "lastError", wire: "last_error", message: true },
    { name: "lastUpdateStartedAt", wire: "last_update_started_at" },
    { name: "lastUpdateAt", wire: "last_update_at" },
    { name: "lastSuccessfulUpdateAt", wire: "last_successful_update_at" },
  ],
  rules: eitherPatternOrProtected,
  warnings: lostCredentials,
  healthWarnings: ({ lastError }) => (lastError === undefined ? [] : ["the last update failed: see lastError"]),
  notFoundHint:
    "GitLab says the same of a project whose licence has lost mirrors: there the settings remain, credentials included.",
};

/** The arguments of a {@link ProjectPullMirror}. */
export interface ProjectPullMirrorArgs extends ProjectArg, ArgsOf<typeof fields> {}
interface ProjectPullMirrorResult extends OutputsOf<typeof fields>, ProjectOutputs, ProjectPullMirrorOutputs {}

/** What GitLab alone says of a mirror, as far as it shows it: one that is off has none of this. */
export interface ProjectPullMirrorOutputs {
  /** Whether GitLab has a user to sign in as. */
  readonly authUserPresent: pulumi.Output<boolean | undefined>;
  /** Whether GitLab has a password to sign in with. */
  readonly authPasswordPresent: pulumi.Output<boolean | undefined>;
  /** The ID of the mirror. */
  readonly mirrorId: pulumi.Output<number | undefined>;
  /** The status of the last update: `finished`, `failed`, `started` and others. */
  readonly updateStatus: pulumi.Output<string | undefined>;
  /** Why the last update failed, with values of arguments replaced by their names in brackets. */
  readonly lastError: pulumi.Output<string | undefined>;
  /** In ISO 8601. */
  readonly lastUpdateStartedAt: pulumi.Output<string | undefined>;
  /** In ISO 8601. */
  readonly lastUpdateAt: pulumi.Output<string | undefined>;
  /** In ISO 8601. */
  readonly lastSuccessfulUpdateAt: pulumi.Output<string | undefined>;
}

const base: ResourceClass<ProjectPullMirrorArgs, ProjectPullMirrorResult> = resource(definition);

/**
 * The pull mirror of a project, which regularly copies another repository into it. GitLab Premium.
 *
 * Deleting the resource disables the mirror, because GitLab cannot delete it: the URL and its credentials stay in the
 * project's settings. GitLab schedules the first copy itself; `startPullMirror` starts it immediately.
 *
 * An existing enabled mirror is not overwritten: creating it is an error that prints the `import` option to use. A
 * disabled mirror can be imported too.
 *
 * @see https://docs.gitlab.com/api/project_pull_mirroring/
 *
 * @example
 * ```ts
 * new gitlab.ProjectPullMirror("upstream", {
 *   project: "acme/shop",
 *   url: "https://git.globex.example/shop.git",
 *   authUser: "mirror",
 *   authPassword: config.requireSecret("mirrorPassword"),
 *   onlyMirrorProtectedBranches: true,
 * });
 * ```
 */
export class ProjectPullMirror extends base {}
