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
