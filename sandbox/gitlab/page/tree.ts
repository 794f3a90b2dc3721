import type { Group } from "../world/state";
import type { World } from "../world/world";
import { BY_HAND, type History } from "./history";
import { deletedObjects, markerOf, type Mark } from "./marks";

/** A group, a user's namespace or a project in the tree. */
export interface TreeItem {
  /** `projects/42`, `groups/9` or `users/1` */
  readonly key: string;
  readonly kind: "group" | "user" | "project";
  /** Its own name. */
  readonly title: string;
  readonly path: string;
  readonly archived: boolean;
  readonly hooks: number;
  /** Integrations that are on. */
  readonly integrations: number;
  readonly hasPushRule: boolean;
  /** How many of its objects are marked, and by whom. */
  readonly marks: number;
  readonly isMarkedByHand: boolean;
  readonly children: readonly TreeItem[];
}

/** A run as the page shows it. */
export interface RunView {
  readonly client: string;
  readonly isByHand: boolean;
  /** ISO 8601 */
  readonly at: string;
  readonly writes: number;
}

/** What there is on this GitLab, counted. */
export interface Totals {
  readonly groups: number;
  readonly projects: number;
  readonly hooks: number;
  readonly integrations: number;
}

/** The groups and projects, with what is in them counted. */
export interface TreeView {
  readonly version: string;
  readonly items: readonly TreeItem[];
  /** Projects that are shown, and those that fit the search. */
  readonly shown: number;
  readonly found: number;
  readonly totals: Totals;
  readonly runs: readonly RunView[];
}

/** More than anybody reads; a search finds the others. */
const MOST_PROJECTS = 400;

interface Counts {
  hooks: number;
  integrations: number;
  hasPushRule: boolean;
  marks: number;
  isMarkedByHand: boolean;
}

/**
 * The tree of groups and projects.
 *
 * @param search a part of the paths of the projects and groups to show; all when empty
 */
export function treeView(world: World, history: History, search: string): TreeView {
  const counts = countAll(world, history);
  const wanted = search.trim().toLowerCase();
  const isWanted = (path: string): boolean => path.toLowerCase().includes(wanted);
  const found = world.state.projects
    .map((project) => ({ project, path: world.projectPath(project), counted: counts(`projects/${project.id}`) }))
    .filter(({ path }) => isWanted(path));
  // What was changed comes first where not everything has a place.
  const chosen =
    found.length <= MOST_PROJECTS
      ? found
      : [...found].sort((one, other) => other.counted.marks - one.counted.marks).slice(0, MOST_PROJECTS);
  const projects = chosen.map(({ project, path }) => ({
    owner: `${project.owner.kind}s/${project.owner.id}`,
    item: item(`projects/${project.id}`, "project", project, path, counts),
  }));
  const below = new Map<string, TreeItem[]>();
  for (const { owner, item: child } of projects) below.set(owner, [...(below.get(owner) ?? []), child]);
  const childrenOf = (key: string): TreeItem[] => sorted(below.get(key) ?? []);
  const groupItem = (group: Group): TreeItem | undefined => {
    const path = world.groupPath(group);
    const subgroups = groupsIn(world, group.id).flatMap((child) => groupItem(child) ?? []);
    const children = [...sorted(subgroups), ...childrenOf(`groups/${group.id}`)];
    if (children.length === 0 && !isWanted(path)) return undefined;
    return { ...item(`groups/${group.id}`, "group", group, path, counts), children };
  };
  const users = world.state.users.flatMap(({ id, username }): TreeItem[] => {
    const children = childrenOf(`users/${id}`);
    return children.length === 0
      ? []
      : [{ ...item(`users/${id}`, "user", { name: username }, username, counts), children }];
  });
  return {
    version: world.settings.version,
    items: [...sorted(groupsIn(world, null).flatMap((group) => groupItem(group) ?? [])), ...sorted(users)],
    shown: chosen.length,
    found: found.length,
    totals: totals(world),
    runs: history.lastRuns().map(({ client, end, writes }) => ({
      client,
      isByHand: client === BY_HAND,
      at: new Date(end).toISOString(),
      writes,
    })),
  };
}

function item(
  key: string,
  kind: TreeItem["kind"],
  row: { readonly name: string; readonly archived?: boolean },
  path: string,
  counts: (key: string) => Counts,
): TreeItem {
  const title = path.slice(path.lastIndexOf("/") + 1);
  return { key, kind, title, path, archived: row.archived ?? false, ...counts(key), children: [] };
}

const groupsIn = (world: World, parentId: number | null): Group[] =>
  world.state.groups.filter((group) => group.parentId === parentId);

const sorted = (items: readonly TreeItem[]): TreeItem[] =>
  [...items].sort((one, other) => one.path.localeCompare(other.path, "en"));

function countAll(world: World, history: History): (key: string) => Counts {
  const marker = markerOf(history);
  const all = new Map<string, Counts>();
  const at = (key: string): Counts => {
    const there = all.get(key) ?? { hooks: 0, integrations: 0, hasPushRule: false, marks: 0, isMarkedByHand: false };
    all.set(key, there);
    return there;
  };
  const note = (key: string, mark: Mark | undefined): Counts => {
    const counts = at(key);
    if (mark !== undefined) counts.marks += 1;
    if (mark?.isByHand === true) counts.isMarkedByHand = true;
    return counts;
  };
  const keyOf = ({ scope }: { readonly scope: { readonly kind: string; readonly id: number } }): string =>
    `${scope.kind}s/${scope.id}`;
  const { hooks, integrations, pushRules, projects } = world.state;
  for (const row of hooks) note(keyOf(row), marker(row)).hooks += 1;
  for (const row of integrations) note(keyOf(row), marker(row)).integrations += row.active ? 1 : 0;
  for (const row of pushRules) note(keyOf(row), marker(row)).hasPushRule = true;
  for (const project of projects) {
    const mark = marker(project);
    if (mark !== undefined) note(`projects/${project.id}`, mark);
  }
  for (const { place, mark } of deletedObjects(world, history)) note(place, mark);
  return at;
}

function totals(world: World): Totals {
  const { groups, projects, hooks, integrations } = world.state;
  return {
    groups: groups.length,
    projects: projects.length,
    hooks: hooks.length,
    integrations: integrations.filter(({ active, scope }) => active && scope.kind !== "instance").length,
  };
}
