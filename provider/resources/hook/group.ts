import { flag } from "../../core/schema";
import { resource, type GroupArgsOf, type GroupResource, type ResourceClass } from "../../program/resource";
import { hookDefinition } from "./definition";
import { hookFields, testField } from "./fields";
import { testEvents } from "./test-event";
import type { HookOutputs } from "./project";

const fields = {
  /** Sends when subgroups are made or removed. @default false */
  subgroupEvents: flag(false),
  /** Sends when members come, change or go. @default false */
  memberEvents: flag(false),
  /** Sends when projects are made or removed. @default false */
  projectEvents: flag(false, { source: "server" }),
  /**
   * Sends this event as a test when the hook is made: `"push_events"`.
   *
   * A hook whose test is refused is kept, and every `pulumi up` tests it again until its receiver takes the event. GitLab
   * sends at most 5 test events a minute for the hooks of one group; further ones wait for their turn. Another
   * value, and taking over a hook that exists, send no test by themselves.
   */
  testOnCreate: testField(testEvents),
};

type GroupHookFields = typeof hookFields & typeof fields;

const definition = hookDefinition("GroupHook", "group", { ...hookFields, ...fields });

/** The arguments of a {@link GroupHook}. */
export type GroupHookArgs = GroupArgsOf<GroupHookFields>;

const base: ResourceClass<GroupHookArgs, GroupResource<GroupHookFields, HookOutputs>> = resource(definition);

/**
 * A webhook of a group, which runs for all its projects. GitLab Premium.
 *
 * Secrets are never read back: a token, header value or URL variable that somebody changes on GitLab goes unnoticed.
 *
 * @see https://docs.gitlab.com/api/group_webhooks/
 *
 * @example
 * ```ts
 * new gitlab.GroupHook("audit", {
 *   group: "acme",
 *   url: "https://audit.acme.example/gitlab",
 *   token: config.requireSecret("hookToken"),
 *   memberEvents: true,
 *   subgroupEvents: true,
 * });
 * ```
 */
export class GroupHook extends base {}
