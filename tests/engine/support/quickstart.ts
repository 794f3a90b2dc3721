import { secret, type Config } from "gitlab-sandbox/drivers";
import { openScenario, type Scenario } from "./scenario";

/** Every secret that the quickstart is given, by its key. */
export const quickstartSecrets: Readonly<Record<string, string>> = {
  mattermostWebhook: "https://mattermost.example.com/hooks/clear-mattermost",
  discordWebhook: "https://discord.com/api/webhooks/1/clear-discord",
  jiraToken: "clear-jira",
  jenkinsPassword: "clear-jenkins",
  deployKey: "clear-deploy-key",
  hookToken: "clear-hook-token",
};

/** The project's name in the quickstart's Pulumi.yaml. */
export const quickstartProject = "gitlab-quickstart";

/** The quickstart's own configuration. */
export const quickstartConfig: Config = Object.fromEntries(
  Object.entries(quickstartSecrets).map(([key, value]) => [`${quickstartProject}:${key}`, secret(value)]),
);

/** Opens the quickstart on a sandbox of its own. */
export function openQuickstart(): Promise<Scenario> {
  return openScenario({ program: "examples/quickstart", project: quickstartProject, config: quickstartConfig });
}
