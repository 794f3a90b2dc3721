import fc, { type Arbitrary } from "fast-check";
import { z } from "zod";
import type { Definition } from "../../../provider/core/definition";
import { fieldsOf, type FieldInfo, type Scope } from "../../../provider/core/schema";
import { sampleOf } from "../../contract/support/samples";
import type { Props } from "../../contract/support/managed-resource";

/** Texts in the forms that GitLab's fields have; each field takes those that fit its schema. */
export const forms: readonly Arbitrary<string>[] = [
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.webUrl({ validSchemes: ["http", "https"], withQueryParameters: true, withFragments: true }),
  fc.webUrl({ size: "small" }).map((url) => `${url}/{key}/{other.key}`),
  fc.webUrl({ size: "small" }).map((url) => `${url}/:id`),
  fc.emailAddress({ size: "small" }),
  fc.array(fc.emailAddress({ size: "small" }), { minLength: 1, maxLength: 3 }).map((all) => all.join(", ")),
  fc.array(fc.emailAddress({ size: "small" }), { minLength: 1, maxLength: 3 }).map((all) => all.join("\n")),
  fc.nat().map(String),
  fc.uuid(),
  // Far ahead, since what ends today is refused.
  fc.integer({ min: 1, max: 28 }).map((day) => `2199-02-${String(day).padStart(2, "0")}`),
  fc.stringMatching(/^[a-z][a-z0-9-]{5,25}[a-z0-9]$/),
  fc.stringMatching(/^[A-Z]+[0-9]+$/),
  fc.stringMatching(/^https:\/\/discord\.com\/api\/webhooks\/[0-9]+\/[\w-]{20,68}$/),
  fc.stringMatching(/^ircs?:\/\/irc\.example\.com(:[1-9][0-9]{3})?\/#[a-z]+$/),
];

const samplesPerForm = 12;

/** Whether most texts of a form pass, so that filtering the others costs little. */
function isUsual(form: Arbitrary<unknown>, schema: z.ZodType): boolean {
  const tried = fc.sample(form, { numRuns: samplesPerForm, seed: 1 });
  return tried.filter((value) => schema.safeParse(value).success).length > samplesPerForm / 2;
}

/** Values of a field that its schema takes. */
function valuesOf(definition: Definition, info: FieldInfo): Arbitrary<unknown> | undefined {
  const { schema } = info;
  const taken = shapesOf(info)
    .filter((form) => isUsual(form, schema))
    .map((form) => form.filter((value) => schema.safeParse(value).success));
  const samples = ([0, 1] as const)
    .map((turn) => sampleOf(definition, info, turn))
    .filter((value) => schema.safeParse(value).success);
  const all = [...taken, ...samples.map((sample) => fc.constant(sample))];
  return all.length === 0 ? undefined : fc.oneof(...all);
}

function shapesOf(info: FieldInfo): readonly Arbitrary<unknown>[] {
  if (info.meta.names) return [parents(info.meta.names.scope)];
  switch (info.type) {
    case "boolean":
      return [fc.boolean()];
    case "enum":
      return [fc.constantFrom(...optionsOf(info.schema))];
    case "number":
      return [fc.nat({ max: 65_535 }), fc.nat()];
    case "list":
      return [fc.array(fc.string(), { maxLength: 10 })];
    case "map":
      return [fc.dictionary(fc.stringMatching(/^[A-Za-z]{1,10}-[A-Za-z0-9]{1,5}$/), text, { maxKeys: 10 })];
    default: {
      const options = optionsOf(info.schema);
      const chosen = options.length > 0 ? [fc.constantFrom(...options)] : [];
      return [...forms, ...chosen, fc.nat()];
    }
  }
}

const text = fc.string({ unit: "binary", minLength: 1, maxLength: 60 });

/** Every value out of a closed list. */
export function optionsOf(schema: z.ZodType): readonly unknown[] {
  if (schema instanceof z.ZodOptional) return optionsOf(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodUnion) return (schema.options as z.ZodType[]).flatMap(optionsOf);
  if (schema instanceof z.ZodEnum) return schema.options;
  return schema instanceof z.ZodLiteral ? [...schema.values] : [];
}

/** Of two arguments of a project that exclude each other the first, what needs another, and what names a file. */
const halvesOfProject = new Set([
  "avatar",
  "cicdCatalogEnabled",
  "groupWithProjectTemplatesId",
  "importUrl",
  "mergeRequestTitleRegex",
  "mergeRequestTitleRegexDescription",
  "mrDefaultTargetSelf",
  "onlyMirrorProtectedBranches",
  "permanentlyRemove",
  "templateName",
  "useCustomTemplate",
  "userId",
]);

/** What the rules that concern several fields ask for, by path or kind. */
const mends: Readonly<Record<string, (args: Props) => Props>> = {
  hook: ({ pushEventsBranchFilter, ...args }) => ({
    ...args,
    ...(args.branchFilterStrategy === "all_branches" || pushEventsBranchFilter === undefined
      ? {}
      : { pushEventsBranchFilter: "release-*" }),
    ...(String(args.url).includes("{key}")
      ? { urlVariables: { ...(args.urlVariables as object), key: "one", "other.key": "two" } }
      : {}),
  }),
  notification: (args) => {
    const { level, notificationEmail, ...events } = args;
    return Object.keys(events).some((name) => name !== "project" && name !== "group")
      ? { ...args, level: "custom" }
      : Object.fromEntries(Object.entries({ level, notificationEmail, ...events }).filter(([, v]) => v !== undefined));
  },
  project: (args) => {
    const kept = Object.entries(args).filter(([name]) => !halvesOfProject.has(name));
    const { name, path, ...others } = Object.fromEntries(kept);
    return {
      ...others,
      name: typeof name === "string" && /^[A-Za-z0-9][\w. -]*$/.test(name) ? name : "Größe 1",
      path: typeof path === "string" && /^[A-Za-z0-9]+$/.test(path) ? path : "gross-e.1",
      repositoryAccessLevel: "enabled",
    };
  },
  pullMirror: (args) => ({ ...args, onlyMirrorProtectedBranches: false }),
  "integrations/jira": (args) => ({
    projectKey: "SHOP",
    vulnerabilitiesIssuetype: 10_001,
    ...args,
    username: "bot",
  }),
  "integrations/jenkins": (args) => ({ ...args, username: "bot" }),
  "integrations/irker": (args) => ({ ...args, defaultIrcUri: "irc://irc.example.com/" }),
  "integrations/datadog": (args) => ({ ...args, datadogCiVisibility: true, apiUrl: "https://api.example.com" }),
  "integrations/jira-cloud-app": (args) => ({ ...args, jiraCloudAppDeploymentGatingEnvironments: "production" }),
};

/** The project or group, in each form that a program may give. */
function parents(scope: Scope): Arbitrary<unknown> {
  const segment = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_-]{0,12}(\.[a-z0-9]{1,4})?$/);
  const number = fc.integer({ min: 1 });
  return fc.oneof(
    number,
    number.map(String),
    number.map((id) => `${scope}s/${id}`),
    fc.array(segment, { minLength: 2, maxLength: 5 }).map((segments) => segments.join("/")),
  );
}

