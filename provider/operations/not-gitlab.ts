import { isNotFound, lacksCall, path, type Client } from "../client";
import { isObject } from "../core/json";

/** The address of a GitLab as messages name it: without the API's path. */
export function addressOf(baseUrl: string): string {
  return baseUrl.replace(/\/api\/v4$/, "");
}

/**
 * Says that the configured address is not that of a GitLab.
 *
 * @param does what is there instead does, without a full stop
 */
export function notGitLab(baseUrl: string, does: string): string {
  return `gitlab:baseUrl is not a GitLab: ${addressOf(baseUrl)} ${does}. Check the address, and the proxy in front of it`;
}

/** What is wrong with an address that answers 404: nothing where it has a version, or does not say. */
export async function otherThanGitLab(client: Client): Promise<string | undefined> {
  try {
    const { body } = await client.get(path`/version`, {}, { retries: 1 });
    const isGitLab = isObject(body) && typeof body.version === "string";
    return isGitLab ? undefined : `${notGitLab(client.baseUrl, "knows nothing of GET /version")}.`;
  } catch (error) {
    const isNone = isNotFound(error) || lacksCall(error);
    return isNone ? `${notGitLab(client.baseUrl, "knows nothing of GET /version (404)")}.` : undefined;
  }
}
