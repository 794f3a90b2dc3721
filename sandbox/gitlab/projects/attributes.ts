import { errorText } from "../http/answer";
import type { Call } from "../http/call";
import type { Params, Value } from "../http/params";
import { EXPIRATION_POLICY, PROJECT_ATTRIBUTES, TWINS } from "../facts/project-attributes";
import { LEVELS } from "../world/access";
import { has, type Settings } from "../world/settings";
import type { AttributeValue, Project } from "./row";

/** What a request brought for a project, by GitLab's names. */
export type Given = Record<string, Value>;

/** The attribute that holds the cleanup policy of the container registry. */
export const POLICY = "container_expiration_policy";

const NAMED: Params = {
  name: { type: "string" },
  path: { type: "string" },
  default_branch: { type: "string" },
  description: { type: "string" },
  visibility: { type: "string", values: ["private", "internal", "public"] },
  tag_list: { type: "strings" },
  topics: { type: "strings" },
  avatar: { type: "file" },
  container_expiration_policy_attributes: {
    type: "object",
    fields: {
      ...Object.fromEntries(Object.entries(EXPIRATION_POLICY).map(([name, { type }]) => [name, { type }])),
      name_regex_delete: { type: "string" },
    },
  },
  import_url: { type: "string" },
  mirror: { type: "boolean" },
  mirror_trigger_builds: { type: "boolean" },
};

/** Parameters that turn a project into a pull mirror or change how it pulls. */
export const MIRROR_PARAMS: Params = {
  mirror_user_id: { type: "integer" },
  only_mirror_protected_branches: { type: "boolean" },
  mirror_branch_regex: { type: "string" },
  mirror_overwrites_diverged_branches: { type: "boolean" },
};

/** The parameters of POST /projects. */
export const CREATE_PARAMS: Params = {
  ...NAMED,
  ...declared("create"),
  initialize_with_readme: { type: "boolean" },
  use_custom_template: { type: "boolean" },
  group_with_project_templates_id: { type: "integer" },
  namespace_id: { type: "integer" },
  template_name: { type: "string" },
  template_project_id: { type: "integer" },
};

/** The parameters of PUT /projects/:id. */
export const EDIT_PARAMS: Params = { ...NAMED, ...declared("edit"), ...MIRROR_PARAMS };

function declared(on: "create" | "edit"): Params {
  const fits = ({ only }: { readonly only?: string }): boolean => only === undefined || only === on;
  return Object.fromEntries([
    ...PROJECT_ATTRIBUTES.filter(fits).map(({ name, type, values }) => [
      name,
      values === undefined ? { type } : { type, values },
    ]),
    ...TWINS.filter(fits).map(({ name, type }) => [name, { type }]),
  ]) as Params;
}

/** Those of the parameters that the configured version has. */
export function paramsIn(settings: Settings, declared: Params): Params {
  const kept = { ...declared };
  for (const attribute of PROJECT_ATTRIBUTES) {
    const { name, values = [], retired = {} } = attribute;
    const param = kept[name];
    if (!has(settings, attribute)) Reflect.deleteProperty(kept, name);
    else if (param !== undefined && Object.keys(retired).length > 0) {
      const isLeft = (value: string): boolean => retired[value] === undefined || !has(settings, retired[value]);
      kept[name] = { ...param, values: values.filter(isLeft) };
    }
  }
  return kept;
}

/** Drops what the licence does not cover and the caller may not set, as GitLab does: without a word. */
export function dropRefused(call: Call, given: Given, path: string): Given {
  const { licence } = call.world.settings;
  const kept = { ...given };
  for (const { name, licence: feature, setBy } of PROJECT_ATTRIBUTES) {
    const isUnlicensed = feature !== undefined && !licence.includes(feature);
    const isRefused = setBy !== undefined && call.level(path) < LEVELS[setBy];
    if (isUnlicensed || (isRefused && setBy === "admin")) Reflect.deleteProperty(kept, name);
  }
  if (!licence.includes("repository_mirrors")) {
    for (const name of ["mirror", "mirror_trigger_builds", ...Object.keys(MIRROR_PARAMS)]) {
      Reflect.deleteProperty(kept, name);
    }
  }
  return kept;
}

