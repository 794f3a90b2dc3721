import { execFileSync } from "node:child_process";
import { intoFleets } from "../../../../provider/cli/import/fleets";
import { sectionOf } from "../../../../provider/cli/import/imported";
import { UniqueNames } from "../../../../provider/cli/import/names";
import { importCommand } from "../../../../provider/cli/import/command";
import { programOf } from "../../../../provider/cli/import/program";
import { runImport } from "../../../../provider/cli/import/run";
import type { Scan, RemoteResource } from "../../../../provider/cli/import/discover";
import { scanOf, sighting } from "./support/sightings";

function program(...scans: readonly Scan[]): string {
  const names = new UniqueNames();
  const { sections, fleets } = intoFleets(scans.map((scan) => sectionOf(scan, names)));
  return programOf(sections, { gitlab: "https://gitlab.acme.dev", version: "1.2.3" }, fleets);
}

function scanIn(id: number, path: string, ...sightings: readonly RemoteResource[]): Scan {
  const parent = { scope: "project", id, path } as const;
  const moved = sightings.map((one) => ({ ...one, parent, at: { ...one.at, parent: String(id) } }));
  return scanOf(moved, { parent });
}

/** The program as Prettier writes it. */
function formatted(text: string): string {
  const prettier = require.resolve("prettier/bin/prettier.cjs");
  return execFileSync(process.execPath, [prettier, "--no-config", "--stdin-filepath", "index.ts"], {
    input: text,
    encoding: "utf8",
  });
}

const hook = (id: number, more: object = {}) =>
  sighting("ProjectHook", { id, url: `https://ci.acme.dev/${id}`, ...more });

test("objects of one kind become a fleet, and what is alone of its kind a resource", () => {
  const keyed = { custom_headers: [{ key: "X-Team" }], push_events: false };
  const text = program(
    scanIn(42, "acme/shop", hook(7, keyed), hook(8), sighting("ProjectPushRule", { prevent_secrets: true })),
    scanIn(43, "acme/web", hook(9)),
  );
  expect(text).toBe(`// Written by pulumi-gitlab 1.2.3 from what was set up on
// https://gitlab.acme.dev.
// The option \`import\` takes over what is there. Once \`pulumi up\` has run, it
// may go or stay.
// A fleet takes over what equals its entries, as all of these do now: run
// \`pulumi up\` before you change them.
import * as pulumi from "@pulumi/pulumi";
import * as gitlab from "pulumi-gitlab-dynamic";

// Secrets, which GitLab does not return: see set-config.sh.
const config = new pulumi.Config();

// Project acme/shop
{
  const project = "acme/shop";

  new gitlab.ProjectPushRule(
    "acme/shop/push-rule",
    {
      project,
      preventSecrets: true,
    },
    { import: "projects/42/push_rule" },
  );
}

new gitlab.Fleet("project-hooks", gitlab.ProjectHook, {
  "acme/shop/hooks/7": {
    project: "acme/shop",
    url: "https://ci.acme.dev/7",
    customHeaders: {
      "X-Team": config.requireSecret("acmeShopHook7HeaderXTeam"),
    },
    pushEvents: false,
    // GitLab does not say whether these are set. What is not given stays as it
    // is.
    // token: config.requireSecret("acmeShopHook7Token"),
    // signingToken: config.requireSecret("acmeShopHook7SigningToken"),
  },
  "acme/shop/hooks/8": {
    project: "acme/shop",
    url: "https://ci.acme.dev/8",
    // GitLab does not say whether these are set. What is not given stays as it
    // is.
    // token: config.requireSecret("acmeShopHook8Token"),
    // signingToken: config.requireSecret("acmeShopHook8SigningToken"),
  },
  "acme/web": {
    project: "acme/web",
    url: "https://ci.acme.dev/9",
    // GitLab does not say whether these are set. What is not given stays as it
    // is.
    // token: config.requireSecret("acmeWebHook9Token"),
    // signingToken: config.requireSecret("acmeWebHook9SigningToken"),
  },
});
`);
});

test("an integration's fleet holds projects and groups alike", () => {
  const text = program(
    scanIn(42, "acme/shop", sighting("integrations.Slack", { channel: "#shop" })),
    scanOf([sighting("integrations.Slack", { channel: "#all" }, { scope: "group" })]),
  );
  expect(text).toContain('new gitlab.Fleet("slack", gitlab.integrations.Slack, {');
  expect(text).toMatch(/ {2}"acme\/shop": \{\n {4}project: "acme\/shop",\n {4}channel: "#shop",/);
  expect(text).toMatch(/ {2}acme: \{\n {4}group: "acme",\n {4}channel: "#all",/);
  expect(text).toContain('webhook: config.requireSecret("acmeShopSlackWebhook"),');
  expect(text).not.toContain("import:");
});

test("what a fleet would not take over stays a resource with import", () => {
  const url = "https://ci:hunter2@ci.acme.dev/";
  const text = program(scanIn(42, "acme/shop", hook(6), hook(7, { url }), hook(8)));
  expect(text).toContain('{ import: "projects/42/hooks/7" }');
  expect(text.match(/ {2}"acme\/shop\/hooks\/\d+": \{/g)).toEqual([
    '  "acme/shop/hooks/6": {',
    '  "acme/shop/hooks/8": {',
  ]);
  expect(text).not.toContain("hunter2");
});

test("what has neither a value of its own nor GitLab's default stays a resource too: a fleet would refuse it", () => {
  const scans = [43, 44, 45].map((id) => {
    const more = id === 45 ? { branches_to_be_notified: null } : {};
    return scanIn(id, `acme/p${id}`, sighting("integrations.Slack", more));
  });
  const text = program(...scans);
  expect(text.match(/import: .*/g)).toEqual(['import: "projects/45/integrations/slack" },']);
  expect(text.match(/ {2}"acme\/p\d+": \{/g)).toHaveLength(2);
});

test("what is no resource is still a comment", () => {
  const refused = sighting("integrations.EmailsOnPush", { recipients: "nobody" });
  const text = program(scanIn(42, "acme/shop", hook(7), hook(8), refused), scanOf([], { inactive: ["Jira"] }));
  expect(text).toContain("EmailsOnPush at");
  expect(text).toContain("left out: Jira.");
});

test("keys begin with no two underscores, which a fleet keeps to itself", () => {
  const text = program(scanIn(42, "__proto__/shop", hook(7)), scanIn(43, "acme/web", hook(8)));
  expect(text).toContain('  "/__proto__/shop": {\n    project: "__proto__/shop",');
});

test("any name of a kind comes out in the form of Prettier", () => {
  const name = "integrations.GoogleCloudArtifactRegistry";
  const values = {
    artifact_registry_project_id: "acme",
    artifact_registry_location: "eu",
    artifact_registry_repositories: "r",
  };
  const text = program(
    scanIn(42, "acme/shop", sighting(name, values), hook(7)),
    scanIn(43, "acme/web", sighting(name, values), hook(8)),
  );
  expect(text.match(/new gitlab\.Fleet\(/g)).toHaveLength(2);
  expect(formatted(text)).toBe(text);
});

test("an import file cannot hold a fleet", async () => {
  const command = importCommand().action(async (options: Parameters<typeof runImport>[0]) => {
    await runImport(options);
  });
  const args = ["--project", "acme/shop", "--fleet", "--format", "pulumi"];
  await expect(command.parseAsync(args, { from: "user" })).rejects.toThrow("--fleet and --format pulumi exclude");
});
