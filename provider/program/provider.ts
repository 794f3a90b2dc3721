import * as pulumi from "@pulumi/pulumi";
import { requireObject, type NoOutput } from "./plain-arguments";

/** How to reach one GitLab. Every argument means the same as the setting `gitlab:` of that name. */
export interface ProviderArgs {
  /** A personal, group or project access token, or one of OAuth, with the scope `api`. Default: `GITLAB_TOKEN`. */
  token?: pulumi.Input<string> | undefined;
  /** GitLab's address, with or without `/api/v4`. Default: `GITLAB_BASE_URL`, else GitLab.com. */
  baseUrl?: pulumi.Input<string> | undefined;
  /** A file with the certificates of the authorities to trust besides the usual ones. */
  cacertFile?: pulumi.Input<string> | undefined;
  /** Accepts any certificate. @default false */
  insecure?: pulumi.Input<boolean> | undefined;
  /** A file with the certificate to present to GitLab. */
  clientCert?: pulumi.Input<string> | undefined;
  /** A file with the key of `clientCert`. */
  clientKey?: pulumi.Input<string> | undefined;
  /** Headers to send with every request. */
  headers?: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
  /** How many times a failed request is repeated. */
  retries?: pulumi.Input<number> | undefined;
  /** The longest that one request may take with all its repetitions, in seconds. */
  timeout?: pulumi.Input<number> | undefined;
  /** Overwrites active integrations that the program did not set up. @default false */
  overwriteExisting?: pulumi.Input<boolean> | undefined;
  /** Addresses under which the same GitLab was known before. */
  formerBaseUrls?: pulumi.Input<pulumi.Input<string>[]> | undefined;
}

const given = new WeakMap<Provider, ProviderArgs>();

/**
 * One GitLab, for programs that use several, or that get their token from another resource.
 *
 * Given to a component, it serves the dynamic resources of other packages in it too, since all share Pulumi's
 * `pulumi-nodejs` package.
 */
export class Provider extends pulumi.ProviderResource {
  /** @throws pulumi.RunError for arguments that are one Output as a whole */
  constructor(name: string, args: ProviderArgs & NoOutput, opts?: pulumi.ResourceOptions) {
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
