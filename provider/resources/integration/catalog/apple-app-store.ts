import { createPrivateKey } from "node:crypto";
import { z } from "zod";
import { flag, requiredText, secret } from "../../../core/schema";
import {
  projectIntegration,
  type Integration,
  type ProjectIntegrationArgs,
  type ProjectIntegrationOutputs,
} from "../factory";

const issuerId = z
  .string()
  .refine((given) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(given), "must be a UUID in lowercase");
const keyId = z
  .string()
  .refine(
    (given) => /^(?=.*[A-Z])(?=.*\d)[A-Z\d]+$/.test(given),
    "must be of capital letters and digits, at least one of each",
  );

function isPrivateKey(given: string): boolean {
  try {
    return createPrivateKey(given).type === "private";
  } catch {
    return false;
  }
}

const fields = {
  /** The issuer ID of the team's keys in App Store Connect: a UUID. */
  appStoreIssuerId: issuerId,
  /** The ID of the key. */
  appStoreKeyId: keyId,
  /** The private key in PEM format: the content of the `.p8` file. A secret, although GitLab returns it. */
  appStorePrivateKey: secret(z.string().refine(isPrivateKey, "must be a private key in PEM form, without a password"), {
    access: "readable",
  }),
  /** The name of the key file, for reference. */
  appStorePrivateKeyFileName: requiredText(),
  /** Whether only protected branches and tags get the variables. @default true */
  appStoreProtectedRefs: flag(true),
};

/** The arguments of {@link AppleAppStore}. */
export interface AppleAppStoreArgs extends ProjectIntegrationArgs<typeof fields> {}
interface AppleAppStoreOutputs extends ProjectIntegrationOutputs<typeof fields> {}

const base: Integration<AppleAppStoreArgs, AppleAppStoreOutputs> = projectIntegration({
  name: "AppleAppStore",
  slug: "apple-app-store",
  fields,
});

/**
 * Apple App Store Connect (`apple-app-store`, `apple_app_store` in the documentation), on projects only.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#apple-app-store-connect
 *
 * @example
 * ```ts
 * new gitlab.integrations.AppleAppStore("app-store", {
 *   project: "acme/shop",
 *   appStoreIssuerId: "57246542-96fe-1a63-e053-0824d011072a",
 *   appStoreKeyId: "2X9R4HXF34",
 *   appStorePrivateKeyFileName: "AuthKey_2X9R4HXF34.p8",
 *   appStorePrivateKey: config.requireSecret("appStoreKey"),
 * });
 * ```
 */
export class AppleAppStore extends base {}
