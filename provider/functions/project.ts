import { createHash } from "node:crypto";
import type { Client } from "../client";
import { isNotFound, refusedWith } from "../client/errors";
import { projectOf, type ProjectDetails } from "./project-details";
import { queryOf } from "./project-filters";
import { stripCredentials } from "../secrets/redact";
import { defineFunction, outputForm } from "./data-function";
import { camelCased, rowOf } from "./responses";
import { selectedPath, type ProjectSelector } from "./selectors";

/** Which project, and what to add to it. */
export interface GetProjectArgs extends ProjectSelector {
  /** Adds `license` and `licenseUrl`. */
  readonly license?: boolean | undefined;
  /** Adds `statistics`, for Reporters and above. */
  readonly statistics?: boolean | undefined;
  /** Adds `customAttributes`, for administrators. */
  readonly withCustomAttributes?: boolean | undefined;
}

/**
 * A project. One that is marked for deletion is still there: see `markedForDeletionOn`.
 *
 * @throws GitLabError with status 404 when there is none, or the token does not see it
 * @see https://docs.gitlab.com/api/projects/#retrieve-a-project
 */
export const getProject = defineFunction<GetProjectArgs, ProjectDetails>("getProject", async (client, args) => {
  const { project, ...wanted } = args;
  const path = selectedPath("project", project);
  return projectOf(rowOf((await client.get(path, queryOf(wanted))).body, path, "project"));
});

/** {@link getProject} for arguments that may be outputs. */
export const getProjectOutput = outputForm(getProject);

/**
 * The share of each programming language in a project, in percent: `{ Ruby: 66.69, JavaScript: 33.31 }`.
 *
 * @throws GitLabError with status 404 when the token does not see the project
 * @see https://docs.gitlab.com/api/projects/#list-programming-languages-used
 */
export const getProjectLanguages = defineFunction<ProjectSelector, Readonly<Record<string, number>>>(
  "getProjectLanguages",
  async (client, args) => {
    const path = selectedPath("project", args.project, "languages");
    return rowOf((await client.get(path)).body, path, "languages") as Readonly<Record<string, number>>;
  },
);

/** {@link getProjectLanguages} for arguments that may be outputs. */
export const getProjectLanguagesOutput = outputForm(getProjectLanguages);

/** Where a repository lies on the server. */
export interface ProjectStorage {
  readonly projectId: number;
  readonly diskPath: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly repositoryStorage: string;
}

/**
 * Where a project's repository lies on GitLab's own disks. For administrators.
 *
 * @throws GitLabError with status 403 for others
 * @see https://docs.gitlab.com/api/projects/#retrieve-the-path-to-repository-storage
 */
export const getProjectStorage = defineFunction<ProjectSelector, ProjectStorage>(
  "getProjectStorage",
  async (client, args) => {
    const path = selectedPath("project", args.project, "storage");
    const { body } = await client.get(path);
    // The documentation shows a list; servers answer with the one object.
    return camelCased(rowOf(Array.isArray(body) ? (body as unknown[])[0] : body, path, "storage")) as ProjectStorage;
  },
);

/** {@link getProjectStorage} for arguments that may be outputs. */
export const getProjectStorageOutput = outputForm(getProjectStorage);

/** How a project is kept like another repository. */
export interface PullMirrorDetails {
  /** False where nothing is mirrored; everything else is undefined then. */
  readonly enabled: boolean;
  readonly id?: number;
  /** With asterisks in place of its credentials. */
  readonly url?: string;
  /** `none`, `scheduled`, `started`, `finished`, `failed` and others. */
  readonly updateStatus?: string;
  readonly lastError?: string | null;
  /** ISO 8601. */
  readonly lastUpdateAt?: string | null;
  /** ISO 8601. */
  readonly lastUpdateStartedAt?: string | null;
  /** ISO 8601. */
  readonly lastSuccessfulUpdateAt?: string | null;
  readonly mirrorTriggerBuilds?: boolean;
  readonly mirrorOverwritesDivergedBranches?: boolean | null;
  readonly onlyMirrorProtectedBranches?: boolean | null;
  readonly mirrorBranchRegex?: string | null;
}

/**
 * A project's pull mirror. Where there is none, or it is switched off, GitLab tells nothing of it: `{ enabled: false }`.
 * GitLab Premium and Ultimate.
 *
 * @throws GitLabError with status 404 when the token does not see the project, or the licence has no mirrors
 * @see https://docs.gitlab.com/api/project_pull_mirroring/
 */
export const getProjectPullMirror = defineFunction<ProjectSelector, PullMirrorDetails>(
  "getProjectPullMirror",
  async (client, args) => {
    const path = selectedPath("project", args.project, "mirror", "pull");
    try {
      const { body } = await client.get(path);
      // Servers before 17.6 do not say `enabled`: they answer for mirrors that are.
      const mirror = camelCased(rowOf(body, path, "mirror")) as Omit<PullMirrorDetails, "enabled">;
      const { lastError } = mirror;
      return {
        enabled: true,
        ...mirror,
        ...(typeof lastError === "string" ? { lastError: stripCredentials(lastError) } : {}),
      };
    } catch (error) {
      if (isNotMirrored(error)) return { enabled: false };
      throw error;
    }
  },
);

/** {@link getProjectPullMirror} for arguments that may be outputs. */
export const getProjectPullMirrorOutput = outputForm(getProjectPullMirror);

/** GitLab's way of saying that a project has no pull mirror that is switched on. */
export function isNotMirrored(error: unknown): boolean {
  return refusedWith(error, 400) && error.details.some((text) => /not mirrored/i.test(text));
}

/** A project's picture. */
export interface ProjectAvatar {
  /** `image/png`. */
  readonly contentType: string;
  readonly contentBase64: string;
  /** SHA-256 of the content, in hex: GitLab itself tells nothing by which a changed picture is seen. */
  readonly sha256: string;
}

/**
 * A project's avatar, or undefined where it has none.
 *
 * @throws GitLabError with status 404 when the token does not see the project
 * @see https://docs.gitlab.com/api/projects/#download-a-project-avatar
 */
export const getProjectAvatar = defineFunction<ProjectSelector, ProjectAvatar | undefined>(
  "getProjectAvatar",
  async (client, args) => {
    try {
      return await pictureAt(client, args.project);
    } catch (error) {
      if (isNotFound(error) && error.details.some((text) => /avatar/i.test(text))) return undefined;
      throw error;
    }
  },
);

/** {@link getProjectAvatar} for arguments that may be outputs. */
export const getProjectAvatarOutput = outputForm(getProjectAvatar);

async function pictureAt(client: Client, project: string | number): Promise<ProjectAvatar> {
  let content = Buffer.alloc(0);
  const { headers } = await client.download(selectedPath("project", project, "avatar"), {}, async (chunks) => {
    const parts: Buffer[] = [];
    for await (const chunk of chunks) parts.push(chunk);
    content = Buffer.concat(parts);
  });
  return {
    contentType: headers["content-type"] ?? "application/octet-stream",
    contentBase64: content.toString("base64"),
    sha256: createHash("sha256").update(content).digest("hex"),
  };
}
