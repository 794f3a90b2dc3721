import { LostAnswerError, type Client } from "../../client";
import type { Address } from "../../address";
import type { Definition } from "../../definition";
import { bodyOf, type Props } from "../values";
import type { Access, Found } from "./access";
import { notFound, refusedWith } from "./answers";
import { objectPath } from "./paths";

// https://docs.gitlab.com/api/project_push_rules/

function foundIn(body: unknown): Found {
  // A project without push rules answers 200 with null.
  const exists = typeof body === "object" && body !== null;
  return { values: exists ? (body as Props) : {}, active: exists, inherited: false };
}

async function find(client: Client, definition: Definition, at: Address): Promise<Found | undefined> {
  const response = await client.get(objectPath(definition, at)).catch(notFound);
  return response && foundIn(response.body);
}

function shown(body: unknown, at: string): Found {
  const found = foundIn(body);
  if (!found.active) throw new Error(`${at}: the answer shows no push rules`);
  return found;
}

/** Push rules: POST makes, PUT edits. GitLab may make them by itself, so each falls back to the other. */
export const pushRuleAccess: Access = {
  find,

  async create(client, definition, parent, write, found) {
    const at = { scope: parent.scope, parent: String(parent.id) };
    const where = objectPath(definition, at);
    const body = bodyOf(definition, write);
    if (Object.keys(body).length === 0) body.deny_delete_tag = false; // GitLab demands at least one rule.
    const edit = async () => shown((await client.put(where, body)).body, where);
    if (found?.active) return edit();
    try {
      return shown((await client.post(where, body)).body, where);
    } catch (error) {
      // Copied from a predefined rule, or made by the POST whose answer was lost.
      const exists =
        refusedWith(error, 422) || (error instanceof LostAnswerError && (await find(client, definition, at))?.active);
      if (exists) return edit();
      throw error;
    }
  },

  async update(client, definition, at, write, wrote) {
    const where = objectPath(definition, at);
    const body = bodyOf(definition, write);
    const sent = Object.keys(body).length === 0 ? await client.get(where) : await writeOver(client, where, body);
    const found = shown(sent.body, where);
    wrote(found, []);
    return found;
  },

  async remove(client, definition, at) {
    await client.delete(objectPath(definition, at)).catch(notFound);
  },
};

/** The rules may have been deleted behind our back. */
async function writeOver(client: Client, where: ReturnType<typeof objectPath>, body: Props) {
  try {
    return await client.put(where, body);
  } catch (error) {
    if (refusedWith(error, 404)) return client.post(where, body);
    throw error;
  }
}
