import { z } from "zod";
import { topicList, trimmed } from "../../core/codecs";
import { field, flag, reference, secret, text, webUrl, type FieldMeta } from "../../core/schema";
import { limitedText } from "../../core/patterns";
import { hasUsableUser, importPorts, isPortAllowed, portRule, userRule } from "../pull-mirror/url";
import { isOlderPath, isTopic } from "./names";

const server: FieldMeta = { source: "server" };
const atCreation: FieldMeta = { onlyOn: "create", access: "writeOnly", source: "server" };

function limit() {
  return field(z.int().min(1).optional(), { access: "local", source: "package", default: 600 });
}

/** Whether the repository of a project has no commit, and so no branch yet. */
function isEmptyRepository(project: Readonly<Record<string, unknown>>): boolean {
  return project.empty_repo === true;
}

const topics = z.array(z.string().refine(isTopic, "must have at most 255 characters, and no line break"));

const importUrl = webUrl()
  .refine((given) => isPortAllowed(given, importPorts), portRule(importPorts))
  .refine(hasUsableUser, userRule);

/** What a project is, and where. */
export const ownFields = {
  /** The project's display name. Required unless `path` is given. It can be changed. */
  name: field(
    z
      .string()
      .refine((given) => given.trim() !== "" && given.length <= 255, "must have between 1 and 255 characters")
      .optional(),
    { noReset: true, repeats: ["path"], codec: trimmed },
  ),
  /** The last part of the project's path: `shop` of `acme/shop`. @default derived from `name`. It can be changed. */
  path: field(
    z
      .string()
      .refine(isOlderPath, "must be letters, digits, and _ - . after the first, and must not end in .git or .atom")
      .optional(),
    { noReset: true, repeats: ["name"] },
  ),
  /**
   * The project's namespace, GitLab's `namespace_id`: the numeric ID, the full path (`acme/platform`) or the resource
   * ID (`groups/9`) of a group, or a user name. Changing it moves the project. @default the token's user, for a new
   * project
   */
  namespace: field(
    reference({ scope: "group", id: "namespaceId", path: "namespacePath", users: "namespaceKind" }).optional(),
    { wire: "namespace_id", noReset: true, ...server },
  ),
  /**
   * The ID of the user to create the project for. Administrators only. Cannot be combined with `namespace`. Applies
   * only at creation.
   */
  userId: field(z.int().min(1).optional(), { ...atCreation, source: "documented" }),
  /** What the project is for. At most 2,000 characters. */
  description: limitedText(2000, server),
  /** Who sees the project. @default "private" */
  visibility: field(z.enum(["private", "internal", "public"]).optional(), { default: "private", ...server }),
  /** The project's topics, each of at most 255 characters. The order does not matter. @default [] */
  topics: field(topics.optional(), { codec: topicList, ...server }),
  /** The project's topics. @deprecated Use `topics`. */
  tagList: field(topics.optional(), {
    codec: topicList,
    replacedBy: "topics",
    deprecated: "use topics",
    ...server,
  }),
  /**
   * A file with the project's avatar, relative to the program's folder: `"./logo.png"`. At most 200 kB; PNG, JPEG, GIF,
   * BMP, TIFF, ICO or WebP. Changed content is detected by its hash in `avatarHash`. Removing the argument removes the
   * avatar.
   */
  avatar: field(z.string().optional(), { access: "writeOnly" }),
  /** The SHA-256 of the avatar, in hex. @default computed from the file */
  avatarHash: field(z.string().optional(), { access: "local", source: "package" }),
  /** Whether the project is archived, and so read-only. @default false */
  archived: flag(false),
  /**
   * The default branch. A new project starts with it, when its README is created or at its first push. Later, it must
   * exist. Until the first commit, GitLab may return another branch, which is not a difference.
   */
  defaultBranch: field(z.string().min(1).optional(), { noReset: true, withheld: isEmptyRepository, ...server }),
  /** The storage shard of the repository. Administrators only. */
  repositoryStorage: field(z.string().optional(), { noReset: true, ...server }),
  /** A label of the external authorization service. GitLab Premium. */
  externalAuthorizationClassificationLabel: text(server),
};

/** How a project begins. */
export const creationFields = {
  /**
   * A repository to import when the project is created, with credentials if needed. A secret. The creation waits for
   * the import. A later change imports nothing: it changes the source of a mirror. If the import has failed, changing
   * this replaces the project.
   */
  importUrl: secret(importUrl.optional(), { noReset: true, source: "documented" }),
  /** How long an import may take, in seconds. @default 600 */
  importTimeout: limit(),
  /** Creates a first commit with a README. Applies only at creation. */
  initializeWithReadme: flag(false, atCreation),
  /** The hash function of the repository's objects. Changing it replaces the project. @default "sha1" */
  repositoryObjectFormat: field(z.enum(["sha1", "sha256"]).optional(), {
    default: "sha1",
    onlyOn: "create",
    ...server,
  }),
  /** The name of a project template. Applies only at creation. */
  templateName: text(atCreation),
  /** The ID of a project to use as a template. GitLab Premium. Applies only at creation. */
  templateProjectId: field(z.int().min(1).optional(), atCreation),
  /**
   * Whether the template belongs to the instance or a group, and is not built in. GitLab Premium. Applies only at
   * creation.
   */
  useCustomTemplate: flag(false, atCreation),
  /** The ID of the group with the template. GitLab Premium. Applies only at creation. */
  groupWithProjectTemplatesId: field(z.int().min(1).optional(), atCreation),
  /**
   * Restores a project that is marked for deletion, with its content, instead of creating a new one. The project must
   * have had exactly the path and name that are set here, or exactly the name if only the name is set. Applies only at
   * creation.
   * @default false
   */
  restoreOnCreate: flag(false, { access: "local", source: "package" }),
};

/** How a project ends. What counts is what the last `pulumi up` stored. */
export const deletionFields = {
  /**
   * Deletes the project immediately when the resource is deleted. Otherwise, GitLab marks it for deletion under another
   * path and deletes it some days later. Until then, it can be restored. @default false
   */
  permanentlyRemove: flag(false, { access: "local", source: "package" }),
  /**
   * Archives the project instead of deleting it when the resource is deleted. Cannot be combined with
   * `permanentlyRemove`. @default false
   */
  archiveOnDestroy: flag(false, { access: "local", source: "package" }),
  /** How long the deletion may take, in seconds. @default 600 */
  deleteTimeout: limit(),
};
