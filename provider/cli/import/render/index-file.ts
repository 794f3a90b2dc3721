import { comment, quoted } from "./literals";
import { hardline, join, printed } from "./doc";

/** Where a later import adds its files. A person may move it. */
export const indexMark = "// Later imports add their files above.";
/** Where a later import adds its names. A person may move it. */
export const configMark = "// Later imports add theirs above.";

/** What the program says about where it comes from. */
export interface Origin {
  /** GitLab's address, without `/api/v4`. */
  readonly gitlab: string;
  /** The command's version. */
  readonly version: string;
}

/** The file that ties the others. */
export function indexText(files: readonly string[], { gitlab, version }: Origin): string {
  const title =
    `Imported from ${gitlab} by pulumi-gitlab ${version}. The option \`import\` names what exists: README.md says when to ` +
    "remove it.";
  return `${printed(join(hardline, [comment(title), ...files.map(importLine), indexMark]))}\n`;
}

/** The line that brings a file into the program. */
export function importLine(file: string): string {
  return `import ${quoted(`./${file}`)};`;
}

/** The file that asks for everything that is missing at once, before a resource is made. */
export function configText(names: readonly string[], env: boolean): string {
  const list = names.map((name) => `  ${quoted(name)},\n`).join("");
  return env
    ? envText(list)
    : `import * as pulumi from "@pulumi/pulumi";

export const config = new pulumi.Config();

// Secrets, which GitLab does not return. README.md says how to set them.
const names = [
${list}  ${configMark}
];

const missing = names.filter((name) => config.getSecret(name) === undefined);
if (missing.length > 0) {
  throw new pulumi.RunError(
    \`Missing in the configuration: \${missing.join(", ")}. See README.md.\`,
  );
}
`;
}

function envText(list: string): string {
  return `import * as pulumi from "@pulumi/pulumi";

// Secrets, which GitLab does not return, as environment variables.
const names = [
${list}  ${configMark}
];

const missing = names.filter((name) => process.env[name] === undefined);
if (missing.length > 0) {
  throw new pulumi.RunError(
    \`Missing environment variables: \${missing.join(", ")}. See README.md.\`,
  );
}
`;
}
