import type { Definition } from "../../core/definition";
import type { RemoteResource } from "./discover";

/** Hands out names of which none comes twice. */
export class UniqueNames {
  readonly #taken: Set<string>;

  constructor(reserved: readonly string[] = []) {
    this.#taken = new Set(reserved);
  }

  /** The name itself, or with the first number after it that makes it new. */
  take(name: string): string {
    let free = name;
    for (let number = 2; this.#taken.has(free); number++) free = `${name}${number}`;
    this.#taken.add(free);
    return free;
  }
}

/**
 * The name of a resource in the stack: the full path and what it is there, `acme/shop/slack` or `acme/shop/hooks/7`.
 *
 * It depends on nothing else on GitLab, so that a later import gives the same object the same name.
 */
export function resourceName({ definition, at, parent }: RemoteResource): string {
  return [...(parent ? [parent.path] : []), ownName(definition).replace(":id", String(at.key))].join("/");
}

/** What an object is in its project or group: `slack`, `push-rule`, `hooks/:id`. */
export function ownName({ path }: Pick<Definition, "path">): string {
  return path.replace(/^integrations\//, "").replaceAll("_", "-");
}

/** The name of a setting for a secret: `acmeShopSlackWebhook`, `acmeShopHook7HeaderXTeam`. */
export function settingName(sighting: RemoteResource, field: string, key?: string): string {
  const own = resourceName(sighting).replace(/\/hooks\/(\d+)$/, "/hook$1");
  return camelled(key === undefined ? [own, field] : [own, mapWords[field] ?? field, key]);
}

const mapWords: Readonly<Record<string, string>> = { customHeaders: "header", urlVariables: "variable" };

/** Words in one: `["acme/shop", "x-team"]` is `acmeShopXTeam`. */
export function camelled(texts: readonly string[]): string {
  const words = texts.flatMap((text) => text.split(/[^A-Za-z0-9]+/)).filter((word) => word !== "");
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  const name = joined.charAt(0).toLowerCase() + joined.slice(1);
  return /^\d/.test(name) ? `n${name}` : name;
}
