// Writes what follows from the definitions: the table of integrations in docs/resources.md, the counts in the README, and
// the names of new classes in tests/golden. A name that is gone stays there, and a test fails of it. With --check it
// writes nothing and says what is out of date.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import prettier from "prettier";

const pathOf = (file) => fileURLToPath(new URL(`../${file}`, import.meta.url));
const read = (file) => readFileSync(pathOf(file), "utf8");
const load = createRequire(import.meta.url);

const command = [pathOf("bin/pulumi-gitlab.js"), "schema"];
const printed = execFileSync(process.execPath, command, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
const integrations = JSON.parse(printed).resources.filter(({ slug }) => slug !== undefined);

/** One row for each integration, in the order of their names. */
function integrationsTable() {
  const rows = integrations.map(({ class: name, slug, scopes, fields, deprecation, undocumented }) => {
    const required = Object.keys(fields).filter((field) => fields[field].required);
    const names = required.map((field) => `\`${field}\``).join(", ") || "–";
    const marks = [deprecation && ", deprecated", undocumented && ", undocumented"].filter(Boolean).join("");
    return `| \`${name.replace("integrations.", "")}\`${marks} | \`${slug}\` | ${scopes.join(", ")} | ${names} |`;
  });
  return ["", "| Class | GitLab's name | Where | Required |", "| --- | --- | --- | --- |", ...rows, ""].join("\n");
}

function resourcesPage(text) {
  const marker = /(<!-- integrations[^]*?-->\n)([^]*?)(\n<!-- end of integrations -->)/;
  return text.replace(marker, (_, begin, _table, end) => begin + integrationsTable() + end);
}

/** How many integrations there are, of GitLab's documentation where that is what is counted. */
function readme(text) {
  const documented = JSON.parse(read("tests/catalog.json")).integrations.length;
  const inProjects = integrations.filter(({ scopes, undocumented }) => scopes.includes("project") && !undocumented);
  const inGroups = integrations.filter(({ scopes }) => scopes.includes("group"));
  return text
    .replace(/All \d+ integrations/, `All ${documented} integrations`)
    .replace(
      /(\| integrations of projects, of )\d+( documented\s*\|[^|]*\| )\d+/,
      (_, first, second) => first + documented + second + inProjects.length,
    )
    .replace(/(\| integrations of groups\s*\|[^|]*\| )\d+/, (_, first) => first + inGroups.length);
}

/** The names in a list, and those that a state may hold from now on. */
function withNames(names) {
  return (text) => JSON.stringify([...new Set([...JSON.parse(text), ...names])].sort());
}

const definitions = [...load("../dist/resources/definitions.js").definitionsByName().values()];
const { fleetName, isFleetable } = load("../dist/fleet/kinds.js");

const written = {
  "docs/resources.md": resourcesPage,
  "README.md": readme,
  "tests/golden/definition-names.json": withNames(definitions.map(({ name }) => name)),
  "tests/golden/fleet-names.json": withNames(definitions.filter(isFleetable).map(fleetName)),
};

for (const [file, change] of Object.entries(written)) {
  const before = read(file);
  const options = { ...(await prettier.resolveConfig(pathOf(file))), filepath: pathOf(file) };
  const after = await prettier.format(change(before), options);
  if (after === before) continue;
  if (process.argv.includes("--check")) {
    console.error(`${file} is out of date: run \`npm run tables\`.`);
    process.exitCode = 1;
  } else {
    writeFileSync(pathOf(file), after);
  }
}
