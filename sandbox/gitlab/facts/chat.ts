import {
  ALERT_CHANNEL,
  CHAT_EVENTS,
  LABEL_FIELDS,
  NOTIFY_FIELDS,
  WORK_ITEM_EVENTS,
  channelFields,
  plainChat,
  slackChannels,
  webhook,
} from "./chat-fields";
import type { IntegrationFact } from "./fact";
import { matching, optional, publicUrl, required, secret } from "./rules";

const BOTH = ["project", "group"] as const;
const discordUrl = matching(/^https:\/\/discord\.com\//);

/** Integrations that post to a chat. */
export const CHAT: readonly IntegrationFact[] = [
  {
    slug: "discord",
    title: "Discord notifications",
    scopes: BOTH,
    fields: [webhook(discordUrl), ...NOTIFY_FIELDS, ...channelFields({ writeOnly: true, rules: [discordUrl] }, "19.5")],
    events: [...CHAT_EVENTS, "deployment"],
    withoutAccessor: [ALERT_CHANNEL],
    datedEvents: WORK_ITEM_EVENTS,
  },
  {
    slug: "gitlab-slack-application",
    title: "GitLab for Slack app",
    scopes: BOTH,
    manualActivation: false,
    fieldsWhileActive: true,
    fields: [optional("channel"), ...NOTIFY_FIELDS, ...LABEL_FIELDS, ...slackChannels()],
    events: [...CHAT_EVENTS, "deployment", "incident", "alert", "vulnerability"],
    eventDefaults: Object.fromEntries(
      [...CHAT_EVENTS, "deployment", "incident", "alert", "vulnerability", "commit", "job"].map((name) => [
        name,
        false,
      ]),
    ),
    datedEvents: WORK_ITEM_EVENTS,
  },
  plainChat("hangouts-chat", "Google Chat"),
  {
    slug: "matrix",
    title: "Matrix notifications",
    scopes: BOTH,
    fields: [
      optional("hostname", { resetsSecrets: true, rules: [publicUrl], failsAs: "webhook" }),
      secret("token", { resetsSecrets: true }),
      required("room"),
      ...NOTIFY_FIELDS,
    ],
    events: [...CHAT_EVENTS, "incident", "vulnerability"],
    datedEvents: WORK_ITEM_EVENTS,
  },
  {
    slug: "mattermost",
    title: "Mattermost notifications",
    scopes: BOTH,
    fields: [
      webhook(),
      optional("username"),
      optional("channel"),
      ...NOTIFY_FIELDS,
      ...LABEL_FIELDS,
      ...slackChannels("19.5"),
    ],
    events: [...CHAT_EVENTS, "deployment", "incident", "vulnerability"],
    withoutAccessor: [ALERT_CHANNEL],
    datedEvents: WORK_ITEM_EVENTS,
  },
  plainChat("microsoft-teams", "Microsoft Teams notifications"),
  plainChat("pumble", "Pumble"),
  // Deprecated in favour of the GitLab for Slack app; the removal planned for 19.0 did not come.
  {
    slug: "slack",
    title: "Slack notifications",
    scopes: BOTH,
    fields: [
      webhook(),
      optional("username"),
      optional("channel"),
      ...NOTIFY_FIELDS,
      ...LABEL_FIELDS,
      ...slackChannels(),
    ],
    events: [...CHAT_EVENTS, "deployment", "incident", "alert", "vulnerability"],
    datedEvents: WORK_ITEM_EVENTS,
  },
  {
    slug: "telegram",
    title: "Telegram",
    scopes: BOTH,
    fields: [
      optional("hostname", { resetsSecrets: true, rules: [publicUrl], failsAs: "webhook" }),
      secret("token", { resetsSecrets: true }),
      required("room"),
      optional("thread", { rules: [matching(/^-?\d+$/, "is not a number")] }),
      ...NOTIFY_FIELDS,
    ],
    events: [...CHAT_EVENTS, "incident", "vulnerability"],
    datedEvents: WORK_ITEM_EVENTS,
  },
  plainChat("unify-circuit", "Unify Circuit"),
  plainChat("webex-teams", "Webex Teams"),
];
