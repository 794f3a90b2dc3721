import { path, unusable, type ApiPath, type Client } from "../../../client";
import type { Connection, Parent } from "../../../operations/connection";
import type { Scope } from "../../../core/schema";
import { rowOf } from "../../../functions/responses";
import { isKey } from "../../../operations/api/answers";
import { truncate } from "../../../core/truncate";
import type { Selection } from "../options";
import { reasonOf, type Skipped } from "./skipped";

/** A project or group to look into. */
export interface Target extends Omit<Parent, "archived"> {
  /** Whether it is a project that is archived: GitLab then refuses most changes in it. */
  readonly archived: boolean;
}

/** How a program refers to a project or group: its path, or its number where the path would pass for one. */
export function parentReference({ path: full, id }: Pick<Parent, "path" | "id">): string {
  return /^\d+$/.test(full) ? String(id) : full;
}

/** The projects and groups to look into. */
export interface Targets {
  /** Groups before the projects in them, each once, by path. */
  readonly parents: readonly Target[];
  /** The groups that the selection names, by full path: the roots of what is in them. */
  readonly roots: readonly string[];
  readonly skipped: readonly Skipped[];
  /** Projects that wait for their deletion, which are left out. */
  readonly pendingDeletion: readonly Target[];
  /** Archived projects that are left out, as asked. */
  readonly archivedLeftOut: readonly Target[];
}

type Listed = Readonly<Record<string, unknown>>;

/** Finds the projects and groups of a selection. What the token cannot see is skipped and told. */
export async function findTargets(
  connection: Connection,
  selection: Pick<Selection, "project" | "group" | "recursive" | "archived">,
): Promise<Targets> {
  const finder = new Finder(connection, selection);
  await finder.run();
  return finder;
}

class Finder implements Targets {
  readonly roots: string[] = [];
  readonly skipped: Skipped[] = [];
  readonly pendingDeletion: Target[] = [];
  readonly archivedLeftOut: Target[] = [];
  readonly #parents = new Map<string, Target>();

  constructor(
    private readonly connection: Connection,
    private readonly selection: Pick<Selection, "project" | "group" | "recursive" | "archived">,
  ) {}

  /** By path. */
  get parents(): readonly Target[] {
    // Compared by code unit, so that the order does not depend on the machine's language.
    return [...this.#parents.values()].sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
  }

  async run(): Promise<void> {
    for (const text of this.selection.project) await this.#attempt("project", text, () => this.#project(text));
    for (const text of this.selection.group) await this.#attempt("group", text, () => this.#group(text));
  }

  async #attempt(scope: Scope, text: string, task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      this.skipped.push({ where: `${scope} ${truncate(text)}`, what: [], reason: reasonOf(error) });
    }
  }

  async #project(text: string): Promise<void> {
    const parent = await this.connection.parent("project", text);
    if (parent.archived !== true) {
      this.#add({}, parent);
      return;
    }
    // One that waits for its deletion is archived too, and only the project itself tells.
    const where = path`/projects/${parent.id}`;
    this.#add(rowOf((await this.connection.client.get(where)).body, where, "project"), parent);
  }

  async #group(text: string): Promise<void> {
    const { client } = this.connection;
    const group = await this.connection.parent("group", text);
    const { recursive } = this.selection;
    this.roots.push(group.path);
    const add = (found: Parent) => this.#parents.set(`group ${found.id}`, { ...found, archived: false });
    add(group);
    if (recursive) for await (const found of subgroups(client, group)) add(found);
    const where = path`/groups/${group.id}/projects`;
    for await (const listed of projects(client, where, recursive))
      this.#add(listed, parentIn("project", listed, where));
  }

  #add(listed: Listed, parent: Parent): void {
    const target = { ...parent, archived: listed.archived === true };
    if (isPendingDeletion(listed)) this.pendingDeletion.push(target);
    else if (target.archived && !this.selection.archived) this.archivedLeftOut.push(target);
    else this.#parents.set(`project ${parent.id}`, target);
  }
}

// https://docs.gitlab.com/api/groups/#list-descendant-groups
async function* subgroups(client: Client, group: Parent): AsyncGenerator<Parent> {
  const where = path`/groups/${group.id}/descendant_groups`;
  for await (const listed of client.list(where)) yield parentIn("group", rowOf(listed, where, "group"), where);
}

// https://docs.gitlab.com/api/groups/#list-projects
async function* projects(client: Client, where: ApiPath, isDeep: boolean): AsyncGenerator<Listed> {
  // Projects that are shared with the group belong to others.
  const query = { include_subgroups: isDeep, with_shared: false, order_by: "id", sort: "asc" };
  for await (const listed of client.list(where, query)) yield rowOf(listed, where, "project");
}

/** @throws GitLabError when a row names no project or group */
function parentIn(scope: Scope, { id, ...listed }: Listed, where: ApiPath): Parent {
  const full = listed[scope === "project" ? "path_with_namespace" : "full_path"];
  if (isKey(id) && typeof full === "string") return { scope, id, path: full };
  throw unusable({ method: "GET", path: where, what: `${scope} with a number and a path` }, 200);
}

function isPendingDeletion(project: Listed): boolean {
  return typeof (project.marked_for_deletion_on ?? project.marked_for_deletion_at) === "string";
}

function orderOf({ scope, path: full }: Pick<Parent, "scope" | "path">): string {
  // A slash counts as the first of all characters, so that what is below a group follows at once.
  return `${full.toLowerCase().replaceAll("/", "\u0001")}\u0000${scope}`;
}
