import { path, unusable, type Client } from "../../client";
import type { Connection, Parent } from "../../operations/connection";
import type { Scope } from "../../core/schema";
import { rowOf } from "../../functions/responses";
import { isKey } from "../../operations/api/answers";
import { truncate } from "../../core/truncate";
import { reasonOf, type Skipped } from "./skipped";

/** The projects and groups to look into. */
export interface Targets {
  /** Groups before the projects in them, each once, by path. */
  readonly parents: readonly Parent[];
  readonly skipped: readonly Skipped[];
  /** Projects that wait for their deletion. */
  readonly doomed: number;
}

/** What the command line names. */
export interface Selection {
  readonly project: readonly string[];
  readonly group: readonly string[];
  readonly recursive: boolean;
}

type Listed = Readonly<Record<string, unknown>>;

/** Finds the projects and groups of a selection. What the token cannot see is skipped and told. */
export async function findTargets(connection: Connection, selection: Selection): Promise<Targets> {
  const parents = new Map<string, Parent>();
  const skipped: Skipped[] = [];
  let doomed = 0;
  const add = (parent: Parent) => parents.set(`${parent.scope} ${parent.id}`, parent);
  const attempt = async (scope: Scope, text: string, task: () => Promise<void>) => {
    try {
      await task();
    } catch (error) {
      skipped.push({ where: `${scope} ${truncate(text)}`, what: [], reason: reasonOf(error) });
    }
  };
  for (const text of selection.project) {
    await attempt("project", text, async () => void add(await connection.parent("project", text)));
  }
  for (const text of selection.group) {
    await attempt("group", text, async () => {
      const group = await connection.parent("group", text);
      add(group);
      if (selection.recursive) for await (const found of subgroups(connection.client, group)) add(found);
      for await (const listed of projects(connection.client, group, selection.recursive)) {
        if (isDoomed(listed)) doomed += 1;
        else add(parentIn("project", listed, group));
      }
    });
  }
  // Compared by code unit, so that the order does not depend on the machine's language.
  const sorted = [...parents.values()].sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
  return { parents: sorted, skipped, doomed };
}

// https://docs.gitlab.com/api/groups/#list-descendant-groups
async function* subgroups(client: Client, group: Parent): AsyncGenerator<Parent> {
  const where = path`/groups/${group.id}/descendant_groups`;
  for await (const listed of client.list(where)) yield parentIn("group", rowOf(listed, where, "group"), group);
}

// https://docs.gitlab.com/api/groups/#list-projects
async function* projects(client: Client, { id }: Parent, isDeep: boolean): AsyncGenerator<Listed> {
  // Projects that are shared with the group belong to others.
  const query = { include_subgroups: isDeep, with_shared: false, order_by: "id", sort: "asc" };
  const where = path`/groups/${id}/projects`;
  for await (const listed of client.list(where, query)) yield rowOf(listed, where, "project");
}

/** @throws GitLabError when a row of a group's list names no project or group */
function parentIn(scope: Scope, { id, ...listed }: Listed, group: Parent): Parent {
  const full = listed[scope === "project" ? "path_with_namespace" : "full_path"];
  if (isKey(id) && typeof full === "string") return { scope, id, path: full };
  throw unusable({ method: "GET", path: `/groups/${group.id}`, what: `${scope} in its list of ${scope}s` }, 200);
}

function isDoomed(project: Listed): boolean {
  return typeof (project.marked_for_deletion_on ?? project.marked_for_deletion_at) === "string";
}

function orderOf({ scope, path: full }: Parent): string {
  // A slash counts as the first of all characters, so that what is below a group follows at once.
  return `${full.toLowerCase().replaceAll("/", "\u0001")}\u0000${scope}`;
}
