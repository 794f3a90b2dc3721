import type { Project } from "../projects/row";
import type { Owner } from "./entities";
import type { State } from "./state";

/** Where a project is: its full path, computed by the world that knows the groups. */
export type PathOf = (project: Project) => string;

/** Finds projects by id and full path without looking at all of them. */
export class ProjectIndex {
  readonly #state: State;
  readonly #pathOf: PathOf;
  readonly #byId = new Map<number, Project>();
  #byPath: Map<string, Project> | undefined;
  #byOwner: Map<string, Project[]> | undefined;
  readonly #forks = new Map<number, Set<Project>>();

  /**
   * @param state where the projects are stored; the index keeps its list in the order of their ids
   * @param pathOf a project's full path
   */
  constructor(state: State, pathOf: PathOf) {
    this.#state = state;
    this.#pathOf = pathOf;
    for (const project of state.projects) {
      this.#byId.set(project.id, project);
      if (project.forkedFromId !== undefined) this.#countFork(project.forkedFromId, project);
    }
  }

  /** A project by id. */
  get(id: number): Project | undefined {
    return this.#byId.get(id);
  }

  /** A project by full path, ignoring case. */
  at(path: string): Project | undefined {
    return this.#paths().get(path.toLowerCase());
  }

  /** The projects directly in a group or in a user's namespace, in the order of their ids. */
  of(owner: Owner): readonly Project[] {
    if (this.#byOwner === undefined) {
      this.#byOwner = new Map();
      for (const project of this.#state.projects) this.#enlist(this.#byOwner, project);
    }
    return this.#byOwner.get(keyOf(owner)) ?? [];
  }

  /** The forks of a project, in the order of their ids. */
  forksOf(id: number): readonly Project[] {
    return [...(this.#forks.get(id) ?? [])].sort((one, other) => one.id - other.id);
  }

  /** Says what a project is a fork of; undefined for nothing. */
  relate(project: Project, sourceId: number | undefined): void {
    if (project.forkedFromId !== undefined) this.#forks.get(project.forkedFromId)?.delete(project);
    if (sourceId === undefined) {
      delete project.forkedFromId;
    } else {
      project.forkedFromId = sourceId;
      this.#countFork(sourceId, project);
    }
  }

  /** Stores a project; ids only grow. */
  add(project: Project): void {
    this.#state.projects.push(project);
    this.#byId.set(project.id, project);
    this.#byPath?.set(this.#pathOf(project).toLowerCase(), project);
    if (this.#byOwner !== undefined) this.#enlist(this.#byOwner, project);
  }

  /** Forgets projects; their forks stand alone from then on. */
  remove(projects: ReadonlySet<Project>): void {
    for (const project of projects) {
      this.relate(project, undefined);
      for (const fork of this.forksOf(project.id)) this.relate(fork, undefined);
    }
    this.#state.projects = this.#state.projects.filter((project) => !projects.has(project));
    for (const { id } of projects) this.#byId.delete(id);
    this.forgetPlaces();
  }

  /** Changes where one project is. */
  move(project: Project, change: () => void): void {
    this.#byPath?.delete(this.#pathOf(project).toLowerCase());
    const owner = keyOf(project.owner);
    change();
    this.#byPath?.set(this.#pathOf(project).toLowerCase(), project);
    if (keyOf(project.owner) !== owner) this.#byOwner = undefined;
  }

  /** To be called when groups have moved. */
  forgetPlaces(): void {
    this.#byPath = undefined;
    this.#byOwner = undefined;
  }

  #paths(): Map<string, Project> {
    this.#byPath ??= new Map(this.#state.projects.map((project) => [this.#pathOf(project).toLowerCase(), project]));
    return this.#byPath;
  }

  #countFork(sourceId: number, project: Project): void {
    const forks = this.#forks.get(sourceId);
    if (forks === undefined) this.#forks.set(sourceId, new Set([project]));
    else forks.add(project);
  }

  #enlist(byOwner: Map<string, Project[]>, project: Project): void {
    const key = keyOf(project.owner);
    const list = byOwner.get(key);
    if (list === undefined) byOwner.set(key, [project]);
    else list.push(project);
  }
}

const keyOf = ({ kind, id }: Owner): string => `${kind} ${id}`;
