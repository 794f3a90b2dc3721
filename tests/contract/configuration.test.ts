import { startSandbox, type Sandbox } from "gitlab-sandbox";
import { definitionOf } from "./support/cases";
import { ManagedResource } from "./support/managed-resource";
import { ProviderProcess } from "./support/provider-process";
import { ProviderFixture } from "./support/provider-fixture";

const hook = definitionOf("ProjectHook");
const url = "https://ci.example.com/hook";
const line = 'exports.handler = () => require("pulumi-gitlab-dynamic/handlers").handler("ProjectHook");';

let sandbox: Sandbox;
const running: ProviderProcess[] = [];

beforeAll(async () => {
  sandbox = await startSandbox({ token: "glpat-canary" });
});

afterEach(async () => {
  for (const process of running.splice(0)) await process.stop();
});

afterAll(async () => {
  await sandbox.stop();
});

async function started(
  config: Readonly<Record<string, unknown>>,
  env: NodeJS.ProcessEnv = {},
): Promise<ProviderProcess> {
  const process = await ProviderProcess.start(config, env);
  running.push(process);
  return process;
}

test.each([
  ["no token", {}, ["gitlab:token is missing"]],
  ["a token with a newline", { "gitlab:token": "glpat-canary\n" }, ["gitlab:token contains a line break"]],
  [
    "an address without a scheme",
    { "gitlab:token": "t", "gitlab:baseUrl": "canary.example.com" },
    ["gitlab:baseUrl must begin with https://"],
  ],
  [
    "headers that are no JSON",
    { "gitlab:token": "t", "gitlab:headers": "canary" },
    ["gitlab:headers must be an object"],
  ],
  [
    "everything at once",
    { "gitlab:retries": "canary", "gitlab:timeout": "0", "gitlab:insecure": "canary" },
    ["gitlab:retries must be", "gitlab:timeout must be", "gitlab:insecure must be", "gitlab:token is missing"],
  ],
])("%s: a failed check and an error of every handler, which quote nothing", async (_case, config, expected) => {
  const process = await started(config);
  const { failures, properties } = await process.check({}, { __provider: line, project: 42, url });
  for (const text of expected) expect(failures).toContainEqual(expect.stringContaining(text));
  expect(failures).toHaveLength(expected.length);
  expect(new Set(properties)).toEqual(new Set([""]));
  const props = { __provider: line, project: 42, url };
  const calls = [
    () => process.create(props),
    () => process.diff("projects/42/hooks/1", props, props),
    () => process.read("projects/42/hooks/1", props),
    () => process.update("projects/42/hooks/1", props, props),
    () => process.delete("projects/42/hooks/1", props),
  ];
  for (const call of calls) await expect(call()).rejects.toThrow(expected[0]);
  expect([...failures, process.printed].join()).not.toContain("canary");
  expect(process.printed).not.toMatch(/\n\s+at /);
});

test("problems of the arguments stand beside those of the settings", async () => {
  const process = await started({});
  const { failures } = await process.check({}, { __provider: line, project: 42 });
  expect(failures).toEqual([expect.stringContaining("gitlab:token is missing"), "url: is required"]);
});

test("variables serve where nothing is configured, and configuration wins", async () => {
  const fromEnv = await started({}, { GITLAB_TOKEN: sandbox.token, GITLAB_BASE_URL: sandbox.url });
  const made = await fromEnv.create({ __provider: line, project: 42, url });
  expect(made.outputs.__gitlab).toBe(`${sandbox.url}/api/v4`);
  const both = await started(
    { "gitlab:token": sandbox.token, "gitlab:baseUrl": `${sandbox.url}/api/v4/` },
    { GITLAB_TOKEN: "wrong", GITLAB_BASE_URL: "http://127.0.0.1:9" },
  );
  expect((await both.read(made.id, made.outputs)).id).toBe(made.id);
});

test("typed values of a provider and texts of a stack mean the same", async () => {
  for (const [retries, overwriteExisting, headers] of [
    ["2", "true", '{"X-Team":"shop"}'],
    [2, true, { "X-Team": "shop" }],
  ]) {
    const process = await started({
      "gitlab:token": sandbox.token,
      "gitlab:baseUrl": sandbox.url,
      "gitlab:retries": retries,
      "gitlab:overwriteExisting": overwriteExisting,
      "gitlab:headers": headers,
    });
    expect((await process.check({}, { __provider: line, project: 42, url })).failures).toEqual([]);
  }
});

test("a name that this version does not know was written by a newer one", async () => {
  const process = await started({ "gitlab:token": "t" });
  const newer = line.replace("ProjectHook", "integrations.Teleport");
  const expected =
    /The state contains the type integrations\.Teleport, .*a newer version wrote it\. Run `npm install pulumi-gitlab-dynamic@latest`/;
  await expect(process.check({}, { __provider: newer })).rejects.toThrow(expected);
  await expect(process.delete("x", { __provider: newer })).rejects.toThrow(expected);
  expect(process.printed).not.toMatch(/\n\s+at /);
});

test("a GitLab that cannot be reached is an error with the way out", async () => {
  const fixture = await ProviderFixture.start({}, { "gitlab:baseUrl": "http://127.0.0.1:9", "gitlab:retries": 0 });
  const message = await fixture.errorOf(() => new ManagedResource(fixture, hook).up({ project: 42, url }));
  expect(message).toMatch(/^GET \/projects\/42: cannot reach http:\/\/127\.0\.0\.1:9/);
  await fixture.stop();
});
