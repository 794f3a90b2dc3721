// Selects the stack for a preview. Where nothing leads to its state, as in pipelines of forks, which get no variables, it
// makes a stack on this machine instead: with the stack's configuration, a placeholder for every secret, and nothing in it.
//
//   node select-stack.mjs && if [ -f offline.env ]; then . ./offline.env; fi
//
// PULUMI_STACK is the stack, such as `prod` or `acme/gitlab/prod`.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const offlineStack = "offline";
/** What most secrets may look like, whether they are tokens, passwords or addresses; Discord takes no other address. */
const placeholder = "https://discord.com/api/webhooks/0/not-available-in-this-pipeline";

/**
 * The configuration of a stack with a placeholder for each secret, which only the real stack's key opens, and without a
 * token for GitLab, which a preview does without.
 *
 * @param {string} yaml what Pulumi.<stack>.yaml says
 * @param {Record<string, string>} [own] placeholders of another form, by the setting's key: `app:signingToken`
 */
export function withoutSecrets(yaml, own = {}) {
  const lines = [];
  for (const line of yaml.split("\n")) {
    if (/^(encryptionsalt|encryptedkey|secretsprovider):/.test(line)) continue;
    const [, start] = /^([ -]*)secure: *\S+ *$/.exec(line) ?? [];
    if (start === undefined) lines.push(line);
    else if (start.includes("-")) lines.push(start + JSON.stringify(placeholder));
    else {
      // Its name stands on the line before.
      const named = lines.pop() ?? "";
      const key = named.trim().replace(/^- /, "").slice(0, -1);
      if (key !== "gitlab:token") lines.push(`${named} ${JSON.stringify(own[key] ?? placeholder)}`);
    }
  }
  return lines.join("\n");
}

function run(...args) {
  const { status, error } = spawnSync("pulumi", args, { stdio: ["ignore", "ignore", "inherit"] });
  if (error) throw error;
  if (status !== 0) throw new Error(`pulumi ${args.slice(0, 2).join(" ")} failed`);
}

function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function selectOffline(stack) {
  const backend = path.resolve(".pulumi-offline");
  // The CLI takes PULUMI_STACK before the stack that is selected. There is nothing to keep secret in this one.
  const env = {
    PULUMI_STACK: offlineStack,
    PULUMI_CONFIG_PASSPHRASE: "",
    PREVIEW_OFFLINE: stack,
    // A provider of the program's own may have a placeholder for its token.
    GITLAB_PREVIEW_CHECKS: "false",
  };
  const lines = Object.entries(env).map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'\n`);
  writeFileSync("offline.env", lines.join(""));
  Object.assign(process.env, env);
  mkdirSync(backend, { recursive: true });
  const config = readIfThere(`Pulumi.${stack.split("/").at(-1)}.yaml`);
  const own = JSON.parse(readIfThere("placeholders.json") || "{}");
  writeFileSync(`Pulumi.${offlineStack}.yaml`, withoutSecrets(config, own));
  run("login", pathToFileURL(backend).href);
  run("stack", "init", offlineStack);
}

function main() {
  const { PULUMI_STACK: stack, PULUMI_ACCESS_TOKEN, PULUMI_BACKEND_URL } = process.env;
  if (!stack) throw new Error("PULUMI_STACK is not set");
  if (PULUMI_ACCESS_TOKEN || PULUMI_BACKEND_URL) {
    run("login");
    run("stack", "select", stack);
    return;
  }
  console.log(
    "Neither PULUMI_ACCESS_TOKEN nor PULUMI_BACKEND_URL is set, as in pipelines of forks. The preview is made offline, " +
      "without the stack's state and secrets: every resource appears as new.",
  );
  selectOffline(stack);
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    main();
  } catch (error) {
    console.error(`select-stack: ${error.message}`);
    process.exitCode = 1;
  }
}