const known = new Map<string, Arbitrary<Props>>();

/** Argument sets that nothing is wrong with: every required field, any of the others, any form of the parent. */
export function validSets(definition: Definition, scope: Scope | undefined): Arbitrary<Props> {
  const key = `${definition.name} ${scope ?? ""}`;
  const cached = known.get(key);
  if (cached) return cached;
  // Of a project, what is deprecated says the same as another argument, and only one of them is taken.
  const isRepeated = ({ meta }: FieldInfo) => definition.kind === "project" && meta.deprecated !== undefined;
  const infos = [...fieldsOf(definition.fields).values()].filter(
    (info) => (scope === undefined || (info.meta.scopes ?? [scope]).includes(scope)) && !isRepeated(info),
  );
  const fields = Object.fromEntries(
    infos.flatMap((info) => {
      const values = valuesOf(definition, info);
      return values ? [[info.name, values] as const] : [];
    }),
  );
  const required = infos.filter((info) => info.required).map(({ name }) => name);
  const mend = mends[definition.path] ?? mends[definition.kind] ?? ((args: Props) => args);
  const sets = fc
    .record(
      { ...fields, ...(scope === undefined ? {} : { [scope]: parents(scope) }) },
      { requiredKeys: [...required, ...(scope === undefined ? [] : [scope])] },
    )
    .map((args) => mend({ ...args }));
  known.set(key, sets);
  return sets;
}
