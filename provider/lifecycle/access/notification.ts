import { path, type Client } from "../../client";
import type { Address } from "../../address";
import type { Definition } from "../../definition";
import { fieldsOf } from "../../fields";
import { bodyOf, type Props, type Write } from "../values";
import type { Access, Found } from "./access";
import { notFound } from "./answers";
import { objectPath } from "./paths";

// https://docs.gitlab.com/api/notification_settings/

/** GitLab shows the events only while the level is `custom`, and null for one that was never set. */
function foundIn(definition: Definition, body: unknown): Found {
  const answer = (body ?? {}) as Props;
  const events = (answer.events ?? {}) as Props;
  const values: Record<string, unknown> = { ...answer, ...events };
  for (const info of fieldsOf(definition.fields).values()) {
    if (values[info.wire] === null && info.wire in events) values[info.wire] = info.initial;
  }
  return { values, active: true, inherited: false };
}

async function put(client: Client, definition: Definition, at: Address, write: Write): Promise<Found> {
  const body = bodyOf(definition, write);
  if (write.reset.includes("notificationEmail")) body.notification_email = await primaryEmail(client);
  const where = objectPath(definition, at);
  const { body: answer } = Object.keys(body).length > 0 ? await client.put(where, body) : await client.get(where);
  return foundIn(definition, answer);
}

/** GitLab has no word for "the default address": that is the primary one of the token's owner. */
async function primaryEmail(client: Client): Promise<unknown> {
  const { body } = await client.get(path`/user`);
  return (body as Props | null)?.email;
}

/** Notification settings: always there for every user, so PUT does everything. */
export const notificationAccess: Access = {
  async find(client, definition, at) {
    const response = await client.get(objectPath(definition, at)).catch(notFound);
    return response && foundIn(definition, response.body);
  },

  create: put,

  async update(client, definition, at, write, wrote) {
    const found = await put(client, definition, at, write);
    wrote(found, []);
    return found;
  },

  async remove(client, definition, at) {
    const level = fieldsOf(definition.fields).get("level")?.initial;
    return (await client.put(objectPath(definition, at), { level }).catch(notFound)) !== undefined;
  },
};
