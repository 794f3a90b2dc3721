import { modelOf } from "../../../../provider/cli/import/model/imported";
import type { SecretMode } from "../../../../provider/cli/import/options";
import type { RemoteResource } from "../../../../provider/cli/import/discover/scan";
import { formatted, written } from "./support/program";
import { remoteResource, scanIn } from "./support/remote-resources";

/** The settings of a program with these objects, each in a project of its own: how many uses each has. */
function settingsOf(objects: readonly RemoteResource[], mode: SecretMode = "config"): Record<string, number> {
  const { settings } = modelOf(
    objects.map((one, id) => scanIn(id + 1, `acme/p${id + 1}`, one)),
    mode,
  );
  return Object.fromEntries(settings.map(({ name, uses }) => [name, uses.length]));
}

const hook = (url: string, more: object = {}) =>
  remoteResource("ProjectHook", { id: 7, url, token_present: true, signing_token_present: false, ...more });
const jira = (more: Readonly<Record<string, unknown>> = {}) =>
  remoteResource("integrations.Jira", { url: "https://jira.acme.dev", username: "ci", jira_auth_type: 0, ...more });
const slack = (more: Readonly<Record<string, unknown>> = {}) => remoteResource("integrations.Slack", more);

test("hooks to one address share a token, and each argument has its own setting", () => {
  const headers = { custom_headers: [{ key: "X-Team" }] };
  const objects = [
    hook("https://ci.acme.dev/a", headers),
    hook("https://ci.acme.dev/a"),
    hook("https://ci.acme.dev/b"),
  ];
  expect(settingsOf(objects)).toEqual({ ciAcmeDevAToken: 2, ciAcmeDevBToken: 1, ciHeaderXTeam: 1 });
});

test("an integration's secret is shared where address and account are, whatever else differs", () => {
  expect(settingsOf([jira({ project_keys: ["A"] }), jira({ project_keys: ["B"] })])).toEqual({ jiraPassword: 2 });
  expect(Object.values(settingsOf([jira(), jira({ username: "other" })]))).toEqual([1, 1]);
  expect(Object.values(settingsOf([jira(), jira({ url: "https://jira.other.dev" })]))).toEqual([1, 1]);
});

test("without an address, one channel is a place, and without either each object is", () => {
  expect(settingsOf([slack({ channel: "#a" }), slack({ channel: "#a" }), slack({ channel: "#b" })])).toEqual({
    slackAWebhook: 2,
    slackBWebhook: 1,
  });
  expect(settingsOf([slack({ username: "GitLab" }), slack({ username: "GitLab" })])).toEqual({
    acmeP1SlackWebhook: 1,
    acmeP2SlackWebhook: 1,
  });
});

test("an address with a password is a setting, and the password is nowhere", () => {
  const objects = ["a", "a", "b"].map((password) => hook(`https://ci:canary0${password}@ci.acme.dev/`));
  const { model, text } = written(objects.map((one, id) => scanIn(id + 1, `acme/p${id + 1}`, one)));
  expect(JSON.stringify(model.settings) + text).not.toContain("canary0");
  expect(model.settings.filter(({ name }) => /Url\d*$/.test(name)).map(({ uses }) => uses.length)).toEqual([2, 1]);
  // Nothing that a file keeps of it can be guessed at.
  expect(model.settings.filter(({ name }) => /Url\d*$/.test(name)).map(({ digest }) => digest)).toEqual([
    undefined,
    undefined,
  ]);
});

test("optional secrets are left to GitLab unless asked for, and required ones never are", () => {
  const objects = [hook("https://ci.acme.dev/a"), slack({ channel: "#a" })];
  expect(settingsOf(objects, "leave")).toEqual({ slackWebhook: 1 });
  const { text } = written([scanIn(1, "acme/p1", ...objects)], { secrets: "leave" });
  expect(text.replace(/\n\/\/ /g, " ")).toContain(
    "GitLab keeps these secrets, which are not in the program: ProjectHook token.",
  );
  expect(text).not.toContain("token:");
});

test("a place keeps the name that an earlier import gave it, and another place does not get that name", () => {
  const scans = [scanIn(1, "acme/p1", jira()), scanIn(2, "acme/p2", slack({ channel: "#a" }))];
  const before = modelOf(scans, "config").settings.map((setting) => ({ ...setting, name: `${setting.name}Old` }));
  const known = { resources: [], settings: [...before, { name: "jiraPassword", uses: [] }] };
  const more = [...scans, scanIn(3, "acme/p3", jira({ url: "https://new.acme.dev" }))];
  const names = modelOf(more, "config", known).settings.map(({ name }) => name);
  expect(names).toEqual(["jiraNewAcmeDevPassword", "jiraPasswordOld", "slackWebhookOld"]);
});

test("secrets from environment variables come out in the form of Prettier", () => {
  const scans = [1, 2, 3].map((id) => scanIn(id, `acme/p${id}`, hook("https://ci.acme.dev/a"), jira()));
  const { text } = written(scans, { secrets: "env" });
  expect(text).toContain('token: pulumi.secret(process.env.CI_TOKEN ?? ""),');
  expect(text).not.toContain("config.");
  expect(formatted(text)).toBe(text);
});
