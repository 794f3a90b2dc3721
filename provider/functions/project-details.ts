import * as pulumi from "@pulumi/pulumi";
import { stripCredentials } from "../secrets/redact";
import { camelCased } from "./responses";

/** Where a project lives. */
export interface ProjectNamespace {
  readonly id: number;
  readonly name: string;
  readonly path: string;
  /** `group` or `user`. */
  readonly kind: string;
  readonly fullPath: string;
  readonly parentId?: number | null;
  readonly avatarUrl?: string | null;
  readonly webUrl?: string;
}

/** A user as lists show one. */
export interface UserSummary {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  /** `active`, `blocked` and others. */
  readonly state: string;
  readonly avatarUrl: string | null;
  readonly webUrl: string;
}

/** A group as lists show one. */
export interface GroupSummary {
  readonly id: number;
  readonly name: string;
  readonly fullName: string;
  readonly fullPath: string;
  readonly avatarUrl: string | null;
  readonly webUrl: string;
}

/** A project as GitLab shows it to everybody, and in lists with `simple`. */
export interface ProjectSummary {
  readonly id: number;
  readonly description: string | null;
  readonly name: string;
  readonly nameWithNamespace: string;
  readonly path: string;
  readonly pathWithNamespace: string;
  /** ISO 8601, like every time here. */
  readonly createdAt: string;
  /** Null for a repository without commits. */
  readonly defaultBranch: string | null;
  readonly topics: readonly string[];
  readonly sshUrlToRepo: string;
  readonly httpUrlToRepo: string;
  readonly webUrl: string;
  readonly readmeUrl?: string | null;
  readonly avatarUrl: string | null;
  readonly forksCount?: number;
  readonly starCount: number;
  readonly lastActivityAt: string;
  readonly namespace: ProjectNamespace;
}

/** A group that a project is shared with. */
export interface SharedGroup {
  readonly groupId: number;
  readonly groupName: string;
  readonly groupFullPath: string;
  readonly groupAccessLevel: number;
  /** The day on which the share ends. */
  readonly expiresAt?: string | null;
}

/** The role of the token's user, by membership of the project and of its group. */
export interface ProjectPermissions {
  readonly projectAccess: { readonly accessLevel: number; readonly notificationLevel: number } | null;
  readonly groupAccess: { readonly accessLevel: number; readonly notificationLevel: number } | null;
}

/**
 * A project with its settings.
 *
 * What a list with `simple`, the token's role or GitLab's tier leaves out is undefined.
 * Attributes that are newer than this package come along under their names in camelCase.
 */
