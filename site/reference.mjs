// The pages of the reference, one for each class, from what `pulumi-gitlab schema` prints.

const scopeTexts = {
  project:
    "The project: its numeric ID, its full path (`acme/shop`), or the ID of a project resource. Changing the project replaces the resource. Writing the same project in another way changes nothing.",
  group:
    "The group: its numeric ID or its full path (`acme/platform`). Changing the group replaces the resource. Writing the same group in another way changes nothing.",
};

const groups = [
  ["Projects", /^Project(?!Hook|PushRule|Notification)/],
  ["Webhooks", /Hook$/],
  ["Push rules", /PushRule$/],
  ["Notification settings", /NotificationSettings$/],
  ["Integrations", /^integrations\./],
];

/** The classes in the groups of the sidebar, each group in the order of its names. */
export function classesByGroup({ resources }) {
  return groups.map(([title, pattern]) => ({
    title,
    classes: resources
      .filter((resource) => pattern.test(resource.class))
      .sort((a, b) => a.class.localeCompare(b.class, "en")),
  }));
}

/** Where a class has its page, without the ending: `reference/integrations/Slack`. */
export function placeOf({ class: name }) {
  return `reference/${name.replace(".", "/")}`;
}

/** The name under which a program has the class. */
export function shortName({ class: name }) {
  return name.replace("integrations.", "");
}

/** The page that lists every class. */
export function referenceIndex(schema) {
  const sections = classesByGroup(schema).flatMap(({ title, classes }) => [
    `## ${title}`,
    "",
    "| Class | Description | Where | Tier |",
    "| --- | --- | --- | --- |",
    ...classes.map((resource) => {
      const link = `[\`${shortName(resource)}\`](${placeOf(resource).replace("reference/", "./")}.md)`;
      const mark = resource.deprecation === undefined ? "" : " Deprecated.";
      return `| ${link} | ${cell(firstSentence(resource.description))}${mark} | ${placesOf(resource)} | ${resource.tier ?? "all"} |`;
    }),
    "",
  ]);
  return [
    "---",
    "title: Reference",
    "description: Every class of pulumi-gitlab-dynamic, with its arguments and outputs.",
    "---",
    "",
    "# Reference",
    "",
    `All ${schema.resources.length} classes. [Resources](../resources.md) describes the common rules, [Functions](../functions.md) lists the functions, and [Fleets](../fleets.md) manage thousands of objects. \`gitlab.Provider\` takes the [settings](../installation-configuration.md#configuration).`,
    "",
    ...sections,
  ].join("\n");
}

/** The page of a class. */
export function referencePage(resource, { exampleHead }) {
  return [
    "---",
    `title: ${shortName(resource)}`,
    `description: ${JSON.stringify(firstSentence(resource.description).replaceAll("`", ""))}`,
    "---",
    "",
    `# ${shortName(resource)}`,
    "",
    text(resource.description),
    "",
    ...(resource.deprecation === undefined ? [] : ["::: warning Deprecated", text(resource.deprecation), ":::", ""]),
    ...factsOf(resource),
    "## Example",
    "",
    "```ts",
    exampleHead.trimEnd(),
    "",
    resource.example,
    "```",
    "",
    ...argumentsOf(resource),
    ...outputsOf(resource),
    ...importOf(resource),
  ].join("\n");
}

function factsOf(resource) {
  const rows = [
    ["Class", code(`gitlab.${resource.class}`)],
    ["Where", placesOf(resource)],
    ["Tier of GitLab", tierOf(resource)],
    ...(resource.slug === undefined ? [] : [["GitLab's name", code(resource.slug)]]),
    ["ID", code(resource.ids[0])],
    ...(resource.undocumented === undefined ? [] : [["Known from", text(resource.undocumented)]]),
    ["GitLab's page", `<a href="${resource.page}">${resource.page.replace("https://", "")}</a>`],
    ["Type", code(resource.type)],
  ];
  return [
    '<dl class="facts">',
    ...rows.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`),
    "</dl>",
    "",
  ];
}

function code(written) {
  return `<code>${written}</code>`;
}

function placesOf({ scopes, class: name }) {
  if (scopes.length > 0) return scopes.map((scope) => `${scope}s`).join(", ");
  return name === "Project" ? "groups, users" : "the token's owner";
}

function tierOf({ tier }) {
  if (tier === undefined) return "Free, Premium, Ultimate";
  return tier === "Premium" ? "Premium, Ultimate" : tier;
}

function argumentsOf(resource) {
  const fields = Object.entries(resource.fields);
  const isRequired = ([, field]) => field.required;
  const parts = [
    ["Required", [...scopesAsFields(resource), ...fields.filter(isRequired)]],
    ["Optional", fields.filter((entry) => !isRequired(entry) && !entry[1].deprecated)],
    ["Deprecated", fields.filter((entry) => !isRequired(entry) && entry[1].deprecated)],
  ];
  return [
    "## Arguments",
    "",
    ...parts
      .filter(([, entries]) => entries.length > 0)
      .flatMap(([title, entries]) => [
        `### ${title} arguments`,
        "",
        ...entries.flatMap(([name, field]) => fieldOf(name, field)),
      ]),
  ];
}

/** `project` and `group`, which no definition has among its fields. */
function scopesAsFields({ scopes }) {
  return scopes.map((scope) => {
    const either = scopes.length > 1 ? ` Give either \`project\` or \`group\`.` : "";
    const schema = { anyOf: [{ type: "string" }, { type: "integer" }] };
    return [scope, { description: scopeTexts[scope] + either, schema, access: "readable", secret: false }];
  });
}

