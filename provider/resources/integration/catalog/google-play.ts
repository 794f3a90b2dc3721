import { z } from "zod";
import { flag, requiredText, secret } from "../../../core/schema";
import {
  projectIntegration,
  type Integration,
  type ProjectIntegrationArgs,
  type ProjectIntegrationOutputs,
} from "../factory";

const packageName = z
  .string()
  .refine(
    (given) => /^[A-Za-z]\w*(\.[A-Za-z]\w*){1,20}$/.test(given),
    "must be the name of an app: words separated by dots, as in com.example.app",
  );

function isServiceAccountKey(given: string): boolean {
  try {
    const key = JSON.parse(given) as Readonly<Record<string, unknown>> | null;
    const texts = ["project_id", "private_key", "client_email"];
    return key?.type === "service_account" && texts.every((name) => typeof key[name] === "string");
  } catch {
    return false;
  }
}

const fields = {
  /** The name of the app's package in Google Play: `com.example.app`. */
  packageName,
  /** The key of a service account: the JSON document from Google Cloud. A secret, although GitLab returns it. */
  serviceAccountKey: secret(
    z.string().refine(isServiceAccountKey, "must be the JSON key of a Google Cloud service account"),
    { access: "readable" },
  ),
  /** The name of the key file, for reference. */
  serviceAccountKeyFileName: requiredText(),
  /** Whether only protected branches and tags get the variables. @default true */
  googlePlayProtectedRefs: flag(true),
};

/** The arguments of {@link GooglePlay}. */
export interface GooglePlayArgs extends ProjectIntegrationArgs<typeof fields> {}
interface GooglePlayOutputs extends ProjectIntegrationOutputs<typeof fields> {}

const base: Integration<GooglePlayArgs, GooglePlayOutputs> = projectIntegration({
  name: "GooglePlay",
  slug: "google-play",
  fields,
});

/**
 * Google Play (`google-play`), on projects only.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#google-play
 *
 * @example
 * ```ts
 * new gitlab.integrations.GooglePlay("play", {
 *   project: "acme/shop",
 *   packageName: "com.acme.shop",
 *   serviceAccountKeyFileName: "play-publisher.json",
 *   serviceAccountKey: config.requireSecret("playServiceAccount"),
 * });
 * ```
 */
export class GooglePlay extends base {}
