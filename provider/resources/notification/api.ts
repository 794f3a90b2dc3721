import { notFound, path, type ApiPath, type Client, type GitLabResponse, type Method } from "../../client";
import type { Address } from "../../core/id";
import type { Definition } from "../../core/definition";
import { fieldsOf } from "../../core/schema";
import { isObject } from "../../core/json";
import { bodyOf, type Write } from "../../operations/state/request-body";
import type { RemoteObject } from "../../operations/api/remote-object";
import type { ResourceApi } from "../../operations/api/resource-api";
import { objectIn } from "../../operations/api/answers";
import { objectPath } from "../../operations/api/paths";

// https://docs.gitlab.com/api/notification_settings/

/** GitLab shows the events only while the level is `custom`, and null for one that was never set. */
function foundIn(definition: Definition, response: GitLabResponse, method: Method, path: ApiPath): RemoteObject {
  const asked = { method, path, what: "notification settings" };
  const answer = objectIn(response, asked, ({ level }) => typeof level === "string");
  const events = isObject(answer.events) ? answer.events : {};
  const values: Record<string, unknown> = { ...answer, ...events };
  for (const info of fieldsOf(definition.fields).values()) {
    if (values[info.wire] === null && info.wire in events) values[info.wire] = info.initial;
  }
  return { values, active: true, inherited: false };
}

async function put(client: Client, definition: Definition, at: Address, write: Write): Promise<RemoteObject> {
  const body = bodyOf(definition, write);
  if (write.reset.includes("notificationEmail")) body.notification_email = await primaryEmail(client);
  const where = objectPath(definition, at);
  if (Object.keys(body).length === 0) return foundIn(definition, await client.get(where), "GET", where);
  return foundIn(definition, await client.put(where, body), "PUT", where);
}

/** GitLab has no word for "the default address": that is the primary one of the token's owner. */
async function primaryEmail(client: Client): Promise<unknown> {
  const where = path`/user`;
  const asked = { method: "GET", path: where, what: "user" } as const;
  return objectIn(await client.get(where), asked, ({ email }) => typeof email === "string").email;
}

/** Notification settings: always there for every user, so PUT does everything. */
export const notificationApi: ResourceApi = {
  async find(client, definition, at) {
    const where = objectPath(definition, at);
    const response = await client.get(where).catch(notFound);
    return response && foundIn(definition, response, "GET", where);
  },

  create: put,

  async update(client, definition, at, write, wrote) {
    const remote = await put(client, definition, at, write);
    wrote(remote, []);
    return remote;
  },

  async remove(client, definition, at) {
    const level = fieldsOf(definition.fields).get("level")?.initial;
    return (await client.put(objectPath(definition, at), { level }).catch(notFound)) !== undefined;
  },
};
