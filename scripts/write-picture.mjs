// Draws the picture in the README: what a preview of the program beside it prints.
//
// Without arguments it runs the program on a real Pulumi CLI and the sandbox, and keeps what was printed. With --check it
// draws the picture again from what was kept and runs the program once more, on the stand-in engine: the picture is out of
// date when either is not the same.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { findCli, makeWorkspace, openPulumiCli, openStandIn, secret } from "gitlab-sandbox/drivers";
import { startSandbox } from "gitlab-sandbox";
import prettier from "prettier";
import { terminalPicture } from "./terminal-picture.mjs";

const repository = new URL("..", import.meta.url);
const at = (path) => fileURLToPath(new URL(path, repository));
const recordFile = at("docs/images/preview.json");
const pictureFile = at("docs/images/preview.svg");
const readme = readFileSync(at("README.md"), "utf8");
const front = readFileSync(at("docs/_index.md"), "utf8");
const isCheck = process.argv.includes("--check");

/** The first block of a language in the README. */
function block(language) {
  const found = new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, "m").exec(readme)?.[1];
  if (found === undefined) throw new Error(`the README has no ${language}`);
  return found;
}

const program = block("ts");

/** Runs a preview of the README's first program. */
async function preview(cli) {
  const sandbox = await startSandbox();
  const workspace = makeWorkspace(
    {
      "index.ts": program,
      "Pulumi.yaml": block("yaml"),
      "tsconfig.json": block("json"),
      "package.json": JSON.stringify({ name: "gitlab-settings", main: "index.ts" }),
    },
    at("node_modules"),
  );
  const secrets = [...program.matchAll(/requireSecret\("(\w+)"\)/g)].map(([, key]) => [
    `gitlab-settings:${key}`,
    secret(/webhook/i.test(key) ? "https://mattermost.acme.example/hooks/not-shown" : "not-shown-0123456789"),
  ]);
  try {
    const settings = {
      programDirectory: workspace.programDirectory,
      stateDirectory: workspace.stateDirectory,
      project: "gitlab-settings",
      stack: "dev",
      config: { "gitlab:baseUrl": sandbox.url, "gitlab:token": secret(sandbox.token), ...Object.fromEntries(secrets) },
    };
    const driver = cli ? await openPulumiCli(cli, settings) : await openStandIn(settings);
    const { ok, output, steps } = await driver.preview();
    if (!ok) throw new Error(`the preview failed:\n${output}`);
    return { engine: driver.title, steps: shown(steps), output };
  } finally {
    workspace.remove();
    await sandbox.stop();
  }
}

/** What a preview says of each resource, whichever engine ran it and in whatever order. */
function shown(steps) {
  return steps
    .map(({ op, type, name, changes }) => ({
      op,
      resource: `${type}::${name}`,
      changes: changes.map(({ path, new: value }) => `${path}: ${value}`).sort(),
    }))
    .sort((a, b) => (a.resource < b.resource ? -1 : 1));
}

function picture({ output }) {
  return terminalPicture({
    command: "pulumi preview --diff",
    lines: output.trimEnd().split("\n"),
    title:
      "What pulumi preview prints for a program with a webhook, push rules and a Mattermost integration, secrets hidden",
  });
}

async function check() {
  const record = JSON.parse(readFileSync(recordFile, "utf8"));
  const now = await preview();
  const problems = [
    ...(record.program === program ? [] : ["the README's first program is another one than in the picture"]),
    ...(front.includes(program) ? [] : ["docs/_index.md has another program beside it"]),
    ...(JSON.stringify(now.steps) === JSON.stringify(record.steps) ? [] : ["its preview shows something else"]),
    ...(picture(record) === readFileSync(pictureFile, "utf8") ? [] : ["the picture is not the one of the record"]),
  ];
  if (problems.length === 0) return;
  console.error(`docs/images/preview.svg is out of date: ${problems.join("; ")}. Run \`npm run picture\`.`);
  process.exitCode = 1;
}

async function write() {
  const cli = await findCli();
  if (!cli) throw new Error("the picture needs a real Pulumi CLI on the PATH.");
  const record = { ...(await preview(cli)), program };
  const options = { ...(await prettier.resolveConfig(recordFile)), filepath: recordFile };
  writeFileSync(recordFile, await prettier.format(JSON.stringify(record), options));
  writeFileSync(pictureFile, picture(record));
}

await (isCheck ? check() : write());
