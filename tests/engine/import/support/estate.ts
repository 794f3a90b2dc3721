import { SAMPLES } from "../../../unit/sandbox/samples";
import type { World } from "./world";

/** What the estate holds, counted where it is made. */
export const estate = {
  groups: 5,
  projects: 33,
  archived: 2,
  hooks: 52,
  integrations: 39,
  pushRules: 5,
  /** Different values among the secrets that a program must give. */
  requiredSecrets: 9,
  /** Different values among all secrets. */
  secrets: 16,
} as const;

/** The values of all secrets begin so. */
export const canary = "canary0";

const ci = "https://ci.acme.dev/hooks/gitlab";

/**
 * What a company has set up by hand for years, below the group `estate`: 33 projects in 5 groups, names with letters of any
 * language, archived projects and one that waits for its deletion, integrations that are switched off or inherited, hooks
 * with tokens, headers and URL variables, and two hooks of one project to one URL.
 */
export async function makeEstate({ sandbox, api }: World): Promise<void> {
  const groups = await makeGroups(api);
  const projects = await makeProjects(api, groups);
  await addHooks(api, projects, groups);
  await addIntegrations({ sandbox, api }, projects, groups);
  for (const [index, id] of projects.slice(0, 4).entries()) {
    const rules = { commit_message_regex: "^(feat|fix|docs): .+", prevent_secrets: true, max_file_size: 50 };
    await api("POST", `/projects/${id}/push_rule`, index === 3 ? { ...rules, deny_delete_tag: true } : rules);
  }
  await api("POST", `/groups/${groups[0]}/push_rule`, { deny_delete_tag: true });
  await api("POST", `/projects/${projects[30]}/archive`);
  await api("POST", `/projects/${projects[32]}/archive`);
  const doomed = (await api("POST", "/projects", { name: "doomed", namespace_id: groups[0] })) as { id: number };
  await api("DELETE", `/projects/${doomed.id}`);
}

type Api = World["api"];

async function makeGroups(api: Api): Promise<number[]> {
  const make = async (name: string, path: string, parent?: number) => {
    const body = { name, path, ...(parent === undefined ? {} : { parent_id: parent }) };
    return ((await api("POST", "/groups", body)) as { id: number }).id;
  };
  const root = await make("Estate", "estate");
  const platform = await make("Plattform für alle", "platform", root);
  const shops = await make("店", "shops", root);
  const eu = await make("Europe", "eu", shops);
  const labs = await make("Labs", "labs", root);
  return [root, platform, shops, eu, labs];
}

const words = ["api", "web", "billing", "search", "mail", "stock", "price", "users", "audit", "docs", "jobs"];

async function makeProjects(api: Api, [root, platform, shops, eu, labs]: readonly number[]): Promise<number[]> {
  const sizes = [
    [root, 5],
    [platform, 9],
    [shops, 7],
    [eu, 5],
    [labs, 7],
  ] as const;
  const places = sizes.flatMap(([namespace, size]) => Array.from({ length: size }, () => namespace));
  const ids: number[] = [];
  for (const [index, namespace] of places.entries()) {
    const word = words[index % words.length];
    const body = { name: `${word} – Überblick ${index}`, path: `${word}-${index}`, namespace_id: namespace };
    ids.push(((await api("POST", "/projects", body)) as { id: number }).id);
  }
  return ids;
}

async function addHooks(api: Api, projects: readonly number[], groups: readonly number[]): Promise<void> {
  // Most projects tell the same CI, with one token; a few do so otherwise.
  for (const [index, id] of projects.slice(0, 31).entries()) {
    const events = { push_events: true, tag_push_events: true, merge_requests_events: true };
    const otherwise = index % 10 === 9 ? { push_events_branch_filter: "main", note_events: true } : {};
    await api("POST", `/projects/${id}/hooks`, { url: ci, token: `${canary}ci`, ...events, ...otherwise });
  }
  // Two hooks of one project to one URL.
  await api("POST", `/projects/${projects[0]}/hooks`, { url: ci, push_events: false, issues_events: true });
  for (const id of projects.slice(5, 12)) {
    const headers = [{ key: "X-Team", value: `${canary}team` }];
    await api("POST", `/projects/${id}/hooks`, { url: "https://chat.acme.dev/in", custom_headers: headers });
  }
  for (const [index, id] of projects.slice(14, 19).entries()) {
    const variable = [{ key: "key", value: `${canary}key` }];
    const url = "https://deploy.acme.dev/{key}/go";
    const name = index === 0 ? { name: 'Déploiement "rapide"', description: "It's\nlong" } : {};
    await api("POST", `/projects/${id}/hooks`, { url, url_variables: variable, job_events: true, ...name });
  }
  for (const [index, id] of projects.slice(20, 23).entries()) {
    await api("POST", `/projects/${id}/hooks`, {
      url: `https://jenkins.acme.dev/project/p${index}`,
      token: `${canary}j${index}`,
    });
  }
  for (const id of groups.slice(0, 4)) {
    await api("POST", `/groups/${id}/hooks`, {
      url: "https://audit.acme.dev/gitlab",
      member_events: true,
      token: `${canary}audit`,
    });
  }
  await api("POST", `/projects/${projects[32]}/hooks`, { url: "https://old.acme.dev/" });
}

async function addIntegrations(
  { sandbox, api }: World,
  projects: readonly number[],
  groups: readonly number[],
): Promise<void> {
  const put = (id: number | undefined, slug: string, body: object) =>
    api("PUT", `/projects/${id}/integrations/${slug}`, { ...SAMPLES[slug]?.body, ...body });
  for (const [index, id] of projects.slice(0, 12).entries()) {
    const team = index < 5 ? "core" : "platform";
    await put(id, "slack", {
      webhook: `https://hooks.slack.com/services/${canary}${team}`,
      channel: `#${team}`,
      note_events: index === 3,
    });
  }
  for (const id of projects.slice(5, 15)) {
    await put(id, "jira", {
      url: "https://jira.acme.dev",
      username: "gitlab",
      password: `${canary}jira`,
      project_keys: "SHOP",
    });
  }
  for (const [index, id] of projects.slice(16, 24).entries()) {
    await put(id, "external-wiki", { external_wiki_url: `https://wiki.acme.dev/${index}` });
  }
  for (const id of projects.slice(24, 27))
    await put(id, "emails-on-push", { recipients: "team@acme.dev ops@acme.dev" });
  await put(projects[27], "datadog", { api_key: `${canary}datadog`, datadog_tags: "team:labs\nstage:prod" });
  await put(projects[28], "telegram", { token: `${canary}telegram`, room: "-100200300" });
  await put(projects[29], "harbor", {
    url: "https://harbor.acme.dev",
    project_name: "x",
    username: "u",
    password: `${canary}harbor`,
  });
  await api("PUT", `/groups/${groups[4]}/integrations/mattermost`, {
    webhook: `https://mm.acme.dev/${canary}mm`,
    channel: "labs",
  });
  // Goes down to the projects of the group.
  await put(projects[15], "microsoft-teams", { webhook: `https://teams.acme.dev/${canary}teams` });
  for (const id of projects.slice(12, 15)) {
    await put(id, "pushover", {});
    await api("DELETE", `/projects/${id}/integrations/pushover`);
  }
  sandbox.control.seedIntegration({
    scope: "groups/estate/shops",
    slug: "asana",
    values: { api_key: `${canary}asana` },
  });
}
