import { generateKeyPairSync } from "node:crypto";
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
  // Groups and projects that every sandbox has, outside the group in which the tests make theirs.
  "share.groupId": (_id, turn) => ([11, 10] as const)[turn],
  "share.groupAccess": (_id, turn) => (["developer", "maintainer"] as const)[turn],
  "share.expiresAt": (_id, turn) => (["2099-01-31", "2099-02-28"] as const)[turn],
  "forkRelation.forkedFrom": (_id, turn) => ([47, 48] as const)[turn],
  // The one excludes the other.
  "pullMirror.onlyMirrorProtectedBranches": (_id, turn) => turn === 1,
  // GitLab shows little of a mirror that is off.
  "pullMirror.enabled": (_id, turn) => turn === 0,
  "integrations/jira.jiraIssueTransitionId": (id) => `${id}, 5`,
  "notification.level": (_id, turn) => (["custom", "watch"] as const)[turn],
  "integrations/apple-app-store.appStoreIssuerId": (id) => `aaaaaaaa-0000-4000-8000-${id.padStart(12, "0")}`,
  "integrations/apple-app-store.appStoreKeyId": (id) => `ABC${id}`,
  "integrations/apple-app-store.appStorePrivateKey": privateKey,
  "integrations/confluence.confluenceUrl": (id) => `https://acme${id}.atlassian.net/wiki`,
  "integrations/google-play.packageName": (id) => `com.acme.shop${id}`,
  "integrations/google-play.serviceAccountKey": serviceAccount,
  "integrations/jira-cloud-app.jiraCloudAppDeploymentGatingEnvironments": (_id, turn) =>
    (["production,staging", "testing"] as const)[turn],
  "integrations/linear.workspaceUrl": (id) => `https://linear.app/acme${id}`,
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

function privateKey(): string {
  return generateKeyPairSync("ec", {
    namedCurve: "P-256",
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  }).privateKey;
}

function serviceAccount(id: string): string {
  return JSON.stringify({
    type: "service_account",
    project_id: `acme${id}`,
    private_key: privateKey(),
    client_email: `ci${id}@acme.iam.gserviceaccount.com`,
  });
}

function discordWebhook(id: string): string {
  return `https://discord.com/api/webhooks/1/canary0secret${id}`;
}

/** Fields that are required together with others, without being marked so. */
export const companions: Readonly<Record<string, readonly string[]>> = {
  "integrations/jira": ["username"],
  // GitLab shows events with this level alone.
  notification_settings: ["level"],
};
