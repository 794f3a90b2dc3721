// Read by the compiler only, like arguments.ts.
import type * as pulumi from "@pulumi/pulumi";
import type * as gitlab from "pulumi-gitlab-dynamic";

// The compiler compares two generic functions by identity of their types: `any` is then the same as nothing else.
/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters */
/** True for the same type only. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/* eslint-enable @typescript-eslint/no-unnecessary-type-parameters */
type Assert<T extends true> = T;
type Out<T> = pulumi.Output<T>;

type Hook = gitlab.ProjectHook;
type Mattermost = gitlab.integrations.Mattermost;

/** Outputs of resources that live in projects, in groups and in either. */
export type Outputs = [
  Assert<Same<Hook["id"], Out<pulumi.ID>>>,
  Assert<Same<Hook["url"], Out<string>>>,
  Assert<Same<Hook["hookId"], Out<number>>>,
  Assert<Same<Hook["projectId"], Out<number>>>,
  Assert<Same<Hook["projectPath"], Out<string>>>,
  Assert<Same<Hook["pushEvents"], Out<boolean | undefined>>>,
  Assert<Same<Hook["customHeaders"], Out<Record<string, string> | undefined>>>,
  Assert<Same<Hook["alertStatus"], Out<string | undefined>>>,
  Assert<Same<gitlab.Project["projectId"], Out<number>>>,
  Assert<Same<gitlab.Project["mergeMethod"], Out<"ff" | "rebase_merge" | "merge" | undefined>>>,
  Assert<Same<gitlab.Project["runnersToken"], Out<string | undefined>>>,
  Assert<Same<gitlab.GroupHook["groupId"], Out<number>>>,
  Assert<Same<gitlab.ProjectPushRule["maxFileSize"], Out<number | undefined>>>,
  Assert<Same<Mattermost["webhook"], Out<string>>>,
  Assert<Same<Mattermost["projectId"], Out<number | undefined>>>,
  Assert<Same<Mattermost["groupPath"], Out<string | undefined>>>,
  Assert<Same<gitlab.integrations.Jira["jiraAuthType"], Out<0 | 1 | 2 | undefined>>>,
  Assert<Same<gitlab.integrations.Jira["projectKeys"], Out<string[] | undefined>>>,
];

/** What `get` returns, and what `isInstance` narrows to. */
export type Classes = [
  Assert<Same<ReturnType<typeof gitlab.ProjectHook.get>["hookId"], Out<number>>>,
  // @ts-expect-error an output has its own type, and is not any
  Assert<Same<Hook["url"], Out<number>>>,
];

/** What is no output. */
export function refused(hook: Hook, audit: gitlab.GroupHook, made: unknown, rules: typeof gitlab.ProjectPushRule) {
  // @ts-expect-error the hook of a group has no project
  const { projectId } = audit;
  // @ts-expect-error outputs are read only
  hook.url = audit.url;
  // @ts-expect-error nobody knows what it is yet
  const { maxFileSize } = made;
  const narrowed: Out<number | undefined> | undefined = rules.isInstance(made) ? made.maxFileSize : undefined;
  return [projectId, maxFileSize, narrowed] as unknown[];
}
