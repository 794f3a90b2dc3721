import { setTimeout as sleep } from "node:timers/promises";
import { GitLabError, LostAnswerError, notFound, path, under, type ApiPath, type Client } from "../../client";
import type { Address } from "../../address";
import type { Definition } from "../../definition";
import { fieldsOf, type FieldInfo } from "../../fields";
import { bodyOf, type Props, type Write } from "../values";
import type { Found } from "./found";
import { refusedWith, textIn } from "./answers";
import { foundProject } from "./project-found";
import { repeatably } from "./repeatably";

/** How long a request that was cut off may still take to arrive, in milliseconds. */
const stragglerPause = 500;
/** How often a POST is sent again whose answer was lost and that did not arrive. */
const repetitions = 3;
/** The most that a time in whole seconds may be wrong by, in milliseconds, twice. */
const rounding = 2_000;

/**
 * Makes a project, or restores the one of its path that is marked for deletion when the program asks for that.
 *
 * A POST whose answer was lost is looked for under the project's path before it is sent again.
 */
export async function makeProject(client: Client, definition: Definition, _: Address, write: Write): Promise<Found> {
  const home = new Home(client, write.given);
  if (write.given.restoreOnCreate === true) {
    const restored = await home.restored();
    if (restored) return { ...restored, sent: sentNames(definition, write, false) };
  }
  const sent = sentNames(definition, write, true);
  const begun = Date.now();
  for (let attempt = 0; ; attempt++) {
    try {
      return { ...(await post(client, definition, write)), sent };
    } catch (error) {
      const isLost = error instanceof LostAnswerError;
      if (isLost) await sleep(stragglerPause);
      if (isLost || (attempt > 0 && isTaken(error))) {
        const arrived = await home.madeSince(begun);
        if (arrived) return { ...arrived, sent };
      }
      if (isTaken(error)) throw await home.explained(error);
      if (!isLost || attempt >= repetitions) throw error;
    }
  }
}

/**
 * The fields of which nothing remains to be sent. An import brings its branches later, so the default branch waits for it.
 *
 * @param isNew false for a project that was there
 */
function sentNames(definition: Definition, { given }: Write, isNew: boolean): string[] {
  const isSent = ({ name, access, meta }: FieldInfo) => {
    if (name === "avatarHash" || name === "archived" || name === "avatar") return false;
    if (name === "defaultBranch" && given.importUrl !== undefined) return false;
    if (access === "local" || meta.takenBy === "create" || meta.names) return true;
    return isNew && meta.takenBy !== "edit";
  };
  const infos = [...fieldsOf(definition.fields).values()];
  return infos.filter((info) => given[info.name] !== undefined && isSent(info)).map(({ name }) => name);
}

async function post(client: Client, definition: Definition, write: Write): Promise<Found> {
  const { userId } = write.given;
  const later = [...fieldsOf(definition.fields).values()].filter(({ meta }) => meta.takenBy === "edit");
  const apart = ["userId", "archived", "avatar"];
  const body = bodyOf(definition, write, [...apart, ...later.map(({ name }) => name)]);
  const where = typeof userId === "number" ? path`/projects/user/${userId}` : path`/projects`;
  const response = await client.post(where, body);
  try {
    return foundProject(response, { method: "POST", path: where });
  } catch {
    // It may be made all the same, and without its number nothing else leads to it.
    throw new LostAnswerError("POST", where, { reason: "what came shows no project", settlesIn: 0 });
  }
}

function isTaken(error: unknown): error is GitLabError {
  return (
    refusedWith(error, 400) && error.details.some((text) => /has already been taken|still being deleted/i.test(text))
  );
}

/** The namespace that a project is to live in, and the path that it is to have there. */
class Home {
  constructor(
    readonly client: Client,
    readonly given: Props,
  ) {}

  /** What is under the path, if it was made after a time of this machine's clock. */
  async madeSince(begun: number): Promise<Found | undefined> {
    const full = await this.#full();
    const response = await this.client.get(full).catch(notFound);
    if (!response) return undefined;
    const found = foundProject(response, { method: "GET", path: full });
    // Both times are the server's, whose clock may differ from this machine's.
    const now = Date.parse(response.headers.date ?? "");
    const age = (Number.isNaN(now) ? Date.now() : now) - Date.parse(String(found.values.created_at));
    return age <= Date.now() - begun + rounding ? found : undefined;
  }

  /** GitLab's refusal with the way out, which depends on what holds the path. */
  async explained({ method, path: where, status, details }: GitLabError): Promise<GitLabError> {
    const twin = await this.#twin();
    return new GitLabError({ method, path: where, status, details, hint: hintOf(twin) });
  }

  /** Restores the newest project of this path that is marked for deletion. */
  async restored(): Promise<Found | undefined> {
    const twin = await this.#twin();
    if (!twin || twin.active || twin.key === undefined) return undefined;
    const own = path`/projects/${twin.key}`;
    try {
      await repeatably(() => this.client.post(under(own, path`/restore`)));
    } catch (error) {
      // Where an answer was lost, the second request finds nothing to restore.
      if (!refusedWith(error, 400)) throw error;
    }
    // Restoring answers with less than there is to know.
    return foundProject(await this.client.get(own), { method: "GET", path: own }, twin.key);
  }

  /** The project that holds the path, or held it before GitLab renamed it to mark it for deletion. */
  async #twin(): Promise<Found | undefined> {
    const full = await this.#full();
    const response = await this.client.get(full).catch(notFound);
    if (response) return foundProject(response, { method: "GET", path: full });
    const wanted = decodeURIComponent(full.replace("/projects/", "")).toLowerCase();
    const search = `${wanted.split("/").at(-1) ?? ""}-deletion_scheduled`;
    let newest: Found | undefined;
    const all = path`/projects`;
    for await (const body of this.client.list(all, { search, order_by: "id", sort: "asc" })) {
      const found = foundProject({ status: 200, body, headers: {} }, { method: "GET", path: all });
      const former = String(found.values.path_with_namespace)
        .toLowerCase()
        .replace(/-deletion_scheduled-\d+$/, "");
      if (!found.active && former === wanted) newest = found;
    }
    return newest;
  }

  async #full(): Promise<ApiPath> {
    return path`/projects/${`${await this.#namespace()}/${pathOf(this.given)}`}`;
  }

  async #namespace(): Promise<string> {
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

function hintOf(twin: Found | undefined): string {
  if (!twin) {
    return (
      "Another project or group of the namespace has this name or path, or GitLab is still removing it: choose another " +
      "one, or wait."
    );
  }
  const { key, values, active } = twin;
  const name = String(values.path_with_namespace);
  if (active) {
    return `${name} is there already: to take it over, add { import: "projects/${key}" } to the options of this resource.`;
  }
  return (
    `${name} (projects/${key}) is marked for deletion and holds the name until GitLab removes it. To have it back with all ` +
    "that is in it, set restoreOnCreate to true; for a new one, choose another path, wait, or remove it for good on GitLab."
  );
}

/** The path that GitLab makes out of a name, where the program gives none. */
function pathOf({ path: given, name }: Props): string {
  if (typeof given === "string") return given;
  const letters = String(name).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return letters
    .replace(/[^a-z0-9_-]+/g, "-")
    .replace(/-{2,}/g, "-")
    .replace(/^-|-$/g, "");
}
