import { lazily } from "../../program/lazy-exports";

// A program loads only what it uses: the compiler keeps the order, so that this `require` serves every line below.
require = lazily(require);

export { AppleAppStore, type AppleAppStoreArgs } from "./catalog/apple-app-store";
export { Asana, type AsanaArgs } from "./catalog/asana";
export { Assembla, type AssemblaArgs } from "./catalog/assembla";
export { Bamboo, type BambooArgs } from "./catalog/bamboo";
export { Buildkite, type BuildkiteArgs } from "./catalog/buildkite";
export { Campfire, type CampfireArgs } from "./catalog/campfire";
export { Confluence, type ConfluenceArgs } from "./catalog/confluence";
export { Datadog, type DatadogArgs } from "./catalog/datadog";
export { DiffblueCover, type DiffblueCoverArgs } from "./catalog/diffblue-cover";
export { Discord, type DiscordArgs } from "./catalog/discord";
export { DroneCi, type DroneCiArgs } from "./catalog/drone-ci";
export { EmailsOnPush, type EmailsOnPushArgs } from "./catalog/emails-on-push";
export { ExternalWiki, type ExternalWikiArgs } from "./catalog/external-wiki";
export { GitGuardian, type GitGuardianArgs } from "./catalog/git-guardian";
export { GitHub, type GitHubArgs } from "./catalog/github";
export { GitlabSlackApplication, type GitlabSlackApplicationArgs } from "./catalog/gitlab-slack-application";
export { GoogleChat, type GoogleChatArgs } from "./catalog/hangouts-chat";
export {
  GoogleCloudArtifactRegistry,
  type GoogleCloudArtifactRegistryArgs,
} from "./catalog/google-cloud-platform-artifact-registry";
export {
  GoogleCloudWorkloadIdentityFederation,
  type GoogleCloudWorkloadIdentityFederationArgs,
} from "./catalog/google-cloud-platform-workload-identity-federation";
export { GooglePlay, type GooglePlayArgs } from "./catalog/google-play";
export { Harbor, type HarborArgs } from "./catalog/harbor";
export { Irker, type IrkerArgs } from "./catalog/irker";
export {
  Bugzilla,
  type BugzillaArgs,
  ClickUp,
  type ClickUpArgs,
  CustomIssueTracker,
  type CustomIssueTrackerArgs,
  Ewm,
  type EwmArgs,
  Phorge,
  type PhorgeArgs,
  Redmine,
  type RedmineArgs,
  YouTrack,
  type YouTrackArgs,
} from "./catalog/issue-trackers";
export { Jenkins, type JenkinsArgs } from "./catalog/jenkins";
export { Jira, type JiraArgs } from "./catalog/jira";
export { JiraCloudApp, type JiraCloudAppArgs } from "./catalog/jira-cloud-app";
export { Linear, type LinearArgs } from "./catalog/linear";
export { Matrix, type MatrixArgs } from "./catalog/matrix";
export { Mattermost, type MattermostArgs } from "./catalog/mattermost";
export { MattermostSlashCommands, type MattermostSlashCommandsArgs } from "./catalog/mattermost-slash-commands";
export { MicrosoftTeams, type MicrosoftTeamsArgs } from "./catalog/microsoft-teams";
export { MockCi, type MockCiArgs } from "./catalog/mock-ci";
export { Packagist, type PackagistArgs } from "./catalog/packagist";
export { PipelinesEmail, type PipelinesEmailArgs } from "./catalog/pipelines-email";
export { PivotalTracker, type PivotalTrackerArgs } from "./catalog/pivotaltracker";
export { Pumble, type PumbleArgs } from "./catalog/pumble";
export { Pushover, type PushoverArgs } from "./catalog/pushover";
export { Slack, type SlackArgs } from "./catalog/slack";
export { SlackSlashCommands, type SlackSlashCommandsArgs } from "./catalog/slack-slash-commands";
export { SquashTm, type SquashTmArgs } from "./catalog/squash-tm";
export { TeamCity, type TeamCityArgs } from "./catalog/teamcity";
export { Telegram, type TelegramArgs } from "./catalog/telegram";
export { UnifyCircuit, type UnifyCircuitArgs } from "./catalog/unify-circuit";
export { WebexTeams, type WebexTeamsArgs } from "./catalog/webex-teams";
