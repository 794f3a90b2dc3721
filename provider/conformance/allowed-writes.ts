import type { SentRequest } from "../core/operation";

/** What is refused before it is sent, since it would touch something that the run has not made. */
export class WriteRefused extends Error {}

/** The groups and projects that a run has made: the only ones that it may change. */
export class AllowedWrites {
  readonly groups = new Set<number>();
  readonly projects = new Set<number>();
  /** The group that may be made outside of those that the run has made. */
  #newGroup: { readonly path: string; readonly parent: number | null } | undefined;

  /**
   * Allows a group of this path to be made, also when it is tried again.
   *
   * @param parent number of the group to make it in; null for one at the top
   */
  allowGroup(path: string, parent: number | null): void {
    this.#newGroup = { path, parent };
  }

  /**
   * Lets a request pass.
   *
   * @throws WriteRefused for one that writes anywhere else
   */
  demand({ method, path, body }: SentRequest): void {
    if (method === "GET" || this.#isOurs(method, path, fieldsIn(body))) return;
    throw new WriteRefused(`${method} ${path}: not sent, since it would change what this run has not made`);
  }

  #isOurs(method: string, path: string, body: Readonly<Record<string, unknown>>): boolean {
    const parts = path.split("/");
    const [, root = "", id = ""] = parts;
    if (method === "POST" && parts.length === 2) {
      if (root === "projects") return this.#hasGroup(body.namespace_id);
      return root === "groups" && (this.#hasGroup(body.parent_id) || this.#isNewGroup(body));
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

  #isNewGroup({ path, parent_id: parent = null }: Readonly<Record<string, unknown>>): boolean {
    return this.#newGroup !== undefined && path === this.#newGroup.path && parent === this.#newGroup.parent;
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
