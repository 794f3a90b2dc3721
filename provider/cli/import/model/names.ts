import type { Definition } from "../../../core/definition";
import { parseUrl } from "../../../core/parse-url";
import type { RemoteResource } from "../discover/scan";

/** Hands out names of which none comes twice. */
export class UniqueNames {
  readonly #taken: Set<string>;

  constructor(reserved: Iterable<string> = []) {
    this.#taken = new Set(reserved);
  }

  /** The name itself, or with the first number after it that makes it new. */
  take(name: string, separator = ""): string {
    let free = name;
    for (let number = 2; this.#taken.has(free); number++) free = `${name}${separator}${number}`;
    this.#taken.add(free);
    return free;
  }

  /** The first of several names that is new, or the last one with a number. */
  first(names: readonly string[]): string {
    return this.take(names.find((name) => !this.#taken.has(name)) ?? names.at(-1) ?? "resources");
  }
}

/**
 * The names of resources in the stack: the full path and what tells an object from the others there, as
 * `acme/shop/slack`, `acme/shop/ci.acme.dev` for a hook and `acme/shop/share/acme/platform`. A project is its path.
 *
 * A host to which one project has hooks of several addresses is followed by the address's path, and a number breaks
 * what is still a tie.
 *
 * @param reserved names that other resources have, by {@link typedName}
 */
export function resourceNames(
  all: readonly RemoteResource[],
  reserved: Iterable<string> = [],
): ReadonlyMap<RemoteResource, string> {
  const ambiguous = ambiguousHosts(all);
  const names = new UniqueNames(reserved);
  return new Map(
    all.map((one) => {
      const wanted = typedName(one.definition, [one.parent?.path, suffixOf(one, ambiguous)].filter(Boolean).join("/"));
      return [one, names.take(wanted, "-").slice(one.definition.name.length + 1)] as const;
    }),
  );
}

/** What tells a name from the same one of another class: only together they must be unique in a stack. */
export function typedName({ name: type }: Pick<Definition, "name">, name: string): string {
  return `${type} ${name}`;
}

/** What an object is in its project or group: `slack`, `push-rule`, `ci.acme.dev`. */
function suffixOf(one: RemoteResource, ambiguous: ReadonlySet<string>): string {
  const { definition, at, remote } = one;
  if (definition.parentKind) return "";
  const host = hostOf(one);
  if (host !== undefined) return ambiguous.has(host) ? host + pathOf(one) : host;
  const group = remote.values.group_full_path;
  const key = definition.idFromArgument && typeof group === "string" ? group : String(at.key);
  return ownName(definition).replace(":id", safe(key));
}

/** What a kind of object is called in its project or group: `slack`, `push-rule`, `hooks/:id`. */
export function ownName({ path }: Pick<Definition, "path">): string {
  return path.replace(/^integrations\//, "").replaceAll("_", "-");
}

/** The hosts to which some project or group has hooks of several addresses. */
function ambiguousHosts(all: readonly RemoteResource[]): ReadonlySet<string> {
  const urls = new Map<string, unknown>();
  const hosts = all.flatMap((one) => {
    const host = hostOf(one);
    if (host === undefined) return [];
    const place = `${one.parent?.scope} ${one.parent?.id} ${host}`;
    const isOther = urls.has(place) && urls.get(place) !== pathOf(one);
    urls.set(place, pathOf(one));
    return isOther ? [host] : [];
  });
  return new Set(hosts);
}

/** The host that a hook calls, with its port. */
export function hostOf({ definition, remote }: RemoteResource): string | undefined {
  if (definition.kind !== "hook" || typeof remote.values.url !== "string") return undefined;
  const host = parseUrl(remote.values.url)?.host ?? "";
  return host === "" ? undefined : safe(host);
}

/** What a host can be called, the shortest first: its first word, and all of it. A number says nothing by itself. */
export function hostLevels(host: string): string[][] {
  const name = host.replace(/^www\./, "");
  const [first = ""] = name.split(".");
  return /^[a-z]{2}/i.test(first) ? [[first], [name]] : [[name]];
}

function pathOf({ remote }: RemoteResource): string {
  const { pathname = "" } = parseUrl(String(remote.values.url)) ?? {};
  return safe(decoded(pathname)).replace(/\/+$/, "");
}

/** The longest part of a name that is made from an address. */
const longest = 60;

/** Pulumi has two colons between the parts of a URN, and no name needs other than visible characters. */
function safe(text: string): string {
  return text
    .replace(/[\p{C}\p{Z}]+/gu, "-")
    .replace(/::+/g, ":")
    .slice(0, longest);
}

/** A path as people write it, without escapes. */
export function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}

/** Words in one: `["acme/shop", "x-team"]` is `acmeShopXTeam`. */
export function camelled(texts: readonly string[]): string {
  const words = texts.flatMap((text) => text.split(/[^A-Za-z0-9]+/)).filter((word) => word !== "");
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  const name = joined.charAt(0).toLowerCase() + joined.slice(1);
  return /^\d/.test(name) ? `n${name}` : name;
}
