import { startSandbox, type Sandbox, type SandboxOptions } from "gitlab-sandbox";
import { SAMPLES } from "../../../unit/sandbox/samples";

/** A GitLab on which a company has set things up by hand for years. */
export interface World {
  readonly sandbox: Sandbox;
  /** Calls the API with the administrator's token. Fails on any status from 400 on. */
  readonly api: (method: string, path: string, body?: unknown) => Promise<unknown>;
}

/** Starts an emulated GitLab with a direct way to its API. */
export async function world(options: SandboxOptions = {}): Promise<World> {
  const sandbox = await startSandbox(options);
  return {
    sandbox,
    async api(method, path, body) {
      const response = await fetch(`${sandbox.url}/api/v4${path}`, {
        method,
        headers: { Authorization: `Bearer ${sandbox.token}`, "Content-Type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      return text === "" ? undefined : (JSON.parse(text) as unknown);
    },
  };
}

/** Everything that is set up, without the times of changes. */
export function setUp({ sandbox }: World): unknown {
  const { hooks, integrations, notifications, pushRules } = sandbox.control.world.state;
  return JSON.parse(
    JSON.stringify({ hooks, integrations, notifications, pushRules }, (key, value: unknown) =>
      key === "updatedAt" ? undefined : value,
    ),
  ) as unknown;
}

const projectKinds = [
  "slack",
  "discord",
  "jenkins",
  "external-wiki",
  "emails-on-push",
  "pipelines-email",
  "microsoft-teams",
  "mattermost",
  "telegram",
  "harbor",
  "packagist",
  "teamcity",
  "drone-ci",
  "buildkite",
  "matrix",
  "pushover",
  "datadog",
  "squash-tm",
  "apple-app-store",
];

/** Values other than GitLab's own, by kind: what a program must keep. */
const touches: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  slack: { channel: "#alerts", issue_channel: "#issues", note_events: false, branches_to_be_notified: "all" },
  jenkins: { username: "ci", password: "canary0jenkins", merge_requests_events: true, push_events: false },
  "emails-on-push": { disable_diffs: true, branches_to_be_notified: "protected" },
  telegram: { push_events: false, notify_only_broken_pipelines: false },
  datadog: { datadog_tags: "team:shop\nstage:prod", datadog_ci_visibility: true },
};

const trackers = ["jira", "redmine", "youtrack", "bugzilla"];

/**
 * Three groups (`acme`, `acme/platform`, `acme/tools`), 30 projects, 200 hooks, 100 integrations of 20 kinds and more,
 * some of them switched off and some inherited, and push rules.
 */
export async function populate({ sandbox, api }: World): Promise<void> {
  const tools = (await api("POST", "/groups", { name: "Tools", path: "tools", parent_id: 9 })) as { id: number };
  const projects = [42, 43, 44, 45, 46];
  for (let number = 0; projects.length < 30; number++) {
    const namespace = [9, 10, tools.id][number % 3];
    const made = await api("POST", "/projects", { name: `svc-${number}`, namespace_id: namespace });
    projects.push((made as { id: number }).id);
  }
  await addHooks(api, projects, [9, 10, tools.id]);
  await addIntegrations(api, projects);
  // Goes down to the five projects of the group and to the ones made there.
  sandbox.control.seedIntegration({
    scope: "groups/acme/platform",
    slug: "asana",
    values: { api_key: "canary0asana" },
  });
  for (const [index, id] of projects.slice(0, 12).entries()) {
    const rules = index % 2 === 0 ? { commit_message_regex: "^(feat|fix): .+\\d$" } : { prevent_secrets: true };
    await api("POST", `/projects/${id}/push_rule`, { ...rules, max_file_size: index });
  }
  await api("POST", "/groups/9/push_rule", { deny_delete_tag: true, branch_name_regex: "^[a-z/-]+$" });
  // GitLab makes such rules by itself: nothing is set in them.
  await api("POST", `/projects/${projects[20]}/push_rule`, { deny_delete_tag: false });
}

async function addHooks(api: World["api"], projects: readonly number[], groups: readonly number[]): Promise<void> {
  for (let index = 0; index < 200; index++) {
    const id = index < 9 ? groups[index % 3] : projects[index % projects.length];
    const scope = index < 9 ? "groups" : "projects";
    const token = index % 3 === 0 ? { token: "canary0token" } : {};
    const headers = index % 10 === 1 ? { custom_headers: [{ key: "X-Team", value: "canary0header" }] } : {};
    const variables = index % 20 === 2 ? { url_variables: [{ key: "key", value: "canary0variable" }] } : {};
    const url = index % 20 === 2 ? "https://ci.acme.dev/{key}" : `https://ci.acme.dev/hooks/${index % 40}`;
    const events = index % 4 === 0 ? { push_events: false, tag_push_events: true, issues_events: true } : {};
    const name = index % 5 === 0 ? { name: `Hook "${index}"`, description: 'It\'s "here"' } : {};
    await api("POST", `/${scope}/${id}/hooks`, { url, ...token, ...headers, ...variables, ...events, ...name });
  }
}

async function addIntegrations(api: World["api"], projects: readonly number[]): Promise<void> {
  for (let index = 0; index < 84; index++) {
    const project = projects[index % projects.length];
    const kind = projectKinds[index % projectKinds.length] ?? "";
    await api("PUT", `/projects/${project}/integrations/${kind}`, { ...SAMPLES[kind]?.body, ...touches[kind] });
    // Switched off, which keeps the row.
    if (index % 8 === 5) await api("DELETE", `/projects/${project}/integrations/${kind}`);
  }
  for (const [index, kind] of trackers.entries()) {
    await api("PUT", `/projects/${projects[index * 2]}/integrations/${kind}`, SAMPLES[kind]?.body);
  }
}
