import { execFileSync } from "node:child_process";
import { runInNewContext } from "node:vm";
import { sectionOf } from "../../../../provider/cli/import/imported";
import { UniqueNames } from "../../../../provider/cli/import/names";
import { programOf } from "../../../../provider/cli/import/program";
import type { Scan } from "../../../../provider/cli/import/discover";
import { scanOf, sighting } from "./support/sightings";

function program(...scans: readonly Scan[]): string {
  const names = new UniqueNames();
  const sections = scans.map((scan) => sectionOf(scan, names));
  return programOf(sections, { gitlab: "https://gitlab.acme.dev", version: "1.2.3" });
}

/** The program as Prettier writes it. */
function formatted(text: string): string {
  const prettier = require.resolve("prettier/bin/prettier.cjs");
  return execFileSync(process.execPath, [prettier, "--no-config", "--stdin-filepath", "index.ts"], {
    input: text,
    encoding: "utf8",
  });
}

const slack = { channel: "#alerts", note_events: false, branches_to_be_notified: "all" };

test("a resource takes over what is there, and its secrets come from the stack's configuration", () => {
  const scan = scanOf([sighting("integrations.Slack", slack)]);
  expect(program(scan)).toBe(`// Written by pulumi-gitlab 1.2.3 from what was set up on
// https://gitlab.acme.dev.
// The option \`import\` takes over what is there. Once \`pulumi up\` has run, it
// may go or stay.
import * as pulumi from "@pulumi/pulumi";
import * as gitlab from "pulumi-gitlab-dynamic";

// Secrets, which GitLab does not return: see set-config.sh.
const config = new pulumi.Config();

// Project acme/shop
{
  const project = "acme/shop";

  new gitlab.integrations.Slack(
    "acme/shop/slack",
    {
      project,
      channel: "#alerts",
      branchesToBeNotified: "all",
      noteEvents: false,
      webhook: config.requireSecret("acmeShopSlackWebhook"),
    },
    { import: "projects/42/integrations/slack" },
  );
}
`);
});

test("a text that several resources have becomes a constant", () => {
  const url = "https://ci.acme.dev/hooks/all";
  const text = program(scanOf([sighting("ProjectHook", { id: 7, url }), sighting("ProjectHook", { id: 8, url })]));
  expect(text).toContain('const ciAcmeDevHooksAllUrl = "https://ci.acme.dev/hooks/all";');
  expect(text.match(/url: ciAcmeDevHooksAllUrl,/g)).toHaveLength(2);
});

test("what cannot be a resource is a comment", () => {
  const scan = scanOf([], { inactive: ["Jira"], inherited: ["Asana"], foreign: ["zentao"] });
  const text = program(scan);
  expect(text).toContain("// Switched off, which GitLab's API can only undo, so left out: Jira.");
  expect(text).toContain("// Inherited, and left to where the settings come from: Asana.");
  expect(text).toContain("// This package has no class for: zentao.");
  expect(text).not.toContain("new gitlab.");
});

test("an object whose arguments would be refused is a comment that says why", () => {
  const text = program(scanOf([sighting("integrations.EmailsOnPush", { recipients: "nobody" })]));
  expect(text).not.toContain("new gitlab.");
  expect(text.replaceAll(/\s+\/\/ /g, " ")).toContain(
    "EmailsOnPush at projects/42/integrations/emails-on-push is left",
  );
});

const nasty = [
  'a "quoted" word',
  "it's",
  "both \" and '",
  'back\\slash \\" and `tick` and ${expression}',
  "two\nlines with ` and ${x} and \\",
  "carriage\r\nreturn",
  "separator \u2028 and \u0000",
  `*/ // ${"long ".repeat(30)}`,
  "x".repeat(120),
];

test("any text comes out in the form of Prettier", () => {
  const hooks = nasty.map((name, id) => sighting("ProjectHook", { id, url: "https://ci.acme.dev", name }));
  const text = program(scanOf(hooks));
  expect(formatted(text)).toBe(text);
});

test.each(nasty)("any text comes out as it was: %j", (given) => {
  const text = program(scanOf([sighting("ProjectHook", { id: 7, url: "https://ci.acme.dev", name: given })]));
  const literal = / name:\s*([^]*?),\n {6}\/\/ GitLab/.exec(text)?.[1] ?? "";
  expect(runInNewContext(literal)).toBe(given);
});

test("no text of GitLab's ends a comment", () => {
  const recipients = "x\n} process.exit(1); {\u2028process.exit(2)";
  const text = program(scanOf([sighting("integrations.EmailsOnPush", { recipients })], { foreign: ["a\nb()"] }));
  const code = text.split(/[\n\u2028]/).filter((line) => !line.startsWith("//") && line !== "");
  expect(code).toEqual(['import * as gitlab from "pulumi-gitlab-dynamic";']);
});

test("long names and lists are broken as Prettier breaks them", () => {
  const key = "X-A-Very-Long-Header-Name-That-Somebody-Chose";
  const hook = { id: 7, url: "https://ci.acme.dev", custom_headers: [{ key }, { key: "Short" }] };
  const jira = {
    url: `https://jira.acme.dev/${"long/".repeat(20)}`,
    username: "u",
    project_keys: Array.from({ length: 20 }, (_, index) => `PROJECT${index}`),
    jira_auth_type: 1,
  };
  const text = program(scanOf([sighting("ProjectHook", hook), sighting("integrations.Jira", jira)]));
  expect(text).toContain('"PROJECT19",');
  expect(formatted(text)).toBe(text);
});
