import { isObject } from "../core/json";
import { detailsOf, type Missing } from "./errors";

/** What the body of a refusal, an answer of status 400 to 499, tells of who gave it. */
export interface Refusal {
  /** Whether GitLab's API gave it, and not a proxy in front of it or another server. */
  readonly isFromApi: boolean;
  readonly missing?: Missing;
}

/** Of an object, or of the project or group above it: `404 Project Not Found`, `404 Not found`. */
const noObject = /^404 (?:.+ )?Not [Ff]ound\b/;
/** Of a write, shares for one, also where the object is there and the user may not do it: it tells nothing of the object. */
const notAllowed = /^Not [Ff]ound$/;
const noRoute = /^404 Not Found$/;
const noMethod = /^405 (?:Method )?Not Allowed$/;

/**
 * Reads out of a refusal whether GitLab's API gave it, and what it says is not there.
 *
 * GitLab's refusals are objects with the reason under `message` or `error`. A 404 of an object has it under `message`, that
 * of an address without a route under `error`, and both begin with the status. What other servers answer in JSON often
 * repeats the status as a value of its own, which GitLab's answers never do.
 *
 * @param body the parsed JSON, or the text where it is none
 */
export function refusalOf(status: number, body: unknown): Refusal {
  if (!isObject(body)) return { isFromApi: false };
  const { message, error } = body;
  const isMute = detailsOf({ message, error }).length === 0;
  if (isMute || Object.values(body).some((value) => value === status || value === String(status))) {
    return { isFromApi: false };
  }
  if (status === 404) {
    if (matches(message, noObject)) return { isFromApi: true, missing: "object" };
    if (matches(error, noRoute)) return { isFromApi: true, missing: "call" };
    return { isFromApi: matches(message, notAllowed) };
  }
  const lacksMethod = status === 405 && (matches(message, noMethod) || matches(error, noMethod));
  return lacksMethod ? { isFromApi: true, missing: "call" } : { isFromApi: true };
}

function matches(text: unknown, pattern: RegExp): boolean {
  return typeof text === "string" && pattern.test(text);
}

/** Statuses of the way to GitLab, which say the same whoever answers with them: GitLab's own web server may. */
const ofTheWay = [407, 408, 413, 414, 429, 431];

/** Whether a status means the same when it does not come from GitLab's API. */
export function speaksForItself(status: number): boolean {
  return status < 400 || status >= 500 || ofTheWay.includes(status);
}

/**
 * What has answered, in a few words and without its text: `text/html, server: nginx`.
 *
 * @param headers names in lower case
 */
export function responderOf(headers: Readonly<Record<string, string>>, text: string): string {
  const type = /^[\w.+-]{1,40}\/[\w.+-]{1,60}/.exec(headers["content-type"] ?? "")?.[0].toLowerCase();
  const server = /^[\w.-]{1,40}/.exec(headers.server ?? "")?.[0];
  const form =
    text.trim() === "" ? "empty" : /^\s*</.test(text) && !/html|xml/.test(type ?? "") ? "a web page" : undefined;
  const parts = [type ?? "no content type", form, server === undefined ? undefined : `server: ${server}`];
  return parts.filter((part) => part !== undefined).join(", ");
}
