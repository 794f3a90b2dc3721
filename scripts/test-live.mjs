// Tries every class on the GitLab of GITLAB_BASE_URL and GITLAB_TOKEN, as `pulumi-gitlab doctor --deep` does, and compares
// what it answers with the emulator as the same version. Every option of the doctor can be given, and --sandbox VERSION
// puts an emulator in the place of the GitLab: `npm run test:live -- --sandbox 18.5.0-ee`.
import { createRequire } from "node:module";
import process from "node:process";

const require = createRequire(import.meta.url);
const { doctorCommand } = require("../dist/cli/doctor/options.js");
const { readConfiguration } = require("../dist/config/settings.js");
const { recordingOf, runConformance } = require("../dist/conformance/index.js");
const { startSandbox } = require("../sandbox/dist/gitlab/index.js");

const given = process.argv.slice(2);

/** Takes an option with its value out of the given ones. */
function taken(name) {
  const at = given.indexOf(name);
  return at < 0 ? undefined : (given.splice(at, 2)[1] ?? "");
}

/** Makes a group for a run that works in one which is there. @returns its full path */
async function makeGroup({ baseUrl, token }) {
  const path = "reference";
  const response = await fetch(`${baseUrl}/api/v4/groups`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ name: path, path }),
  });
  if (!response.ok) throw new Error(`The emulator makes no group: ${response.status}.`);
  return path;
}

/** The same run on an emulator of the same version, licence and kind of user, with the classes that were tried. */
async function record({ facts, isLicensed, report }) {
  const { instance, token } = facts;
  const { version, edition } = instance;
  const user = { token: "reference", role: token.isAdmin ? "admin" : "owner" };
  const sandbox = await startSandbox({
    version: edition === "enterprise" && !version.endsWith("-ee") ? `${version}-ee` : version,
    tokens: [user],
    ...(isLicensed ? {} : { licence: [] }),
  });
  try {
    process.stderr.write(`Trying the same on the emulator as ${version}.\n`);
    const settings = { baseUrl: sandbox.url, token: user.token };
    const tried = report.classes.filter(({ requests }) => requests > 0);
    const run = await runConformance(readConfiguration((key) => settings[key], {}).settings, {
      requestsPerMinute: 0,
      sampleHost: "example.com",
      only: tried.map((each) => each.class),
      group: given.includes("--group") ? await makeGroup(settings) : undefined,
    });
    return recordingOf(run);
  } finally {
    await sandbox.stop();
  }
}

const version = taken("--sandbox");
const sandbox = version === undefined ? undefined : await startSandbox({ version });
if (sandbox) Object.assign(process.env, { GITLAB_BASE_URL: sandbox.url, GITLAB_TOKEN: sandbox.token });
const compare = given.includes("--compare") ? [] : ["--compare"];
try {
  await doctorCommand({ name: "the emulator", record }).parseAsync(["--deep", ...compare, ...given], { from: "user" });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await sandbox?.stop();
}
