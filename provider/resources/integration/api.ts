import { isNotFound, notFound, type ApiPath, type Client, type GitLabResponse, type Method } from "../../client";
import type { Address } from "../../core/id";
import type { Definition } from "../../core/definition";
import { fieldsOf, isBlind } from "../../core/schema";
import { isObject } from "../../core/json";
import { bodyOf, type Props } from "../../operations/state/request-body";
import type { RemoteObject } from "../../operations/api/remote-object";
import type { ResourceApi } from "../../operations/api/resource-api";
import { objectIn, refusedWith } from "../../operations/api/answers";
import { objectPath } from "../../operations/api/paths";

// https://docs.gitlab.com/api/project_integrations/ and https://docs.gitlab.com/api/group_integrations/

function foundIn(response: GitLabResponse, method: Method, path: ApiPath): RemoteObject {
  // Without its state it would be taken for one that is off, and a refresh would forget it.
  const asked = { method, path, what: "integration" };
  const answer = objectIn(response, asked, ({ active }) => typeof active === "boolean");
  const properties = isObject(answer.properties) ? answer.properties : {};
  const inherited = answer.inherited === true;
  return {
    // Event flags stand at the top, everything else under `properties`.
    values: { ...answer, ...properties, use_inherited_settings: inherited },
    active: answer.active === true,
    inherited,
  };
}

async function put(client: Client, definition: Definition, at: Address, body: Props): Promise<RemoteObject> {
  const where = objectPath(definition, at);
  return foundIn(await client.put(where, body), "PUT", where);
}

/** The parameters that GitLab demands on every write. */
function required(definition: Definition, last: Props): Props {
  const names = [...fieldsOf(definition.fields)].filter(([, info]) => info.required);
  return Object.fromEntries(names.map(([name, info]) => [info.wire, last[name]]));
}

/** Integrations: PUT makes and edits, DELETE disables and keeps the row. */
export const integrationApi: ResourceApi = {
  async find(client, definition, at) {
    const where = objectPath(definition, at);
    const response = await client.get(where).catch(absent);
    return response && foundIn(response, "GET", where);
  },

  // What is inherited belongs to a group above or to the instance.
  isSetUp: (remote) => !remote.inherited,

  async create(client, definition, at, write, remote) {
    // A row that was once disabled keeps its event flags and gets no defaults again, so each is restated.
    const unset =
      remote && !remote.active ? [...fieldsOf(definition.fields).keys()].filter((n) => !(n in write.given)) : [];
    const settable = unset.filter((name) => isRestated(definition, name, remote));
    return put(client, definition, at, bodyOf(definition, { ...write, reset: [...write.reset, ...settable] }));
  },

  async update(client, definition, at, write, wrote) {
    const remote = await put(client, definition, at, bodyOf(definition, write));
    wrote(remote, []);
    return remote;
  },

  async remove(client, definition, at, last) {
    if (last.__inherited === true && (await inheritAgain(client, definition, at, last))) return true;
    return (await client.delete(objectPath(definition, at)).catch(absent)) !== undefined;
  },
};

/** For `catch`, like {@link notFound}: a GitLab that has removed an integration does not know its name any more. */
function absent(error: unknown): undefined {
  const isRemoved =
    refusedWith(error, 400) && error.details.some((text) => /slug does not have a valid value/i.test(text));
  if (!isRemoved) notFound(error);
}

function isRestated(definition: Definition, name: string, remote: RemoteObject | undefined): boolean {
  const info = fieldsOf(definition.fields).get(name);
  if (!info || isBlind(info) || info.meta.deprecated) return false;
  // A server that does not show a readable parameter does not know it either, and may fail of one that is newer.
  if (info.access === "writeOnly") return info.meta.since === undefined;
  return remote?.values[info.wire] !== undefined;
}

/** @returns false when there is no default above any more */
async function inheritAgain(client: Client, definition: Definition, at: Address, last: Props): Promise<boolean> {
  try {
    await put(client, definition, at, { ...required(definition, last), use_inherited_settings: true });
    return true;
  } catch (error) {
    if (isNotFound(error)) return true;
    if (refusedWith(error, 400) && error.details.some((text) => /default integration not found/i.test(text)))
      return false;
    throw error;
  }
}