/** Raises 400 where a request asks for two things that exclude each other. */
export function checkExclusive(given: Given): void {
  if (given.mirror_branch_regex === undefined || given.only_mirror_protected_branches === undefined) return;
  throw errorText(400, "mirror_branch_regex, only_mirror_protected_branches are mutually exclusive");
}

/** The value of an attribute. */
export function attribute(project: Project, name: string): AttributeValue {
  const stored = project.attributes?.[name];
  return stored === undefined ? (INITIAL.get(name) ?? null) : stored;
}

const INITIAL: ReadonlyMap<string, AttributeValue> = new Map(
  PROJECT_ATTRIBUTES.map(({ name, initial }) => [name, initial]),
);

/** The attributes that a request changes, with the deprecated names translated. */
export function changedAttributes(project: Project | undefined, given: Given): Record<string, AttributeValue> {
  const changed: Record<string, AttributeValue> = {};
  const current = (name: string): AttributeValue =>
    project === undefined ? (INITIAL.get(name) ?? null) : attribute(project, name);
  for (const { name, of, write } of TWINS) {
    const value = given[name];
    if (value !== undefined && value !== null) changed[of] = write(value as AttributeValue, current(of));
  }
  for (const { name, initial, type } of PROJECT_ATTRIBUTES) {
    const value = given[name] as AttributeValue | undefined;
    if (value === undefined) continue;
    // A column that is never empty takes its default instead.
    changed[name] = value === null && (type === "boolean" || initial !== null) ? initial : value;
  }
  const policy = given.container_expiration_policy_attributes as Record<string, AttributeValue> | null | undefined;
  if (policy !== undefined && policy !== null) changed[POLICY] = { ...policyOf(project), ...withoutTwin(policy) };
  return changed;
}

function withoutTwin(
  policy: Readonly<Record<string, AttributeValue>>,
): Record<string, string | number | boolean | null> {
  const { name_regex_delete: twin, ...rest } = policy;
  return { ...rest, ...(twin === undefined ? {} : { name_regex: twin }) } as Record<
    string,
    string | number | boolean | null
  >;
}

/** A cleanup policy by GitLab's names. */
export type CleanupPolicy = Readonly<Record<string, string | number | boolean | null>>;

const INITIAL_POLICY: CleanupPolicy = Object.fromEntries(
  Object.entries(EXPIRATION_POLICY).map(([name, { initial }]) => [name, initial]),
);

/** The cleanup policy of the container registry. */
export function policyOf(project: Project | undefined): CleanupPolicy {
  const stored = project?.attributes?.[POLICY] as CleanupPolicy | undefined;
  return stored === undefined ? INITIAL_POLICY : { ...INITIAL_POLICY, ...stored };
}

/** Stores attributes; those with their initial value take no room. */
export function storeAttributes(project: Project, changed: Readonly<Record<string, AttributeValue>>): void {
  const stored = { ...project.attributes, ...changed };
  for (const [name, value] of Object.entries(stored)) {
    if (INITIAL.has(name) && sameValue(INITIAL.get(name) ?? null, value)) Reflect.deleteProperty(stored, name);
  }
  if (Object.keys(stored).length > 0) project.attributes = stored;
  else delete project.attributes;
}

const sameValue = (one: AttributeValue, other: AttributeValue): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** The attributes as one caller sees them, deprecated names included. */
export function shownAttributes(
  project: Project,
  settings: Settings,
  sees: (role: "maintainer" | "admin") => boolean,
  alone: boolean,
): Record<string, AttributeValue> {
  const shown: Record<string, AttributeValue> = {};
  for (const { name, licence, shown: key, seenBy, single, ...lifetime } of PROJECT_ATTRIBUTES) {
    if (key === false || (single === true && !alone) || !has(settings, lifetime)) continue;
    if (licence !== undefined && !settings.licence.includes(licence)) continue;
    if (seenBy !== undefined && !sees(seenBy)) continue;
    shown[key ?? name] = attribute(project, name);
  }
  for (const { name, of, read, licence } of TWINS) {
    if (licence !== undefined && !settings.licence.includes(licence)) continue;
    if (read !== undefined) shown[name] = read(attribute(project, of));
  }
  return shown;
}
