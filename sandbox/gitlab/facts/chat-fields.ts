import type { BrokenParams, DatedNames, Field, IntegrationFact, Rule } from "./fact";
import { flag, oneOf, optional, publicUrl, required } from "./rules";

/** The event flags every chat integration takes. */
export const CHAT_EVENTS = [
  "push",
  "issues",
  "confidential_issues",
  "merge_requests",
  "note",
  "confidential_note",
  "tag_push",
  "pipeline",
  "wiki_page",
] as const;

/** The newest event flags of chat integrations, which no answer shows. */
export const WORK_ITEM_EVENTS: DatedNames = { names: ["work_item", "confidential_work_item"], since: "19.5" };

/** The channel that some of them declare before they have anything to write it to. */
export const ALERT_CHANNEL: BrokenParams = { names: ["alert_channel"], type: "string", until: "19.5" };

/** When a chat integration reports pipelines, and for which branches. */
export const NOTIFY_FIELDS: readonly Field[] = [
  flag("notify_only_broken_pipelines", { initial: true }),
  flag("notify_only_when_pipeline_status_changes", { initial: false }),
  optional("branches_to_be_notified", { initial: "default" }),
];

/** Which labels a message must concern. */
export const LABEL_FIELDS: readonly Field[] = [
  optional("labels_to_be_notified"),
  optional("labels_to_be_notified_behavior", { initial: "match_any", rules: [oneOf("match_any", "match_all")] }),
];

const CHANNELS = [
  "push",
  "issue",
  "incident",
  "alert",
  "confidential_issue",
  "merge_request",
  "note",
  "confidential_note",
  "tag_push",
  "deployment",
  "pipeline",
  "wiki_page",
  "vulnerability",
] as const;

const FALLBACKS: Readonly<Record<string, string>> = {
  confidential_issue_channel: "issue_channel",
  confidential_note_channel: "note_channel",
};

/**
 * One channel field per event, each with the given particulars; confidential ones fall back to the open ones.
 *
 * @param alertSince the version that brings the channel for alerts, where that is not all of them
 */
export function channelFields(more: Partial<Field>, alertSince?: string): Field[] {
  return CHANNELS.map((event) => {
    const name = `${event}_channel`;
    const fallback = FALLBACKS[name];
    if (event === "alert" && alertSince !== undefined) return optional(name, { ...more, since: alertSince });
    if (fallback === undefined) return optional(name, more);
    return optional(name, { ...more, shown: (value, values) => value ?? values[fallback] ?? null });
  });
}

const tenChannels: Rule = (value) =>
  String(value).split(",").length <= 10 ? undefined : "cannot have more than 10 channels";

/** The channel fields of Slack and its relatives, with those that can be read but not set. */
export const slackChannels = (alertSince?: string): readonly Field[] => [
  ...channelFields({ rules: [tenChannels] }, alertSince),
  optional("work_item_channel", { readOnly: true }),
  optional("confidential_work_item_channel", { readOnly: true }),
  optional("group_mention_channel", { readOnly: true, groupOnly: true }),
  optional("group_confidential_mention_channel", { readOnly: true, groupOnly: true }),
];

/** A required webhook URL, which GitLab never returns. */
export const webhook = (rule: Rule = publicUrl): Field => required("webhook", { writeOnly: true, rules: [rule] });

/** The row of a chat integration that consists of a webhook and the shared fields. */
export function plainChat(slug: string, title: string): IntegrationFact {
  return {
    slug,
    title,
    scopes: ["project", "group"],
    fields: [webhook(), ...NOTIFY_FIELDS],
    events: CHAT_EVENTS,
    datedEvents: WORK_ITEM_EVENTS,
  };
}
