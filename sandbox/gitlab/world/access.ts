/** Roles and the access level each stands for. */
export const LEVELS = {
  none: 0,
  guest: 10,
  reporter: 20,
  developer: 30,
  maintainer: 40,
  owner: 50,
  admin: 60,
} as const;

/** A role on projects and groups; `none` sees only what is public, `admin` everything. */
export type Role = keyof typeof LEVELS;

/** An access token and what it may do. */
export interface AccessToken {
  readonly token: string;
  /** Role everywhere that `access` does not name. */
  readonly role: Role;
  /** Roles below a full path, such as `{"acme/shop": "guest"}`; the longest path counts. */
  readonly access?: Readonly<Record<string, Role>>;
  /** Scopes; `read_api` alone may not change anything. `["api"]` when absent. */
  readonly scopes?: readonly string[];
  /** `active` when absent. */
  readonly state?: "active" | "expired" | "revoked";
  /** The last day on which it is good, such as `2027-01-31`; a year from now when absent. Only shown: see `state`. */
  readonly expiresAt?: string;
  /** The user it belongs to, made when missing; named after the role when absent. */
  readonly username?: string;
}

/** The access level a token has on a full path. */
export function levelOn(token: AccessToken, fullPath: string): number {
  const path = fullPath.toLowerCase();
  const best = Object.keys(token.access ?? {})
    .filter((prefix) => path === prefix.toLowerCase() || path.startsWith(`${prefix.toLowerCase()}/`))
    .sort((one, other) => other.length - one.length)[0];
  return LEVELS[(best === undefined ? undefined : token.access?.[best]) ?? token.role];
}
