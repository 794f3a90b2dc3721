import { ApiError, errorText, forbidden, message, notFound, preconditionFailed } from "./answer";
import { pickDeclared, type Input, type Params, type Value } from "./params";
import { isBeingRemoved } from "../projects/paths";
import { LEVELS, levelOn, type AccessToken, type Role } from "../world/access";
import type { Group, Scope, User, Visibility } from "../world/entities";
import type { Project } from "../projects/row";
import type { World } from "../world/world";

/** The parts of a request that routes work with. */
export interface CallParts {
  readonly method: string;
  /** Path and query as they arrived. */
  readonly url: string;
  /** Scheme, host and port the caller used. */
  readonly origin: string;
  readonly path: Readonly<Record<string, string>>;
  /** Whether the address goes on after the project or group in it. */
  readonly isBelow: boolean;
  readonly input: Input;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Whether a route also changes what is archived. */
export type WriteTime = "unless archived" | "even archived";

/** One authenticated request. */
export class Call {
  readonly method: string;
  readonly url: string;
  readonly origin: string;
  /** The host of the origin, without its port. */
  readonly host: string;
  readonly path: Readonly<Record<string, string>>;
  /** Query and body together, as GitLab reads them. */
  readonly input: Input;
  readonly user: User;
  readonly #isBelow: boolean;
  readonly #headers: CallParts["headers"];
  #madeGroups: readonly string[] | undefined;

  constructor(
    readonly world: World,
    readonly token: AccessToken,
    parts: CallParts,
  ) {
    this.method = parts.method;
    this.url = parts.url;
    this.origin = parts.origin;
    this.host = new URL(parts.origin).hostname;
    this.path = parts.path;
    this.input = parts.input;
    this.#isBelow = parts.isBelow;
    this.#headers = parts.headers;
    this.user = world.userOf(token);
  }

  /** The declared parameters of the request, coerced. Raises 400. */
  params(declared: Params): Record<string, Value> {
    return pickDeclared(declared, this.input);
  }

  /** A path parameter. */
  segment(name: string): string {
    return this.path[name] ?? "";
  }

  /** A path parameter that is a number. Raises 400. */
  number(name: string): number {
    const text = this.segment(name);
    if (!/^\d+$/.test(text)) throw errorText(400, `${name} is invalid`);
    return Number(text);
  }

  /**
   * The project in the address. Raises 404 when it is missing or hidden, 403 when the role is too low,
   * and for a former path the redirect to its id, or 405 where the request is no GET. Where the instance keeps
   * archived projects read-only, writes that are not "even archived" raise 403 too.
   */
  project(role: Role, when: WriteTime = "unless archived"): Project {
    const id = this.segment("id");
    const world = this.world;
    const direct = /^\d+$/.test(id) ? world.project(Number(id)) : world.projectAt(id);
    const project = direct ?? world.projectFormerlyAt(id);
    if (project === undefined || !this.seesProject(project)) throw notFound("Project");
    if (direct === undefined) throw this.#moved(id, project);
    this.#demandAuthorized({ kind: "project", id: project.id });
    this.#demand(world.projectPath(project), role);
    const isWrite = this.method !== "GET" && when === "unless archived";
    if (isWrite && project.archived && world.settings.archivedIsReadOnly) throw forbidden();
    return project;
  }

  /** The group in the address. Raises 404 when it is missing or hidden, 403 when the role is too low. */
  group(role: Role): Group {
    const id = this.segment("id");
    const group = /^\d+$/.test(id) ? this.world.group(Number(id)) : this.world.groupAt(id);
    if (group === undefined || !this.sees(this.world.groupPath(group), group.visibility)) throw notFound("Group");
    this.#demandAuthorized({ kind: "group", id: group.id });
    this.#demand(this.world.groupPath(group), role);
    return group;
  }

  /** The project or group in the address as a scope; errors as for either. */
  scope(kind: "project" | "group", role: Role, when: WriteTime = "unless archived"): Scope {
    return { kind, id: kind === "project" ? this.project(role, when).id : this.group(role).id };
  }

  /** Whether the caller may see something with this path and visibility. */
  sees(fullPath: string, visibility: Visibility): boolean {
    return visibility !== "private" || this.level(fullPath) >= LEVELS.guest;
  }

  /** Whether the caller may see a project; one that is being removed is gone for everybody. */
  seesProject(project: Project): boolean {
    return !isBeingRemoved(this.world, project) && this.sees(this.world.projectPath(project), project.visibility);
  }

  /** The caller's access level on a full path. */
  level(fullPath: string): number {
    return Math.max(levelOn(this.token, fullPath), this.madeLevel(fullPath));
  }

  /** The level that the caller has on a full path by having made the group there or above: Owner, or 0. */
  madeLevel(fullPath: string): number {
    const path = `${fullPath.toLowerCase()}/`;
    return this.#made().some((group) => path.startsWith(group)) ? LEVELS.owner : 0;
  }

  /** The paths of the groups that the caller has made, who owns them and what is in them: in lower case, with a slash. */
  #made(): readonly string[] {
    const { world, user } = this;
    this.#madeGroups ??= world.state.groups
      .filter(({ creatorId }) => creatorId === user.id)
      .map((group) => `${world.groupPath(group)}/`.toLowerCase());
    return this.#madeGroups;
  }

  /** Raises 412 when the caller sent an `If-Unmodified-Since` older than the last change. */
  checkUnmodified(updatedAt: string): void {
    const since = this.#headers["if-unmodified-since"];
    if (typeof since !== "string") return;
    const limit = Date.parse(since);
    // HTTP dates have no fractions of a second.
    if (!Number.isNaN(limit) && Math.floor(Date.parse(updatedAt) / 1000) * 1000 > limit) throw preconditionFailed();
  }

  // While GitLab still works out who may do what in something new, its parts are not found.
  #demandAuthorized(scope: Scope): void {
    if (this.#isBelow && this.world.pendingAuthorizations.isPending(scope)) {
      throw notFound(scope.kind === "group" ? "Group" : "Project");
    }
  }

  #demand(fullPath: string, role: Role): void {
    if (this.level(fullPath) < LEVELS[role]) throw forbidden();
  }

  #moved(id: string, project: Project): ApiError {
    if (this.method !== "GET") return message(405, "Non GET methods are not allowed for moved projects");
    const location = new URL(this.url, this.origin);
    location.pathname = location.pathname
      .split("/")
      .map((part) => (decodeURIComponent(part) === id ? String(project.id) : part))
      .join("/");
    return new ApiError(301, `This resource has been moved to ${location.href}`, { Location: location.href });
  }
}
