// Starts an integration: `npm run new:integration -- SLUG FIELD... [--group-only] [--undocumented] ...`. CONTRIBUTING.md
// says how. What it cannot know it marks with "FILL IN", and a test fails while such a mark is left.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import prettier from "prettier";
import { catalogEntry } from "./new-integration/catalog-entry.mjs";
import { classFile, exportLine } from "./new-integration/class-file.mjs";
import { factRow } from "./new-integration/fact-row.mjs";
import { readField, types } from "./new-integration/fields.mjs";
import { inserted } from "./new-integration/inserted.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const pathOf = (file) => path.join(root, file);
const read = (file) => readFileSync(pathOf(file), "utf8");

const files = {
  exports: "provider/resources/integration/index.ts",
  facts: "sandbox/gitlab/facts",
  newFacts: "sandbox/gitlab/facts/tools.ts",
  catalog: "tests/catalog.json",
};

const usage = `npm run new:integration -- SLUG FIELD... [OPTION...]

SLUG is GitLab's name in paths: slack. A FIELD is GitLab's parameter with its type: api_token:secret!
  types: ${Object.keys(types).join(", ")}
  !        required
  +clears  GitLab drops secrets that are not sent along when it changes, as it does with the address of a server

  --class NAME      the class, when it is not the slug in other letters
  --title TEXT      GitLab's name for people, when it is not the class's
  --group-only      projects do not have it
  --project-only    groups do not have it
  --undocumented    GitLab's documentation of its API does not have it
  --issue-tracker   one of the external issue trackers, of which a project can have one active`;

/** What is asked for, with everything that stands in its way. */
function request(args) {
  const options = Object.fromEntries(
    ["group-only", "project-only", "undocumented", "issue-tracker"].map((name) => [name, { type: "boolean" }]),
  );
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { ...options, class: { type: "string" }, title: { type: "string" } },
  });
  const [slug = "", ...given] = positionals;
  const name = values.class ?? slug.replace(/(?:^|-)([a-z\d])/g, (_, letter) => letter.toUpperCase());
  const fields = given.map(readField);
  const scopes = ["project", "group"].filter((scope) => !values[scope === "project" ? "group-only" : "project-only"]);
  const asked = {
    slug,
    name,
    title: values.title ?? name,
    scopes,
    fields,
    isUndocumented: values.undocumented ?? false,
    isIssueTracker: values["issue-tracker"] ?? false,
  };
  return { asked, problems: [...fields.flatMap(({ problem }) => problem ?? []), ...problemsOf(asked)] };
}

function problemsOf({ slug, name, scopes, fields }) {
  const names = fields.map((field) => field.wire);
  return [
    ...(/^[a-z][a-z\d]*(-[a-z\d]+)*$/.test(slug) ? [] : ["SLUG must be small letters, digits and dashes: squash-tm."]),
    ...(/^[A-Z]\w*$/.test(name) ? [] : ["The class must begin with a capital letter: give it with --class."]),
    ...(existsSync(pathOf(fileOf(slug))) ? [`${fileOf(slug)} is there already.`] : []),
    ...(new RegExp(`\\b${name}\\b`).test(read(files.exports)) ? [`A class ${name} is there already.`] : []),
    ...(scopes.length > 0 ? [] : ["--group-only and --project-only exclude each other."]),
    ...(fields.length > 0 ? [] : ["At least one FIELD is needed."]),
    ...(new Set(names).size === names.length ? [] : ["A FIELD is given twice."]),
  ];
}

function fileOf(slug) {
  return `provider/resources/integration/catalog/${slug}.ts`;
}

/** The files that change, with their new text. */
function changes(asked) {
  const changed = new Map([
    [fileOf(asked.slug), classFile(asked)],
    [
      files.exports,
      inserted(read(files.exports), exportLine(asked), /^export \{[^}]*\} from ".\/catalog\/([\w-]+)";$/gm),
    ],
  ]);
  if (!asked.isUndocumented) changed.set(files.catalog, catalogEntry(read(files.catalog), asked));
  if (!isKnownToSandbox(asked))
    changed.set(files.newFacts, inserted(read(files.newFacts), factRow(asked), /^ {2}\{\n {4}slug: "([\w-]+)",/gm));
  return changed;
}

/** Whether a row is about it, written out or made by a function for integrations that are alike. */
function isKnownToSandbox({ slug }) {
  const pattern = new RegExp(`(slug: |Chat\\(|Tracker\\()"${slug}"`);
  return readdirSync(pathOf(files.facts)).some((file) => pattern.test(read(path.join(files.facts, file))));
}

async function write(changed) {
  for (const [file, text] of changed) {
    const options = { ...(await prettier.resolveConfig(pathOf(file))), filepath: pathOf(file) };
    const written = file.endsWith(".ts") ? await prettier.format(text, options) : text;
    writeFileSync(pathOf(file), written);
    console.log(`${file}: written`);
    for (const [index, line] of written.split("\n").entries())
      if (line.includes("FILL IN")) console.log(`  ${file}:${index + 1}: ${line.trim()}`);
  }
}

const { asked, problems } = request(process.argv.slice(2));
if (problems.length > 0) {
  console.error([...problems, "", usage].join("\n"));
  process.exitCode = 1;
} else {
  const isKnown = isKnownToSandbox(asked);
  await write(changes(asked));
  console.log(
    isKnown
      ? `The sandbox knows ${asked.slug} already.`
      : "The sandbox's facts are yours: compare them with GitLab's documents.",
  );
}
