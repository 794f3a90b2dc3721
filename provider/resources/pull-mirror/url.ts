import { parseUrl } from "../../core/parse-url";

/** The ports below 1024 from which GitLab mirrors a repository. */
export const mirrorPorts: readonly number[] = [22, 80, 443];
/** The ports below 1024 from which GitLab imports one into a new project. */
export const importPorts: readonly number[] = [80, 443];

/** Whether GitLab calls an address at its port: it keeps away from those of other services. */
export function isPortAllowed(url: string, allowed: readonly number[]): boolean {
  const port = parseUrl(url)?.port ?? "";
  return port === "" || Number(port) >= 1024 || allowed.includes(Number(port));
}

/** What the port of an address must be, as a reason. */
export function portRule(allowed: readonly number[]): string {
  return `must have the port ${allowed.join(", ")}, or one from 1024 on`;
}

/** Whether the user before a host, where there is one, is one that GitLab takes. */
export function hasUsableUser(url: string): boolean {
  const user = shape.exec(url)?.[2]?.split(":")[0] ?? "";
  return user === "" || /^[\p{L}\p{N}]/u.test(user);
}

/** What that user must be, as a reason. */
export const userRule = "must have a user that begins with a letter or digit, or none";

const shape = /^([a-z][a-z0-9+.-]*:\/\/)(?:([^/?#]*)@)?(.*)$/is;

/** A URL without the credentials before its host, or what GitLab shows in their place. */
export function withoutUserInfo(url: string): string {
  const [, scheme = "", , rest = url] = shape.exec(url) ?? [];
  return scheme + rest;
}

/** Which credentials a URL has before its host. */
export function userInfo(url: string): { readonly user: boolean; readonly password: boolean } {
  const [user = "", ...password] = (shape.exec(url)?.[2] ?? "").split(":");
  return { user: user !== "", password: password.join(":") !== "" };
}

/** A URL with credentials before its host; a user that it names already stays. */
export function withUserInfo(url: string, user: unknown, password: unknown): string {
  const [, scheme = "", named = "", rest = url] = shape.exec(url) ?? [];
  const name = typeof user === "string" ? encodeURIComponent(user) : named;
  const word = typeof password === "string" && password !== "" ? `:${encodeURIComponent(password)}` : "";
  return name + word === "" ? scheme + rest : `${scheme}${name}${word}@${rest}`;
}
