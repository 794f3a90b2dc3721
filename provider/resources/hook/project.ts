import type * as pulumi from "@pulumi/pulumi";
import { flag } from "../../core/schema";
import { resource, type ProjectArgsOf, type ProjectResource, type ResourceClass } from "../../program/resource";
import { hookDefinition } from "./definition";
import { hookFields, testField } from "./fields";
import { projectTestEvents } from "./test-event";

const fields = {
  /** Sends when deploy tokens of the project are about to expire. GitLab 18.10 and later. @default false */
  resourceDeployTokenEvents: flag(false, { source: "server" }),
  /**
   * Tells flows of GitLab Duo what the receiver answers. GitLab refuses it while its administrator has the feature flag
   * `duo_flow_callback_hooks` off, as it is by itself. GitLab 19.4 and later. @default false
   */
  duoFlowCallbackEnabled: flag(false, { source: "server", since: "19.4" }),
  /**
   * Sends this event as a test when the hook is made: `"push_events"`.
   *
   * A hook whose test is refused is kept, and every `pulumi up` tests it again until its receiver takes the event. GitLab
   * sends at most 5 test events a minute for the hooks of one project or group; further ones wait for their turn. Another
   * value, and taking over a hook that exists, send no test by themselves.
   */
  testOnCreate: testField(projectTestEvents),
};

type ProjectHookFields = typeof hookFields & typeof fields;

const definition = hookDefinition("ProjectHook", "project", { ...hookFields, ...fields });

/** What GitLab alone says of a hook. */
export interface HookOutputs {
  /** The hook's number on GitLab. */
  readonly hookId: pulumi.Output<number>;
  /** `executable`, `temporarily_disabled` or `disabled`: GitLab stops a hook whose receiver fails. Never a change. */
  readonly alertStatus: pulumi.Output<string | undefined>;
  /** When a stopped hook is tried again, in ISO 8601. */
  readonly disabledUntil: pulumi.Output<string | undefined>;
  /** When the hook was made, in ISO 8601. */
  readonly createdAt: pulumi.Output<string | undefined>;
  /** Whether a token is set. GitLab 19.0 and later. */
  readonly tokenPresent: pulumi.Output<boolean | undefined>;
  /** Whether a signing token is set. GitLab 19.0 and later. */
  readonly signingTokenPresent: pulumi.Output<boolean | undefined>;
}

/** The arguments of a {@link ProjectHook}. */
export type ProjectHookArgs = ProjectArgsOf<ProjectHookFields>;

const base: ResourceClass<ProjectHookArgs, ProjectResource<ProjectHookFields, HookOutputs>> = resource(definition);

/**
 * A webhook of a project.
 *
 * Secrets are never read back: a token, header value or URL variable that somebody changes on GitLab goes unnoticed.
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
