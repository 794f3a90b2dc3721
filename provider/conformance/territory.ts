import type { SentRequest } from "../operation";

/** What is refused before it is sent, since it would touch something that the run has not made. */
export class OutOfBounds extends Error {}

/** The groups and projects that a run has made: the only ones that it may change. */
export class Territory {
  readonly groups = new Set<number>();
  readonly projects = new Set<number>();
  /** Where the next group may be made: in this group, at the top (null), or nowhere any more. */
  #home: number | null | undefined;

  /** Allows one group to be made, in a group that is there or at the top. */
  allowOneGroupIn(parent: number | null): void {
    this.#home = parent;
  }

  /**
   * Lets a request pass.
   *
   * @throws OutOfBounds for one that writes anywhere else
   */
  demand({ method, path, body }: SentRequest): void {
    if (method === "GET" || this.#isOurs(method, path, fieldsIn(body))) return;
    throw new OutOfBounds(`${method} ${path}: not sent, since it would change what this run has not made`);
  }

  #isOurs(method: string, path: string, body: Readonly<Record<string, unknown>>): boolean {
    const parts = path.split("/");
    const [, root = "", id = ""] = parts;
    if (method === "POST" && parts.length === 2) {
      if (root === "projects") return this.#hasGroup(body.namespace_id);
      return root === "groups" && (this.#hasGroup(body.parent_id) || this.#isHome(body.parent_id));
    }
    if (root === "groups") return this.#hasGroup(Number(id));
    if (root !== "projects" || !this.projects.has(Number(id))) return false;
    return parts[3] === "fork" || parts[3] === "share" || parts[3] === "transfer" ? this.#linksOurs(parts, body) : true;
  }

  /** Links and moves have another end, which must be ours too. */
  #linksOurs([, , , action, other]: readonly string[], body: Readonly<Record<string, unknown>>): boolean {
    if (action === "fork") return other === undefined || this.projects.has(Number(other));
    if (action === "share") return this.#hasGroup(other === undefined ? body.group_id : Number(other));
    return this.#hasGroup(Number(body.namespace));
  }

  #hasGroup(id: unknown): boolean {
    return typeof id === "number" && this.groups.has(id);
  }

  #isHome(parent: unknown): boolean {
    const isHome = this.#home !== undefined && (parent ?? null) === this.#home;
    if (isHome) this.#home = undefined;
    return isHome;
  }
}

function fieldsIn(body: SentRequest["body"]): Readonly<Record<string, unknown>> {
  if (typeof body !== "string") return {};
  try {
    return JSON.parse(body) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
