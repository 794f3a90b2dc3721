import { generateKeyPairSync } from "node:crypto";
import type { SampleSource, Turn } from "./sample-source";

/** Makes a value; `id` is a number as text that no other value has. */
type Make = (id: string, turn: Turn, source: SampleSource) => unknown;

/** One of two values. */
function either(first: unknown, second: unknown): Make {
  return (_id, turn) => (turn === 0 ? first : second);
}

const discordChannels = [
  "push",
  "tagPush",
  "issue",
  "confidentialIssue",
  "mergeRequest",
  "note",
  "confidentialNote",
  "pipeline",
  "wikiPage",
  "deployment",
  "groupMentions",
  "groupConfidentialMentions",
];

/**
 * Values for fields whose form their schema alone does not give away, by path and name, or by kind and name. Hosts are
 * real ones, since GitLab resolves the names of those it is to call.
 */
export const formats: Readonly<Record<string, Make>> = {
  "hook.url": (id, _turn, { host }) => `https://${host}/ci${id}/hook`,
  "hook.token": secretText,
  "hook.signingToken": (id) => `whsec_${Buffer.from(`canary${id}`.padEnd(32, "x")).toString("base64")}`,
  "hook.pushEventsBranchFilter": (id) => `release-${id}`,
  // The third strategy has no filter.
  "hook.branchFilterStrategy": either("regex", "wildcard"),
  "share.groupId": (_id, turn, { groups }) => groups[turn],
  "share.groupAccess": either("developer", "maintainer"),
  "share.expiresAt": either("2099-01-31", "2099-02-28"),
  "forkRelation.forkedFrom": (_id, turn, { projects }) => projects[turn],
  // The one excludes the other.
  "pullMirror.onlyMirrorProtectedBranches": either(false, true),
  // GitLab shows little of a mirror that is off.
  "pullMirror.enabled": either(true, false),
  "project.visibility": either("internal", "private"),
  "project.topics": either(["one", "two"], ["three"]),
  "project.tagList": either(["four", "five"], ["six"]),
  // Nothing in the repository can be open to more people than the repository.
  "project.repositoryAccessLevel": either("enabled", "private"),
  "project.mergeRequestsAccessLevel": either("private", "disabled"),
  "project.buildsAccessLevel": either("private", "disabled"),
  "project.buildTimeout": either(600, 1200),
  "project.ciIdTokenSubClaimComponents": either(["project_path"], ["project_path", "ref"]),
  "project.ciDeletePipelinesInSeconds": either(86_400, 172_800),
  "project.containerExpirationPolicy": either(
    { enabled: true, cadence: "7d", keepN: 5, olderThan: "30d", nameRegexDelete: ".*-dev", nameRegexKeep: "v.*" },
    { enabled: false, cadence: "14d" },
  ),
  "integrations/jira.jiraIssueTransitionId": (id) => `${id}, 5`,
  // The third way to sign in is newer than GitLab 19.4.
  "integrations/jira.jiraAuthType": either(1, 0),
  "notification.level": either("custom", "watch"),
  "integrations/apple-app-store.appStoreIssuerId": (id) => `aaaaaaaa-0000-4000-8000-${id.padStart(12, "0")}`,
  "integrations/apple-app-store.appStoreKeyId": (id) => `ABC${id}`,
  "integrations/apple-app-store.appStorePrivateKey": privateKey,
  "integrations/confluence.confluenceUrl": (id) => `https://acme${id}.atlassian.net/wiki`,
  "integrations/google-play.packageName": (id) => `com.acme.shop${id}`,
  "integrations/google-play.serviceAccountKey": serviceAccount,
  "integrations/jira-cloud-app.jiraCloudAppDeploymentGatingEnvironments": either("production,staging", "testing"),
  "integrations/linear.workspaceUrl": (id) => `https://linear.app/acme${id}`,
  "integrations/datadog.datadogSite": either("datadoghq.eu", "us5.datadoghq.com"),
  "integrations/irker.recipients": (id) => `irc://irc.example.com/#shop${id}`,
  "integrations/discord.webhook": discordWebhook,
  ...Object.fromEntries(discordChannels.map((event) => [`integrations/discord.${event}Channel`, discordWebhook])),
};

function secretText(id: string, _turn: Turn, { secretWord }: SampleSource): string {
  return secretWord + id;
}

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

function discordWebhook(id: string, turn: Turn, source: SampleSource): string {
  return `https://discord.com/api/webhooks/1/${secretText(id, turn, source)}`;
}

/** Fields that are required together with others, without being marked so. */
export const companions: Readonly<Record<string, readonly string[]>> = {
  "integrations/jira": ["username"],
  // GitLab shows events with this level alone.
  notification_settings: ["level"],
};
