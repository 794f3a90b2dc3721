// Writes the tables of the documents that follow from the definitions. With --check it writes nothing and says what is
// out of date.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import prettier from "prettier";

const repository = new URL("..", import.meta.url);
const file = fileURLToPath(new URL("docs/resources.md", repository));
const command = fileURLToPath(new URL("bin/pulumi-gitlab.js", repository));
const printed = execFileSync(process.execPath, [command, "schema"], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
const { resources } = JSON.parse(printed);

const marker = /(<!-- integrations[^]*?-->\n)([^]*?)(\n<!-- end of integrations -->)/;

/** One row for each integration, in the order of their names. */
function integrationsTable() {
  const rows = resources
    .filter(({ slug }) => slug !== undefined)
    .map(({ class: name, slug, scopes, fields, deprecation }) => {
      const required = Object.keys(fields).filter((field) => fields[field].required);
      const names = required.map((field) => `\`${field}\``).join(", ") || "–";
      const mark = deprecation === undefined ? "" : ", deprecated";
      return `| \`${name.replace("integrations.", "")}\`${mark} | \`${slug}\` | ${scopes.join(", ")} | ${names} |`;
    });
  return ["", "| Class | GitLab's name | Where | Required |", "| --- | --- | --- | --- |", ...rows, ""].join("\n");
}

const before = readFileSync(file, "utf8");
const options = { ...(await prettier.resolveConfig(file)), filepath: file };
const after = await prettier.format(
  before.replace(marker, (_, begin, _table, end) => begin + integrationsTable() + end),
  options,
);

if (process.argv.includes("--check")) {
  if (after !== before) {
    console.error("docs/resources.md is out of date: run `npm run tables`.");
    process.exitCode = 1;
  }
} else {
  writeFileSync(file, after);
}
