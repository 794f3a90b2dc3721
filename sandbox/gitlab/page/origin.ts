import type { FastifyRequest, onRequestHookHandler } from "fastify";
import { ApiError } from "../http/answer";

type Headers = FastifyRequest["headers"];

/** How a browser, or another client, comes to an address of the sandbox. */
export interface Caller {
  readonly headers: Headers;
  /** The port that the request arrived at. */
  readonly port: number | undefined;
}

/** Refuses a request before anything of it is read, unless it meets every demand. */
export function guard(...demands: readonly ((caller: Caller) => void)[]): onRequestHookHandler {
  return ({ headers, socket }, _reply, done) => {
    try {
      for (const demand of demands) demand({ headers, port: socket.localPort });
      done();
    } catch (problem) {
      done(problem as Error);
    }
  };
}

const LOOPBACK_NAMES = ["127.0.0.1", "localhost", "[::1]"];

/**
 * Raises 403 for a request that names another host than this machine.
 *
 * A site can make its own name lead to 127.0.0.1, and its pages then count as being of the same origin as the sandbox.
 * The name stays in the header `Host`.
 */
export function demandOwnHost({ headers, port }: Caller): void {
  const host = (headers.host ?? "").toLowerCase();
  const names = LOOPBACK_NAMES.map((name) => `${name}:${port}`);
  if (port === 80) names.push(...LOOPBACK_NAMES);
  if (!names.includes(host)) throw refused("This address answers on 127.0.0.1 and localhost only.");
}

/** Raises 403 for a request that a page of another site makes; clients other than browsers pass. */
export function demandNoForeignOrigin({ headers }: Caller): void {
  const { origin } = headers;
  const site = headers["sec-fetch-site"];
  const isForeign = (origin !== undefined && !isOwnOrigin(headers)) || (site !== undefined && !isOwnSite(site));
  if (isForeign) throw refused("Pages of other sites may not ask here.");
}

/** Raises 403 unless a page of the sandbox itself makes the request. */
export function demandOwnOrigin(caller: Caller): void {
  demandNoForeignOrigin(caller);
  if (!isOwnOrigin(caller.headers)) throw refused("Only the page of the sandbox may ask here.");
}

/**
 * Raises 403 for a page of another site that loads something of the sandbox into itself; following a link to the page
 * is allowed.
 */
export function demandOwnPageOrLink(caller: Caller): void {
  const { headers } = caller;
  const isLink = headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
  if (!isLink) demandNoForeignOrigin(caller);
}

function isOwnOrigin({ origin, host }: Headers): boolean {
  return origin !== undefined && host !== undefined && origin.toLowerCase() === `http://${host.toLowerCase()}`;
}

/** `none` is what somebody types into the browser. */
function isOwnSite(site: string | string[]): boolean {
  return site === "same-origin" || site === "none";
}

function refused(reason: string): ApiError {
  return new ApiError(403, { error: reason });
}
