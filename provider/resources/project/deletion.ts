import { notFound, path, under, type ApiPath, type Client } from "../../client";
import type { Address } from "../../core/id";
import type { Definition } from "../../core/definition";
import { ProviderError } from "../../core/errors";
import type { Props } from "../../operations/state/request-body";
import type { RemoteObject } from "../../operations/api/remote-object";
import { refusedWith } from "../../operations/api/answers";
import { objectPath } from "../../operations/api/paths";
import { foundProject } from "./remote-project";
import { limitOf } from "./import";
import { postOrRecover } from "../../client/post-or-recover";
import { pollUntil } from "../../client/poll-until";

/**
 * Archives, marks or removes a project, as its last outputs say, and waits until GitLab has done so.
 *
 * @returns whether it was there
 * @throws ProviderError when that takes longer than the program allows
 */
export async function removeProject(
  client: Client,
  definition: Definition,
  at: Address,
  last: Props,
): Promise<boolean> {
  const where = objectPath(definition, at);
  if (last.archiveOnDestroy === true) {
    return (await postOrRecover(() => client.post(under(where, path`/archive`))).catch(notFound)) !== undefined;
  }
  if (!(await mark(client, where))) return false;
  const limit = limitOf(definition, "deleteTimeout", last);
  const marked = await waitFor(client, where, limit, (remote) => !remote?.active);
  if (marked && last.permanentlyRemove === true) {
    // Marking may have renamed it, and GitLab asks for the name of now.
    const body = { permanently_remove: true, full_path: marked.values.path_with_namespace };
    await client.delete(where, body).catch(notFound);
    await waitFor(client, where, limit, (remote) => remote === undefined);
  }
  return true;
}

/** @returns false when nothing was there; one that is marked already is as good as marked */
async function mark(client: Client, where: ApiPath): Promise<boolean> {
  try {
    return (await client.delete(where).catch(notFound)) !== undefined;
  } catch (error) {
    if (!refusedWith(error, 400)) throw error;
    const remote = await look(client, where);
    if (remote?.active) throw error;
    return remote !== undefined;
  }
}

async function look(client: Client, where: ApiPath): Promise<RemoteObject | undefined> {
  const response = await client.get(where).catch(notFound);
  return response && foundProject(response, { method: "GET", path: where });
}

async function waitFor(
  client: Client,
  where: ApiPath,
  limit: number,
  isDone: (remote: RemoteObject | undefined) => boolean,
): Promise<RemoteObject | undefined> {
  const doing = `${where.slice(1)}: waiting for the deletion`;
  const found = await pollUntil(() => look(client, where), isDone, { limit, doing });
  if (isDone(found)) return found;
  throw new ProviderError(
    `${where.slice(1)}: the deletion is not done after ${limit} s. GitLab continues it; run the command again, and give ` +
      "deleteTimeout more seconds, with a `pulumi up`, if it takes long.",
  );
}
