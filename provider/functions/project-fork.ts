import type { Client } from "../client";
import { GitLabError, refusedWith, type LostAnswerError } from "../client/errors";
import { path } from "../client/path";
import { postOrRecover } from "../client/post-or-recover";
import { ProviderError } from "../core/errors";
import { sentences } from "../core/sentences";
import { pollUntil } from "../client/poll-until";
import { notDone, type ActionResult, type ProjectActionResult } from "./project-actions";
import { projectOf, type ProjectDetails } from "./project-details";
import { projectsAt } from "./project-filters";
import { defineAction, outputForm } from "./data-function";
import { selectedPath, type ProjectSelector } from "./selectors";

/** What to fork, and where to. */
export interface ForkProjectArgs extends ProjectSelector {
  /** The number or full path of the group or user to fork into. Default: the token's user. */
  readonly namespace?: number | string | undefined;
  /** The fork's path. Default: that of the project. */
  readonly path?: string | undefined;
  /** The fork's name. Default: that of the project. */
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly visibility?: "private" | "internal" | "public" | undefined;
  /** The one branch to take along. Default: all of them. */
  readonly branches?: string | undefined;
  /** Whether merge requests of the fork go to the fork by default, not to the project. @default false */
  readonly mrDefaultTargetSelf?: boolean | undefined;
  /** Waits until the repository is copied. @default true */
  readonly wait?: boolean | undefined;
  /** How long to wait for that, in seconds. @default 600 */
  readonly timeout?: number | undefined;
}

/**
 * Forks a project, and waits until its repository is copied. In a preview it does nothing.
 *
 * Nothing changes where the project's fork is there already: the result has that one, so a program may ask at every run.
 * When the answer is lost, the fork is looked for and never asked for again.
 *
 * @throws GitLabError with status 409 when another project is in the way
 * @throws LostAnswerError when the response was lost and no fork is to be seen
 * @throws ProviderError when the copy fails or takes too long; the fork is there then
 * @see https://docs.gitlab.com/api/project_forks/#fork-a-project
 */
export const forkProject = defineAction<ForkProjectArgs, ProjectActionResult>(
  "forkProject",
  notDone,
  async (client, args) => {
    const { changed, project } = await fork(client, args);
    return { changed, project: args.wait === false ? project : await copied(client, project, args.timeout ?? 600) };
  },
);

/** {@link forkProject} for arguments that may be outputs. */
export const forkProjectOutput = outputForm(forkProject);

async function fork(client: Client, args: ForkProjectArgs): Promise<ActionResult & { project: ProjectDetails }> {
  const { namespace, path: wanted, name, description, visibility, branches, mrDefaultTargetSelf } = args;
  const request = {
    ...(typeof namespace === "number" ? { namespace_id: namespace } : { namespace_path: namespace }),
    ...{ path: wanted, name, description, visibility, branches, mr_default_target_self: mrDefaultTargetSelf },
  };
  const post = async () => {
    const { body } = await client.post(selectedPath("project", args.project, "fork"), request);
    return { changed: true, project: projectOf(body) };
  };
  const find = async (lost: LostAnswerError | undefined) => {
    const project = await existing(client, args);
    return project && { changed: lost !== undefined, project };
  };
  try {
    return await postOrRecover(post, { find, isConflict: (error) => refusedWith(error, 409), mayRepeat: () => false });
  } catch (error) {
    throw refusedWith(error, 409) ? inTheWay(error) : error;
  }
}

/** The fork that the arguments describe, if there is one. */
async function existing(client: Client, args: ForkProjectArgs): Promise<ProjectDetails | undefined> {
  const source = projectOf((await client.get(selectedPath("project", args.project))).body);
  const wanted = args.path ?? source.path;
  const namespace = args.namespace ?? (await ownNamespace(client));
  for await (const found of projectsAt(client, path`/projects/${source.id}/forks`, { search: wanted })) {
    const { id, fullPath } = found.namespace;
    const isThere = typeof namespace === "number" ? id === namespace : sameText(fullPath, namespace);
    if (isThere && sameText(found.path, wanted)) return found;
  }
  return undefined;
}

async function ownNamespace(client: Client): Promise<string> {
  const { body } = await client.get(path`/user`);
  return (body as { readonly username: string }).username;
}

function sameText(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function inTheWay({ method, path: shown, status, details }: GitLabError): GitLabError {
  const hint = "Another project has this path or name: give the fork another path and name, or another namespace.";
  return new GitLabError({ method, path: shown, status, details, hint });
}

/**
 * Waits until the repository of a fork is copied.
 *
 * @throws ProviderError when that fails or takes too long
 */
async function copied(client: Client, fork: ProjectDetails, limit: number): Promise<ProjectDetails> {
  const look = async () => projectOf((await client.get(path`/projects/${fork.id}`)).body);
  const isThere = ({ importStatus }: ProjectDetails) => importStatus !== "scheduled" && importStatus !== "started";
  const where = `${fork.pathWithNamespace} (projects/${fork.id})`;
  const project = isThere(fork)
    ? fork
    : await pollUntil(look, isThere, { limit, doing: `${where}: waiting for the copy` });
  const { importStatus, importError } = project;
  if (importStatus === "failed") {
    const reason = typeof importError === "string" ? `: ${importError}` : "";
    throw new ProviderError(
      sentences(
        `The fork ${where} was created, but copying its repository failed${reason}`,
        "Delete the fork, then try again.",
      ),
    );
  }
  if (isThere(project)) return project;
  throw new ProviderError(
    `The fork ${where} was created, but copying its repository is not finished after ${limit} s. ` +
      "Wait longer with timeout, or not at all with wait: false.",
  );
}
