import { secret, type Config } from "../drivers";
import type { Sandbox } from "../gitlab";

const secrets = {
  mattermostWebhook: "https://mattermost.acme.example/hooks/mattermost-demo-secret",
  discordWebhook: "https://discord.com/api/webhooks/1/discord-demo-secret",
  jiraToken: "jira-demo-secret",
  jenkinsPassword: "jenkins-demo-secret",
  deployKey: "deploy-demo-secret",
  hookToken: "hook-demo-secret",
};

/** What examples/quickstart needs to run. */
export const quickstart = {
  /** The project's name in its Pulumi.yaml. */
  project: "gitlab-quickstart",
  /** The secrets that it is given. */
  secrets: Object.values(secrets),
  /** The configuration of a stack that lives on a sandbox. */
  config: (sandbox: Sandbox): Config => ({
    "gitlab:baseUrl": sandbox.url,
    "gitlab:token": secret(sandbox.token),
    ...Object.fromEntries(Object.entries(secrets).map(([key, value]) => [`gitlab-quickstart:${key}`, secret(value)])),
  }),
};
