import { field, flag, requiredText, secret, webUrl } from "../../../core/schema";
import { mergeRequests, pushes } from "../events";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

const fields = {
  /** The URL of the TeamCity server: `https://teamcity.example.com`. */
  teamcityUrl: field(webUrl(), { clearsSecrets: true }),
  /** The ID of the build configuration in TeamCity. */
  buildType: requiredText(),
  /** A user who may start builds by hand. */
  username: requiredText(),
  /** That user's password. A secret. */
  password: secret(requiredText()),
  /** Whether the certificate of the server must be valid. @default true */
  enableSslVerification: flag(true),
};

type TeamCityFields = typeof pushes & typeof mergeRequests & typeof fields;

interface TeamCitySettings extends IntegrationSettings<TeamCityFields> {}
interface TeamCityOutputs extends IntegrationOutputs<TeamCityFields> {}

/** The arguments of {@link TeamCity}. */
export type TeamCityArgs = IntegrationArgs<TeamCitySettings>;

const base: Integration<TeamCityArgs, TeamCityOutputs> = integration({
  name: "TeamCity",
  slug: "teamcity",
  fields: { ...pushes, ...mergeRequests, ...fields },
});

/**
 * JetBrains TeamCity (`teamcity`). TeamCity itself needs `%build.vcs.number%` as the format of its build numbers.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#jetbrains-teamcity
 *
 * @example
 * ```ts
 * new gitlab.integrations.TeamCity("teamcity", {
 *   project: "acme/shop",
 *   teamcityUrl: "https://teamcity.acme.example",
 *   buildType: "Shop_Build",
 *   username: "gitlab",
 *   password: config.requireSecret("teamcityPassword"),
 * });
 * ```
 */
export class TeamCity extends base {}
