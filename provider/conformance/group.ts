import { createHash, randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import {
  GitLabError,
  lacksCall,
  notFound,
  path,
  under,
  type ApiPath,
  type Client,
  type GitLabResponse,
} from "../client";
import { postOrRecover } from "../client/post-or-recover";
import { isObject } from "../core/json";
import { RunRefused } from "./results";
import type { AllowedWrites } from "./allowed-writes";

/** What the paths of the groups begin with that runs make. */
const prefix = "pulumi-gitlab-conformance-";
const marker = /\[pulumi-gitlab-conformance machine=([0-9a-f]{8}) process=(\d+)\]/;
/** A run takes minutes, at a slow pace an hour or two: one that began earlier than this many milliseconds ago is over. */
const longestRun = 6 * 60 * 60_000;
/** How long GitLab may take for a removal, in milliseconds. */
const longestRemoval = 60_000;

/** A group that a run has made. */
export interface RunGroup {
  readonly id: number;
  /** Its full path. */
  readonly path: string;
}

/** A group that an earlier run has left behind, or that one is still working in. */
export interface LeftGroup extends RunGroup {
  readonly createdAt: string;
  /** Whether the run that made it may still be going on. */
  readonly mayBeInUse: boolean;
}

type Props = Readonly<Record<string, unknown>>;

/**
 * Makes the group of a run.
 *
 * @param parent the group to make it in; undefined for one at the top
 * @throws RunRefused where the token may not
 */
export async function makeGroup(client: Client, allowedWrites: AllowedWrites, parent?: RunGroup): Promise<RunGroup> {
  const name = prefix + randomBytes(4).toString("hex");
  const fullPath = parent ? `${parent.path}/${name}` : name;
  allowedWrites.allowGroup(name, parent?.id ?? null);
  const group = {
    name,
    path: name,
    visibility: "private",
    description: `Made by a conformance run of pulumi-gitlab-dynamic, which removes it at its end. ${ownMark()}`,
    emails_enabled: false,
    auto_devops_enabled: false,
    ...(parent ? { parent_id: parent.id } : {}),
  };
  try {
    return noteGroup(allowedWrites, await makeOnce(client, path`/groups`, group, path`/groups/${fullPath}`));
  } catch (error) {
    if (!(error instanceof GitLabError) || error.status >= 500) throw error;
    const where = parent ? `in the group ${parent.path}` : "at the top level";
    const instead = parent
      ? "The token's user must be an Owner of it, or a Maintainer if Maintainers may create subgroups."
      : "GitLab.com and some administrators forbid it: create an empty group by hand, and pass it with --group.";
    throw new RunRefused(`cannot create a group ${where} (${error.message}). ${instead}`);
  }
}

/** Makes a group in the run's own. */
export async function makeSubgroup(
  client: Client,
  allowedWrites: AllowedWrites,
  parent: RunGroup,
  name: string,
): Promise<RunGroup> {
  const group = { name, path: name, parent_id: parent.id, visibility: "private" };
  const own = path`/groups/${`${parent.path}/${name}`}`;
  return noteGroup(allowedWrites, await makeOnce(client, path`/groups`, group, own));
}

/**
 * Makes what has a path of its own. Where the answer is lost it is looked for, and made again if it is not there.
 *
 * @param own where it is to be found
 * @throws GitLabError, LostAnswerError, UnreachableError when it cannot be made
 */
export async function makeOnce(client: Client, where: ApiPath, body: Props, own: ApiPath): Promise<GitLabResponse> {
  return postOrRecover(() => client.post(where, body), { find: () => client.get(own).catch(notFound), isUnique: true });
}

function noteGroup(allowedWrites: AllowedWrites, { body }: { readonly body: unknown }): RunGroup {
  const { id, full_path: fullPath } = isObject(body) ? body : {};
  if (typeof id !== "number" || typeof fullPath !== "string")
    throw new Error("POST /groups: the response shows no group");
  allowedWrites.groups.add(id);
  return { id, path: fullPath };
}

/**
 * Finds a group in which a run may make its own.
 *
 * @throws RunRefused where it is not empty
 */
export async function requireEmptyGroup(client: Client, text: string): Promise<RunGroup> {
  const where = path`/groups/${text}`;
  const { body } = await client.get(where);
  const { id, full_path: fullPath } = isObject(body) ? body : {};
  if (typeof id !== "number" || typeof fullPath !== "string") throw new Error(`GET /groups/${text}: no group is shown`);
  const own = path`/groups/${id}`;
  const group = { id, path: fullPath };
  const found = await contentOf(client, own, fullPath);
  if (found === undefined) return group;
  throw new RunRefused(`the group ${fullPath} is not empty: it has ${found}. Pass an empty group with --group.`);
}

/** What a group has besides the groups of earlier runs; integrations would be handed down to the run's own. */
async function contentOf(client: Client, own: ApiPath, fullPath: string): Promise<string | undefined> {
  for await (const project of client.list(under(own, path`/projects`), { include_subgroups: true })) {
    if (!String((project as Props).path_with_namespace).startsWith(`${fullPath}/${prefix}`)) return "projects";
  }
  for await (const group of client.list(under(own, path`/subgroups`))) if (!leftGroupIn(group)) return "subgroups";
  return (await hasIntegrations(client, own)) ? "integrations" : undefined;
}

async function hasIntegrations(client: Client, own: ApiPath): Promise<boolean> {
  try {
    const { body } = await client.get(under(own, path`/integrations`), { per_page: 1 });
    return Array.isArray(body) && body.length > 0;
  } catch (error) {
    // Groups have them since 17.9.
    if (lacksCall(error)) return false;
    throw error;
  }
}

/** Finds the groups of earlier runs: at the top, or in the group that is named by its number or full path. */
export async function findLeftGroups(client: Client, parent?: string): Promise<LeftGroup[]> {
  const where = parent === undefined ? path`/groups` : under(path`/groups/${parent}`, path`/subgroups`);
  const left: LeftGroup[] = [];
  for await (const group of client.list(where, { search: prefix, owned: true })) {
    const found = leftGroupIn(group);
    if (found) left.push(found);
  }
  return left;
}

/** By its name and its mark together: nobody makes such a group by hand. */
function leftGroupIn(group: unknown): LeftGroup | undefined {
  const { id, full_path: fullPath, path: name, description, created_at: createdAt, ...rest } = group as Props;
  if (typeof id !== "number" || typeof fullPath !== "string" || rest.marked_for_deletion_on != null) return undefined;
  if (typeof name !== "string" || !name.startsWith(prefix)) return undefined;
  const [mark, machine, process] = marker.exec(String(description)) ?? [];
  if (mark === undefined) return undefined;
  const began = typeof createdAt === "string" ? createdAt : "";
  const isYoung = !(Date.now() - Date.parse(began) >= longestRun);
  const mayBeInUse = isYoung && (machine !== ownMachine() || isAlive(Number(process)));
  return { id, path: fullPath, createdAt: began, mayBeInUse };
}

function ownMark(): string {
  return `[pulumi-gitlab-conformance machine=${ownMachine()} process=${process.pid}]`;
}

/** Tells machines apart without naming them. */
function ownMachine(): string {
  return createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
}

function isAlive(id: number): boolean {
  if (id === process.pid) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** How a group ended. */
export type Removal = "removed" | "marked for deletion";

/**
 * Removes a group with everything in it, for good where GitLab allows that.
 *
 * @throws Error when it is still there afterwards
 */
export async function removeGroup(client: Client, allowedWrites: AllowedWrites, group: RunGroup): Promise<Removal> {
  allowedWrites.groups.add(group.id);
  const where = path`/groups/${group.id}`;
  const there = await client.get(where).catch(notFound);
  if (!there) return "removed";
  const inside = `${String((there.body as Props).full_path)}/`;
  // What is marked for deletion keeps its content until its time has come: so the content goes first.
  for await (const project of client.list(under(where, path`/projects`), {
    include_subgroups: true,
    with_shared: false,
  })) {
    const { id, path_with_namespace: fullPath } = project as Props;
    // Somebody may have shared another project with the group.
    if (typeof id !== "number" || !String(fullPath).startsWith(inside)) continue;
    allowedWrites.projects.add(id);
    await removeForGood(client, path`/projects/${id}`, "path_with_namespace");
  }
  for (const id of await groupsBelow(client, where, inside)) {
    allowedWrites.groups.add(id);
    await removeForGood(client, path`/groups/${id}`, "full_path");
  }
  await removeForGood(client, where, "full_path");
  return waitForRemoval(client, where);
}

/** The innermost first. */
async function groupsBelow(client: Client, where: ApiPath, inside: string): Promise<number[]> {
  const found: { readonly id: number; readonly depth: number }[] = [];
  for await (const group of client.list(under(where, path`/descendant_groups`))) {
    const { id, full_path: fullPath } = group as Props;
    if (typeof id !== "number" || !String(fullPath).startsWith(inside)) continue;
    found.push({ id, depth: String(fullPath).split("/").length });
  }
  return found.sort((one, other) => other.depth - one.depth).map(({ id }) => id);
}

async function removeForGood(client: Client, where: ApiPath, name: string): Promise<void> {
  await client.delete(where).catch(ignoreRefusal);
  // Marking may have renamed it, and GitLab asks for the name of now.
  const there = await client.get(where).catch(notFound);
  if (!there) return;
  const fullPath = (there.body as Props)[name];
  await client.delete(where, { permanently_remove: true, full_path: fullPath }).catch(ignoreRefusal);
}

/** What is marked already, or may not be removed for good, says so: how it ended is looked at afterwards. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof GitLabError) || error.status >= 500) throw error;
}

async function waitForRemoval(client: Client, where: ApiPath): Promise<Removal> {
  for (const end = Date.now() + longestRemoval; ;) {
    const there = await client.get(where).catch(notFound);
    if (!there) return "removed";
    if ((there.body as Props).marked_for_deletion_on != null) return "marked for deletion";
    if (Date.now() > end) throw new Error(`${where} is still there a minute after its removal was asked for`);
    await sleep(1000);
  }
}
