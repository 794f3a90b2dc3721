import { createHash } from "node:crypto";
import { className } from "../../../core/definition";
import { parseUrl } from "../../../core/parse-url";
import { fieldsOf } from "../../../core/schema";
import { stripCredentials } from "../../../secrets/redact";
import type { RemoteResource } from "../discover/scan";
import type { Argument } from "./arguments";
import { camelled, decoded, hostLevels, ownName } from "./names";

/** One secret of one object. */
export interface SecretUse {
  readonly resource: RemoteResource;
  readonly given: ReadonlyMap<string, Argument>;
  readonly field: string;
  /** The key of a map. */
  readonly key?: string | undefined;
}

/** Where a secret belongs: two uses of one place plausibly share it. */
export interface SecretPlace {
  /** Equal for uses of one place, and only for them. */
  readonly text: string;
  /** The names that it could have, the shortest first; later ones say more of it. */
  readonly names: readonly string[];
  /** What stands for the place in a file; undefined where a credential is a part of it. */
  readonly digest?: string;
}

/**
 * The place of a secret. Evidence for a shared one is the same argument at the same addresses with the same accounts; where
 * there is no address, at the same channels or rooms. Without either, each object has a place of its own.
 */
export function secretPlace(use: SecretUse): SecretPlace {
  const { resource, field, key } = use;
  const what = [mapWords[field] ?? field, ...(key === undefined ? [] : [key])];
  const own = resource.definition.kind === "hook" ? "hook" : ownName(resource.definition).replace("/:id", "");
  const value = credentialIn(use);
  if (value !== undefined) return atCredential(use, own, what, value);
  const texts = textsOf(use);
  const urls = texts.filter(({ url }) => url !== undefined);
  const accounts = texts.filter(({ name }) => isAccount(name));
  const others = texts.filter((text) => !urls.includes(text) && !accounts.includes(text));
  const evidence = urls.length > 0 ? [...urls, ...accounts] : others.length > 0 ? texts : [];
  if (evidence.length === 0 || isUrlSecret(use)) return ofItsOwn(use, own, what);
  const text = JSON.stringify([own, field, key, evidence.map(({ name, value: given }) => [name, given])]);
  return { text, names: namesAt(own, what, evidence), digest: digestOf(text) };
}

const mapWords: Readonly<Record<string, string>> = { customHeaders: "header", urlVariables: "variable" };

interface Text {
  readonly name: string;
  readonly value: string;
  readonly url: URL | undefined;
}

/** The plain texts that an object has, choices among words left out. */
function textsOf({ resource, given }: SecretUse): Text[] {
  const infos = fieldsOf(resource.definition.fields);
  return [...given].flatMap(([name, argument]) => {
    if (argument.kind !== "plain" || typeof argument.value !== "string" || infos.get(name)?.type !== "text") return [];
    const { value } = argument;
    return [{ name, value, url: value.includes("://") ? parseUrl(value) : undefined }];
  });
}

function isAccount(name: string): boolean {
  return /user|login|account|email/i.test(name);
}

/** Whether the address itself is a secret, so that nothing tells where the others belong. */
function isUrlSecret({ given, field }: SecretUse): boolean {
  return field !== "url" && given.get("url")?.kind === "secret";
}

/** A text with a credential that GitLab shows. */
function credentialIn({ resource, field, key }: SecretUse): string | undefined {
  const info = fieldsOf(resource.definition.fields).get(field);
  const value = info && key === undefined ? resource.remote.values[info.wire] : undefined;
  return typeof value === "string" && value !== "" && info?.access !== "writeOnly" ? value : undefined;
}

function atCredential({ field }: SecretUse, own: string, what: readonly string[], value: string): SecretPlace {
  const url = value.includes("://") ? parseUrl(stripCredentials(value)) : undefined;
  const names = url ? [camelled([own, url.hostname, ...what])] : [camelled([own, ...what])];
  return { text: JSON.stringify([own, field, value]), names };
}

function ofItsOwn({ resource }: SecretUse, own: string, what: readonly string[]): SecretPlace {
  const { definition, at, parent } = resource;
  const place = parent ? [parent.path] : [];
  const text = JSON.stringify([definition.name, at, what]);
  return { text, names: [camelled([...place, own, ...what])], digest: digestOf(text) };
}

/** `jiraPassword`, `jiraJiraAcmeDevPassword`, ...; of a hook `ciAcmeDevToken`, ... */
function namesAt(own: string, what: readonly string[], evidence: readonly Text[]): string[] {
  const words = (texts: readonly Text[], isFull: boolean) =>
    texts.flatMap(({ url, value }) => (url ? [hostOf(url), ...(isFull ? [decoded(url.pathname)] : [])] : [value]));
  const first = evidence.slice(0, 1);
  const levels =
    own === "hook"
      ? [...hostLevels(words(first, false)[0] ?? "hook"), words(first, true)]
      : [[own], [own, ...words(first, false)], [own, ...words(evidence, false)], [own, ...words(evidence, true)]];
  const names = levels.map((level) => camelled([...level, ...what])).filter((name) => name.length <= longest);
  return names.length > 0 ? names : [camelled([own, ...what])];
}

const longest = 60;

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^www\./, "");
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** What a secret is, for people: `webhook of Slack acme/shop`. */
export function useText({ resource, field, key }: SecretUse): string {
  const where = resource.parent ? ` ${resource.parent.path}` : "";
  return `${field}${key === undefined ? "" : ` ${key}`} of ${className(resource.definition)}${where}`;
}
