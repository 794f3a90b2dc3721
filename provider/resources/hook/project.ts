import type * as pulumi from "@pulumi/pulumi";
import { flag, type ArgsOf, type OutputsOf } from "../../core/schema";
import { resource, type ProjectArg, type ProjectOutputs, type ResourceClass } from "../../program/resource";
import { hookDefinition } from "./definition";
import { hookFields, testField } from "./fields";
import { projectTestEvents } from "./test-event";

const fields = {
  /** Sends when deploy tokens of the project are about to expire. GitLab 18.10 and later. @default false */
  resourceDeployTokenEvents: flag(false, { source: "server" }),
  /**
   * Sends the receiver's response to flows of GitLab Duo. GitLab refuses it unless an administrator enables the feature
   * flag `duo_flow_callback_hooks`, which is disabled by default. GitLab 19.4 and later. @default false
   */
  duoFlowCallbackEnabled: flag(false, { source: "server", since: "19.4" }),
  /**
   * Sends a test of this event when the hook is created: `"push_events"`.
   *
   * If the test fails, the hook is kept, and every `pulumi up` repeats the test until the receiver accepts the event.
   * GitLab sends at most 5 test events a minute for the hooks of one project or group; further tests wait. Changing the
   * value and importing a hook send no test.
   */
  testOnCreate: testField(projectTestEvents),
};

type ProjectHookFields = typeof hookFields & typeof fields;

const definition = hookDefinition("ProjectHook", "project", { ...hookFields, ...fields });

/** What GitLab alone says of a hook. */
export interface HookOutputs {
  /** The hook's numeric ID on GitLab. */
  readonly hookId: pulumi.Output<number>;
  /**
   * `executable`, `temporarily_disabled` or `disabled`: GitLab disables a hook whose receiver fails. Never shown as a
   * change.
   */
  readonly alertStatus: pulumi.Output<string | undefined>;
  /** When GitLab retries a disabled hook, in ISO 8601. */
  readonly disabledUntil: pulumi.Output<string | undefined>;
  /** When the hook was created, in ISO 8601. */
  readonly createdAt: pulumi.Output<string | undefined>;
  /** Whether a token is set. GitLab 19.0 and later. */
  readonly tokenPresent: pulumi.Output<boolean | undefined>;
  /** Whether a signing token is set. GitLab 19.0 and later. */
  readonly signingTokenPresent: pulumi.Output<boolean | undefined>;
}

/** The arguments of a {@link ProjectHook}. */
export interface ProjectHookArgs extends ProjectArg, ArgsOf<ProjectHookFields> {}
interface ProjectHookResult extends OutputsOf<ProjectHookFields>, ProjectOutputs, HookOutputs {}

const base: ResourceClass<ProjectHookArgs, ProjectHookResult> = resource(definition);

/**
 * A webhook of a project.
 *
 * GitLab never returns secrets: if somebody changes a token, header value or URL variable on GitLab, the change is not
 * detected.
 *
 * @see https://docs.gitlab.com/api/project_webhooks/
 *
 * @example
 * ```ts
 * new gitlab.ProjectHook("deploys", {
 *   project: "acme/shop",
 *   url: "https://deploy.acme.example/hooks/{key}",
 *   urlVariables: { key: config.requireSecret("deployKey") },
 *   token: config.requireSecret("hookToken"),
 *   releasesEvents: true,
 * });
 * ```
 */
export class ProjectHook extends base {}
