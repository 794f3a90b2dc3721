import { spawn } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import { startSandbox, type Sandbox } from "gitlab-sandbox";
import { changing, makeWorkspace, secret, type Driver, type Workspace } from "gitlab-sandbox/drivers";
import { differencesOf, succeeding } from "../support/scenario";
import { connecting, openImporting, skipped } from "./support/importing";

const repository = path.resolve(__dirname, "../../..");

describe("import.json", () => {
  let sandbox: Sandbox;
  let workspace: Workspace;
  let driver: Driver | undefined;

  beforeAll(async () => {
    sandbox = await startSandbox();
    workspace = makeWorkspace(
      { "Pulumi.yaml": "name: imported\nruntime: nodejs\n", "package.json": '{ "main": "index.ts" }' },
      path.join(repository, "node_modules"),
    );
    const hook = { url: "https://ci.example.com", custom_headers: [{ key: "X-Team", value: "canary0header" }] };
    await api("POST", "/projects/42/hooks", hook);
    await api("PUT", "/projects/42/integrations/slack", { webhook: "https://hooks.slack.com/services/1" });
    await api("PUT", "/projects/42/integrations/external-wiki", { external_wiki_url: "https://wiki.example.com" });
    await api("POST", "/projects/42/push_rule", { prevent_secrets: true });
    await runImport(
      "--project",
      "acme/shop",
      "--format",
      "pulumi",
      "--secrets",
      "config",
      "--out",
      workspace.programDirectory,
    );
    const { programDirectory, stateDirectory } = workspace;
    driver = await openImporting({
      programDirectory,
      stateDirectory,
      project: "imported",
      stack: "dev",
      config: {
        ...connecting(sandbox),
        "imported:ciHeaderXTeam": secret("canary0header"),
        "imported:acmeShopSlackWebhook": secret("https://hooks.slack.com/services/1"),
      },
    });
  });

  afterAll(async () => {
    workspace.remove();
    await sandbox.stop();
  });

  async function api(method: string, where: string, body: unknown): Promise<void> {
    const headers = { Authorization: `Bearer ${sandbox.token}`, "Content-Type": "application/json" };
    const response = await fetch(`${sandbox.url}/api/v4${where}`, { method, headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${method} ${where}: ${response.status}`);
  }

  async function runImport(...args: readonly string[]): Promise<void> {
    const child = spawn(process.execPath, [path.join(repository, "bin/pulumi-gitlab.js"), "import", ...args], {
      env: { PATH: process.env.PATH, GITLAB_TOKEN: sandbox.token, GITLAB_BASE_URL: sandbox.url },
      stdio: ["ignore", "ignore", "inherit"],
    });
    expect(await once(child, "close")).toEqual([0, null]);
  }

  it("goes into the state without a request, after which the program changes secrets and nothing else", async () => {
    if (!driver) {
      process.stdout.write(skipped);
      return;
    }
    sandbox.control.log.clear();
    const { ok, output } = await driver.importFile(path.join(workspace.programDirectory, "import.json"));
    expect(output).not.toMatch(/failed to validate|is required|error:/);
    expect(ok).toBe(true);
    expect(sandbox.control.requests()).toEqual([]);

    const preview = await succeeding(driver.preview());
    expect(
      changing(preview.steps)
        .map(({ op, name }) => `${op} ${name}`)
        .sort(),
    ).toEqual(["update acme/shop/ci.example.com", "update acme/shop/slack"]);
    expect(changing(preview.steps).flatMap(differencesOf).sort()).toEqual([
      'customHeaders.X-Team: "(set outside this program)" => [secret]',
      "webhook:  => [secret]",
    ]);

    await succeeding(driver.up());
    const writes = sandbox.control.requests().filter(({ method }) => method !== "GET");
    expect(writes.map(({ method, path: where }) => `${method} ${where.replace("/api/v4", "")}`).sort()).toEqual([
      "PUT /projects/42/hooks/1",
      "PUT /projects/42/integrations/slack",
    ]);
    expect(changing((await succeeding(driver.up())).steps)).toEqual([]);
    expect(changing((await succeeding(driver.refresh())).steps)).toEqual([]);
  });
});
