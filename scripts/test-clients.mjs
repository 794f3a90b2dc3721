// Lets GitLab clients that others wrote work with the emulator, and counts what of it goes well. They are installed into
// a temporary folder; where that is not possible there is nothing to run, which is no failure.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { generateKeyPairSync } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { startSandbox } from "gitlab-sandbox";

const folder = mkdtempSync(path.join(tmpdir(), "gitlab-clients-"));
const source = fileURLToPath(new URL("../tests/clients", import.meta.url));
const venv = path.join(folder, "venv");
const binaries = path.join(venv, process.platform === "win32" ? "Scripts" : "bin");
const program = path.join(folder, process.platform === "win32" ? "client-go.exe" : "client-go");

const clients = [
  {
    name: "gitbeaker",
    version: () => read("package.json").match(/"@gitbeaker\/rest": "(.+)"/)[1],
    install: () => runs("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]),
    command: [process.execPath, "gitbeaker.mjs"],
  },
  {
    name: "python-gitlab",
    version: () => read("requirements.txt").trim().split("==")[1],
    install: () =>
      runs("python3", ["-m", "venv", venv]) &&
      runs(path.join(binaries, "pip"), ["install", "--quiet", "--disable-pip-version-check", "-r", "requirements.txt"]),
    command: [path.join(binaries, "python"), "python_gitlab.py"],
  },
  {
    name: "client-go",
    version: () => read("go/go.mod").match(/client-go\/v2 v(.+)/)[1],
    install: () => runs("go", ["-C", "go", "build", "-o", program, "."]),
    command: [program],
  },
];

function read(file) {
  return readFileSync(path.join(source, file), "utf8");
}

function runs(command, args) {
  return spawnSync(command, args, { cwd: folder, stdio: "ignore", shell: process.platform === "win32" }).status === 0;
}

/** The least that GitLab takes for each integration, its keys made for this run. */
function integrations() {
  const { privateKey: pem } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const account = {
    type: "service_account",
    project_id: "acme",
    private_key: pem,
    client_email: "ci@acme.example.com",
  };
  const made = { PRIVATE_KEY: pem, SERVICE_ACCOUNT: JSON.stringify(account) };
  return JSON.stringify(JSON.parse(read("integrations.json"), (_key, value) => made[value] ?? value));
}

/** What a client's program printed, undefined when it did not come to its end. */
async function output([command, ...args], env) {
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const stop = () => child.kill();
  process.once("exit", stop);
  let text = "";
  for await (const part of child.stdout) text += part;
  const [code] = child.exitCode === null ? await once(child, "exit") : [child.exitCode];
  process.off("exit", stop);
  return code === 0 ? text : undefined;
}

async function tried({ name, version, install, command }) {
  if (!install()) {
    console.log(`Skipped: ${name} ${version()} cannot be installed on this machine.`);
    return true;
  }
  const sandbox = await startSandbox();
  try {
    const env = {
      GITLAB_URL: sandbox.url,
      GITLAB_TOKEN: sandbox.token,
      INTEGRATIONS: path.join(folder, "filled.json"),
    };
    const printed = await output(command, env);
    if (printed === undefined) {
      console.log(`${name} ${version()}: its program did not come to its end.`);
      return false;
    }
    const calls = JSON.parse(printed);
    const failed = calls.filter(({ problem }) => problem !== undefined);
    console.log(`${name} ${version()}: ${calls.length - failed.length} of ${calls.length} calls passed.`);
    for (const { name: call, problem, fault } of failed) {
      console.log(`  ${call}: ${fault === undefined ? problem : `${name}'s own fault, ${fault}`}`);
    }
    return failed.every(({ fault }) => fault !== undefined);
  } finally {
    await sandbox.stop();
  }
}

// Also when it is stopped from outside.
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

cpSync(source, folder, { recursive: true });
writeFileSync(path.join(folder, "filled.json"), integrations());
const outcomes = [];
for (const client of clients) outcomes.push(await tried(client));
process.exitCode = outcomes.every(Boolean) ? 0 : 1;
