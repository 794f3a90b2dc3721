import type { Turn } from "./samples";

/** Makes a value; `id` is a number as text that no other value has. */
type Make = (id: string, turn: Turn) => unknown;

/** Values for fields whose form their schema alone does not give away, by path and name, or by kind and name. */
export const formats: Readonly<Record<string, Make>> = {
  "hook.url": (id) => `https://ci${id}.example.com/hook`,
  "hook.token": (id) => `canary0secret${id}`,
  "hook.signingToken": (id) => `whsec_${Buffer.from(`canary${id}`.padEnd(32, "x")).toString("base64")}`,
  "hook.pushEventsBranchFilter": (id) => `release-${id}`,
  // The third strategy has no filter, which a case of its own shows.
  "hook.branchFilterStrategy": (_id, turn) => (["regex", "wildcard"] as const)[turn],
  "integrations/jira.jiraIssueTransitionId": (id) => `${id}, 5`,
  "integrations/datadog.datadogSite": (id) => `site${id}.eu`,
  "integrations/irker.recipients": (id) => `irc://irc.example.com/#shop${id}`,
  "integrations/discord.webhook": discordWebhook,
  ...Object.fromEntries(
    [
      "push",
      "tagPush",
      "issue",
      "confidentialIssue",
      "mergeRequest",
      "note",
      "confidentialNote",
      "pipeline",
      "wikiPage",
    ]
      .concat("deployment", "groupMentions", "groupConfidentialMentions")
      .map((event) => [`integrations/discord.${event}Channel`, discordWebhook]),
  ),
};

function discordWebhook(id: string): string {
  return `https://discord.com/api/webhooks/1/canary0secret${id}`;
}

/** Fields that are required together with others, without being marked so. */
export const companions: Readonly<Record<string, readonly string[]>> = {
  "integrations/jira": ["username"],
};
