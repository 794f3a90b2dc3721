import { GitLabError, path, refusedWith, type ApiPath, type Client } from "../client";
import { isObject } from "../core/json";

type Write = (where: ApiPath, body?: unknown) => ReturnType<Client["post"]>;

/**
 * The same client, whose refused writes name the cause where a look finds it: an archived project, or an instance that
 * allows only some integrations. A look is one request more, after a refusal and never before.
 */
export function explained(client: Client): Client {
  const explaining =
    (write: Write): Write =>
    async (where, body) => {
      try {
        return await write(where, body);
      } catch (error) {
        const hint = await causeOf(client, where, error).catch(() => undefined);
        throw hint !== undefined && error instanceof GitLabError ? error.withHint(hint) : error;
      }
    };
  return {
    ...client,
    post: explaining((where, body) => client.post(where, body)),
    put: explaining((where, body) => client.put(where, body)),
    delete: explaining((where, body) => client.delete(where, body)),
  };
}

async function causeOf(client: Client, where: ApiPath, error: unknown): Promise<string | undefined> {
  const slug = /\/integrations\/([\w-]+)$/.exec(where)?.[1];
  const isUnavailable =
    refusedWith(error, 400) && error.details.some((text) => /integration not available/i.test(text));
  const isForbidden = refusedWith(error, 403) && !error.details.some((text) => text.includes("insufficient_scope"));
  if (isUnavailable && slug !== undefined) return (await notAllowed(client, slug)) ?? notOffered;
  if (!isForbidden) return undefined;
  return (await archived(client, where)) ?? (slug === undefined ? undefined : await notAllowed(client, slug));
}

async function archived(client: Client, where: ApiPath): Promise<string | undefined> {
  const parent = /^\/(?:projects|groups)\/[^/]+/.exec(where)?.[0] as ApiPath | undefined;
  if (parent === undefined) return undefined;
  const { body } = await client.get(parent, {}, { retries: 1 });
  if (!isObject(body) || body.archived !== true) return undefined;
  const name = body.path_with_namespace ?? body.full_path;
  return `${typeof name === "string" ? name : parent.slice(1)} is archived: unarchive it, or remove the resource.`;
}

const notOffered =
  "This GitLab does not offer the integration: its administrator may allow only some (allowed_integrations), or its " +
  "version or edition lacks it.";

/** Only administrators see the setting. */
async function notAllowed(client: Client, slug: string): Promise<string | undefined> {
  const settings = await client.get(path`/application/settings`, {}, { retries: 1 }).catch(() => undefined);
  const { allow_all_integrations: isAll, allowed_integrations: allowed } = isObject(settings?.body)
    ? settings.body
    : {};
  if (isAll !== false || !Array.isArray(allowed)) return undefined;
  if (allowed.some((each) => String(each).replaceAll("_", "-") === slug)) return undefined;
  return (
    `This GitLab allows only some integrations, and ${slug} is none of them: an administrator can allow it ` +
    "(allowed_integrations), or remove the resource."
  );
}
