import type * as pulumi from "@pulumi/pulumi";
import type { Definition, OutputField, Place } from "../../core/definition";
import { parentText } from "../../core/parent-ref";
import { fieldsOf, type ArgsOf, type OutputsOf } from "../../core/schema";
import { resource, type ResourceClass } from "../../program/resource";
import { avatarHash } from "./avatar";
import { featureFields, registryFields } from "./features";
import { creationFields, deletionFields, ownFields } from "./general-fields";
import { mergeFields, mirrorFields } from "./merging";
import { projectPipelineFields } from "./pipelines";
import { projectRules as rules } from "./rules";

// Written out, since comments do not survive a spread into the emitted declarations.
type ProjectFields = typeof ownFields &
  typeof creationFields &
  typeof deletionFields &
  typeof featureFields &
  typeof registryFields &
  typeof mergeFields &
  typeof projectPipelineFields &
  typeof mirrorFields;

const fields: ProjectFields = {
  ...ownFields,
  ...creationFields,
  ...deletionFields,
  ...featureFields,
  ...registryFields,
  ...mergeFields,
  ...projectPipelineFields,
  ...mirrorFields,
};

/** The arguments that the project's address is made of. */
const address = ["name", "path", "namespace"];

const outputs: readonly OutputField[] = [
  { name: "projectPath", wire: "path_with_namespace", repeats: address },
  { name: "namespaceId", wire: "namespace_id" },
  { name: "namespacePath", wire: "namespace_path" },
  { name: "namespaceKind", wire: "namespace_kind" },
  { name: "nameWithNamespace", wire: "name_with_namespace", repeats: address },
  { name: "webUrl", wire: "web_url", repeats: address },
  { name: "sshUrlToRepo", wire: "ssh_url_to_repo", repeats: address },
  { name: "httpUrlToRepo", wire: "http_url_to_repo", repeats: address },
  { name: "readmeUrl", wire: "readme_url", repeats: [...address, "defaultBranch"] },
  { name: "avatarUrl", wire: "avatar_url", repeats: [...address, "avatar"] },
  { name: "importStatus", wire: "import_status" },
  { name: "serviceDeskAddress", wire: "service_desk_address", repeats: address },
  { name: "containerRegistryImagePrefix", wire: "container_registry_image_prefix", repeats: address },
  { name: "requirementsEnabled", wire: "requirements_enabled" },
  { name: "secretPushProtectionEnabled", wire: "secret_push_protection_enabled" },
  { name: "preReceiveSecretDetectionEnabled", wire: "pre_receive_secret_detection_enabled" },
  { name: "creatorId", wire: "creator_id" },
  { name: "createdAt", wire: "created_at" },
  { name: "runnersToken", wire: "runners_token", secret: true },
];

type Props = Readonly<Record<string, unknown>>;

/** GitLab cannot change what objects are made of, and imports into a new project only. */
function replaces(olds: Props, news: Props): string[] {
  const isOther = (name: string) => isPlain(olds[name]) && isPlain(news[name]) && olds[name] !== news[name];
  return [
    ...(isOther("repositoryObjectFormat") ? ["repositoryObjectFormat"] : []),
    ...(olds.importStatus === "failed" && isOther("importUrl") ? ["importUrl"] : []),
  ];
}

