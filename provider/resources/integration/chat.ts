import { z } from "zod";
import { field, fieldsWith, flag, secret, text, webUrl, type FieldMeta } from "../../core/schema";

/** Which branches send notifications. */
export function branches(byDefault: string) {
  return field(z.enum(["all", "default", "protected", "default_and_protected"]).optional(), { default: byDefault });
}

/** The address that a chat service gives out: whoever has it can post, and GitLab never returns it. */
export function webhook() {
  return secret(webUrl());
}

/** The address of a chat server. An empty text stands for the service's public one. GitLab drops secrets with a change. */
export function hostname() {
  const isUrl = (given: string) => given === "" || webUrl().safeParse(given).success;
  const schema = z.string().refine(isUrl, "must be a URL that starts with http:// or https://");
  return field(schema.optional(), { clearsSecrets: true });
}

/** The most channels that GitLab takes for one event. */
const mostChannels = 10;

/** Channels separated by commas, at most 10. */
export function channels(meta: FieldMeta = {}) {
  const isFew = (given: string) => new Set(given.split(",").map((name) => name.trim())).size <= mostChannels;
  return field(z.string().refine(isFew, `must name at most ${mostChannels} channels`).optional(), meta);
}

/** For which pipelines and branches chat integrations notify. */
const pipelineFields = {
  /** Notifies of broken pipelines only. @default true */
  notifyOnlyBrokenPipelines: flag(true),
  /** Which branches notify. @default "default" */
  branchesToBeNotified: branches("default"),
};

const statusChangeField = {
  /** Notifies only when a pipeline's status differs from the previous one. @default false */
  notifyOnlyWhenPipelineStatusChanges: flag(false),
};

// Named types, because the comments of spread fields would not reach the declarations.
type NotifyFields = typeof pipelineFields & typeof statusChangeField;

/** When pipelines notify, and for which branches: what all chat integrations have. */
export const notifyFields: NotifyFields = { ...pipelineFields, ...statusChangeField };

/** The same for integrations whose documentation leaves a part of it out. */
export const lessDocumentedNotifyFields: NotifyFields = {
  ...pipelineFields,
  ...fieldsWith(statusChangeField, { source: "server" }),
};

/** How old programs choose the branches. */
export const defaultBranchField = {
  /** Whether only the default branch notifies. @deprecated use `branchesToBeNotified` */
  notifyOnlyDefaultBranch: flag(false, { access: "ignored", deprecated: "use branchesToBeNotified" }),
};

/** Which labels notify: what Slack and its kin have. */
const labelFields = {
  /** Labels to notify for, separated by commas. Without labels, all events notify. */
  labelsToBeNotified: text(),
  /** Whether one label is sufficient, or all are required. @default "match_any" */
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

/** Work items, which newer servers tell from issues. GitLab never shows these flags. */
export const workItemEvents = {
  /** Notifies of work items. GitLab does not return it. GitLab 19.5 and later. @default false */
  workItemEvents: flag(false, { access: "writeOnly", source: "server", since: "19.5" }),
  /** Notifies of confidential work items. GitLab does not return it. GitLab 19.5 and later. @default false */
  confidentialWorkItemEvents: flag(false, { access: "writeOnly", source: "server", since: "19.5" }),
};

/** Incidents and vulnerabilities, for integrations whose documentation leaves them out. */
export const undocumentedEvents = {
  /** Notifies of incidents. @default false */
  incidentEvents: flag(false, { source: "server" }),
  /** Notifies of vulnerabilities. GitLab Ultimate. @default false */
  vulnerabilityEvents: flag(false, { source: "server" }),
};

/** The channels that Slack and its kin have. A value names up to 10 of them, separated by commas. */
const chatChannels = {
  /** The channel for events without a separate channel. Up to 10, separated by commas. */
  channel: channels(),
  /** The channel for pushes. Up to 10, separated by commas. */
  pushChannel: channels(),
  /** The channel for new tags. Up to 10, separated by commas. */
  tagPushChannel: channels(),
  /** The channel for issues. Up to 10, separated by commas. */
  issueChannel: channels(),
  /**
   * The channel for confidential issues; GitLab returns the channel for issues if it is not set. Up to 10, separated by
   * commas.
   */
  confidentialIssueChannel: channels({ fallback: "issueChannel" }),
  /** The channel for merge requests. Up to 10, separated by commas. */
  mergeRequestChannel: channels(),
  /** The channel for comments. Up to 10, separated by commas. */
  noteChannel: channels(),
  /**
   * The channel for confidential comments; GitLab returns the channel for comments if it is not set. Up to 10,
   * separated by commas.
   */
  confidentialNoteChannel: channels({ fallback: "noteChannel" }),
  /** The channel for pipelines. Up to 10, separated by commas. */
  pipelineChannel: channels(),
  /** The channel for wiki pages. Up to 10, separated by commas. */
  wikiPageChannel: channels(),
};

/** The channels of deployments and incidents, which Slack and its kin have besides. */
export const operationChannels = {
  /** The channel for deployments. Up to 10, separated by commas. */
  deploymentChannel: channels(),
  /** The channel for incidents. Up to 10, separated by commas. */
  incidentChannel: channels(),
};

type SlackKinFields = typeof notifyFields & typeof labelFields & typeof defaultBranchField & typeof chatChannels;

/** What Slack and its kin have in common. */
export const slackKinFields: SlackKinFields = {
  ...chatChannels,
  ...notifyFields,
  ...labelFields,
  ...defaultBranchField,
};
