import { z } from "zod";
import { isWebUrl, webUrlRule } from "../../core/schema";
import { unknownValue, hiddenValue } from "../../core/unknown";

type Props = Readonly<Record<string, unknown>>;

/** What GitLab takes for the name of a URL variable; other text in braces is a part of the URL. */
export const variableName = /[A-Za-z]+[0-9]*(?:[._-][A-Za-z0-9]+)*/;
const placeholder = new RegExp(`\\{(${variableName.source})\\}`, "g");

/** The names in braces in a hook's URL. */
export function placeholdersOf(url: string): string[] {
  return [...url.matchAll(placeholder)].map((match) => match[1] ?? "");
}

/** A hook's URL as GitLab calls it, with each variable filled in. */
function interpolated(props: Props): string {
  const values = variablesOf(props);
  return String(props.url).replace(placeholder, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
}

/** A hook's address. A variable can stand for any part of it, its beginning included: see {@link isCallable}. */
export function hookUrl(): z.ZodString {
  return z.string().refine((given) => isCallable(given, {}), webUrlRule);
}

/**
 * Whether GitLab can call a hook's URL once its variables are filled in, as far as their values are known.
 *
 * @param values of the variables by name, among them unknown ones and those that GitLab keeps to itself
 */
export function isCallable(url: string, values: Props): boolean {
  const isKnown = (name: string) =>
    typeof values[name] === "string" && values[name] !== unknownValue && values[name] !== hiddenValue;
  const [first] = placeholdersOf(url);
  // What is not known can be a scheme, a host, a port or a path: a digit fits wherever one can stand.
  if (first !== undefined && url.startsWith(`{${first}}`) && !isKnown(first)) return !/\s/.test(url);
  return isWebUrl(url.replace(placeholder, (_, name: string) => (isKnown(name) ? String(values[name]) : "1")));
}

function variablesOf(props: Props): Props {
  const variables = props.urlVariables;
  return typeof variables === "object" && variables !== null ? (variables as Props) : {};
}

/** Whether a change makes GitLab see another URL, as far as the values are known. */
function changesUrl(olds: Props, news: Props): boolean {
  if (typeof olds.url !== "string" || news.url === unknownValue || news.urlVariables === unknownValue) return false;
  const next = { ...news, urlVariables: news.urlVariables ?? olds.urlVariables };
  const used = placeholdersOf(String(news.url));
  if (used.some((name) => variablesOf(next)[name] === unknownValue)) return false;
  return interpolated({ ...olds, urlVariables: held(olds, next) }) !== interpolated(next);
}

/** The old variables. One that GitLab keeps to itself is taken to be what the program says: more cannot be known. */
function held(olds: Props, next: Props): Props {
  const now = variablesOf(next);
  const entries = Object.entries(variablesOf(olds));
  return Object.fromEntries(
    entries.map(([name, value]) => [name, value === hiddenValue ? (now[name] ?? value) : value]),
  );
}

/**
 * A hook with URL variables cannot get another URL that uses some: GitLab wipes them first and then misses them. To one
 * that uses none it can change, and its variables are set again.
 */
export function urlReplaces(olds: Props, news: Props): string[] {
  if (Object.keys(variablesOf(olds)).length === 0 || !changesUrl(olds, news)) return [];
  if (placeholdersOf(String(news.url)).length === 0) return [];
  return [olds.url === news.url ? "urlVariables" : "url"];
}

/** What GitLab drops with a change of the URL that the program cannot send again, because it does not hold it. */
export function urlWarnings(olds: Props, news: Props): string[] {
  if (!changesUrl(olds, news)) return [];
  const lost = [
    ...(olds.tokenPresent === true && news.token === undefined ? ["the token"] : []),
    ...(olds.signingTokenPresent === true && news.signingToken === undefined ? ["perhaps the signing token"] : []),
    ...unheld(olds, news, "customHeaders", "header"),
    ...unheld(olds, news, "urlVariables", "URL variable"),
  ];
  if (lost.length === 0) return [];
  return [`with the URL, GitLab drops ${lost.join(", ")}, which this program does not hold.`];
}

function unheld(olds: Props, news: Props, map: string, noun: string): string[] {
  if (news[map] !== undefined) return [];
  const held = olds[map];
  return typeof held === "object" && held !== null ? Object.keys(held).map((key) => `the ${noun} ${key}`) : [];
}
