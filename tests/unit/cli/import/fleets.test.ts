import { importCommand } from "../../../../provider/cli/import/command";
import type { Scan } from "../../../../provider/cli/import/discover/scan";
import { runImport } from "../../../../provider/cli/import/run";
import { formatted, written } from "./support/program";
import { remoteResource, scanIn, scanOf } from "./support/remote-resources";

function program(...scans: readonly Scan[]): { fleets: string; rest: string } {
  const files = new Map(written(scans, { fleet: true }).files);
  const fleets = files.get("fleets.ts") ?? "";
  files.delete("fleets.ts");
  return { fleets, rest: [...files.values()].join("\n") };
}

const hook = (id: number, more: object = {}) =>
  remoteResource("ProjectHook", {
    id,
    url: `https://ci.acme.dev/${id}`,
    token_present: false,
    signing_token_present: false,
    ...more,
  });

test("objects of one kind become a fleet, and what is alone of its kind a resource", () => {
  const keyed = { custom_headers: [{ key: "X-Team" }], push_events: false };
  const { fleets, rest } = program(
    scanIn(42, "acme/shop", hook(7, keyed), hook(8), remoteResource("ProjectPushRule", { prevent_secrets: true })),
    scanIn(43, "acme/web", hook(9)),
  );
  expect(fleets).toBe(`// A fleet imports objects that equal its entries, as all of these do now: run
// \`pulumi up\` before you change them.
import * as gitlab from "pulumi-gitlab-dynamic";
import { config } from "./config";

new gitlab.Fleet("project-hooks", gitlab.ProjectHook, {
  "acme/shop/ci.acme.dev/7": {
    project: "acme/shop",
    url: "https://ci.acme.dev/7",
    customHeaders: {
      "X-Team": config.requireSecret("ciHeaderXTeam"),
    },
    pushEvents: false,
  },
  "acme/shop/ci.acme.dev/8": {
    project: "acme/shop",
    url: "https://ci.acme.dev/8",
  },
  "acme/web": { project: "acme/web", url: "https://ci.acme.dev/9" },
});
`);
  expect(rest).toContain('new gitlab.ProjectPushRule(\n  "acme/shop/push-rule",');
});

test("entries that are equal but for the project are a table", () => {
  const url = "https://ci.acme.dev/all";
  const scans = [1, 2, 3].map((id) => scanIn(id, `acme/p${id}`, hook(id, { url })));
  expect(program(...scans).fleets).toContain(
    `const ciHooks = ["acme/p1", "acme/p2", "acme/p3"];

new gitlab.Fleet("project-hooks", gitlab.ProjectHook, {
  ...Object.fromEntries(
    ciHooks.map((project) => [project, { project, url: "https://ci.acme.dev/all" }]),
  ),
});
`.replace(
      /ciHooks\.map.*/,
      `ciHooks.map((project) => [
      project,
      { project, url: "https://ci.acme.dev/all" },
    ]),`,
    ),
  );
});

test("an integration's fleet holds projects and groups alike", () => {
  const { fleets } = program(
    scanIn(42, "acme/shop", remoteResource("integrations.Slack", { channel: "#shop" })),
    scanOf([remoteResource("integrations.Slack", { channel: "#all" }, { scope: "group" })]),
  );
  expect(fleets).toContain('new gitlab.Fleet("slack", gitlab.integrations.Slack, {');
  expect(fleets).toMatch(/ {2}"acme\/shop": \{\n {4}project: "acme\/shop",\n {4}channel: "#shop",/);
  expect(fleets).toMatch(/ {2}acme: \{\n {4}group: "acme",\n {4}channel: "#all",/);
  expect(fleets).toContain('webhook: config.requireSecret("slackShopWebhook"),');
  expect(fleets).not.toContain("import:");
});

test("what a fleet would not take over stays a resource with import", () => {
  const url = "https://ci:hunter2@ci.acme.dev/";
  const { fleets, rest } = program(scanIn(42, "acme/shop", hook(6), hook(7, { url }), hook(8)));
  expect(rest).toContain('{ import: "projects/acme/shop/hooks/7" }');
  expect(fleets.match(/ {2}"acme\/shop\/ci\.acme\.dev\/\d+": \{/g)).toHaveLength(2);
  expect(fleets + rest).not.toContain("hunter2");
});

test("what has neither a value of its own nor GitLab's default stays a resource too: a fleet would refuse it", () => {
  const scans = [43, 44, 45].map((id) => {
    const more = id === 45 ? { branches_to_be_notified: null } : {};
    return scanIn(id, `acme/p${id}`, remoteResource("integrations.Slack", more));
  });
  const { fleets, rest } = program(...scans);
  expect(rest.match(/import: .*/g)).toEqual(['import: "projects/acme/p45/integrations/slack" },']);
  expect(fleets.match(/ {2}"acme\/p\d+": \{/g)).toHaveLength(2);
});

test("keys begin with no two underscores, which a fleet keeps to itself", () => {
  const { fleets } = program(scanIn(42, "__proto__/shop", hook(7)), scanIn(43, "acme/web", hook(8)));
  expect(fleets).toMatch(/ {2}"\/__proto__\/shop": \{\s+project: "__proto__\/shop",/);
});

test("any name of a kind comes out in the form of Prettier", () => {
  const name = "integrations.GoogleCloudArtifactRegistry";
  const values = {
    artifact_registry_project_id: "acme",
    artifact_registry_location: "eu",
    artifact_registry_repositories: "r",
  };
  const { fleets } = program(
    ...[42, 43, 44, 45].map((id) => {
      const more =
        id === 45 ? { artifact_registry_location: "us", artifact_registry_repositories: "x".repeat(40) } : {};
      return scanIn(id, `acme/p${id}`, remoteResource(name, { ...values, ...more }), hook(id, { name: `n${id % 2}` }));
    }),
    scanIn(46, "acme/solo", hook(46, { url: "https://other.acme.dev" })),
  );
  expect(fleets.match(/new gitlab\.Fleet\(/g)).toHaveLength(2);
  expect(fleets.match(/Object\.fromEntries\(/g)).toHaveLength(2);
  expect(formatted(fleets)).toBe(fleets);
});

test("an import file cannot hold a fleet", async () => {
  const command = importCommand().action(async (options: Parameters<typeof runImport>[0]) => {
    await runImport(options);
  });
  const args = ["--project", "acme/shop", "--fleet", "--format", "pulumi"];
  await expect(command.parseAsync(args, { from: "user" })).rejects.toThrow("--fleet and --format pulumi exclude");
});
