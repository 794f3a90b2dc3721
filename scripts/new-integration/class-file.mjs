import { types } from "./fields.mjs";

/** What differs between integrations by where they can be. */
const forms = {
  "project,group": { make: "integration", prefix: "", where: "", page: "project_integrations" },
  project: { make: "projectIntegration", prefix: "Project", where: ", on projects only", page: "project_integrations" },
  group: { make: "groupIntegration", prefix: "Group", where: ", on groups only", page: "group_integrations" },
};

/** The types of the arguments and outputs: interfaces, whose names editors show. */
function typesOf({ name, scopes }) {
  const { prefix } = forms[scopes];
  const outputs = `interface ${name}Outputs extends ${prefix}IntegrationOutputs<typeof fields> {}`;
  const comment = `/** The arguments of {@link ${name}}. */`;
  if (prefix !== "")
    return `${comment}\nexport interface ${name}Args extends ${prefix}IntegrationArgs<typeof fields> {}\n${outputs}`;
  const settings = `interface ${name}Settings extends IntegrationSettings<typeof fields> {}`;
  return `${settings}\n${outputs}\n\n${comment}\nexport type ${name}Args = IntegrationArgs<${name}Settings>;`;
}

/** The file of an integration's class. */
export function classFile(asked) {
  const { slug, name, scopes, fields, isUndocumented, isIssueTracker } = asked;
  const { make, prefix } = forms[scopes];
  const code = fields.map((field) => fieldCode(field)).join("\n");
  const imports = ["field", "flag", "requiredText", "secret", "text", "webUrl"].filter((each) =>
    new RegExp(`\\b${each}\\(`).test(code),
  );
  const factory = [
    make,
    ...(isIssueTracker ? ["issueTracker"] : []),
    "type Integration",
    `type ${prefix}IntegrationArgs`,
    `type ${prefix}IntegrationOutputs`,
    ...(prefix === "" ? ["type IntegrationSettings"] : []),
  ];
  const options = [
    `name: "${name}"`,
    `slug: "${slug}"`,
    ...(isUndocumented ? ['undocumented: "FILL IN: where it is known from, as a sentence."'] : []),
    ...(isIssueTracker ? ["exclusive: issueTracker"] : []),
    "fields",
  ];
  return `${code.includes("z.") ? 'import { z } from "zod";\n' : ""}import { ${imports.join(", ")} } from "../../../core/schema";
import { ${factory.join(", ")} } from "../factory";

const fields = {
${code}
};

${typesOf(asked)}

const base: Integration<${name}Args, ${name}Outputs> = ${make}({
${options.map((option) => `  ${option},`).join("\n")}
});

${comment(asked)}
export class ${name} extends base {}
`;
}

function fieldCode(field) {
  const { name, wire, type, isClearing } = field;
  const isRenamed = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) !== wire;
  const meta = [...(isRenamed ? [`wire: "${wire}"`] : []), ...(isClearing ? ["clearsSecrets: true"] : [])];
  const schema = types[type].code(field);
  const says = [
    "FILL IN: what it is.",
    isClearing && "When it changes, GitLab deletes a secret that is not sent with it.",
    type === "secret" && "A secret.",
    type === "flag" && "@default false",
  ];
  return `  /** ${says.filter(Boolean).join(" ")} */
  ${name}: ${meta.length === 0 ? schema : `field(${schema}, { ${meta.join(", ")} })`},`;
}

/** What is said of the class where the editor shows it. */
function comment(asked) {
  const { slug, name, title, scopes, fields, isUndocumented } = asked;
  const { where, page } = forms[scopes];
  const example = fields.filter(({ isRequired }) => isRequired);
  const lines = [
    `${title} (\`${slug}\`)${where}: FILL IN: what it does, in one sentence.`,
    ...(isUndocumented ? ["Not in GitLab's API documentation."] : []),
    "",
    `@see https://docs.gitlab.com/${isUndocumented ? "FILL IN: the page for users" : `api/${page}/#${slug}`}`,
    "",
    "@example",
    "```ts",
    `new gitlab.integrations.${name}("${slug}", {`,
    scopes.includes("project") ? '  project: "acme/shop",' : '  group: "acme",',
    ...example.map((field) => `  ${field.name}: ${types[field.type].example(field, asked)},`),
    "});",
    "```",
  ];
  return ["/**", ...lines.map((line) => ` * ${line}`.trimEnd()), " */"].join("\n");
}

/** The line that exports the class, with its slug, by which the lines are in order. */
export function exportLine({ slug, name }) {
  return { slug, text: `export { ${name}, type ${name}Args } from "./catalog/${slug}";\n`, end: "" };
}
