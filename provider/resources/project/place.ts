import { GitLabError, notFound, path, under, type ApiPath, type Client, type GitLabResponse } from "../../client";
import { ProviderError } from "../../core/errors";
import type { Props } from "../../operations/state/request-body";
import type { RemoteObject } from "../../operations/api/remote-object";
import { refusedWith, textIn } from "../../operations/api/answers";
import { foundProject } from "./remote-project";
import { postOrRecover } from "../../client/post-or-recover";

/** The most that a time in whole seconds may be wrong by, in milliseconds, twice. */
const rounding = 2_000;

/** An answer about one project. */
interface Shown {
  readonly found: RemoteObject;
  readonly response: GitLabResponse;
}

/**
 * The place that a new project is to have: its namespace, and there the path and the name that the program gives.
 *
 * GitLab makes a path of a name, and a name of a path, where one is missing. Nothing here does the same: a project is the
 * one that the program means where GitLab's own answer has every one of the two that the program gives.
 */
export class ProjectHome {
  /** @param given the program's arguments, with the namespace's number */
  constructor(
    readonly client: Client,
    readonly given: Props,
  ) {}

  /** The project of this place, if it was made after a time of this machine's clock. */
  async madeSince(begun: number): Promise<RemoteObject | undefined> {
    const shown = (await this.#atPath()) ?? (await this.#ofName());
    if (!shown?.found.active || !this.#isMeant(shown.found)) return undefined;
    // Both times are the server's, whose clock may differ from this machine's.
    const now = Date.parse(shown.response.headers.date ?? "");
    const age = (Number.isNaN(now) ? Date.now() : now) - Date.parse(String(shown.found.values.created_at));
    return age <= Date.now() - begun + rounding ? shown.found : undefined;
  }

  /** GitLab's refusal with the way out, which depends on what holds the path or the name. */
  async explained({ method, path: where, status, details }: GitLabError): Promise<GitLabError> {
    const holder = (await this.#atPath())?.found ?? (await this.#ofName())?.found ?? (await this.#marked());
    const hint = hintOf(holder, holder !== undefined && this.#isMeant(holder));
    return new GitLabError({ method, path: where, status, details, hint });
  }

  /**
   * Restores the newest project of this path and name that is marked for deletion.
   *
   * @throws ProviderError when one that is marked has the path, or nearly, and is not exactly the one
   */
  async restored(): Promise<RemoteObject | undefined> {
    const there = (await this.#atPath())?.found;
    if (there?.active) return undefined;
    const marked = there ?? (await this.#marked());
    if (marked?.key === undefined) return undefined;
    if (!this.#isMeant(marked)) throw unlike(marked);
    const own = path`/projects/${marked.key}`;
    try {
      await postOrRecover(() => this.client.post(under(own, path`/restore`)));
    } catch (error) {
      // Where an answer was lost, the second request finds nothing to restore.
      if (!refusedWith(error, 400)) throw error;
    }
    // Restoring answers with less than there is to know.
    return (await this.#look(own))?.found;
  }

  /** Whether GitLab's answer has the path and the name, as far as the program gives them. */
  #isMeant(remote: RemoteObject): boolean {
    const { path: itsPath, name } = this.given;
    if (typeof itsPath === "string" && formerly(remote, "path") !== itsPath) return false;
    return typeof name !== "string" || formerly(remote, "name") === name.trim();
  }

  /** The project at the path that the program gives. */
  async #atPath(): Promise<Shown | undefined> {
    const { path: own } = this.given;
    if (typeof own !== "string") return undefined;
    const full = `${await this.#namespacePath()}/${own}`;
    const shown = await this.#look(path`/projects/${full}`);
    // GitLab leads on from the former path of a project to where it is now.
    return String(shown?.found.values.path_with_namespace).toLowerCase() === full.toLowerCase() ? shown : undefined;
  }

  /** The active project of the name that the program gives: a namespace has no two. */
  async #ofName(): Promise<Shown | undefined> {
    const { name } = this.given;
    if (typeof name !== "string") return undefined;
    for await (const { key, active, values } of this.#inNamespace(name.trim())) {
      if (active && values.name === name.trim()) return this.#look(path`/projects/${key ?? 0}`);
    }
    return undefined;
  }

  /**
   * The newest project that had the path before it was marked for deletion, or the name where the program gives no path.
   * Newer servers rename such a project, so that others can have both.
   */
  async #marked(): Promise<RemoteObject | undefined> {
    const { path: own, name } = this.given;
    const isPath = typeof own === "string";
    const wanted = isPath ? own : String(name).trim();
    // Short texts are not searched for within others, and not every server renames.
    for (const text of [`${wanted}-deletion_scheduled`, ...(isPath ? [] : [wanted])]) {
      for await (const remote of this.#inNamespace(text)) {
        if (!remote.active && this.#isAlike(remote, isPath, wanted)) return remote;
      }
    }
    return undefined;
  }

  #isAlike(remote: RemoteObject, isPath: boolean, wanted: string): boolean {
    // For paths, case makes no difference to GitLab.
    return isPath
      ? formerly(remote, "path").toLowerCase() === wanted.toLowerCase()
      : formerly(remote, "name") === wanted;
  }

  async #look(where: ApiPath): Promise<Shown | undefined> {
    const response = await this.client.get(where).catch(notFound);
    return response && { response, found: foundProject(response, { method: "GET", path: where }) };
  }

  /** The projects of the namespace that a search finds, the newest first. */
  async *#inNamespace(search: string): AsyncGenerator<RemoteObject> {
    const all = path`/projects`;
    const home = await this.#namespacePath();
    for await (const body of this.client.list(all, { search, order_by: "id", sort: "desc" })) {
      const remote = foundProject({ status: 200, body, headers: {} }, { method: "GET", path: all });
      if (remote.values.namespace_path === home) yield remote;
    }
  }

  #path: Promise<string> | undefined;

  /** The full path of the namespace, which GitLab has at this number, or the name of the user whose own it is. */
  #namespacePath(): Promise<string> {
    this.#path ??= this.#lookUpNamespace();
    return this.#path;
  }

  async #lookUpNamespace(): Promise<string> {
    const { client } = this;
    const { userId, namespace } = this.given;
    if (typeof namespace !== "number") {
      const user = typeof userId === "number" ? path`/users/${userId}` : path`/user`;
      return textIn(await client.get(user), { method: "GET", path: user, what: "user" }, "username");
    }
    const where = path`/namespaces/${namespace}`;
    const group = await client.get(path`/groups/${namespace}`).catch(notFound);
    return textIn(group ?? (await client.get(where)), { method: "GET", path: where, what: "namespace" }, "full_path");
  }
}

