import type { Project } from "../projects/row";
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
  const found = projectsThat(world, isWanted);
  // What was changed comes first where not everything has a place.
  const marksOf = ({ project }: Found): number => counts(`projects/${project.id}`).marks;
  const ordered =
    found.length <= MOST_PROJECTS ? found : [...found].sort((one, other) => marksOf(other) - marksOf(one));
  const chosen = ordered.slice(0, MOST_PROJECTS);
  const below = itemsByOwner(chosen, counts);
  return {
    version: world.settings.version,
    items: [...groupItems(world, null, { counts, below, isWanted }), ...userItems(world, { counts, below })],
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

type CountsOf = (key: string) => Counts;

interface Found {
  readonly project: Project;
  readonly path: string;
}

interface Parts {
  readonly counts: CountsOf;
  /** The projects that are shown, by the key of their group or user. */
  readonly below: ReadonlyMap<string, readonly TreeItem[]>;
}

function projectsThat(world: World, isWanted: (path: string) => boolean): Found[] {
  const pathOf = pathsOf(world);
  return world.state.projects
    .map((project) => ({ project, path: pathOf(project) }))
    .filter(({ path }) => isWanted(path));
}

function itemsByOwner(found: readonly Found[], counts: CountsOf): Map<string, TreeItem[]> {
  const below = new Map<string, TreeItem[]>();
  for (const { project, path } of found) {
    const owner = `${project.owner.kind}s/${project.owner.id}`;
    const there = below.get(owner) ?? [];
    there.push(item(`projects/${project.id}`, "project", project, path, counts));
    below.set(owner, there);
  }
  return below;
}

function groupItems(
  world: World,
  parentId: number | null,
  parts: Parts & { readonly isWanted: (path: string) => boolean },
): TreeItem[] {
  const groups = world.state.groups.filter((group) => group.parentId === parentId);
  const items = groups.flatMap((group) => {
    const path = world.groupPath(group);
    const key = `groups/${group.id}`;
    const children = [...groupItems(world, group.id, parts), ...sorted(parts.below.get(key) ?? [])];
    if (children.length === 0 && !parts.isWanted(path)) return [];
    return [{ ...item(key, "group", group, path, parts.counts), children }];
  });
  return sorted(items);
}

function userItems(world: World, { counts, below }: Parts): TreeItem[] {
  const items = world.state.users.flatMap(({ id, username }) => {
    const key = `users/${id}`;
    const children = sorted(below.get(key) ?? []);
    return children.length === 0 ? [] : [{ ...item(key, "user", { name: username }, username, counts), children }];
  });
  return sorted(items);
}

/** Full paths of projects, which share those of their groups. */
function pathsOf(world: World): (project: Project) => string {
  const owners = new Map<string, string>();
  return ({ owner, path }) => {
    const key = `${owner.kind}s/${owner.id}`;
    const ownerPath = owners.get(key) ?? world.ownerPath(owner);
    owners.set(key, ownerPath);
    return `${ownerPath}/${path}`;
  };
}

function item(
  key: string,
  kind: TreeItem["kind"],
  row: { readonly name: string; readonly archived?: boolean },
  path: string,
  counts: CountsOf,
): TreeItem {
  const title = path.slice(path.lastIndexOf("/") + 1);
  return { key, kind, title, path, archived: row.archived ?? false, ...counts(key), children: [] };
}

const sorted = (items: readonly TreeItem[]): TreeItem[] =>
  [...items].sort((one, other) => one.path.localeCompare(other.path, "en"));

function countAll(world: World, history: History): CountsOf {
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
