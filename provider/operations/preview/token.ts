import { GitLabError, isNotFound, lacksCall, path, refusedWith, UnreachableError, type Client } from "../../client";
import { isObject } from "../../core/json";
import { isKey } from "../api/answers";
import type { OperationContext } from "../context";
import { notGitLab } from "../not-gitlab";
import { tokenFault } from "../token-fault";
import { previewStateOf } from "./state";
import { soon } from "./unchecked";

/** Scopes that allow no call of the API which writes settings. There are newer ones of which nothing is known here. */
const withoutWrites: ReadonlySet<string> = new Set([
  ...["read_api", "read_user", "read_repository", "write_repository", "read_registry", "write_registry"],
  ...["read_virtual_registry", "write_virtual_registry", "create_runner", "manage_runner", "ai_features", "k8s_proxy"],
  ...["self_rotate", "read_observability", "write_observability", "read_service_ping", "openid", "profile", "email"],
]);

/**
 * What is wrong with the token or the address, looked up once for each connection: the token tells of itself, whoever's it
 * is and whatever it may do.
 *
 * @throws GitLabError or UnreachableError when GitLab does not answer
 * @see https://docs.gitlab.com/api/personal_access_tokens/#self-inform
 */
export function tokenProblem({ connection }: Pick<OperationContext, "connection">): Promise<string | undefined> {
  const state = previewStateOf(connection);
  state.token ??= soon(connection.settings.baseUrl, look(connection.impatient().client));
  return state.token;
}

async function look(client: Client): Promise<string | undefined> {
  try {
    const { body } = await client.get(path`/personal_access_tokens/self`);
    if (!isObject(body) || !isKey(body.id)) return notGitLab(client.baseUrl, "does not answer as one");
    return scopeProblem(body.scopes);
  } catch (error) {
    // Servers before 15.5 do not know the call.
    if (lacksCall(error) || isNotFound(error)) return lookAtUser(client);
    return faultOf(client, error);
  }
}

async function lookAtUser(client: Client): Promise<string | undefined> {
  try {
    await client.get(path`/user`);
    return undefined;
  } catch (error) {
    if (lacksCall(error) || isNotFound(error)) return notGitLab(client.baseUrl, "knows nothing of GET /user (404)");
    return faultOf(client, error);
  }
}

/** @returns undefined where GitLab has refused the question, and not the token: so it does with tokens of OAuth */
function faultOf(client: Client, error: unknown): string | undefined {
  if (error instanceof UnreachableError && error.isOther) return notGitLab(client.baseUrl, `answers ${error.reason}`);
  if (!(error instanceof GitLabError) || error.status >= 500 || error.status === 429) throw error;
  const fault = tokenFault(error, client.baseUrl);
  if (fault !== undefined) return fault;
  if (error.isFromApi) return refusedWith(error, 403) ? `the token is refused: ${error.details.join(", ")}` : undefined;
  if (error.responder === undefined) throw error;
  return notGitLab(client.baseUrl, `answers ${error.status} (${error.responder})`);
}

function scopeProblem(scopes: unknown): string | undefined {
  if (!Array.isArray(scopes) || scopes.includes("api")) return undefined;
  if (!scopes.every((scope) => withoutWrites.has(String(scope)))) return undefined;
  return "the token is read-only: it lacks the scope api";
}