/** A project's path or name as it was before GitLab marked it for deletion. */
function formerly({ values, key }: RemoteObject, what: "path" | "name"): string {
  const text = String(values[what]);
  const suffix = `-deletion_scheduled-${key ?? ""}`;
  return text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
}

function unlike({ key, values }: RemoteObject): ProviderError {
  return new ProviderError(
    `restoreOnCreate: ${String(values.path_with_namespace)} (projects/${key}) is marked for deletion, but it had not ` +
      "exactly the name and path that the program gives, so it is another project. Give both as it had them to restore it, " +
      "or remove restoreOnCreate to create a new one.",
  );
}

/** @param isMeant whether the holder has all that the program gives of path and name */
function hintOf(holder: RemoteObject | undefined, isMeant: boolean): string {
  if (!holder) {
    return (
      "Another project or group of the namespace has this name or path, or GitLab is still removing it: choose another " +
      "one, or wait."
    );
  }
  const { key, values, active } = holder;
  const name = String(values.path_with_namespace);
  if (active) {
    const there = isMeant ? "already exists" : "already has the name or the path";
    return `${name} ${there}: to take it over, add { import: "projects/${key}" } to the options of this resource.`;
  }
  const back = isMeant
    ? "To restore it with its contents, set restoreOnCreate to true; to create a new one, choose"
    : "To create a new one, choose";
  return (
    `${name} (projects/${key}) is marked for deletion and holds the name until GitLab removes it. ${back} another path, ` +
    "wait, or remove it for good on GitLab."
  );
}
