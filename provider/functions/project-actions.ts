import type { Client } from "../client";
import { refusedWith, type GitLabError } from "../client/errors";
import { postOrRecover } from "../client/post-or-recover";
import { ProviderError } from "../core/errors";
import { sentences } from "../core/sentences";
import { isNotMirrored } from "./project";
import { projectOf, type ProjectDetails } from "./project-details";
import { defineAction, outputForm } from "./data-function";
import { selectedPath, type ProjectSelector } from "./selectors";

/** What became of an action. */
export interface ActionResult {
  /** False where there was nothing to do, and in a preview, which does nothing. */
  readonly changed: boolean;
}

/** What became of an action on a project. */
export interface ProjectActionResult extends ActionResult {
  /** The project as it is now; undefined in a preview, and where GitLab does not show it. */
  readonly project?: ProjectDetails;
}

/** What an action answers in a preview. */
export const notDone: ActionResult = { changed: false };

/** Sends a POST below a project. A 304 says that all is as it should be. */
async function post(client: Client, project: string | number, action: string): Promise<ProjectActionResult> {
  const { status, body } = await client.post(selectedPath("project", project, action));
  return status === 304 ? { changed: false } : { changed: true, project: projectOf(body) };
}

/**
 * Sends a POST below a project unless `isDone` says of the project that there is nothing to do.
 *
 * When the answer is lost, the project tells whether the request arrived.
 */
async function postUnless(
  client: Client,
  given: string | number,
  action: string,
  isDone: (project: ProjectDetails) => boolean,
): Promise<ProjectActionResult> {
  const look = async () => projectOf((await client.get(selectedPath("project", given))).body);
  const before = await look();
  if (isDone(before)) return { changed: false, project: before };
  const find = async () => {
    const project = await look();
    return isDone(project) ? { changed: true, project } : undefined;
  };
  return postOrRecover(() => post(client, before.id, action), { find, mayRepeat: () => false });
}

/**
 * Stars a project for the token's user. Already starred, nothing changes. In a preview it does nothing.
 *
 * @see https://docs.gitlab.com/api/project_starring/#star-a-project
 */
export const starProject = defineAction<ProjectSelector, ProjectActionResult>("starProject", notDone, (client, args) =>
  post(client, args.project, "star"),
);

/** {@link starProject} for arguments that may be outputs. */
export const starProjectOutput = outputForm(starProject);

/**
 * Takes the star of the token's user from a project. Without one, nothing changes. In a preview it does nothing.
 *
 * @see https://docs.gitlab.com/api/project_starring/#unstar-a-project
 */
export const unstarProject = defineAction<ProjectSelector, ProjectActionResult>(
  "unstarProject",
  notDone,
  (client, args) => post(client, args.project, "unstar"),
);

/** {@link unstarProject} for arguments that may be outputs. */
export const unstarProjectOutput = outputForm(unstarProject);

/**
 * Archives a project: it can be read, and nothing in it changes any more. In a preview it does nothing.
 *
 * A project that the program manages is archived with its argument `archived` instead.
 *
 * @throws GitLabError with status 403 when the token's user is not its owner
 * @see https://docs.gitlab.com/api/projects/#archive-a-project
 */
export const archiveProject = defineAction<ProjectSelector, ProjectActionResult>(
  "archiveProject",
  notDone,
  (client, args) => postUnless(client, args.project, "archive", ({ archived }) => archived === true),
);

/** {@link archiveProject} for arguments that may be outputs. */
export const archiveProjectOutput = outputForm(archiveProject);

/**
 * Brings an archived project back to use. In a preview it does nothing.
 *
 * @throws GitLabError with status 403 when the token's user is not its owner
 * @see https://docs.gitlab.com/api/projects/#unarchive-a-project
 */
export const unarchiveProject = defineAction<ProjectSelector, ProjectActionResult>(
  "unarchiveProject",
  notDone,
  (client, args) => postUnless(client, args.project, "unarchive", ({ archived }) => archived === false),
);

/** {@link unarchiveProject} for arguments that may be outputs. */
export const unarchiveProjectOutput = outputForm(unarchiveProject);

/**
 * Takes back the deletion of a project that is marked for it, with its name and path. Name it by its number: GitLab gives
 * such a project another path. In a preview it does nothing.
 *
 * @throws GitLabError with status 404 when GitLab has removed it already
 * @see https://docs.gitlab.com/api/projects/#restore-a-project-marked-for-deletion
 */
export const restoreProject = defineAction<ProjectSelector, ProjectActionResult>(
  "restoreProject",
  notDone,
  (client, args) =>
    postUnless(client, args.project, "restore", ({ markedForDeletionOn }) => (markedForDeletionOn ?? null) === null),
);

/** {@link restoreProject} for arguments that may be outputs. */
export const restoreProjectOutput = outputForm(restoreProject);

/** What to do to a project's repository. */
export interface StartHousekeepingArgs extends ProjectSelector {
  /** `eager` does all there is to do at once; `prune` also removes what no commit reaches. Default: what is due. */
  readonly task?: "eager" | "prune" | undefined;
}

/**
 * Has GitLab tidy up a project's repository, and does not wait for it. Nothing changes while it is at it already.
 * In a preview it does nothing.
 *
 * @see https://docs.gitlab.com/api/projects/#start-housekeeping-task-for-a-project
 */
export const startHousekeeping = defineAction<StartHousekeepingArgs, ActionResult>(
  "startHousekeeping",
  notDone,
  async (client, args) => {
    try {
      await client.post(selectedPath("project", args.project, "housekeeping"), { task: args.task });
      return { changed: true };
    } catch (error) {
      if (refusedWith(error, 409)) return { changed: false };
      throw error;
    }
  },
);

/** {@link startHousekeeping} for arguments that may be outputs. */
export const startHousekeepingOutput = outputForm(startHousekeeping);

/**
 * Has GitLab bring a pull mirror up to date, and does not wait for it. In a preview it does nothing.
 * GitLab Premium and Ultimate.
 *
 * @throws ProviderError when the project is no mirror, or its mirror is switched off
 * @see https://docs.gitlab.com/api/project_pull_mirroring/#start-the-pull-mirroring-process-for-a-project
 */
export const startPullMirror = defineAction<ProjectSelector, ActionResult>(
  "startPullMirror",
  notDone,
  async (client, args) => {
    try {
      await client.post(selectedPath("project", args.project, "mirror", "pull"));
      return { changed: true };
    } catch (error) {
      if (!isNotMirrored(error)) throw error;
      const { message } = error as GitLabError;
      throw new ProviderError(sentences(message, "Set up a ProjectPullMirror for it, or enable the one that it has."));
    }
  },
);

/** {@link startPullMirror} for arguments that may be outputs. */
export const startPullMirrorOutput = outputForm(startPullMirror);
