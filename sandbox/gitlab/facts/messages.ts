import type { IntegrationFact, Rule } from "./fact";
import { flag, matching, optional, required, secret, words } from "./rules";

const BOTH = ["project", "group"] as const;
const MAX_PUSH_RECIPIENTS = 750;
const MAX_PIPELINE_RECIPIENTS = 30;
const EMAIL = /^[^@\s]+@[^@\s]+$/;

const recipientLimit =
  (most: number, separators: RegExp): Rule =>
  (value) =>
    words(value, separators).filter((word) => EMAIL.test(word)).length > most ? `can't exceed ${most}` : undefined;

const ircChannels: Rule = (value, { values }) => {
  const base = values.default_irc_uri;
  const prefix = typeof base === "string" && base !== "" ? `${base.replace(/\/+$/, "")}/` : "";
  const addresses = words(value).map((word) => (/^[a-z]+:\/\//.test(word) ? word : `${prefix}${word}`));
  return addresses.some((address) => /^ircs?:\/\/[^/]+/.test(address)) ? undefined : "are all invalid";
};

/** Mail, pagers and the older chat services. */
export const MESSAGES: readonly IntegrationFact[] = [
  {
    slug: "campfire",
    title: "Campfire Classic",
    scopes: BOTH,
    fields: [
      secret("token"),
      optional("subdomain", {
        resetsSecrets: true,
        rules: [matching(/^[A-Za-z\d](?:[A-Za-z\d-]{0,61}[A-Za-z\d])?$/)],
      }),
      optional("room", { rules: [matching(/^[1-9]\d*$/, "must be greater than 0")] }),
    ],
    events: ["push"],
  },
  {
    slug: "emails-on-push",
    title: "Emails on push",
    scopes: BOTH,
    fields: [
      flag("send_from_committer_email"),
      flag("disable_diffs"),
      optional("branches_to_be_notified", { initial: "all", loaded: () => "all" }),
      required("recipients", { rules: [recipientLimit(MAX_PUSH_RECIPIENTS, /\s+/)] }),
    ],
    events: ["push", "tag_push"],
  },
  {
    slug: "irker",
    title: "irker (IRC gateway)",
    scopes: BOTH,
    fields: [
      optional("server_host"),
      { name: "server_port", type: "integer" },
      optional("default_irc_uri"),
      required("recipients", { rules: [ircChannels] }),
      flag("colorize_messages"),
    ],
    events: ["push"],
  },
  {
    slug: "pipelines-email",
    title: "Pipeline status emails",
    scopes: BOTH,
    fields: [
      required("recipients", { rules: [recipientLimit(MAX_PIPELINE_RECIPIENTS, /[\s,]+/)] }),
      flag("notify_only_broken_pipelines", { initial: true }),
      flag("notify_only_when_pipeline_status_changes", { initial: false }),
      flag("notify_only_default_branch"),
      optional("branches_to_be_notified", {
        initial: "default",
        shown: (value, { notify_only_default_branch: onlyDefault }) =>
          value ?? (onlyDefault === true ? "default" : null),
      }),
      flag("notify_child_pipelines", {
        since: "19.5",
        initial: true,
        loaded: () => true,
        flag: "pipelines_email_notify_child_pipelines",
      }),
    ],
    events: ["pipeline"],
  },
  {
    slug: "pushover",
    title: "Pushover",
    scopes: BOTH,
    fields: [secret("api_key"), secret("user_key"), optional("device"), required("priority"), optional("sound")],
    events: ["push"],
  },
];
