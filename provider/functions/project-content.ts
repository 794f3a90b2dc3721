import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { readable } from "../client/path";
import { ProviderError } from "../core/errors";
import { notDone, type ActionResult } from "./project-actions";
import { defineAction, outputForm } from "./data-function";
import { camelCased } from "./responses";
import { selected, selectedPath, type ProjectSelector } from "./selectors";

/** What to upload. */
export interface UploadProjectFileArgs extends ProjectSelector {
  /** The file, as a path on this machine. */
  readonly file: string;
  /** The name that it gets on GitLab. Default: its own. */
  readonly name?: string | undefined;
}

/** Where an uploaded file is. Undefined in a preview, but for `changed`. */
export interface UploadProjectFileResult extends ActionResult {
  /** The file's name without its ending. */
  readonly alt?: string;
  /** Below the project. */
  readonly url?: string;
  /** Below the address of GitLab. */
  readonly fullPath?: string;
  /** What shows the file in an issue, a merge request or a comment. */
  readonly markdown?: string;
}

/**
 * Uploads a file for use in a project's issues, merge requests and comments. In a preview it does nothing.
 *
 * Every call makes another upload, and GitLab removes none by itself.
 *
 * @throws Node's own errors when the file cannot be read
 * @throws LostAnswerError when it is not known whether the file arrived
 * @see https://docs.gitlab.com/api/project_markdown_uploads/#upload-a-file
 */
export const uploadProjectFile = defineAction<UploadProjectFileArgs, UploadProjectFileResult>(
  "uploadProjectFile",
  notDone,
  async (client, args) => {
    const form = new FormData();
    form.set("file", new Blob([await readFile(args.file)]), args.name ?? basename(args.file));
    const { body } = await client.post(selectedPath("project", args.project, "uploads"), form);
    return { changed: true, ...(camelCased(body) as Omit<UploadProjectFileResult, "changed">) };
  },
);

/** {@link uploadProjectFile} for arguments that may be outputs. */
export const uploadProjectFileOutput = outputForm(uploadProjectFile);

/** Whose members to add to which project. */
export interface ImportProjectMembersArgs extends ProjectSelector {
  /** The project whose members to take: its number, its full path, or the ID of a project resource. */
  readonly from: string | number;
}

/** GitLab has added some members of a project to another one, and others not. */
export class MemberImportError extends ProviderError {
  /** @param failures by user name, what GitLab says of each who was not added */
  constructor(
    path: string,
    readonly failures: Readonly<Record<string, string>>,
    total: number | undefined,
  ) {
    const users = Object.entries(failures).map(([user, reason]) => `${user} (${reason})`);
    const of = total === undefined ? "" : ` of ${total}`;
    super(`POST ${path}: ${users.length}${of} members were not added: ${users.join(", ")}`);
  }
}

/**
 * Adds the members of a project to another one, each with the role that he or she has there. Those who are members
 * already stay as they are. In a preview it does nothing.
 *
 * @throws MemberImportError when some were not added: it names them
 * @see https://docs.gitlab.com/api/project_members/#import-members-from-a-project
 */
export const importProjectMembers = defineAction<ImportProjectMembersArgs, ActionResult>(
  "importProjectMembers",
  notDone,
  async (client, args) => {
    const from = selected("project", args.from, "from");
    const path = selectedPath("project", args.project, "import_project_members", from);
    const { status, message, total_members_count: total } = (await client.post(path)).body as MemberImportAnswer;
    if (status !== "error") return { changed: true };
    throw new MemberImportError(readable(path), typeof message === "object" ? message : { all: message ?? "" }, total);
  },
);

/** {@link importProjectMembers} for arguments that may be outputs. */
export const importProjectMembersOutput = outputForm(importProjectMembers);

interface MemberImportAnswer {
  readonly status?: string;
  readonly message?: string | Readonly<Record<string, string>>;
  readonly total_members_count?: number;
}