export interface ProjectDetails extends ProjectSummary {
  readonly descriptionHtml?: string;
  /** `private`, `internal` or `public`. */
  readonly visibility?: string;
  readonly archived?: boolean;
  readonly emptyRepo?: boolean;
  readonly updatedAt?: string;
  readonly creatorId?: number;
  readonly owner?: { readonly id: number; readonly name: string; readonly createdAt: string };
  /** The day on which GitLab removes the project; null while nobody asked for it. */
  readonly markedForDeletionOn?: string | null;
  /** The token with which runners register, a secret. */
  readonly runnersToken?: pulumi.Output<string>;
  /** Where the project was imported from or is mirrored from, a secret, since it may hold a password. */
  readonly importUrl?: pulumi.Output<string> | null;
  readonly importType?: string | null;
  /** `none`, `scheduled`, `started`, `finished` or `failed`. */
  readonly importStatus?: string;
  readonly importError?: string | null;
  /** For a fork, the project that it was forked from. */
  readonly forkedFromProject?: ProjectSummary;
  readonly mrDefaultTargetSelf?: boolean;
  readonly permissions?: ProjectPermissions;
  readonly sharedWithGroups?: readonly SharedGroup[];
  readonly customAttributes?: readonly { readonly key: string; readonly value: string }[];
  readonly complianceFrameworks?: readonly string[];
  /** Counts and sizes in bytes, when `statistics` asks for them: `storageSize`, `commitCount` and others. */
  readonly statistics?: Readonly<Record<string, number>>;
  readonly licenseUrl?: string | null;
  readonly license?: Readonly<Record<"key" | "name" | "nickname" | "htmlUrl" | "sourceUrl", string | null>> | null;
  /** Addresses in the API: `self`, `issues`, `mergeRequests` and others. */
  readonly links?: Readonly<Record<string, string>>;
  readonly repositoryStorage?: string;
  readonly repositoryObjectFormat?: string;
  readonly openIssuesCount?: number;
  readonly issuesEnabled?: boolean;
  readonly mergeRequestsEnabled?: boolean;
  readonly jobsEnabled?: boolean;
  readonly wikiEnabled?: boolean;
  readonly snippetsEnabled?: boolean;
  readonly packagesEnabled?: boolean;
  readonly containerRegistryEnabled?: boolean;
  readonly containerRegistryImagePrefix?: string;
  readonly containerExpirationPolicy?: Readonly<Record<string, string | number | boolean | null>>;
  readonly canCreateMergeRequestIn?: boolean;
  readonly resolveOutdatedDiffDiscussions?: boolean;
  readonly serviceDeskEnabled?: boolean;
  readonly serviceDeskAddress?: string | null;
  readonly sharedRunnersEnabled?: boolean;
  readonly groupRunnersEnabled?: boolean;
  readonly publicJobs?: boolean;
  readonly ciDefaultGitDepth?: number | null;
  readonly ciForwardDeploymentEnabled?: boolean;
  readonly ciForwardDeploymentRollbackAllowed?: boolean;
  readonly ciAllowForkPipelinesToRunInParentProject?: boolean;
  readonly ciSeparatedCaches?: boolean;
  readonly ciRestrictPipelineCancellationRole?: string;
  readonly autoDevopsEnabled?: boolean;
  readonly autoDevopsDeployStrategy?: string;
  readonly mergeMethod?: string;
  readonly squashOption?: string;
  readonly approvalsBeforeMerge?: number;
  readonly onlyAllowMergeIfPipelineSucceeds?: boolean;
  readonly onlyAllowMergeIfAllDiscussionsAreResolved?: boolean;
  readonly onlyAllowMergeIfAllStatusChecksPassed?: boolean;
  readonly allowMergeOnSkippedPipeline?: boolean;
  readonly removeSourceBranchAfterMerge?: boolean;
  readonly printingMergeRequestLinkEnabled?: boolean;
  readonly requestAccessEnabled?: boolean;
  readonly restrictUserDefinedVariables?: boolean;
  readonly autocloseReferencedIssues?: boolean;
  readonly enforceAuthChecksOnUploads?: boolean;
  readonly warnAboutPotentiallyUnwantedCharacters?: boolean;
  readonly suggestionCommitMessage?: string | null;
  readonly mergeCommitTemplate?: string | null;
  readonly squashCommitTemplate?: string | null;
  readonly issueBranchTemplate?: string | null;
  readonly issuesTemplate?: string | null;
  readonly mergeRequestsTemplate?: string | null;
  readonly externalAuthorizationClassificationLabel?: string | null;
  /** GitLab 19.0 and later. */
  readonly mrDefaultTitleTemplate?: string | null;
  /** GitLab 19.1 and later. */
  readonly reviewerAssignmentStrategy?: string;
  /** GitLab 19.1 and later. */
  readonly ciDisplayPipelineVariables?: boolean;
  /** GitLab 18.10 and later. */
  readonly protectMergeRequestPipelines?: boolean;
  /** GitLab 19.3 and later. */
  readonly cicdCatalogEnabled?: boolean;
  /** GitLab 18.10 and later. */
  readonly duoSecretDetectionFpEnabled?: boolean;
  /** GitLab 19.2 and later. */
  readonly duoDependencyBumpBreakingChangesEnabled?: boolean;
  /** Whether there are requirements. */
  readonly requirementsEnabled?: boolean;
  /** Whether pushes are searched for secrets. It is set elsewhere in GitLab. */
  readonly secretPushProtectionEnabled?: boolean;
  /** The former name of `secretPushProtectionEnabled`. */
  readonly preReceiveSecretDetectionEnabled?: boolean;
  readonly mirror?: boolean;
  readonly mirrorUserId?: number;
  readonly mirrorTriggerBuilds?: boolean;
  readonly mirrorOverwritesDivergedBranches?: boolean | null;
  readonly onlyMirrorProtectedBranches?: boolean | null;
  /** Who may use a feature: `disabled`, `private`, `enabled` or `public`. */
  readonly [feature: `${string}AccessLevel`]: string | undefined;
}

/** A project out of an answer of GitLab, with what is secret as secret outputs. */
export function projectOf(answer: unknown): ProjectDetails {
  const { _links, runners_token, import_url, import_error, ...plain } = answer as Readonly<Record<string, unknown>>;
  return {
    ...(camelCased(plain) as ProjectDetails),
    ...(_links === undefined ? {} : { links: camelCased(_links) as Readonly<Record<string, string>> }),
    ...(typeof runners_token === "string" ? { runnersToken: pulumi.secret(runners_token) } : {}),
    ...(import_error === undefined
      ? {}
      : { importError: typeof import_error === "string" ? stripCredentials(import_error) : null }),
    ...(import_url === undefined ? {} : { importUrl: secretOrNull(import_url) }),
  };
}

/** An output costs more than the rest of a project, so those without a value get none. */
function secretOrNull(value: unknown): pulumi.Output<string> | null {
  return typeof value === "string" ? pulumi.secret(value) : null;
}
