import { FeatureLimiter } from "../http/throttle";
import type { AccessToken } from "./access";
import { PendingAuthorizations } from "./pending-authorizations";
import { ProjectIndex } from "./project-index";
import { seed } from "./seed";
import type { Settings } from "./settings";
import type { Group, Owner, Scope, User } from "./entities";
import type { Project } from "../projects/row";
import type { State } from "./state";

/** The emulated GitLab: its stored state, its settings and its tokens. */
export class World {
  /** Grows with everything that may have changed the state, so that what was computed from it can be kept. */
  revision = 0;
  #state: State;
  #projects: ProjectIndex;
  readonly tokens = new Map<string, AccessToken>();
  readonly featureLimiter = new FeatureLimiter();
  readonly pendingAuthorizations = new PendingAuthorizations();

  /**
   * @param settings how the instance behaves; may be changed while it runs
   * @param stored state to go on from; the seeded projects and groups when absent
   */
  constructor(
    public settings: Settings,
    stored?: State,
  ) {
    this.#state = stored ?? seed();
    this.#projects = this.#index();
  }

  /** What is stored. */
  get state(): State {
    return this.#state;
  }

  /** Puts other stored data in its place. */
  set state(state: State) {
    this.#state = state;
    this.#projects = this.#index();
    this.revision += 1;
  }

  /** The projects by id and path. */
  get projects(): ProjectIndex {
    return this.#projects;
  }

  /** Registers a token, replacing one of the same text, and makes its user when there is none. */
  addToken(token: AccessToken): void {
    this.tokens.set(token.token, token);
    this.revision += 1;
    this.userOf(token);
  }

  /** The user a token belongs to. */
  userOf(token: AccessToken): User {
    const username = token.username ?? (token.role === "admin" ? "root" : token.role);
    const known = this.state.users.find((user) => user.username === username);
    if (known !== undefined) return known;
    return this.addUser(username, token.role === "admin");
  }

  /** Makes a user. */
  addUser(username: string, admin: boolean): User {
    const user: User = {
      id: this.nextId("user"),
      username,
      name: username,
      email: `${username}@example.com`,
      admin,
      createdAt: this.now(),
    };
    this.state.users.push(user);
    return user;
  }

  /** The current time as GitLab writes it. */
  now(): string {
    return new Date().toISOString();
  }

  /** The next id of a kind of record. */
  nextId(kind: string): number {
    const id = (this.state.lastIds[kind] ?? 0) + 1;
    this.state.lastIds[kind] = id;
    return id;
  }

  /** A group's full path. */
  groupPath(group: Group): string {
    const parent = this.group(group.parentId);
    return parent === undefined ? group.path : `${this.groupPath(parent)}/${group.path}`;
  }

  /** A group's name after its ancestors' names. */
  groupName(group: Group): string {
    const parent = this.group(group.parentId);
    return parent === undefined ? group.name : `${this.groupName(parent)} / ${group.name}`;
  }

  /** The full path of the namespace a project is in. */
  ownerPath(owner: Owner): string {
    if (owner.kind === "user") return this.state.users.find(({ id }) => id === owner.id)?.username ?? "";
    const group = this.group(owner.id);
    return group === undefined ? "" : this.groupPath(group);
  }

  /** A project's full path. */
  projectPath(project: Project): string {
    return `${this.ownerPath(project.owner)}/${project.path}`;
  }

  /** The full path of whatever a scope names; empty for the instance. */
  scopePath(scope: Scope): string {
    const project = scope.kind === "project" ? this.project(scope.id) : undefined;
    if (project !== undefined) return this.projectPath(project);
    const group = scope.kind === "group" ? this.group(scope.id) : undefined;
    return group === undefined ? "" : this.groupPath(group);
  }

  /** A group by id. */
  group(id: number | null): Group | undefined {
    return this.state.groups.find((group) => group.id === id);
  }

  /** A project by id. */
  project(id: number): Project | undefined {
    return this.#projects.get(id);
  }

  /** A user by id. */
  user(id: number): User | undefined {
    return this.state.users.find((user) => user.id === id);
  }

  /** A user by id or name. */
  userNamed(text: string): User | undefined {
    const name = text.toLowerCase();
    return /^\d+$/.test(text)
      ? this.user(Number(text))
      : this.state.users.find(({ username }) => username.toLowerCase() === name);
  }

  /** Makes topics known, so that they have an id. */
  addTopics(names: readonly string[]): void {
    if (names.length === 0) return;
    this.state.topics = [...new Set([...(this.state.topics ?? []), ...names])];
  }

  /** A topic in the spelling that the instance has, ignoring case. */
  topicNamed(name: string): string | undefined {
    const wanted = name.toLowerCase();
    return this.state.topics?.find((topic) => topic.toLowerCase() === wanted);
  }

  /** A group by full path, ignoring case. */
  groupAt(path: string): Group | undefined {
    const wanted = path.toLowerCase();
    return this.state.groups.find((group) => this.groupPath(group).toLowerCase() === wanted);
  }

  /** A project by its current full path, ignoring case. */
  projectAt(path: string): Project | undefined {
    return this.#projects.at(path);
  }

  /** The project that used to have this full path. */
  projectFormerlyAt(path: string): Project | undefined {
    const id = this.state.formerPaths[path.toLowerCase()];
    return id === undefined ? undefined : this.project(id);
  }

  /** The groups above a group or project, nearest first; a group's own list begins with its parent. */
  ancestors(scope: Scope): Group[] {
    const project = scope.kind === "project" ? this.project(scope.id) : undefined;
    let next: number | null = null;
    if (project !== undefined) next = project.owner.kind === "group" ? project.owner.id : null;
    else if (scope.kind === "group") next = this.group(scope.id)?.parentId ?? null;
    const found: Group[] = [];
    for (let group = this.group(next); group !== undefined; group = this.group(group.parentId)) found.push(group);
    return found;
  }

  /** Whether a group, or one above a group or project, is archived. */
  isArchived(scope: Scope): boolean {
    const own = scope.kind === "group" ? [this.group(scope.id)] : [];
    return [...own, ...this.ancestors(scope)].some((group) => group?.archived === true);
  }

  /** Whether a scope lies below another one. */
  isBelow(scope: Scope, above: Scope): boolean {
    if (above.kind === "instance") return scope.kind !== "instance";
    return above.kind === "group" && this.ancestors(scope).some(({ id }) => id === above.id);
  }

  #index(): ProjectIndex {
    return new ProjectIndex(this.#state, (project) => this.projectPath(project));
  }
}
