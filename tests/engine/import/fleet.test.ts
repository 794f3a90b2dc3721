import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { Stack } from "gitlab-sandbox/engine";
import { SAMPLES } from "../../unit/sandbox/samples";
import { Folders, node, run, textOf } from "./support/command";
import { settingsAsTold } from "./support/secrets";
import { setUp, world, type World } from "./support/world";

const folders = new Folders();
let gitlab: World;

beforeAll(async () => {
  gitlab = await world();
  const { api } = gitlab;
  const url = "https://ci.acme.dev/hooks";
  await api("POST", "/projects/42/hooks", { url, token: "canary0token" });
  await api("POST", "/projects/42/hooks", { url: `${url}/2`, push_events: false, issues_events: true });
  await api("POST", "/projects/43/hooks", { url, custom_headers: [{ key: "X-Team", value: "canary0header" }] });
  const variable = { key: "key", value: "canary0variable" };
  await api("POST", "/projects/44/hooks", { url: `${url}/{key}`, url_variables: [variable], name: "With a variable" });
  await api("POST", "/groups/9/hooks", { url, subgroup_events: true });
  for (const id of [42, 43]) {
    await api("POST", `/projects/${id}/push_rule`, { prevent_secrets: true, commit_message_regex: `^#${id}` });
    await api("PUT", `/projects/${id}/notification_settings`, { level: "custom", new_issue: true });
    await api("PUT", `/projects/${id}/integrations/slack`, { ...SAMPLES.slack?.body, channel: "#a" });
  }
  await api("PUT", "/projects/44/integrations/external-wiki", { external_wiki_url: "https://wiki.acme.dev" });
});

afterAll(async () => {
  folders.remove();
  await gitlab.sandbox.stop();
});

/** Imports everything below `acme` and compiles the program. */
async function imported() {
  const [folder, compiled] = [folders.make(), folders.make()];
  const kinds = "hooks,integrations,push-rules,notifications";
  const args = ["import", "--group", "acme", "--fleet", "--only", kinds, "--out", folder, "--json"];
  const { status, stdout, stderr } = await run(gitlab.sandbox, args);
  expect(stderr).toBe("");
  expect(status).toBe(0);
  const tsc = await node(folder, ["node_modules/typescript/bin/tsc", "--noEmit", "false", "--outDir", compiled]);
  expect(tsc.stdout).toBe("");
  writeFileSync(path.join(compiled, "package.json"), JSON.stringify({ private: true, main: "index.js" }));
  return { folder, compiled, summary: JSON.parse(stdout) as unknown };
}

/** The requests that wrote since the last call. */
function sent(): string[] {
  const { control } = gitlab.sandbox;
  const writes = control.requests().filter(({ method }) => method !== "GET");
  control.log.clear();
  return writes.map(({ method, path: where }) => `${method} ${where}`);
}

test("the first up of written fleets takes over what is there, and then there is nothing to do", async () => {
  const { folder, compiled, summary } = await imported();
  expect(summary).toMatchObject({
    fleets: 4,
    resources: { hooks: 5, integrations: 3, "push-rules": 2, notifications: 2 },
    refused: 0,
    skipped: [],
  });
  expect(textOf(folder, "index.ts")).not.toContain("canary0");
  const names = [...textOf(folder, "index.ts").matchAll(/new gitlab\.Fleet\(\s*"([^"]+)"/g)].map((match) => match[1]);
  expect(names).toEqual(["project-hooks", "project-notification-settings", "project-push-rule", "slack"]);

  const before = setUp(gitlab);
  const counted = gitlab.sandbox.control.objects();
  const stack = await Stack.open({
    programDirectory: compiled,
    project: "imported",
    stack: "dev",
    stateFile: path.join(folder, "state.json"),
    passphrase: "test",
    config: { "gitlab:baseUrl": gitlab.sandbox.url, ...settingsAsTold(textOf(folder, "set-config.sh")) },
    env: { GITLAB_TOKEN: gitlab.sandbox.token },
  });
  sent();
  const first = await stack.up();
  expect(first.diagnostics.filter(({ severity }) => severity !== "info")).toEqual([]);
  expect(first.ok).toBe(true);
  // Four fleets, a group's hook and an integration.
  expect(first.steps.filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic/gitlab"))).toHaveLength(6);
  expect(sent().filter((request) => !request.startsWith("PUT "))).toEqual([]);
  expect(gitlab.sandbox.control.objects()).toEqual(counted);
  expect(setUp(gitlab)).toEqual(before);

  const second = await stack.up();
  expect(second.ok).toBe(true);
  expect(second.steps.filter(({ op }) => op !== "same")).toEqual([]);
  const refreshed = await stack.refresh();
  expect(refreshed.ok).toBe(true);
  expect(refreshed.steps.filter(({ op }) => op !== "refresh")).toEqual([]);
  expect(sent()).toEqual([]);
}, 120_000);
