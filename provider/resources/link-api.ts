import { GitLabError, notFound, unusable, type ApiPath, type Client } from "../client";
import { postOrRecover } from "../client/post-or-recover";
import { formatId, type Address } from "../core/id";
import type { Definition } from "../core/definition";
import { fieldsOf } from "../core/schema";
import { isObject } from "../core/json";
import { deviations, differences } from "../operations/state/outputs";
import type { Props, Write } from "../operations/state/request-body";
import type { RemoteObject } from "../operations/api/remote-object";
import type { ResourceApi } from "../operations/api/resource-api";
import { isKey, objectIn, refusedWith } from "../operations/api/answers";
import { objectPath, parentPath } from "../operations/api/paths";

/** What tells one kind of link between a project and something else from another. */
export interface Link {
  /** The links that GitLab shows with their project, by GitLab's name for their fields; undefined where it does not say. */
  shown(project: Props): readonly Props[] | undefined;
  /** Whether a link is the one at an address. */
  isAt(link: Props, at: Address): boolean;
  /** The number that tells a link from the others of its project, where that can have several. */
  keyOf?(link: Props): unknown;
  /** The request that makes a link. `before` is the one in whose place it comes, when there is one. */
  making(
    collection: ApiPath,
    definition: Definition,
    write: Write,
    before?: RemoteObject,
  ): { path: ApiPath; body?: Props };
  /** The link out of the answer to that request, where it shows one. */
  made(answer: Props): Props | undefined;
}

const nothing: RemoteObject = { values: {}, active: false, inherited: false };

function foundIn(values: Props): RemoteObject {
  return { values, active: true, inherited: false };
}

/**
 * Links that a project shows and that GitLab can make and remove, but not edit: a change is a DELETE and a POST.
 */
export function linkApi(link: Link): ResourceApi {
  /** @returns undefined when GitLab does not show the project */
  async function linksOf(client: Client, at: Address): Promise<readonly Props[] | undefined> {
    const path = parentPath(at);
    const response = await client.get(path).catch(notFound);
    if (!response) return undefined;
    const asked = { method: "GET", path, what: "project with its links" } as const;
    const links = link.shown(objectIn(response, asked, ({ id }) => isKey(id)));
    if (!links) throw unusable(asked, response.status);
    return links;
  }

  async function find(client: Client, _: Definition, at: Address): Promise<RemoteObject | undefined> {
    const links = await linksOf(client, at);
    if (!links) return undefined;
    // A project that answers shows its links: one that is missing there is gone.
    const values = links.find((each) => link.isAt(each, at));
    return values ? foundIn(values) : nothing;
  }

  /** @returns whether it was there: GitLab answers 404 or 304 where it was not */
  async function remove(client: Client, definition: Definition, at: Address): Promise<boolean> {
    const path = objectPath(definition, at);
    const response = await client.delete(path).catch(notFound);
    if (response?.status !== 304) return response !== undefined;
    // A 304 has no body, which would tell whose it is.
    if ((await find(client, definition, at))?.active) throw notModified(path);
    return false;
  }

  const list: ResourceApi["list"] = async (client, _, at) =>
    (await linksOf(client, at))?.flatMap((values) => {
      const key = link.keyOf?.(values);
      return isKey(key) ? [{ ...foundIn(values), key }] : [];
    });

  async function make(client: Client, definition: Definition, at: Address, write: Write, before?: RemoteObject) {
    const { path, body } = link.making(objectPath(definition, collection(at)), definition, write, before);
    const post = async () => {
      const answer = (await client.post(path, body)).body;
      const made = isObject(answer) ? link.made(answer) : undefined;
      return made ? foundIn(made) : ((await find(client, definition, at)) ?? nothing);
    };
    // What comes in place of another keeps what the program does not name.
    const unlike = before ? differences : deviations;
    let there: RemoteObject | undefined;
    const findEqual = async () => {
      there = await find(client, definition, at);
      return there?.active && unlike(definition, there, write.given).length === 0 ? there : undefined;
    };
    try {
      return await postOrRecover(post, {
        find: findEqual,
        isUnique: true,
        isConflict: (error) => refusedWith(error, 409),
      });
    } catch (error) {
      throw refusedWith(error, 409) && there?.active ? taken(error, formatId(definition, at)) : error;
    }
  }

  const update: ResourceApi["update"] = async (client, definition, at, write, wrote) => {
    const before = await find(client, definition, at);
    if (!before?.active) return make(client, definition, at, write);
    if (isAsWanted(definition, before, write)) return before;
    await remove(client, definition, at);
    wrote(nothing, [...fieldsOf(definition.fields).keys()]);
    try {
      return await make(client, definition, at, write, before);
    } catch (error) {
      throw error instanceof GitLabError ? remade(error) : error;
    }
  };

  return {
    find,
    ...(link.keyOf ? { list } : {}),
    update,
    remove,
    isSetUp: () => true,
    create: (client, definition, at, write, remote, wrote) =>
      remote?.active ? update(client, definition, at, write, wrote) : make(client, definition, at, write),
  };
}

function collection({ scope, parent }: Address): Address {
  return scope !== undefined && parent !== undefined ? { scope, parent } : {};
}

function isAsWanted(definition: Definition, remote: RemoteObject, { given, reset }: Write): boolean {
  const initial = reset.map((name) => [name, fieldsOf(definition.fields).get(name)?.initial ?? ""] as const);
  return differences(definition, remote, { ...Object.fromEntries(initial), ...given }).length === 0;
}

function taken({ method, path, status, details }: GitLabError, id: string): GitLabError {
  const hint = `Somebody else created it just now with other settings: take it over with { import: "${id}" }.`;
  return new GitLabError({ method, path, status, details, hint });
}

function notModified(path: ApiPath): GitLabError {
  const hint =
    "Something that is not GitLab's API may have answered: check gitlab:baseUrl and the proxy in front of it.";
  return new GitLabError({ method: "DELETE", path, status: 304, details: ["though it is still there"], hint });
}

function remade(error: GitLabError): GitLabError {
  const lost =
    "GitLab cannot edit it, so the old one is already deleted: fix the cause, then run `pulumi up` to recreate it.";
  return error.withHint(error.hint === undefined ? lost : `${lost} ${error.hint}`);
}
