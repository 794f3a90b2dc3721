const MASK = "[MASKED]";
const SHORT = 8;

/** Services whose webhook addresses are passwords: whoever knows one can post. */
const CHAT_HOSTS =
  /(^|\.)(slack\.com|discord(app)?\.com|webhook\.office(365)?\.com|office\.com|logic\.azure\.com|powerplatform\.com|chat\.googleapis\.com|webexapis\.com|pumble\.com|circuit\.com|telegram\.org|hooks\.zapier\.com)$/i;

/** A scheme with what comes before the host's `@`, anywhere in a text. */
const USERINFO = /([a-z][a-z0-9+.-]*:[\\/]{2})[^/\\?#\s]*@/gi;

/** An address inside a text. */
const ADDRESS = /\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>]+/gi;

/** Tokens in GitLab's form. */
const TOKEN = /\bgl[a-z]{2,8}-[\w.-]{8,}/gi;

/** Parameters whose values say nothing but which part of a list is meant. */
const OPEN_PARAMETERS = new Set([
  "page",
  "per_page",
  "pagination",
  "order_by",
  "sort",
  "archived",
  "simple",
  "owned",
  "membership",
  "visibility",
  "min_access_level",
  "include_subgroups",
  "with_shared",
  "statistics",
  "id_after",
  "id_before",
  "status",
]);

/**
 * An address without what may be a secret: user and password, values of the query, the fragment, and for chat services
 * the path. A text that is no address is masked as a whole, since nobody knows what it holds.
 */
export function shownUrl(text: string): string {
  if (text === "") return "";
  const match = /^([a-z][a-z0-9+.-]*:\/\/)([^/\\?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/is.exec(text);
  if (match === null) return MASK;
  const [, scheme = "", authority = "", path = "", query, fragment] = match;
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  const isChat = CHAT_HOSTS.test(host.replace(/:\d*$/, "").replace(/\.$/, ""));
  return [
    scheme,
    host,
    isChat && path.length > 1 ? `/${MASK}` : withoutTokens(path),
    query === undefined ? "" : maskedQuery(query, () => false),
    fragment === undefined ? "" : `#${MASK}`,
  ].join("");
}

/** A value of a setting, with its texts as `shownText` shows them. */
export function shownValue(value: unknown): unknown {
  if (typeof value === "string") return shownText(value);
  if (Array.isArray(value)) return value.map(shownValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, shownValue(item)]));
}

/** A text without tokens, and with the addresses in it as `shownUrl` shows them. */
export function shownText(text: string): string {
  return withoutTokens(text.replace(USERINFO, "$1").replace(ADDRESS, shownUrl));
}

/** Names of parameters in GitLab's form; whoever sends a secret as a name sends it in another. */
export function shownNames(names: readonly string[]): string[] {
  return names.map((name) => (/^[a-z_]{1,60}$/.test(name) ? name : MASK));
}

/**
 * Path and query of an API request, without values of the query but those that cannot be secrets.
 *
 * @param tokens the tokens that are known, which may stand in a wrong place, as they are or percent-encoded
 */
export function shownPath(url: string, tokens: readonly string[]): string {
  const [path = "", query] = url.split(/\?(.*)/s);
  const known = tokens.flatMap((token) => [token, encodeURIComponent(token)]);
  const parts = withoutTokens(path).split("/");
  // A short one would be found in words that have nothing to do with it.
  const hidden = parts.map((part) => (known.some((token) => isIn(token, part)) ? MASK : part)).join("/");
  return query === undefined ? hidden : hidden + maskedQuery(`?${query}`, (name) => OPEN_PARAMETERS.has(name));
}

function isIn(token: string, part: string): boolean {
  return token.length < SHORT ? token !== "" && part === token : part.includes(token);
}

function withoutTokens(text: string): string {
  return text.replace(TOKEN, MASK);
}

function maskedQuery(query: string, isOpen: (name: string) => boolean): string {
  const parts = query.slice(1).split("&");
  const shown = parts.map((part) => {
    const at = part.indexOf("=");
    // Without a name there is nothing to go by.
    if (at === -1) return part === "" ? "" : MASK;
    const [name, value] = [part.slice(0, at), part.slice(at + 1)];
    return value === "" || (isOpen(name) && /^(\d{1,15}|[a-z_]{1,20})$/.test(value))
      ? part
      : `${withoutTokens(name)}=${MASK}`;
  });
  return `?${shown.join("&")}`;
}
