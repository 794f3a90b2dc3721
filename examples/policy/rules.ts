import type { ResourceValidationPolicy } from "@pulumi/policy";
import { isGiven, validating, type ManagedObject } from "./objects";

const isHook = ({ kind }: ManagedObject): boolean => kind === "ProjectHook" || kind === "GroupHook";
const isPushRule = ({ kind }: ManagedObject): boolean => kind === "ProjectPushRule" || kind === "GroupPushRule";

/** What GitLab sends to a webhook is not read on the way. */
export const hooksUseHttps: ResourceValidationPolicy = {
  name: "gitlab-hooks-use-https",
  description: "Webhooks have an address that begins with https://.",
  validateResource: validating((object) => {
    if (!isHook(object) || /^https:\/\//i.test(String(object.args.url))) return undefined;
    return "Let `url` begin with https://.";
  }),
};

/** A receiver can tell GitLab from others. */
export const hooksHaveToken: ResourceValidationPolicy = {
  name: "gitlab-hooks-have-token",
  description: "Webhooks have a token, by which the receiver knows GitLab.",
  validateResource: validating((object) => {
    if (!isHook(object) || isGiven(object, "token") || isGiven(object, "signingToken")) return undefined;
    return "Set `token` or `signingToken`.";
  }),
};

/** Nobody can pretend to be a receiver. */
export const certificatesAreVerified: ResourceValidationPolicy = {
  name: "gitlab-certificates-are-verified",
  description: "GitLab verifies the certificates of whatever it calls.",
  validateResource: validating(({ args }) =>
    args.enableSslVerification === false ? "Leave out `enableSslVerification: false`." : undefined,
  ),
};

/** Data goes only to services that somebody has agreed to. */
export const integrationsAreAllowed: ResourceValidationPolicy = {
  name: "gitlab-integrations-are-allowed",
  description: "Only integrations of an agreed list are set up.",
  configSchema: {
    properties: {
      allowed: {
        type: "array",
        items: { type: "string" },
        default: ["Discord", "EmailsOnPush", "Jenkins", "Jira", "Mattermost", "Slack"],
      },
    },
  },
  validateResource: validating(({ kind }, { allowed }) => {
    const name = /^integrations\.(.+)$/.exec(kind)?.[1];
    if (name === undefined || (allowed as readonly string[]).includes(name)) return undefined;
    return `${name} is not on the list of allowed integrations.`;
  }),
};

/** Keys and passwords do not get into a repository by mistake. */
export const pushRulesPreventSecrets: ResourceValidationPolicy = {
  name: "gitlab-push-rules-prevent-secrets",
  description: "Push rules keep files that look like secrets out of repositories.",
  validateResource: validating((object) =>
    isPushRule(object) && object.args.preventSecrets !== true ? "Set `preventSecrets: true`." : undefined,
  ),
};

/** All rules of the pack. */
export const policies: ResourceValidationPolicy[] = [
  hooksUseHttps,
  hooksHaveToken,
  certificatesAreVerified,
  integrationsAreAllowed,
  pushRulesPreventSecrets,
];
