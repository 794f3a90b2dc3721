import { flag, type ArgsOf, type OutputsOf } from "../../core/schema";
import { resource, type GroupArg, type GroupOutputs, type ResourceClass } from "../../program/resource";
import { hookDefinition } from "./definition";
import { hookFields, testField } from "./fields";
import { testEvents } from "./test-event";
import type { HookOutputs } from "./project";

const fields = {
  /** Sends when subgroups are created or removed. @default false */
  subgroupEvents: flag(false),
  /** Sends when members are added, changed or removed. @default false */
  memberEvents: flag(false),
  /** Sends when projects are created or removed. @default false */
  projectEvents: flag(false, { source: "server" }),
  /**
   * Sends a test of this event when the hook is created: `"push_events"`.
   *
   * If the test fails, the hook is kept, and every `pulumi up` repeats the test until the receiver accepts the event.
   * GitLab sends at most 5 test events a minute for the hooks of one group; further tests wait. Changing the value and
   * importing a hook send no test.
   */
  testOnCreate: testField(testEvents),
};

type GroupHookFields = typeof hookFields & typeof fields;

const definition = hookDefinition("GroupHook", "group", { ...hookFields, ...fields });

/** The arguments of a {@link GroupHook}. */
export interface GroupHookArgs extends GroupArg, ArgsOf<GroupHookFields> {}
interface GroupHookResult extends OutputsOf<GroupHookFields>, GroupOutputs, HookOutputs {}

const base: ResourceClass<GroupHookArgs, GroupHookResult> = resource(definition);

/**
 * A webhook of a group, for all its projects. GitLab Premium.
 *
 * GitLab never returns secrets: if somebody changes a token, header value or URL variable on GitLab, the change is not
 * detected.
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
