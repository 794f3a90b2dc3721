export { Discord, type DiscordArgs } from "./discord";
export { EmailsOnPush, type EmailsOnPushArgs } from "./emails-on-push";
export { Jenkins, type JenkinsArgs } from "./jenkins";
export { Jira, type JiraArgs } from "./jira";
export { Slack, type SlackArgs } from "./slack";
