import {
  GitLabError,
  isNotFound,
  notFound,
  type ApiPath,
  type Client,
  type GitLabResponse,
  type Method,
} from "../../client";
import { postOrRecover } from "../../client/post-or-recover";
import type { Address } from "../../core/id";
import type { Definition } from "../../core/definition";
import { fieldsOf } from "../../core/schema";
import { bodyOf, same, type Props, type Write } from "../../operations/state/request-body";
import type { RemoteObject } from "../../operations/api/remote-object";
import type { ResourceApi } from "../../operations/api/resource-api";
import { isKey, objectIn, refusedWith } from "../../operations/api/answers";
import { objectPath } from "../../operations/api/paths";

// https://docs.gitlab.com/api/project_push_rules/ and https://docs.gitlab.com/api/group_push_rules/

function shown(response: GitLabResponse, method: Method, path: ApiPath): RemoteObject {
  const values = objectIn(response, { method, path, what: "push rules" }, ({ id }) => isKey(id));
  return { values, active: true, inherited: false };
}

async function find(client: Client, definition: Definition, at: Address): Promise<RemoteObject | undefined> {
  const where = objectPath(definition, at);
  const response = await client.get(where).catch(notFound);
  // A project without push rules answers 200 with null.
  if (response?.body === null) return { values: {}, active: false, inherited: false };
  return response && shown(response, "GET", where);
}

/** Push rules: POST makes, PUT edits. GitLab may make them by itself, so each falls back to the other. */
export const pushRuleApi: ResourceApi = {
  find,

  isAnnounced: true,

  create(client, definition, at, write, remote) {
    const where = objectPath(definition, at);
    return withinLicence(definition, write, async (body) => {
      if (Object.keys(body).length === 0) body.deny_delete_tag = false; // GitLab demands at least one rule.
      const edit = async () => shown(await client.put(where, body), "PUT", where);
      if (remote?.active) return edit();
      return postOrRecover(async () => shown(await client.post(where, body), "POST", where), {
        find: async (lost) => (!lost || (await find(client, definition, at))?.active ? edit() : undefined),
        isUnique: true,
        // Copied from a predefined rule, or made by the POST whose answer was lost.
        isConflict: (error) => refusedWith(error, 422),
      });
    });
  },

  async update(client, definition, at, write, wrote) {
    const where = objectPath(definition, at);
    const remote = await withinLicence(definition, write, async (body) => {
      if (Object.keys(body).length === 0) return shown(await client.get(where), "GET", where);
      return shown(await putOrPost(client, where, body), "PUT", where);
    });
    wrote(remote, []);
    return remote;
  },

  async remove(client, definition, at) {
    return (await client.delete(objectPath(definition, at)).catch(notFound)) !== undefined;
  },
};

/** The rules may have been deleted behind our back. */
async function putOrPost(client: Client, where: ApiPath, body: Props) {
  try {
    return await client.put(where, body);
  } catch (error) {
    if (isNotFound(error)) return client.post(where, body);
    throw error;
  }
}

/**
 * Sends rules. GitLab refuses a request as a whole when it has a rule that the licence lacks, even one that is to be off:
 * those that are to be off are left out then, and the others are named.
 */
async function withinLicence(
  definition: Definition,
  write: Write,
  send: (body: Record<string, unknown>) => Promise<RemoteObject>,
): Promise<RemoteObject> {
  const body = bodyOf(definition, write);
  const licensed = [...fieldsOf(definition.fields).values()].filter((info) => info.meta.licensed && info.wire in body);
  const off = licensed.filter((info) => same(info, body[info.wire], info.initial));
  const demanded = licensed.filter((info) => !off.includes(info)).map((info) => info.name);
  try {
    return await send({ ...body });
  } catch (error) {
    if (!refusedWith(error, 403) || licensed.length === 0) throw error;
    if (off.length === 0) throw unlicensed(error, demanded);
  }
  const wires = off.map((info) => info.wire);
  try {
    const remote = await send(Object.fromEntries(Object.entries(body).filter(([wire]) => !wires.includes(wire))));
    return { ...remote, skippedFields: off.map((info) => info.name) };
  } catch (error) {
    throw refusedWith(error, 403) && demanded.length > 0 ? unlicensed(error, demanded) : error;
  }
}

function unlicensed({ method, path, status, details }: GitLabError, names: readonly string[]): GitLabError {
  const [one, they, them] = names.length === 1 ? ["a rule", "it needs", "it"] : ["rules", "they need", "them"];
  const hint =
    `The request has ${one} that some licences lack and that an administrator can keep back: ${names.join(", ")}. Remove ` +
    `${them} from the program, or get the licence that ${they}. If the licence has ${them}, the token's user lacks the role: ` +
    "Maintainer for a project, Owner for a group.";
  return new GitLabError({ method, path, status, details, hint });
}
