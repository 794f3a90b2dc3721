import { LostAnswerError, path, type Client, type GitLabError } from "../../client";
import { postOrRecover } from "../../client/post-or-recover";
import type { Address } from "../../core/id";
import type { Definition } from "../../core/definition";
import { fieldsOf, type FieldInfo } from "../../core/schema";
import { bodyOf, type Write } from "../../operations/state/request-body";
import type { RemoteObject } from "../../operations/api/remote-object";
import { refusedWith } from "../../operations/api/answers";
import { foundProject } from "./remote-project";
import { ProjectHome } from "./place";

/**
 * Makes a project, or restores the one of its name and path that is marked for deletion when the program asks for that.
 *
 * A POST whose answer was lost is looked for by namespace, name and time of creation before it is sent again.
 */
export async function makeProject(
  client: Client,
  definition: Definition,
  _: Address,
  write: Write,
): Promise<RemoteObject> {
  const home = new ProjectHome(client, write.given);
  if (write.given.restoreOnCreate === true) {
    const restored = await home.restored();
    if (restored) return { ...restored, sent: sentNames(definition, write, false) };
  }
  const sent = sentNames(definition, write, true);
  const begun = Date.now();
  try {
    const made = await postOrRecover(() => post(client, definition, write), {
      find: () => home.madeSince(begun),
      isUnique: true,
      isConflict: (error, attempt) => attempt > 0 && isTaken(error),
    });
    return { ...made, sent };
  } catch (error) {
    throw isTaken(error) ? await home.explained(error) : error;
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
    if (access === "local" || meta.onlyOn === "create" || meta.names) return true;
    return isNew && meta.onlyOn !== "edit";
  };
  const infos = [...fieldsOf(definition.fields).values()];
  return infos.filter((info) => given[info.name] !== undefined && isSent(info)).map(({ name }) => name);
}

async function post(client: Client, definition: Definition, write: Write): Promise<RemoteObject> {
  const { userId } = write.given;
  const later = [...fieldsOf(definition.fields).values()].filter(({ meta }) => meta.onlyOn === "edit");
  const apart = ["userId", "archived", "avatar"];
  const body = bodyOf(definition, write, [...apart, ...later.map(({ name }) => name)]);
  const where = typeof userId === "number" ? path`/projects/user/${userId}` : path`/projects`;
  const response = await client.post(where, body);
  try {
    return foundProject(response, { method: "POST", path: where });
  } catch {
    // It may be made all the same, and without its number nothing else leads to it.
    throw new LostAnswerError("POST", where, { reason: "the response shows no project", settlesIn: 0 });
  }
}

function isTaken(error: unknown): error is GitLabError {
  return (
    refusedWith(error, 400) && error.details.some((text) => /has already been taken|still being deleted/i.test(text))
  );
}
