import { runInNewContext } from "node:vm";
import { definition, remoteResource, scanIn, scanOf } from "./support/remote-resources";
import { formatted, written } from "./support/program";

const hook = (id: number, more: object = {}) =>
  remoteResource("ProjectHook", {
    id,
    url: "https://ci.acme.dev/gitlab",
    token_present: false,
    signing_token_present: false,
    ...more,
  });

test("what is alone is a block with its secrets out of the stack's configuration", () => {
  const slack = { channel: "#alerts", note_events: false, branches_to_be_notified: "all" };
  const { files } = written([scanOf([remoteResource("integrations.Slack", slack)])]);
  expect(files.get("acme.ts")).toBe(`// What is set up in acme.
import * as gitlab from "pulumi-gitlab-dynamic";
import { config } from "./config";

new gitlab.integrations.Slack(
  "acme/shop/slack",
  {
    project: "acme/shop",
    channel: "#alerts",
    branchesToBeNotified: "all",
    noteEvents: false,
    webhook: config.requireSecret("slackWebhook"),
  },
  { import: "projects/acme/shop/integrations/slack" },
);
`);
});

test("what is equal but for the project is a table and a loop, with the exceptions in the table", () => {
  const { files } = written([
    scanIn(42, "acme/shop", hook(7, { tag_push_events: true })),
    scanIn(43, "acme/web", hook(8, { tag_push_events: true, name: "Web" })),
    scanIn(44, "acme/old", hook(9, { tag_push_events: false })),
  ]);
  expect(files.get("acme.ts")).toContain(`const ciHooks = {
  "acme/shop": { id: 7 },
  "acme/web": { id: 8, name: "Web" },
  "acme/old": { id: 9, tagPushEvents: false },
} satisfies Record<string, Partial<gitlab.ProjectHookArgs> & { id: number }>;

for (const [project, { id, ...args }] of Object.entries(ciHooks)) {
  new gitlab.ProjectHook(
    \`\${project}/ci.acme.dev\`,
    {
      project,
      url: "https://ci.acme.dev/gitlab",
      tagPushEvents: true,
      ...args,
    },
    { import: \`projects/\${project}/hooks/\${id}\` },
  );
}
`);
});

test("two make a loop only if they are equal, and --flat makes none", () => {
  const equal = [scanIn(42, "acme/shop", hook(7)), scanIn(43, "acme/web", hook(8))];
  expect(written(equal).text).toContain('const ciHooks = {\n  "acme/shop": 7,\n  "acme/web": 8,\n};');
  expect(written(equal, { flat: true }).text).not.toContain("for (");
  const other = [scanIn(42, "acme/shop", hook(7)), scanIn(43, "acme/web", hook(8, { name: "Web" }))];
  expect(written(other).text).not.toContain("for (");
});

test("hooks to one host, each to an address of its project, have the address in the table", () => {
  const scans = [1, 2, 3].map((id) => scanIn(id, `acme/p${id}`, hook(id, { url: `https://ci.acme.dev/p${id}` })));
  expect(written(scans).text).toContain('"acme/p2": { id: 2, url: "https://ci.acme.dev/p2" },');
});

test("a second hook of one project to one address is not in the table of the others", () => {
  const scans = [1, 2, 3].map((id) => scanIn(id, `acme/p${id}`, hook(id), ...(id === 2 ? [hook(9)] : [])));
  const { text } = written(scans);
  expect(text).toContain('  "acme/p2": 2,\n');
  expect(text).toContain('"acme/p2/ci.acme.dev-2"');
});

test("each group right below the named one has a file with all that is in it", () => {
  const paths = ["acme/shop", "acme/index/a", "acme/index/b/c", "acme/Ümläut!/d", "globex/site"];
  const { files } = written(paths.map((path, id) => scanIn(id + 1, path, hook(id + 1))));
  // A path that is none to GitLab is refused by the check, and stands in a comment.
  expect([...files.keys()]).toEqual(["acme.ts", "index-2.ts", "ml-ut.ts", "globex.ts"]);
});

test("a text becomes a constant only where one argument of one class has it three times", () => {
  const url = "https://tracker.acme.dev/issues";
  const three = [1, 2, 3].map((id) => scanIn(id, `acme/p${id}`, hook(id, { url, name: url })));
  const { text } = written(three, { flat: true });
  expect(text).toContain(`const trackerAcmeDevIssuesUrl = "${url}";`);
  expect(text).toContain(`const trackerAcmeDevIssuesName = "${url}";`);
  expect(written(three.slice(1), { flat: true }).text).not.toContain("const ");
});

