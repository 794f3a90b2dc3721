import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { readSecretsFile } from "../../../provider/cli/import/stack/secrets-file";
import { Folders, run, textOf } from "./support/command";
import { world, type World } from "./support/world";

const folders = new Folders();
let gitlab: World;
let folder: string;

/** In place of Pulumi's command: notes its arguments, its standard input, and what the list of processes shows of it. */
const fake = `#!/bin/sh
case "$*" in *"--show-name"*) [ -e "\${0%/*}/no-stack" ] && echo "error: no stack selected" >&2 && exit 255; echo dev; exit 0;; esac
{ echo "$@"; tr '\\0' ' ' < /proc/$$/cmdline; echo; printf 'stdin=%s\\n' "$(cat)"; } >> "\${0%/*}/calls"
`;

beforeAll(async () => {
  gitlab = await world();
  await gitlab.api("PUT", "/projects/42/integrations/slack", { webhook: "https://hooks.slack.com/services/canary0" });
  folder = folders.make();
  await run(gitlab.sandbox, ["import", "--project", "acme/shop", "--out", folder]);
  mkdirSync(path.join(folder, "bin"));
  writeFileSync(path.join(folder, "bin/pulumi"), fake);
  chmodSync(path.join(folder, "bin/pulumi"), 0o755);
});

afterAll(async () => {
  folders.remove();
  await gitlab.sandbox.stop();
});

function filling(file: string) {
  const env = { PATH: `${path.join(folder, "bin")}:${process.env.PATH ?? ""}` };
  return run(gitlab.sandbox, ["import", "--secrets-file", file, "--out", folder], undefined, env);
}

test("one command stores the secrets of a file, and no list of processes shows them", async () => {
  const file = path.join(folder, "secrets.env");
  const secrets = 'gitlab:token="canary0token"\nexport acmeShopSlackWebhook = canary0hook # new\nother=canary0other\n';
  writeFileSync(file, `# from the vault\n\n${secrets}`);
  const { status, stdout, stderr } = await filling(file);
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toBe(
    "Stored 2 secrets in the stack's configuration.\nThe program has no setting of the name: other.\n",
  );
  const calls = textOf(path.join(folder, "bin"), "calls").split("\n");
  expect(calls.filter((line) => line.startsWith("stdin="))).toEqual(["stdin=canary0token", "stdin=canary0hook"]);
  expect(calls.filter((line) => !line.startsWith("stdin=")).join("\n")).not.toContain("canary0");
});

test("what the file lacks is named, and the command ends with status 2", async () => {
  const file = path.join(folder, "secrets.json");
  writeFileSync(file, JSON.stringify({ "gitlab:token": "canary0token" }));
  const { status, stdout } = await filling(file);
  expect([status, stdout]).toEqual([
    2,
    "Stored 1 secret in the stack's configuration.\nThe file does not have: acmeShopSlackWebhook.\n",
  ]);
});

test("without a stack nothing is stored, and the way is told", async () => {
  writeFileSync(path.join(folder, "bin/no-stack"), "");
  const { status, stderr } = await filling(path.join(folder, "secrets.json"));
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^pulumi-gitlab: no stack to store secrets in: .*no stack selected\. Run `pulumi stack init dev`/,
  );
  expect(stderr).not.toContain("canary0");
});

test.each([
  ["{", "is no JSON"],
  ['{ "a": { "b": "canary0" } }', "the value of a must be a string"],
  ["a=1\n\ncanary0", "line 3: must be name=value"],
  ['a="canary0\nb=2', "line 1: must be name=value"],
])("a file that cannot be read is an error without a word of it: %j", (text, message) => {
  const file = path.join(folder, "wrong");
  writeFileSync(file, text);
  expect(() => readSecretsFile(file)).toThrow(message);
  expect(() => readSecretsFile(file)).not.toThrow("canary0");
});

test("lines are read as shells and dotenv read them", () => {
  const file = path.join(folder, "lines");
  const key = "-----BEGIN KEY-----\nabc\n-----END KEY-----\n";
  writeFileSync(file, `\uFEFFa=1=2 #3\r\nb='it"s $x \\n'\nc="l1\\nl2 \\"q\\""\nd="${key}"\n  e  =  # none\nf=a#b\n`);
  expect(Object.fromEntries(readSecretsFile(file))).toEqual({
    ...{ a: "1=2", b: 'it"s $x \\n', c: 'l1\nl2 "q"', d: key, e: "", f: "a#b" },
  });
});