function fieldOf(name, field) {
  const marks = [
    field.secret ? badge("secret", "warning") : "",
    field.tier === undefined ? "" : badge(field.tier, "info"),
    field.deprecated ? badge("deprecated", "danger") : "",
  ];
  const notes = [
    ...valuesOf(field.schema),
    ...(field.default === undefined ? [] : [`Default: ${defaultText(field.default)}`]),
    ...(field.deprecation === undefined ? [] : [`Instead: ${text(field.deprecation)}.`]),
    ...(field.takenBy === "create" ? ["Applies only at creation."] : []),
    ...(field.since === undefined ? [] : [`GitLab ${field.since} and later.`]),
    ...(field.scopes === undefined ? [] : [`Only in ${field.scopes.map((scope) => `${scope}s`).join(", ")}.`]),
    ...accessNotes(field),
    ...(field.wire === undefined || field.access === "local" ? [] : [`GitLab's parameter: \`${field.wire}\``]),
  ];
  return [
    `#### \`${name}\` ${marks.join("")}`.trimEnd(),
    "",
    `*${typeOf(field.schema)}*${field.description === "" ? "" : ` – ${text(field.description)}`}`,
    "",
    ...notes.map((note) => `- ${note}`),
    ...(notes.length > 0 ? [""] : []),
  ];
}

function accessNotes({ access, source }) {
  const notes = {
    writeOnly: ["GitLab never returns it, so a change on GitLab is not detected."],
    ignored: ["GitLab's servers ignore it."],
    local: ["Used by this package only; not sent to GitLab."],
  };
  return [
    ...(notes[access] ?? []),
    ...(source === "server" ? ["Not in GitLab's documentation, but its servers accept it."] : []),
  ];
}

function badge(label, type) {
  return ` <Badge type="${type}" text="${label}" />`;
}

/** A type as TypeScript writes it. */
function typeOf(schema) {
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(" or ");
  if (Array.isArray(schema.type)) return schema.type.join(" or ");
  if (schema.enum) return typeof schema.enum[0] === "number" ? "number" : "string";
  if (schema.type === "array") return `list of ${typeOf(schema.items)}s`;
  if (schema.type === "integer") return "number";
  if (schema.type === "object") return schema.properties ? "object" : `map of ${typeOf(schema.additionalProperties)}s`;
  return schema.type;
}

/** What a value may be, beyond its type. */
function valuesOf(schema) {
  if (schema.anyOf) return schema.anyOf.flatMap(valuesOf);
  const largest = Number.MAX_SAFE_INTEGER;
  const least = schema.minimum ?? schema.exclusiveMinimum;
  return [
    ...(schema.enum ? [`Allowed: ${schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(", ")}`] : []),
    ...(least !== undefined && least > -largest ? [`At least ${schema.minimum ?? `more than ${least}`}`] : []),
    ...(schema.maximum !== undefined && schema.maximum < largest ? [`At most ${schema.maximum}`] : []),
    ...(schema.maxLength === undefined ? [] : [`At most ${schema.maxLength} characters`]),
    ...(schema.maxItems === undefined ? [] : [`At most ${schema.maxItems} entries`]),
    ...Object.entries(schema.properties ?? {}).map(([name, inner]) =>
      [`\`${name}\`: ${typeOf(inner)}`, ...valuesOf(inner)].join(". "),
    ),
  ];
}

function defaultText(written) {
  return /^(?:true|false|\d+|"[^"]*"|\[.*\])$/.test(written) ? `\`${written}\`` : text(written);
}

function outputsOf({ outputs }) {
  const rows = Object.entries(outputs).map(
    ([name, { type, description, secret }]) =>
      `| \`${name}\` | ${cell(`\`${type}\``)} | ${cell(text(description))}${secret ? " A secret." : ""} |`,
  );
  return [
    "## Outputs",
    "",
    "Every argument is also an output. Additional outputs:",
    "",
    "| Output | Type | Description |",
    "| --- | --- | --- |",
    "| `id` | `string` | The resource's ID, see below. |",
    ...rows,
    "",
  ];
}

function importOf({ class: name, ids }) {
  const forms = ids.map((id) => `- \`${id}\``);
  return [
    "## Import",
    "",
    "To import an existing object, set its ID in the options:",
    "",
    "```ts",
    `new gitlab.${name}("name", { /* arguments */ }, { import: ${JSON.stringify(ids[0])} });`,
    "```",
    "",
    "`import` and `get` accept these forms:",
    "",
    ...forms,
    "",
    "See [Importing](PLACE/taking-over.md).".replace("PLACE", name.includes(".") ? "../.." : ".."),
    "",
  ];
}

function firstSentence(description) {
  const [paragraph = ""] = description.split("\n\n");
  return /^.*?\.(?=\s|$)/.exec(paragraph)?.[0] ?? paragraph;
}

/** Text in which nothing is markup but Markdown's own. */
function text(written) {
  return written.replace(
    /(`[^`]*`)|[<>]|\{\{/g,
    (found, code) => code ?? { "<": "&lt;", ">": "&gt;", "{{": "&#123;&#123;" }[found],
  );
}

function cell(written) {
  return written.replaceAll("|", "\\|").replaceAll("\n", " ");
}
