import { SAMPLES } from "../../unit/sandbox/samples";
import * as path from "node:path";
import { Folders, run, textOf } from "./support/command";
import { imported, takenOver } from "./support/imported";
import { world, type World } from "./support/world";

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

const kinds = "hooks,integrations,push-rules,notifications";

test("the first up of written fleets takes over what is there, and then there is nothing to do", async () => {
  const program = await imported(gitlab, folders, ["--group", "acme", "--fleet", "--only", kinds]);
  expect(program.summary).toMatchObject({
    fleets: 4,
    resources: { hooks: 5, integrations: 3, "push-rules": 2, notifications: 2 },
    refused: 0,
    skipped: [],
  });
  const text = textOf(program.folder, "fleets.ts");
  expect(text).not.toContain("canary0");
  const names = [...text.matchAll(/new gitlab\.Fleet\(\s*"([^"]+)"/g)].map((match) => match[1]);
  expect(names).toEqual(["project-hooks", "project-notification-settings", "project-push-rule", "slack"]);

  // Four fleets, a group's hook and an integration.
  expect((await takenOver(gitlab, program)).steps).toHaveLength(6);
  const state = path.join(program.folder, "state.json");
  const args = ["import", "--check", "--group", "acme", "--only", kinds, "--state", state, "--json"];
  const { stdout } = await run(gitlab.sandbox, args);
  expect(JSON.parse(stdout)).toEqual({ ok: true, managed: 12, unmanaged: [], missing: [], skipped: [] });
}, 120_000);
