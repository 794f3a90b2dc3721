import type { Client } from "../client";
import { GitLabError } from "../client/errors";
import { path, under, type ApiPath } from "../client/path";
import { ProviderError } from "../errors";

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

/** GitLab did not send a test event, or its receiver did not take it. */
export class HookTestError extends ProviderError {
  /** @param status GitLab's; the receiver's is not known */
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const reasons: Readonly<Record<number, string>> = {
  422:
    "GitLab could not deliver the test event: its receiver refused it or cannot be reached, or there is nothing to make " +
    "the event from (push_events needs a commit, issues_events an issue). What the receiver answered is not shown here; " +
    "GitLab lists it under the hook's recent events.",
  429: "GitLab sends at most 5 test events a minute for the hooks of one project or group. Try again in a minute.",
};

/**
 * Has GitLab send a test event to a hook, and waits until its receiver took it. Over GitLab's limit of 5 a minute it
 * waits for its turn, as long as `gitlab:timeout` allows.
 *
 * @param hook the hook's path
 * @throws HookTestError when GitLab refuses; it shows the status alone, since GitLab passes the receiver's answer on
 */
export async function sendTestEvent(client: Client, hook: ApiPath, event: string): Promise<void> {
  try {
    await client.post(under(hook, path`/test/${event}`));
  } catch (error) {
    if (!(error instanceof GitLabError)) throw error;
    const { method, path: at, status, hint } = error;
    const reason = reasons[status] ?? hint;
    throw new HookTestError(status, `${method} ${at}: ${status}${reason === undefined ? "" : `. ${reason}`}`);
  }
}
