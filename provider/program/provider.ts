import * as pulumi from "@pulumi/pulumi";
import { requireObject, type NoOutput } from "./plain-arguments";

/** The connection to one GitLab. Every argument has the meaning of the setting `gitlab:` with the same name. */
export interface ProviderArgs {
  /** A personal, group, project or OAuth access token with the scope `api`. Default: `GITLAB_TOKEN`. */
  token?: pulumi.Input<string> | undefined;
  /** GitLab's URL, with or without `/api/v4`. Default: `GITLAB_BASE_URL`, or GitLab.com. */
  baseUrl?: pulumi.Input<string> | undefined;
  /** A file with additional trusted CA certificates. */
  cacertFile?: pulumi.Input<string> | undefined;
  /** Disables the verification of certificates. @default false */
  insecure?: pulumi.Input<boolean> | undefined;
  /** A file with the client certificate. */
  clientCert?: pulumi.Input<string> | undefined;
  /** A file with the key of `clientCert`. */
  clientKey?: pulumi.Input<string> | undefined;
  /** Headers to send with every request. */
  headers?: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
  /** The maximum number of retries of a failed request. */
  retries?: pulumi.Input<number> | undefined;
  /** The maximum time for one request with all its retries, in seconds. */
  timeout?: pulumi.Input<number> | undefined;
  /** Overwrites active integrations that the program did not create. @default false */
  overwriteExisting?: pulumi.Input<boolean> | undefined;
  /** Former URLs of the same GitLab. */
  formerBaseUrls?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** Whether previews ask GitLab whether what the program says can be done. @default true */
  previewChecks?: pulumi.Input<boolean> | undefined;
}

const given = new WeakMap<Provider, ProviderArgs>();

/**
 * A connection to one GitLab, for programs that use several, or that get their token from another resource.
 *
 * If a component gets this provider, dynamic resources of other packages in the component use it too, because all of
 * them share Pulumi's package `pulumi-nodejs`. The constructor throws a pulumi.RunError if the arguments as a whole are an
 * Output.
 *
 * @example
 * ```ts
 * const dev = new gitlab.Provider("dev", {
 *   baseUrl: "https://gitlab.acme.dev",
 *   token: config.requireSecret("devToken"),
 * });
 * new gitlab.ProjectPushRule("rules", { project: "acme/shop", preventSecrets: true }, { provider: dev });
 * ```
 */
export class Provider extends pulumi.ProviderResource {
  // Without a comment of its own: editors then show the one of the class, with its example.
  constructor(
    /** Its name in the stack. */
    name: string,
    /** How to reach GitLab: an object, of which each property may be an Output. */
    args: ProviderArgs & NoOutput,
    /** Pulumi's options. */
    opts?: pulumi.ResourceOptions,
  ) {
    requireObject(`Provider "${name}"`, args);
    const props: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(args)) {
      if (value === undefined) continue;
      // A secret inside `headers` would reach the provider in its wrapping; as one secret it arrives plain.
      props[`gitlab:${key}`] = key === "token" || key === "headers" ? pulumi.secret(value as unknown) : value;
    }
    super("pulumi-nodejs", name, props, opts);
    given.set(this, args);
  }
}

/** The arguments of a provider, for functions that ask the same GitLab from the program. */
export function argsOfProvider(provider: Provider): ProviderArgs {
  return given.get(provider) ?? {};
}
