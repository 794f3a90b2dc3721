import { z } from "zod";
import { field, flag, secret, text, webUrl } from "../fields";

/** Which branches send notifications. */
export function branches(byDefault: string) {
  return field(z.enum(["all", "default", "protected", "default_and_protected"]).optional(), { default: byDefault });
}

/** The address that a chat service gives out: whoever has it can post, and GitLab never returns it. */
export function webhook() {
  return secret(webUrl());
}

/** When pipelines notify, and for which branches: what all chat integrations have. */
export const notifyFields = {
  /** Notifies of broken pipelines only. @default true */
  notifyOnlyBrokenPipelines: flag(true),
  /** Notifies only when a pipeline's status differs from the one before. @default false */
  notifyOnlyWhenPipelineStatusChanges: flag(false),
  /** Which branches notify. @default "default" */
  branchesToBeNotified: branches("default"),
};

/** Which labels notify: what Slack and its kin have. */
export const labelFields = {
  /** Labels to notify for, separated by commas; without any, everything notifies. */
  labelsToBeNotified: text(),
  /** Whether one label is enough, or all must be there. @default "match_any" */
  labelsToBeNotifiedBehavior: field(z.enum(["match_any", "match_all"]).optional(), { default: "match_any" }),
};

/** The events that all chat integrations have. */
export const chatEvents = {
  /** Notifies of pushes. @default true */
  pushEvents: flag(true),
  /** Notifies of new tags. @default true */
  tagPushEvents: flag(true),
  /** Notifies of issues. @default true */
  issuesEvents: flag(true),
  /** Notifies of confidential issues. @default true */
  confidentialIssuesEvents: flag(true),
  /** Notifies of merge requests. @default true */
  mergeRequestsEvents: flag(true),
  /** Notifies of comments. @default true */
  noteEvents: flag(true),
  /** Notifies of confidential comments. @default true */
  confidentialNoteEvents: flag(true),
  /** Notifies of pipelines. @default true */
  pipelineEvents: flag(true),
  /** Notifies of wiki pages. @default true */
  wikiPageEvents: flag(true),
};

/** The channels of the events that all chat integrations with channels have. */
export const chatChannels = {
  /** The channel for pushes. */
  pushChannel: text(),
  /** The channel for new tags. */
  tagPushChannel: text(),
  /** The channel for issues. */
  issueChannel: text(),
  /** The channel for confidential issues; GitLab shows that of issues while there is none. */
  confidentialIssueChannel: text(),
  /** The channel for merge requests. */
  mergeRequestChannel: text(),
  /** The channel for comments. */
  noteChannel: text(),
  /** The channel for confidential comments; GitLab shows that of comments while there is none. */
  confidentialNoteChannel: text(),
  /** The channel for pipelines. */
  pipelineChannel: text(),
  /** The channel for wiki pages. */
  wikiPageChannel: text(),
};
