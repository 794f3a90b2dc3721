import { z } from "zod";
import { field, flag, requiredText, secret, text, webUrl } from "../../../core/schema";
import { isBlank, lacks } from "../../../core/rules";
import { pushes } from "../events";
import {
  projectIntegration,
  type Integration,
  type ProjectIntegrationArgs,
  type ProjectIntegrationOutputs,
} from "../factory";

const fields = {
  /** The URL of the Jenkins server. When it changes, GitLab deletes a password that is not sent with it. */
  jenkinsUrl: field(webUrl(), { clearsSecrets: true }),
  /** The name of the job in Jenkins. */
  projectName: requiredText(),
  /** The user to sign in as. */
  username: text(),
  /** That user's password; `username` is required with it. A secret. */
  password: secret(z.string().optional()),
  /** Whether the certificate of the server must be valid. @default true */
  enableSslVerification: flag(true),
  /** Acts on merge requests. @default false */
  mergeRequestsEvents: flag(false),
  /** Acts on new tags. @default false */
  tagPushEvents: flag(false),
};

type JenkinsFields = typeof pushes & typeof fields;

/** The arguments of {@link Jenkins}. */
export interface JenkinsArgs extends ProjectIntegrationArgs<JenkinsFields> {}
interface JenkinsOutputs extends ProjectIntegrationOutputs<JenkinsFields> {}

const base: Integration<JenkinsArgs, JenkinsOutputs> = projectIntegration({
  name: "Jenkins",
  slug: "jenkins",
  fields: { ...pushes, ...fields },
  rules: (args, report) => {
    if (args.given("password") && !isBlank(args.known("password")) && lacks(args, "username")) {
      report("username", "is required with a password");
    }
  },
});

/**
 * Jenkins (`jenkins`), on projects only.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#jenkins
 *
 * @example
 * ```ts
 * new gitlab.integrations.Jenkins("jenkins", {
 *   project: "acme/shop",
 *   jenkinsUrl: "https://jenkins.acme.example",
 *   projectName: "shop",
 *   username: "gitlab",
 *   password: config.requireSecret("jenkinsPassword"),
 *   mergeRequestsEvents: true,
 * });
 * ```
 */
export class Jenkins extends base {}
