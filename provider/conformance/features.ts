import { GitLabError, path, under, type ApiPath, type Client } from "../client";
import { featureNames, type Feature } from "./requirements";

/** Whether GitLab has a feature; undefined where the token's role is too low to tell. A text says why it has not. */
export type Features = Readonly<Record<Feature, true | string | undefined>>;

/** The project and group to look for features in; either may be missing. */
export interface Where {
  readonly project?: number | undefined;
  readonly group?: number | undefined;
  readonly edition: "enterprise" | "community";
}

/**
 * Looks which features of a licence a project and a group have, by reading. The token's user must be a Maintainer of the
 * project and an Owner of the group, or the answers mean something else.
 */
export async function askFeatures(client: Client, where: Where): Promise<Features> {
  if (where.edition === "community") {
    return {
      groupHooks: "the Community Edition has no group hooks",
      pushRules: "the Community Edition has no push rules",
      pullMirrors: "the Community Edition has no pull mirrors",
    };
  }
  const project = where.project === undefined ? undefined : path`/projects/${where.project}`;
  const group = where.group === undefined ? undefined : path`/groups/${where.group}`;
  const [pushRules, pullMirrors, hooks] = await Promise.all([
    project && askFeature(client, under(project, path`/push_rule`), "pushRules"),
    project && askFeature(client, under(project, path`/mirror/pull`), "pullMirrors"),
    group && askFeature(client, under(group, path`/hooks`), "groupHooks"),
  ]);
  // GitLab takes hooks of groups without the licence that would have it call them.
  const isSilent = hooks === true && typeof pushRules === "string";
  return {
    pushRules,
    pullMirrors,
    groupHooks: isSilent ? `${lacking("groupHooks")}: GitLab would not call them` : hooks,
  };
}

async function askFeature(client: Client, where: ApiPath, feature: Feature): Promise<true | string> {
  try {
    await client.get(where, { per_page: 1 });
    return true;
  } catch (error) {
    if (!(error instanceof GitLabError)) throw error;
    // A project that is no mirror says so, where it could be one.
    if (error.status === 400) return true;
    if (error.status === 403 || error.status === 404) return lacking(feature);
    throw error;
  }
}

function lacking(feature: Feature): string {
  return `the licence does not include ${featureNames[feature]} (GitLab Premium)`;
}
