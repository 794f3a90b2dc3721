// Posts the result of `pulumi preview --json` on the merge request of this pipeline, or updates the note of the last run.
//
//   pulumi preview --refresh --show-sames --json > preview.json; node post-preview.mjs preview.json
//
// With `--refresh`, the note says what somebody has changed on GitLab since the last `up`; it takes `--show-sames` to tell
// what stays as it is from what is gone.
//
// GitLab sets CI_API_V4_URL, CI_PROJECT_ID, CI_MERGE_REQUEST_IID and CI_JOB_URL. NOTE_TOKEN is a project access token with
// the scope `api` and the role Reporter; a job's own token may not write notes. Without it, as in pipelines of forks, the
// preview is printed. PREVIEW_OFFLINE, which select-stack.mjs sets, is the stack without whose state it was made.
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

/** More would be read by nobody, and GitLab takes a million characters. */
const mostChanges = 100;
const mostLines = 40;
const mostNames = 10;
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
 * @param {{ stack: string, job?: string, offline?: boolean }} about the stack's name, where the job's log is, and whether
 *   the preview was made without the stack's state
 */
export function noteOf(text, { stack, job, offline = false }) {
  const preview = parsed(text);
  const log = job === undefined ? "" : ` ([log](${job}))`;
  const name = `\`${stack}\`${offline ? ", offline" : ""}`;
  if (preview === undefined) {
    return [markOf(stack), `### Preview of ${name} failed${log}`, "The log says why."].join("\n\n");
  }
  const all = (preview.steps ?? []).filter(({ urn }) => !isStack(urn));
  const steps = all.filter(({ op }) => !quiet.has(op));
  const diagnostics = preview.diagnostics ?? [];
  const failed = diagnostics.some(({ severity }) => severity === "error");
  const title = failed ? "failed" : counted(steps);
  return [
    markOf(stack),
    `### Preview of ${name}: ${title}${log}`,
    ...section("Errors", diagnostics.filter(({ severity }) => severity === "error").map(lineOf)),
    ...section("Warnings", diagnostics.filter(({ severity }) => severity === "warning").map(lineOf)),
    ...changeSection("**Changed on GitLab since the last `up`**", driftOf(all)),
    ...section("Secrets that change", diagnostics.filter(isSecretChange).map(lineOf)),
    ...section("Notes", diagnostics.filter((line) => line.severity === "info" && !isSecretChange(line)).map(lineOf)),
    ...changeSection("**What `up` does**", steps.flatMap(changesOf)),
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

/** `ProjectHook`, `integrations.Slack`, `fleet.ProjectHook`. */
function kindOf(urn) {
  return typeOf(urn)
    .replace(/^pulumi-nodejs:dynamic\/gitlab[/:]/, "")
    .replaceAll(/[/:]/g, ".");
}

function titleOf(urn) {
  return `${kindOf(urn)} ${nameOf(urn)}`;
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

/**
 * One thing that changes: a resource, or an entry of a fleet.
 *
 * @typedef {{ word: string, kind: string, name: string, lines: string[] }} Change
 */

/** What a step changes. A fleet changes as many things as it has entries that differ. */
function changesOf({ op, urn, oldState, newState }) {
  const before = oldState?.inputs ?? {};
  const after = op === "delete" ? {} : (newState?.inputs ?? {});
  const word = wordOf(op);
  if (typeOf(urn).includes("/fleet")) return fleetChanges({ word, urn, before, after });
  return [changeOf(word, urn, op === "delete" ? [] : differences(before, after, ""))];
}

function changeOf(word, urn, lines) {
  return { word, kind: kindOf(urn), name: nameOf(urn), lines };
}

function fleetChanges({ word, urn, before, after }) {
  const [{ entries: old = {}, ...ownBefore }, { entries: now = {}, ...ownAfter }] = [before, after];
  if (!isMap(old) || !isMap(now)) return [changeOf(word, urn, differences(before, after, ""))];
  const own = differences(ownBefore, ownAfter, "");
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
  const entries = keys.flatMap((key) => {
    const [one, other] = [old[key], now[key]];
    if (JSON.stringify(one) === JSON.stringify(other)) return [];
    const lines = other === undefined ? [] : differences(mapOr(one), mapOr(other), "");
    const ownWord = one === undefined ? "create" : other === undefined ? "delete" : "update";
    const kind = `${kindOf(urn)} ${nameOf(urn)}, entry`;
    return [{ word: word === "update" ? ownWord : word, kind, name: key, lines }];
  });
  // A fleet of which only secrets change, or what is hidden, shows no difference.
  return own.length > 0 || entries.length === 0 ? [changeOf(word, urn, own), ...entries] : entries;
}

/**
 * What somebody has changed on GitLab: the state before the refresh against the state that the steps start from.
 *
 * The steps of a refresh are printed before it has looked, so that what it found is in the steps that come after.
 */
function driftOf(steps) {
  const refreshed = steps.filter(({ op }) => op === "refresh");
  const later = steps.filter(({ op }) => op !== "refresh");
  const byUrn = new Map(later.filter(({ oldState }) => oldState).map((step) => [step.urn, step]));
  const showsSames =
    later.some(({ op }) => op === "same") || refreshed.every(({ urn }) => later.some((step) => step.urn === urn));
  return refreshed.flatMap(({ urn, oldState }) => {
    const now = byUrn.get(urn)?.oldState;
    if (now !== undefined) {
      const found = changesOf({ op: "update", urn, oldState, newState: now });
      return found.flatMap((change) => {
        if (change.word === "delete") return [{ ...change, word: "gone" }];
        return change.lines.length > 0 ? [{ ...change, word: "changed" }] : [];
      });
    }
    const isKnown = showsSames || later.some((step) => step.urn === urn);
    return isKnown ? [changeOf("gone", urn, [])] : [];
  });
}

function changeSection(title, changes) {
  const folded = foldedOf(changes);
  const shown = folded.slice(0, mostChanges).map(changeText);
  const more = folded.length - shown.length;
  if (shown.length === 0) return [];
  return [title, ...shown, ...(more > 0 ? [`... and ${more} more, in the log.`] : [])];
}

/** Equal changes of one kind as one, also where they differ in nothing but the project or group that they are in. */
function foldedOf(changes) {
  const groups = new Map();
  for (const change of changes) {
    const key = JSON.stringify([change.word, change.kind, withoutPlace(change).lines]);
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()];
}

/** What is new is in one place. What moves from one to another is no place, but a change. */
function isPlace(line, { word }) {
  return word.includes("create") && /^\+ (project|group): /.test(line);
}

function withoutPlace(change) {
  return { ...change, lines: change.lines.filter((line) => !isPlace(line, change)) };
}

function changeText(changes) {
  const [{ word, kind, lines }] = changes;
  const isOne = changes.length === 1;
  const all = isOne ? lines : [...placeLines(changes), ...withoutPlace(changes[0]).lines];
  const shown = all.slice(0, mostLines);
  if (all.length > shown.length) shown.push(`... and ${all.length - shown.length} more`);
  const names = listed(changes.map(({ name }) => name));
  const head = isOne ? `${word}: ${kind} ${names}` : `${word}: ${changes.length} x ${kind}: ${names}`;
  return fenced([head, ...shown].join("\n"), "diff");
}

/** Where changes that are equal otherwise are: `+ project: 42, 43`. */
function placeLines(changes) {
  const places = changes.flatMap((change) => change.lines.filter((line) => isPlace(line, change)));
  return ["+ project: ", "+ group: "].flatMap((start) => {
    const values = places.filter((line) => line.startsWith(start)).map((line) => line.slice(start.length));
    return values.length > 0 ? [start + listed([...new Set(values)])] : [];
  });
}

function listed(names) {
  const more = names.length - mostNames;
  return more > 0 ? `${names.slice(0, mostNames).join(", ")} and ${more} more` : names.join(", ");
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

function mapOr(value) {
  return isMap(value) ? value : {};
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
  const { CI_JOB_URL: job, NOTE_TOKEN: token, PREVIEW_OFFLINE: offlineFor } = process.env;
  const offline = Boolean(offlineFor);
  const stack = offlineFor || setting("PULUMI_STACK");
  const body = noteOf(readFileSync(file, "utf8"), { stack, offline, ...(job ? { job } : {}) });
  if (!token) {
    // That a preview is offline has been said, with the reason, which is the same.
    if (!offline) console.log("NOTE_TOKEN is not set, so the preview is here and not on the merge request.");
    console.log(body.replace(`${markOf(stack)}\n\n`, ""));
    return;
  }
  const [api, project, iid] = ["CI_API_V4_URL", "CI_PROJECT_ID", "CI_MERGE_REQUEST_IID"].map(setting);
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
