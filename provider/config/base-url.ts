import { isIP } from "node:net";
import { parseUrl } from "../core/parse-url";

/**
 * Brings an address of a GitLab to the form `https://host[:port][/relative-root]/api/v4`.
 *
 * @throws Error with a plain sentence, which does not quote the text: an address may hold a password.
 */
export function normaliseBaseUrl(address: string): string {
  const trimmed = address.trim();
  if (!/^https?:\/\//i.test(trimmed)) throw new Error("must begin with https:// (or http://)");
  const url = parseUrl(trimmed);
  if (!url) throw new Error("is not a valid URL");
  if (url.username !== "" || url.password !== "")
    throw new Error("must not contain a user name or password; use gitlab:token");
  if (/[?#]/.test(trimmed)) throw new Error("must not have a query or a fragment");
  const root = url.pathname
    .replace(/\/{2,}/g, "/")
    .replace(/\/$/, "")
    .replace(/\/api\/v4$/i, "");
  if (/\/api(\/|$)/i.test(root)) throw new Error("must end in /api/v4 or name no part of the API at all");
  return `${url.origin}${root}/api/v4`;
}

/** A warning when the token would travel unencrypted: plain http to a host that is not this machine. */
export function plainHttpWarning({ baseUrl }: { readonly baseUrl: string }): string | undefined {
  const { protocol, hostname, host } = new URL(baseUrl);
  if (protocol !== "http:" || isLoopback(hostname)) return undefined;
  return `gitlab:baseUrl is plain http, so the token and every secret travel to ${host} unencrypted: use https:// if this GitLab has it.`;
}

/** Whether a host is this machine. */
export function isLoopback(hostname: string): boolean {
  const name = hostname.replace(/^\[|\]$/g, "");
  if (isIP(name) === 4) return name.startsWith("127.");
  return name === "::1" || name === "localhost" || name.endsWith(".localhost");
}