test("what cannot be a resource is a comment, once for all places", () => {
  const jira = [definition("integrations.Jira")];
  const { text } = written([
    scanOf([], { inactive: jira, unsupported: ["zentao"] }),
    { ...scanIn(43, "acme/web"), inactive: jira, inherited: jira },
  ]);
  expect(text).toContain("// Jira is switched off, which is all that the API can do: acme/shop, acme/web.");
  expect(text).toContain("// This package has no class for zentao: acme/shop.");
  expect(text).not.toContain("new gitlab.");
});

test("an object whose arguments would be refused is a comment that says why", () => {
  const { text } = written([scanOf([remoteResource("integrations.EmailsOnPush", { recipients: "nobody" })])]);
  expect(text).not.toContain("new gitlab.");
  expect(text.replaceAll(/\s+\/\/ /g, " ")).toContain(
    "EmailsOnPush at projects/42/integrations/emails-on-push is left out",
  );
});

test("an archived project is marked in tables and at blocks", () => {
  const scans = [1, 2, 3].map((id) => scanIn(id, `acme/p${id}`, hook(id)));
  const archived = scans.map((scan) => {
    const parent = scan.parent && { ...scan.parent, archived: scan.parent.id === 2 };
    return { ...scan, parent, resources: scan.resources.map((one) => ({ ...one, parent })) };
  });
  expect(written(archived).text).toContain('  "acme/p2": 2, // archived\n');
  expect(written(archived, { flat: true }).text).toContain("// The project is archived.\nnew gitlab.ProjectHook(");
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

test("any text comes out in the form of Prettier, in a block and in a table", () => {
  const scans = nasty.map((name, id) => scanIn(id + 1, `acme/p${id}`, hook(id + 1, { name })));
  for (const flat of [true, false]) {
    const { text } = written(scans, { flat });
    expect(formatted(text)).toBe(text);
  }
});

test.each(nasty)("any text comes out as it was: %j", (given) => {
  const { text } = written([scanOf([hook(7, { name: given })])]);
  const literal = / name:\s*([^]*?),?\s*\},\n {2}\{ import/.exec(text)?.[1] ?? "";
  expect(runInNewContext(literal)).toBe(given);
});

test("no text of GitLab's ends a comment", () => {
  const recipients = "x\n} process.exit(1); {\u2028process.exit(2)";
  const refused = remoteResource("integrations.EmailsOnPush", { recipients });
  const { text } = written([scanOf([refused], { unsupported: ["a\nb()"] })]);
  const code = text.split(/[\n\u2028]/).filter((line) => !line.startsWith("//") && line !== "");
  expect(code).toEqual(["export {};"]);
});

test("long names, lists and class names are broken as Prettier breaks them", () => {
  const key = "X-A-Very-Long-Header-Name-That-Somebody-Chose";
  const keyed = { custom_headers: [{ key }, { key: "Short" }] };
  const jira = {
    url: `https://jira.acme.dev/${"long/".repeat(20)}`,
    username: "u",
    project_keys: Array.from({ length: 20 }, (_, index) => `PROJECT${index}`),
    jira_auth_type: 1,
  };
  const google = (id: number) =>
    remoteResource("integrations.GoogleCloudArtifactRegistry", {
      artifact_registry_project_id: `acme-${id}`,
      artifact_registry_location: "eu",
      artifact_registry_repositories: "r",
    });
  const url = `https://${"very-long-".repeat(5)}host.acme.dev/${"and/a/path/".repeat(3)}`;
  const { text } = written([
    ...[1, 2, 3].map((id) => scanIn(id, `acme/p${id}`, google(id), hook(id, { url, name: `n${id}` }))),
    scanOf([hook(7, keyed), remoteResource("integrations.Jira", jira)]),
  ]);
  expect(text).toContain('"PROJECT19",');
  expect(text).toContain("} satisfies Record<\n  string,\n");
  expect(formatted(text)).toBe(text);
});

test("a path that JavaScript takes for something else is in no table", () => {
  const { text } = written([1, 2, 3].map((id) => scanIn(id, "__proto__", hook(id))));
  expect(text).not.toContain("__proto__:");
});

test("a group whose path passes for a number is called by its number", () => {
  const parent = { scope: "group", id: 9, path: "2026", archived: false } as const;
  const one = { ...remoteResource("GroupHook", { id: 7, url: "https://ci.acme.dev" }, { scope: "group" }), parent };
  const { text } = written([{ ...scanOf([one]), parent }]);
  expect(text).toContain('group: "9"');
  expect(text).toContain('import: "groups/9/hooks/7"');
});
