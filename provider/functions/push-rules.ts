import type { Client } from "../client";
import { notFound } from "../client/errors";
import type { ApiPath } from "../client/path";
import { defineFunction, outputForm } from "./data-function";
import { camelCased, rowOf } from "./responses";
import { selectedPath, type GroupSelector, type ProjectSelector } from "./selectors";

/** Push rules as GitLab shows them. */
export interface PushRuleDetails {
  readonly id: number;
  /** For the rules of a project. */
  readonly projectId?: number;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly commitMessageRegex: string | null;
  readonly commitMessageNegativeRegex: string | null;
  readonly branchNameRegex: string | null;
  readonly authorEmailRegex: string | null;
  readonly fileNameRegex: string | null;
  /** In MB; 0 is no limit. */
  readonly maxFileSize: number;
  readonly denyDeleteTag: boolean;
  readonly memberCheck: boolean;
  readonly preventSecrets: boolean;
  /** Null where it is off; absent where the licence lacks it, like the three that follow. */
  readonly commitCommitterCheck?: boolean | null;
  readonly commitCommitterNameCheck?: boolean | null;
  readonly rejectUnsignedCommits?: boolean | null;
  readonly rejectNonDcoCommits?: boolean | null;
}

/**
 * The push rules of a project, or undefined where it has none.
 *
 * @throws GitLabError with status 404 when the token does not see the project, or the licence has no push rules
 * @see https://docs.gitlab.com/api/project_push_rules/#retrieve-push-rules-for-a-project
 */
export const getProjectPushRule = defineFunction<ProjectSelector, PushRuleDetails | undefined>(
  "getProjectPushRule",
  (client, args) => rulesAt(client, selectedPath("project", args.project, "push_rule")),
);

/** {@link getProjectPushRule} for arguments that may be outputs. */
export const getProjectPushRuleOutput = outputForm(getProjectPushRule);

/**
 * The push rules of a group, or undefined where it has none. GitLab says the same where the token may not see them.
 *
 * @see https://docs.gitlab.com/api/group_push_rules/#retrieve-push-rules-for-a-group
 */
export const getGroupPushRule = defineFunction<GroupSelector, PushRuleDetails | undefined>(
  "getGroupPushRule",
  (client, args) => rulesAt(client, selectedPath("group", args.group, "push_rule")).catch(notFound),
);

/** {@link getGroupPushRule} for arguments that may be outputs. */
export const getGroupPushRuleOutput = outputForm(getGroupPushRule);

async function rulesAt(client: Client, path: ApiPath): Promise<PushRuleDetails | undefined> {
  const { body } = await client.get(path);
  if (body === null || body === undefined || body === "") return undefined;
  return camelCased(rowOf(body, path, "push rules")) as PushRuleDetails;
}
