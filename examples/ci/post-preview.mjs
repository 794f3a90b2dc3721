// Posts the result of `pulumi preview --json` on the merge request of this pipeline, or updates the note of the last run.
//
//   node post-preview.mjs preview.json
//
// GitLab sets CI_API_V4_URL, CI_PROJECT_ID, CI_MERGE_REQUEST_IID and CI_JOB_URL. NOTE_TOKEN is a project access token with
// the scope `api` and the role Reporter; a job's own token may not write notes.
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

/** More would be read by nobody, and GitLab takes a million characters. */
const mostSteps = 100;
const mostLines = 40;
const longestValue = 300;

const quiet = new Set(["same", "read", "refresh", "read-discard", "discard"]);
const words = {
  "create-replacement": "replace (new)",
  "delete-replaced": "replace (old)",
  replace: "replace",
};

/**
 * The note for a preview.
 *
 * @param {string} text what `pulumi preview --json` printed
 * @param {{ stack: string, job?: string }} about the stack's name, and where the job's log is
 */
export function noteOf(text, { stack, job }) {
  const preview = parsed(text);
  const log = job === undefined ? "" : ` ([log](${job}))`;
  if (preview === undefined) {
    return [markOf(stack), `### Preview of \`${stack}\` failed${log}`, "The log says why."].join("\n\n");
  }
  const steps = (preview.steps ?? []).filter(({ op, urn }) => !quiet.has(op) && !isStack(urn));
  const diagnostics = preview.diagnostics ?? [];
  const failed = diagnostics.some(({ severity }) => severity === "error");
  const title = failed ? "failed" : counted(steps);
  return [
    markOf(stack),
    `### Preview of \`${stack}\`: ${title}${log}`,
    ...section("Errors", diagnostics.filter(({ severity }) => severity === "error").map(lineOf)),
    ...section("Warnings", diagnostics.filter(({ severity }) => severity === "warning").map(lineOf)),
    ...section("Secrets that change", diagnostics.filter(isSecretChange).map(lineOf)),
    ...section("Notes", diagnostics.filter((line) => line.severity === "info" && !isSecretChange(line)).map(lineOf)),
    ...steps.slice(0, mostSteps).map(stepText),
    ...(steps.length > mostSteps ? [`... and ${steps.length - mostSteps} more, in the log.`] : []),
  ].join("\n\n");
}

/** Tells the notes of this script from others, and those of one stack from those of another. Shown nowhere. */
function markOf(stack) {
  return `<!-- pulumi-preview ${stack.replaceAll("--", "- -")} -->`;
}

function parsed(text) {
  try {
    // A failed preview may print a line after the JSON.
    return JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1));
  } catch {
    return undefined;
  }
}

function isStack(urn) {
  return typeOf(urn) === "pulumi:pulumi:Stack" || typeOf(urn).startsWith("pulumi:providers:");
}

function typeOf(urn) {
  return (urn.split("::")[2] ?? "").split("$").at(-1) ?? "";
}

function nameOf(urn) {
  return urn.split("::").slice(3).join("::");
}

/** `ProjectHook deploys`, `integrations.Slack alerts`. */
function titleOf(urn) {
  const kind = typeOf(urn)
    .replace(/^pulumi-nodejs:dynamic\/gitlab[/:]/, "")
    .replace(":", ".");
  return `${kind} ${nameOf(urn)}`;
}

function counted(steps) {
  const counts = new Map();
  for (const { op } of steps) counts.set(wordOf(op), (counts.get(wordOf(op)) ?? 0) + 1);
  const texts = [...counts].map(([word, count]) => `${count} to ${word}`);
  return texts.length > 0 ? texts.join(", ") : "nothing to do";
}

function wordOf(op) {
  return words[op] ?? op;
}

function isSecretChange({ severity, message = "" }) {
  return severity === "info" && /^\S+: [\w.-]+ changes\s*$/.test(message);
}

function lineOf({ message = "", urn = "" }) {
  const text = message.trim();
  return urn === "" || isStack(urn) ? text : `${titleOf(urn)}: ${text}`;
}

function section(title, lines) {
  const shown = lines.slice(0, mostLines);
  if (lines.length > shown.length) shown.push(`... and ${lines.length - shown.length} more, in the log`);
  return shown.length > 0 ? [`**${title}**`, fenced(shown.join("\n"))] : [];
}

/** Inside a fence nothing is markup, a mention or a command to GitLab. */
function fenced(text, language = "") {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

function stepText({ op, urn, oldState, newState }) {
  const lines = differences(oldState?.inputs ?? {}, op === "delete" ? {} : (newState?.inputs ?? {}), "");
  const shown = lines.slice(0, mostLines);
  if (lines.length > shown.length) shown.push(`... and ${lines.length - shown.length} more`);
  const head = `${wordOf(op)}: ${titleOf(urn)}`;
  return fenced([head, ...(op === "delete" ? [] : shown)].join("\n"), "diff");
}

/** What differs between the inputs before and after, a line with `-` and one with `+` for each property. */
function differences(before, after, prefix) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !name.startsWith("__"));
  return names.sort().flatMap((name) => {
    const [old, now] = [before[name], after[name]];
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    if (isMap(old) && isMap(now)) return differences(old, now, `${prefix}${name}.`);
    return [
      ...(old === undefined ? [] : [`- ${prefix}${name}: ${shown(old)}`]),
      ...(now === undefined ? [] : [`+ ${prefix}${name}: ${shown(now)}`]),
    ];
  });
}

function isMap(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value) {
  // Pulumi's word for a value that only the `up` will know.
  if (value === "04da6b54-80e4-46f7-96ec-b56ff0331ba9") return "[unknown]";
  if (value === "[secret]") return value;
  const text = JSON.stringify(value);
  return text.length > longestValue ? `${text.slice(0, longestValue)}...` : text;
}

/** Calls GitLab's API and hands back the JSON of its answer. */
async function call(url, token, method = "GET", body = undefined) {
  const headers = { "PRIVATE-TOKEN": token, "Content-Type": "application/json" };
  const response = await fetch(url, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  if (!response.ok) throw new Error(`${method} ${new URL(url).pathname}: ${response.status} ${await response.text()}`);
  return { json: await response.json(), next: response.headers.get("x-next-page") };
}

/** The note that an earlier run left: one of this token's user that begins with the mark. */
async function findNote(notes, user, mark, token) {
  for (let page = "1"; page;) {
    const { json, next } = await call(`${notes}?sort=asc&per_page=100&page=${page}`, token);
    const found = json.find(({ author, body }) => author.id === user && body.startsWith(mark));
    if (found) return found;
    page = next;
  }
  return undefined;
}

function setting(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

async function main([file]) {
  if (file === undefined) throw new Error("usage: node post-preview.mjs preview.json");
  const [api, project, iid] = ["CI_API_V4_URL", "CI_PROJECT_ID", "CI_MERGE_REQUEST_IID"].map(setting);
  const [token, stack] = ["NOTE_TOKEN", "PULUMI_STACK"].map(setting);
  const body = noteOf(readFileSync(file, "utf8"), { stack, job: process.env.CI_JOB_URL });
  const notes = `${api}/projects/${encodeURIComponent(project)}/merge_requests/${iid}/notes`;
  const { json: user } = await call(`${api}/user`, token);
  const note = await findNote(notes, user.id, markOf(stack), token);
  if (note) await call(`${notes}/${note.id}`, token, "PUT", { body });
  else await call(notes, token, "POST", { body });
  console.log(note ? "The note of the last preview is up to date." : "The preview is on the merge request.");
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(`post-preview: ${error.message}`);
    process.exitCode = 1;
  });
}
