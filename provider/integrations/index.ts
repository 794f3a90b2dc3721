import { lazily } from "../lazily";

// A program loads only what it uses: the compiler keeps the order, so that this `require` serves every line below.
require = lazily(require);

export { AppleAppStore, type AppleAppStoreArgs } from "./apple-app-store";
export { Asana, type AsanaArgs } from "./asana";
export { Assembla, type AssemblaArgs } from "./assembla";
export { Bamboo, type BambooArgs } from "./bamboo";
export { Bugzilla, type BugzillaArgs } from "./bugzilla";
export { Buildkite, type BuildkiteArgs } from "./buildkite";
export { Campfire, type CampfireArgs } from "./campfire";
export { ClickUp, type ClickUpArgs } from "./clickup";
export { Confluence, type ConfluenceArgs } from "./confluence";
export { CustomIssueTracker, type CustomIssueTrackerArgs } from "./custom-issue-tracker";
export { Datadog, type DatadogArgs } from "./datadog";
export { DiffblueCover, type DiffblueCoverArgs } from "./diffblue-cover";
export { Discord, type DiscordArgs } from "./discord";
export { DroneCi, type DroneCiArgs } from "./drone-ci";
export { EmailsOnPush, type EmailsOnPushArgs } from "./emails-on-push";
export { Ewm, type EwmArgs } from "./ewm";
export { ExternalWiki, type ExternalWikiArgs } from "./external-wiki";
export { GitGuardian, type GitGuardianArgs } from "./git-guardian";
export { GitHub, type GitHubArgs } from "./github";
export { GitlabSlackApplication, type GitlabSlackApplicationArgs } from "./gitlab-slack-application";
export { GoogleChat, type GoogleChatArgs } from "./hangouts-chat";
export {
  GoogleCloudArtifactRegistry,
  type GoogleCloudArtifactRegistryArgs,
} from "./google-cloud-platform-artifact-registry";
export {
  GoogleCloudWorkloadIdentityFederation,
  type GoogleCloudWorkloadIdentityFederationArgs,
} from "./google-cloud-platform-workload-identity-federation";
export { GooglePlay, type GooglePlayArgs } from "./google-play";
export { Harbor, type HarborArgs } from "./harbor";
export { Irker, type IrkerArgs } from "./irker";
export { Jenkins, type JenkinsArgs } from "./jenkins";
export { Jira, type JiraArgs } from "./jira";
export { JiraCloudApp, type JiraCloudAppArgs } from "./jira-cloud-app";
export { Linear, type LinearArgs } from "./linear";
export { Matrix, type MatrixArgs } from "./matrix";
export { Mattermost, type MattermostArgs } from "./mattermost";
export { MattermostSlashCommands, type MattermostSlashCommandsArgs } from "./mattermost-slash-commands";
export { MicrosoftTeams, type MicrosoftTeamsArgs } from "./microsoft-teams";
export { MockCi, type MockCiArgs } from "./mock-ci";
export { Packagist, type PackagistArgs } from "./packagist";
export { Phorge, type PhorgeArgs } from "./phorge";
export { PipelinesEmail, type PipelinesEmailArgs } from "./pipelines-email";
export { PivotalTracker, type PivotalTrackerArgs } from "./pivotaltracker";
export { Pumble, type PumbleArgs } from "./pumble";
export { Pushover, type PushoverArgs } from "./pushover";
export { Redmine, type RedmineArgs } from "./redmine";
export { Slack, type SlackArgs } from "./slack";
export { SlackSlashCommands, type SlackSlashCommandsArgs } from "./slack-slash-commands";
export { SquashTm, type SquashTmArgs } from "./squash-tm";
export { TeamCity, type TeamCityArgs } from "./teamcity";
export { Telegram, type TelegramArgs } from "./telegram";
export { UnifyCircuit, type UnifyCircuitArgs } from "./unify-circuit";
export { WebexTeams, type WebexTeamsArgs } from "./webex-teams";
export { YouTrack, type YouTrackArgs } from "./youtrack";
