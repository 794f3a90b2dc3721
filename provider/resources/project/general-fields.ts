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
  /** The project's name, as people read it. Required unless `path` is given. It can be changed. */
  name: field(
    z
      .string()
      .refine((given) => given.trim() !== "" && given.length <= 255, "must have between 1 and 255 characters")
      .optional(),
    { noReset: true, repeats: ["path"], codec: trimmed },
  ),
  /** The last part of the project's address: `shop` of `acme/shop`. @default made from `name`. It can be changed. */
  path: field(
    z
      .string()
      .refine(isOlderPath, "must be letters, digits, and _ - . after the first, and must not end in .git or .atom")
      .optional(),
    { noReset: true, repeats: ["name"] },
  ),
  /**
   * Where the project lives, GitLab's `namespace_id`: the number, the full path (`acme/platform`) or the ID (`groups/9`) of
   * a group, or the name of a user. Another one moves the project there. @default the token's owner, for a new project
   */
  namespace: field(
    reference({ scope: "group", id: "namespaceId", path: "namespacePath", users: "namespaceKind" }).optional(),
    { wire: "namespace_id", noReset: true, ...server },
  ),
  /**
   * The number of the user to make the project for. Administrators only; excludes `namespace`. Applies only at
   * creation.
   */
  userId: field(z.int().min(1).optional(), { ...atCreation, source: "documented" }),
  /** What the project is for. At most 2,000 characters. */
  description: limitedText(2000, server),
  /** Who sees the project. @default "private" */
  visibility: field(z.enum(["private", "internal", "public"]).optional(), { default: "private", ...server }),
  /** Words to find the project by, each of at most 255 characters; their order means nothing. @default [] */
  topics: field(topics.optional(), { codec: topicList, ...server }),
  /** Words to find the project by. @deprecated Use `topics`. */
  tagList: field(topics.optional(), {
    codec: topicList,
    replacedBy: "topics",
    deprecated: "use topics",
    ...server,
  }),
  /**
   * A file with the project's picture, relative to the program's folder: `"./logo.png"`. At most 200 kB; PNG, JPEG, GIF,
   * BMP, TIFF, ICO or WebP. Another content is a change, by its hash in `avatarHash`; removing the argument removes the
   * picture.
   */
  avatar: field(z.string().optional(), { access: "writeOnly" }),
  /** The SHA-256 of the picture, in hex. @default worked out from the file */
  avatarHash: field(z.string().optional(), { access: "local", source: "package" }),
  /** Whether the project is archived: there to read, but not to change. @default false */
  archived: flag(false),
  /**
   * The branch that is shown and merged into. A new project begins with it, with its README or its first push; later it must
   * exist. Until there is a commit, GitLab shows another one, which is no difference.
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
   * A repository to copy when the project is made, with its credentials if it needs some. A secret. Making the project
   * waits for the copy. Another address later copies nothing: it is where a mirror pulls from. A project whose import has
   * failed is replaced when this changes.
   */
  importUrl: secret(importUrl.optional(), { noReset: true, source: "documented" }),
  /** How long an import may take, in seconds. @default 600 */
  importTimeout: limit(),
  /** Makes a first commit with a README. Applies only at creation. */
  initializeWithReadme: flag(false, atCreation),
  /** The hash of the repository's objects; another one replaces the project. @default "sha1" */
  repositoryObjectFormat: field(z.enum(["sha1", "sha256"]).optional(), {
    default: "sha1",
    onlyOn: "create",
    ...server,
  }),
  /** The name of a template to begin with. Applies only at creation. */
  templateName: text(atCreation),
  /** The number of a project to begin with as a template. GitLab Premium. Applies only at creation. */
  templateProjectId: field(z.int().min(1).optional(), atCreation),
  /**
   * Whether the template is one of the instance or a group, and not GitLab's own. GitLab Premium. Applies only at
   * creation.
   */
  useCustomTemplate: flag(false, atCreation),
  /** The number of the group with the template. GitLab Premium. Applies only at creation. */
  groupWithProjectTemplatesId: field(z.int().min(1).optional(), atCreation),
  /**
   * Brings back the project that is marked for deletion and had the very path and name that are given here, with all
   * that is in it, instead of making a new one. Where only the name is given, it alone tells. Applies only at creation.
   * @default false
   */
  restoreOnCreate: flag(false, { access: "local", source: "package" }),
};

/** How a project ends. What counts is what the last `pulumi up` stored. */
export const deletionFields = {
  /**
   * Removes the project at once when the resource is deleted. GitLab otherwise marks it, under another path, and removes it
   * some days later; until then it can be restored. @default false
   */
  permanentlyRemove: flag(false, { access: "local", source: "package" }),
  /** Archives the project when the resource is deleted, and deletes nothing. Excludes `permanentlyRemove`. @default false */
  archiveOnDestroy: flag(false, { access: "local", source: "package" }),
  /** How long the deletion may take, in seconds. @default 600 */
  deleteTimeout: limit(),
};
