import type { Client } from "../client";
import type { ApiPath } from "../client/path";
import { defineFunction, type Inputs, outputForm } from "./data-function";
import { camelCased, rowOf } from "./responses";
import { selectedPath, type GroupSelector, type ProjectSelector } from "./selectors";

/** Which hook of a project. */
export interface ProjectHookSelector extends ProjectSelector {
  /** Its number, the output `hookId` of a {@link ProjectHook}. */
  readonly hookId: number;
}

/** {@link ProjectHookSelector} whose parts may be outputs. */
export type ProjectHookSelectorInput = Inputs<ProjectHookSelector>;

/** Which hook of a group. */
export interface GroupHookSelector extends GroupSelector {
  /** Its number, the output `hookId` of a {@link GroupHook}. */
  readonly hookId: number;
}

/** {@link GroupHookSelector} whose parts may be outputs. */
export type GroupHookSelectorInput = Inputs<GroupHookSelector>;

/** A webhook as GitLab shows it: without its tokens and without the values of headers and URL variables. */
export interface HookDetails {
  readonly id: number;
  /** With the names of URL variables in braces. */
  readonly url: string;
  readonly name: string | null;
  readonly description: string | null;
  /** For a project's hook. */
  readonly projectId?: number;
  /** For a group's hook. */
  readonly groupId?: number;
  /** ISO 8601. */
  readonly createdAt: string;
  /** `executable`, `temporarily_disabled` or `disabled`. */
  readonly alertStatus: string;
  /** ISO 8601. */
  readonly disabledUntil: string | null;
  readonly enableSslVerification: boolean;
  readonly pushEventsBranchFilter: string | null;
  readonly branchFilterStrategy: string;
  readonly customWebhookTemplate: string | null;
  /** The names of its headers. GitLab leaves them out of the list of a project's hooks. */
  readonly customHeaders?: readonly string[];
  /** The names of its URL variables. GitLab leaves them out of the list of a project's hooks. */
  readonly urlVariables?: readonly string[];
  /** GitLab 19.0 and later. */
  readonly tokenPresent?: boolean;
  /** GitLab 19.0 and later. */
  readonly signingTokenPresent?: boolean;
  /** Whether it is called for an event; null where nobody ever said. */
  readonly [event: `${string}Events`]: boolean | null;
}

/**
 * A webhook of a project.
 *
 * @throws GitLabError with status 404 when there is none
 * @see https://docs.gitlab.com/api/project_webhooks/#get-a-project-webhook
 */
export const getProjectHook = defineFunction<ProjectHookSelector, HookDetails>("getProjectHook", (client, args) =>
  one(client, selectedPath("project", args.project, "hooks", args.hookId)),
);

/** {@link getProjectHook} for arguments that may be outputs. */
export const getProjectHookOutput = outputForm(getProjectHook);

/**
 * All webhooks of a project.
 *
 * @see https://docs.gitlab.com/api/project_webhooks/#list-webhooks-for-a-project
 */
export const getProjectHooks = defineFunction<ProjectSelector, HookDetails[]>("getProjectHooks", (client, args) =>
  all(client, selectedPath("project", args.project, "hooks")),
);

/** {@link getProjectHooks} for arguments that may be outputs. */
export const getProjectHooksOutput = outputForm(getProjectHooks);

/**
 * A webhook of a group.
 *
 * @throws GitLabError with status 404 when there is none
 * @see https://docs.gitlab.com/api/group_webhooks/#get-a-group-hook
 */
export const getGroupHook = defineFunction<GroupHookSelector, HookDetails>("getGroupHook", (client, args) =>
  one(client, selectedPath("group", args.group, "hooks", args.hookId)),
);

/** {@link getGroupHook} for arguments that may be outputs. */
export const getGroupHookOutput = outputForm(getGroupHook);

/**
 * All webhooks of a group.
 *
 * @see https://docs.gitlab.com/api/group_webhooks/#list-group-hooks
 */
export const getGroupHooks = defineFunction<GroupSelector, HookDetails[]>("getGroupHooks", (client, args) =>
  all(client, selectedPath("group", args.group, "hooks")),
);

/** {@link getGroupHooks} for arguments that may be outputs. */
export const getGroupHooksOutput = outputForm(getGroupHooks);

async function one(client: Client, path: ApiPath): Promise<HookDetails> {
  return detailsOf(rowOf((await client.get(path)).body, path, "hook"));
}

async function all(client: Client, path: ApiPath): Promise<HookDetails[]> {
  const hooks: HookDetails[] = [];
  for await (const hook of client.list(path)) hooks.push(detailsOf(rowOf(hook, path, "hook")));
  return hooks;
}

function detailsOf(body: unknown): HookDetails {
  const { customHeaders, urlVariables, ...rest } = camelCased(body) as Record<string, unknown>;
  return {
    ...rest,
    ...(customHeaders === undefined ? {} : { customHeaders: namesOf(customHeaders) }),
    ...(urlVariables === undefined ? {} : { urlVariables: namesOf(urlVariables) }),
  } as unknown as HookDetails;
}

function namesOf(pairs: unknown): string[] {
  const keys = (Array.isArray(pairs) ? pairs : []).map((pair: { readonly key?: unknown } | null) => pair?.key);
  return keys.filter((key) => typeof key === "string");
}