function isPlain(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function warnings(olds: Props, news: Props): string[] {
  const late = [...fieldsOf(fields).values()].filter(
    ({ name, meta }) =>
      meta.onlyOn === "create" &&
      name !== "repositoryObjectFormat" &&
      isPlain(news[name]) &&
      news[name] !== olds[name] &&
      news[name] !== false,
  );
  if (late.length === 0) return [];
  const names = late.map(({ name }) => name).join(", ");
  return [
    `${names} applies only when a project is created, and changes nothing now. For a new one: \`pulumi up --replace\`.`,
  ];
}

/** A namespace has one project of each path and one of each name, whichever of them the program gives. */
function places({ namespace, path, name }: Props): readonly Place[] {
  const parent = parentText("group", namespace);
  if (parent === undefined) return [];
  return [
    ...(typeof path === "string" ? [{ text: `${parent}/${path}`, key: `${parent}/${path}`.toLowerCase() }] : []),
    ...(typeof name === "string"
      ? [{ text: `"${name.trim()}" in ${parent}`, key: `${parent.toLowerCase()} ${name.trim()}` }]
      : []),
  ];
}

const definition: Definition<ProjectFields> = {
  name: "Project",
  kind: "project",
  scopes: [],
  parentKind: "project",
  path: "projects/:id",
  fields,
  outputs,
  idOutputName: "projectId",
  rules,
  replaces,
  warnings,
  derived: avatarHash,
  places,
};

/** What GitLab alone says of a project. */
export interface ProjectFacts {
  /** The project's numeric ID on GitLab. */
  readonly projectId: pulumi.Output<number>;
  /** The project's full path: `acme/shop`. */
  readonly projectPath: pulumi.Output<string>;
  /** The ID of the namespace that the project belongs to. */
  readonly namespaceId: pulumi.Output<number>;
  /** The full path of the group, or the user name. */
  readonly namespacePath: pulumi.Output<string>;
  /** `group` or `user`. */
  readonly namespaceKind: pulumi.Output<string>;
  /** The names of the parent groups and of the project, separated by slashes. */
  readonly nameWithNamespace: pulumi.Output<string>;
  /** The project's page. */
  readonly webUrl: pulumi.Output<string>;
  /** Where to clone from with SSH. */
  readonly sshUrlToRepo: pulumi.Output<string>;
  /** Where to clone from with HTTP. */
  readonly httpUrlToRepo: pulumi.Output<string>;
  /** The page of the README, if it exists. */
  readonly readmeUrl: pulumi.Output<string | undefined>;
  /** The URL of the avatar, if it exists. */
  readonly avatarUrl: pulumi.Output<string | undefined>;
  /** The status of the import: `none`, `scheduled`, `started`, `finished` or `failed`. */
  readonly importStatus: pulumi.Output<string | undefined>;
  /** The email address of the service desk. */
  readonly serviceDeskAddress: pulumi.Output<string | undefined>;
  /** The prefix of image names in the project's container registry. */
  readonly containerRegistryImagePrefix: pulumi.Output<string | undefined>;
  /** Whether there are requirements. GitLab Ultimate. */
  readonly requirementsEnabled: pulumi.Output<boolean | undefined>;
  /** Whether pushes are scanned for secrets. This is configured elsewhere in GitLab. */
  readonly secretPushProtectionEnabled: pulumi.Output<boolean | undefined>;
  /** The former name of `secretPushProtectionEnabled`. */
  readonly preReceiveSecretDetectionEnabled: pulumi.Output<boolean | undefined>;
  /** The ID of the user who created the project. */
  readonly creatorId: pulumi.Output<number | undefined>;
  /** When the project was created, in ISO 8601. */
  readonly createdAt: pulumi.Output<string>;
  /** The token with which runners used to register. A secret. */
  readonly runnersToken: pulumi.Output<string | undefined>;
}

/** The arguments of a {@link Project}. */
export interface ProjectArgs extends ArgsOf<ProjectFields> {}
interface ProjectResult extends OutputsOf<ProjectFields>, ProjectFacts {}

const base: ResourceClass<ProjectArgs, ProjectResult> = resource(definition);

/**
 * A project. Pass its `id` to other resources: `project: shop.id`.
 *
 * Changing `name`, `path` or `namespace` renames or moves the project. It is replaced only if `repositoryObjectFormat`
 * changes, or if `importUrl` changes after a failed import. A removed argument is reset to GitLab's default, except
 * those without a default: name, path, namespace, branch and storage stay unchanged.
 *
 * Deleting the resource marks the project for deletion: GitLab archives it, frees its path and deletes it some days
 * later. `permanentlyRemove` and `archiveOnDestroy` change this; the option `protect: true` prevents the deletion. A
 * refresh treats a marked project as deleted.
 *
 * Arguments that the licence or the token's role does not allow are reported once in a warning, and are not shown as
 * changes afterwards.
 *
 * @see https://docs.gitlab.com/api/projects/
 *
 * @example
 * ```ts
 * const shop = new gitlab.Project("shop", {
 *   namespace: "acme",
 *   name: "Shop",
 *   path: "shop",
 *   description: "Sells what we make",
 *   visibility: "private",
 *   mergeMethod: "ff",
 *   onlyAllowMergeIfPipelineSucceeds: true,
 * });
 *
 * export const url = shop.webUrl;
 * ```
 */
export class Project extends base {}
