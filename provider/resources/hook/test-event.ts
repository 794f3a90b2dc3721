import type { Client } from "../../client";
import { path, under, type ApiPath } from "../../client/path";
import { askForDelivery } from "./delivery";

/** The events that GitLab can send as a test to the hooks of both levels, by its own names. */
export const testEvents = [
  "push_events",
  "tag_push_events",
  "issues_events",
  "confidential_issues_events",
  "note_events",
  "merge_requests_events",
  "job_events",
  "pipeline_events",
  "wiki_page_events",
  "releases_events",
  "milestone_events",
  "emoji_events",
  "resource_access_token_events",
  "vulnerability_events",
] as const;

/** The events that GitLab can send as a test to a project's hook. */
export const projectTestEvents = [...testEvents, "resource_deploy_token_events"] as const;

const reasons: Readonly<Record<number, string>> = {
  422:
    "GitLab could not deliver the test event: its receiver refused it or cannot be reached, or there is nothing to make " +
    "the event from (push_events needs a commit, issues_events an issue). What the receiver answered is not shown here; " +
    "GitLab lists it under the hook's recent events.",
  429: "GitLab sends at most 5 test events a minute for the hooks of one project or group. Wait a minute, then try again.",
};

/**
 * Has GitLab send a test event to a hook, and waits until its receiver took it.
 *
 * @param hook the hook's path
 * @throws HookDeliveryError when GitLab or the receiver refuses
 */
export async function sendTestEvent(client: Client, hook: ApiPath, event: string): Promise<void> {
  await askForDelivery(client, under(hook, path`/test/${event}`), reasons);
}
