import { GitLabError, notFound, path, type Client, type GitLabResponse } from "../client";
import { isObject } from "../core/json";
import type { Settings } from "../config/settings";

/** Which GitLab answers. */
export interface Instance {
  /** As it names itself: `18.5.0-ee`. */
  readonly version: string;
  readonly edition: "enterprise" | "community";
  /** The licence's plan, where the token may read it: `premium`. */
  readonly plan?: string;
  /** The slugs of the integrations that the instance allows; undefined for all of them, or where the token may not know. */
  readonly allowedIntegrations?: readonly string[];
}

/** The token that is used, and whose it is. */
export interface TokenFacts {
  readonly username: string;
  /** Every name and address of the user that GitLab tells. */
  readonly names: readonly string[];
  readonly userId: number;
  readonly isAdmin: boolean;
  /** The user of a project's or group's own token, or a service account. */
  readonly isBot: boolean;
  /** Undefined for a token that is no access token, such as one of OAuth. */
  readonly scopes?: readonly string[];
  /** The day at whose start (UTC) it expires, or null for one that does not; undefined where GitLab does not say. */
  readonly expiresOn?: string | null;
}

/** What the answers say of a rate limit. */
export interface RateLimitFacts {
  readonly name: string;
  /** Requests a minute. */
  readonly limit: number;
  readonly remaining: number;
}

/** What can be known of a GitLab and a token from a few reads. */
export interface ServerFacts {
  readonly instance: Instance;
  readonly token: TokenFacts;
  /** Seconds by which GitLab's clock is ahead of this machine's; undefined where its answers have no date. */
  readonly clockAhead?: number;
  readonly rateLimit?: RateLimitFacts;
}

type Props = Readonly<Record<string, unknown>>;

/**
 * Asks a GitLab which one it is, and whose token it gets. Nothing is changed.
 *
 * @throws GitLabError when it does not accept the token, UnreachableError when it cannot be reached
 */
export async function askServer(client: Client): Promise<ServerFacts> {
  const began = Date.now();
  const user = await client.get(path`/user`, {}, { retries: 1 });
  const clockAhead = aheadOf(user, began, Date.now());
  const [instance, token] = await Promise.all([askInstance(client), askToken(client, bodyOf(user))]);
  const rateLimit = rateLimitIn(user.headers);
  return {
    instance,
    token,
    ...(clockAhead === undefined ? {} : { clockAhead }),
    ...(rateLimit ? { rateLimit } : {}),
  };
}

async function askInstance(client: Client): Promise<Instance> {
  // https://docs.gitlab.com/api/metadata/, since 15.2
  const metadata = await client.get(path`/metadata`).catch(() => client.get(path`/version`));
  const { version, enterprise } = bodyOf(metadata);
  if (typeof version !== "string") {
    throw new Error("GET /version: the answer has no version; is the address that of a GitLab?");
  }
  const isEnterprise = typeof enterprise === "boolean" ? enterprise : version.endsWith("-ee");
  const [plan, allowed] = await Promise.all([askPlan(client), askAllowed(client)]);
  return {
    version,
    edition: isEnterprise ? "enterprise" : "community",
    ...(plan === undefined ? {} : { plan }),
    ...(allowed ? { allowedIntegrations: allowed } : {}),
  };
}

/** Administrators of a GitLab of their own may read its licence. */
async function askPlan(client: Client): Promise<string | undefined> {
  const { plan } = await readIfAllowed(client, path`/license`);
  return typeof plan === "string" ? plan : undefined;
}

async function askAllowed(client: Client): Promise<readonly string[] | undefined> {
  const settings = await readIfAllowed(client, path`/application/settings`);
  const { allow_all_integrations: isAll, allowed_integrations: allowed } = settings;
  if (isAll !== false || !Array.isArray(allowed)) return undefined;
  return allowed.filter((slug) => typeof slug === "string").map((slug) => slug.replaceAll("_", "-"));
}

async function askToken(client: Client, user: Props): Promise<TokenFacts> {
  // https://docs.gitlab.com/api/personal_access_tokens/#self-inform, also for tokens of projects and groups
  const self = await readIfAllowed(client, path`/personal_access_tokens/self`);
  const { scopes, expires_at: expiresOn } = self;
  const username = String(user.username);
  const isScopes = Array.isArray(scopes) && scopes.every((scope) => typeof scope === "string");
  return {
    username,
    names: [user.username, user.name, user.email, user.public_email, user.commit_email].filter(isName),
    userId: Number(user.id),
    isAdmin: user.is_admin === true,
    isBot: user.bot === true || /^(?:(?:project|group)_\d+_bot|service_account_)/.test(username),
    ...(isScopes ? { scopes } : {}),
    ...(typeof expiresOn === "string" || expiresOn === null ? { expiresOn } : {}),
  };
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** What a token may read: empty where it may not, or where GitLab has no such thing. */
async function readIfAllowed(client: Client, where: ReturnType<typeof path>): Promise<Props> {
  try {
    return bodyOf(await client.get(where));
  } catch (error) {
    if (error instanceof GitLabError && error.status >= 400 && error.status < 500) return {};
    throw error;
  }
}

/**
 * The role of the token's user in a project or group, as a level; 0 where there is none. Administrators may do everything
 * without having one.
 *
 * @throws GitLabError when the token does not see it
 */
export async function askLevel(client: Client, where: ReturnType<typeof path>, token: TokenFacts): Promise<number> {
  const member = (where + path`/members/all/${token.userId}`) as typeof where;
  const answer = await client.get(member).catch(notFound);
  const level = answer ? bodyOf(answer).access_level : undefined;
  return typeof level === "number" ? level : 0;
}

/** Why nothing can be written with a token; undefined where it can. */
export function writeProblem({ scopes }: TokenFacts): string | undefined {
  if (scopes === undefined || scopes.includes("api")) return undefined;
  const has = scopes.length === 0 ? "none" : scopes.join(", ");
  return `the token lacks the scope api, which is needed to write; its scopes: ${has}`;
}

/** The version as numbers, for comparisons. */
export function isAtLeast(version: string, least: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  const [leastMajor = 0, leastMinor = 0] = least.split(".").map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

/** The public part of an address, for messages: without the API's path. */
export function addressOf({ baseUrl }: Pick<Settings, "baseUrl">): string {
  return baseUrl.replace(/\/api\/v4$/, "");
}

function bodyOf({ body }: GitLabResponse): Props {
  return isObject(body) ? body : {};
}

/** An answer's date has whole seconds, and says when it was made: somewhere between the request and its arrival. */
function aheadOf({ headers }: GitLabResponse, sent: number, arrived: number): number | undefined {
  const date = Date.parse(headers.date ?? "");
  if (Number.isNaN(date)) return undefined;
  if (date + 1000 < sent) return Math.round((date + 500 - sent) / 1000);
  return date > arrived ? Math.round((date - arrived) / 1000) : 0;
}

function rateLimitIn(headers: GitLabResponse["headers"]): RateLimitFacts | undefined {
  const limit = Number(headers["ratelimit-limit"] ?? NaN);
  const remaining = Number(headers["ratelimit-remaining"] ?? NaN);
  if (!Number.isFinite(limit) || !Number.isFinite(remaining)) return undefined;
  return { name: headers["ratelimit-name"] ?? "unnamed", limit, remaining };
}
