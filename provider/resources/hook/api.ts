import {
  GitLabError,
  LostAnswerError,
  notFound,
  path,
  under,
  type ApiPath,
  type Client,
  type GitLabResponse,
  type Method,
} from "../../client";
import type { Definition } from "../../core/definition";
import { sendTestEvent } from "./test-event";
import { placeholdersOf } from "./url";
import { isObject } from "../../core/json";
import { bodyOf, type Props, type Write } from "../../operations/state/request-body";
import type { RemoteObject } from "../../operations/api/remote-object";
import type { ResourceApi } from "../../operations/api/resource-api";
import { isKey, objectIn, refusedWith } from "../../operations/api/answers";
import { objectPath } from "../../operations/api/paths";

// https://docs.gitlab.com/api/project_webhooks/ and https://docs.gitlab.com/api/group_webhooks/

/** The maps of a hook: each key is an object of its own to GitLab. */
const maps = { customHeaders: "custom_headers", urlVariables: "url_variables" } as const;
type MapName = keyof typeof maps;
const mapNames = Object.keys(maps) as MapName[];

/** A hook out of an answer: the one with a number, where that is known. */
function foundHook(response: GitLabResponse, method: Method, path: ApiPath, key?: number): RemoteObject {
  const isIt = ({ id }: Props) => isKey(id) && (key === undefined || id === key);
  const values = objectIn(response, { method, path, what: "hook" }, isIt);
  return { values, key: values.id as number, active: true, inherited: false };
}

async function listed(client: Client, hooks: ApiPath): Promise<readonly RemoteObject[]> {
  const remote: RemoteObject[] = [];
  for await (const body of client.list(hooks)) remote.push(listedHook(body, hooks));
  return remote;
}

/** The list of a project's hooks, unlike that of a group's, says nothing of headers and variables. */
function listedHook(body: unknown, hooks: ApiPath): RemoteObject {
  const remote = foundHook({ status: 200, body, headers: {} }, "GET", hooks);
  const hidden = mapNames.filter((name) => !(maps[name] in remote.values));
  return hidden.length === 0 ? remote : { ...remote, hidden };
}

/** Hooks: many per parent, told apart by their number alone. */
export const hookApi: ResourceApi = {
  async find(client, definition, at) {
    const where = objectPath(definition, at);
    const response = await client.get(where).catch(notFound);
    return response && foundHook(response, "GET", where, at.key);
  },

  async list(client, definition, at) {
    return listed(client, objectPath(definition, at)).catch(notFound);
  },

  async create(client, definition, at, write) {
    const where = objectPath(definition, at);
    const response = await client.post(where, bodyOf(definition, write));
    try {
      return foundHook(response, "POST", where);
    } catch {
      // It may be made all the same, and without its number nothing else leads to it.
      throw new LostAnswerError("POST", where, { reason: "the response shows no hook", settlesIn: 0 });
    }
  },

  async update(client, definition, at, write, wrote) {
    const where = objectPath(definition, at);
    let remote = await putHook(client, where, at.key, definition, write);
    wrote(remote, mapNames);
    for (const name of mapNames) {
      remote = await setMissing(client, where, write, remote, name);
      remote = await removeOthers(client, where, write, remote, name);
    }
    return remote;
  },

  async remove(client, definition, at) {
    return (await client.delete(objectPath(definition, at)).catch(notFound)) !== undefined;
  },

  async afterCreate(client, definition, at, given) {
    if (typeof given.testOnCreate === "string") {
      await sendTestEvent(client, objectPath(definition, at), given.testOnCreate);
    }
  },
};

async function putHook(
  client: Client,
  where: ApiPath,
  key: number | undefined,
  definition: Definition,
  write: Write,
): Promise<RemoteObject> {
  try {
    return foundHook(await client.put(where, hookBody(definition, write)), "PUT", where, key);
  } catch (error) {
    if (!refusedWith(error, 422) || !usesVariables(write)) throw error;
    const hint =
      "GitLab refuses another value for a URL variable in use, and another URL for a hook that has some. To create a new " +
      "hook with what the program says, replace this one (`pulumi up --replace`), or remove the import option.";
    throw new GitLabError({ method: error.method, path: where, status: error.status, details: error.details, hint });
  }
}

function usesVariables({ given }: Write): boolean {
  return typeof given.url === "string" && placeholdersOf(given.url).length > 0;
}

/**
 * A map goes along only when it has something to say: GitLab merges what is sent, and ignores an empty list. Variables
 * that did not change stay away too: one that somebody else changed meanwhile would be another value for one in use.
 */
function hookBody(definition: Definition, write: Write): Props {
  const { given, last } = write;
  const silent = mapNames.filter((name) => keysOf(given, name).length === 0);
  const isUnchanged = given.url === last.url && sameMap(given.urlVariables, last.urlVariables);
  return bodyOf(definition, write, isUnchanged ? [...silent, "urlVariables"] : silent);
}

function sameMap(a: unknown, b: unknown): boolean {
  const sorted = (map: unknown) => JSON.stringify(Object.entries((map ?? {}) as Props).sort());
  return sorted(a) === sorted(b);
}

/** GitLab drops headers and variables when the URL changes, those of the same request included: each is set again. */
async function setMissing(
  client: Client,
  hook: ApiPath,
  write: Write,
  remote: RemoteObject,
  name: MapName,
): Promise<RemoteObject> {
  const there = keysListed(remote, name);
  const missing = keysOf(write.given, name).filter((key) => !there.includes(key));
  for (const key of missing) {
    const value = (write.given[name] as Props)[key];
    await client.put(under(hook, path`/${maps[name]}/${key}`), { value });
  }
  return missing.length === 0 ? remote : withKeys(remote, name, [...there, ...missing]);
}

/** Deletes the keys that the program does not name, when it manages the map or just ceased to. */
async function removeOthers(
  client: Client,
  hook: ApiPath,
  write: Write,
  remote: RemoteObject,
  name: MapName,
): Promise<RemoteObject> {
  if (write.given[name] === undefined && !write.reset.includes(name)) return remote;
  const wanted = keysOf(write.given, name);
  const extra = keysListed(remote, name).filter((key) => !wanted.includes(key));
  for (const key of extra) {
    await client.delete(under(hook, path`/${maps[name]}/${key}`)).catch(notFound);
  }
  return extra.length === 0 ? remote : withKeys(remote, name, wanted);
}

function withKeys(remote: RemoteObject, name: MapName, keys: readonly string[]): RemoteObject {
  return { ...remote, values: { ...remote.values, [maps[name]]: keys.map((key) => ({ key })) } };
}

function keysOf(given: Props, name: MapName): string[] {
  return Object.keys(given[name] ?? {});
}

function keysListed(remote: RemoteObject, name: MapName): string[] {
  const items = remote.values[maps[name]];
  const keys = Array.isArray(items) ? items.map((item: unknown) => (isObject(item) ? item.key : undefined)) : [];
  return keys.filter((key) => typeof key === "string");
}
