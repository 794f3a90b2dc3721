import { factOf } from "../facts";
import type { Field } from "../facts/fact";
import { present } from "../hooks/response";
import { flagNames, hasFlag, type HookRow } from "../hooks/row";
import { full } from "../integrations/response";
import { rowsOf } from "../integrations/rows";
import { type IntegrationRow } from "../integrations/row";
import { findRule, presentRule, RULE_PARAMS } from "../push-rules/rules";
import type { PushRuleRow } from "../push-rules/row";
import type { Group } from "../world/entities";
import type { Project } from "../projects/row";
import type { World } from "../world/world";
import type { History } from "./history";
import { deletedObjects, markerOf, type DeletedObject, type Mark, type Marker } from "./marks";
import { shownText, shownUrl, shownValue } from "./masking";
import { isProject, keyOf, scopeOf, type Place } from "./place";

/** Something that can be changed by hand. */
export interface EditableField {
  /** GitLab's name. */
  readonly name: string;
  readonly type: "boolean" | "string" | "integer";
  /** Null when it is not set, or when it is not shown. */
  readonly value: string | number | boolean | null;
  /** Parts of the value are masked: it can be replaced, but not edited. */
  readonly isMasked: boolean;
}

/** A hook. */
export interface HookView {
  readonly id: number;
  readonly title: string;
  readonly url: string;
  readonly status: string;
  /** What it is sent for. */
  readonly events: readonly string[];
  readonly facts: readonly Fact[];
  readonly deliveries: number;
  readonly fields: readonly EditableField[];
  readonly mark: Mark | undefined;
}

/** An integration that was set up once; it may be off. */
export interface IntegrationView {
  readonly slug: string;
  readonly title: string;
  readonly active: boolean;
  readonly inherited: boolean;
  readonly events: readonly string[];
  readonly facts: readonly Fact[];
  readonly fields: readonly EditableField[];
  readonly mark: Mark | undefined;
}

/** The push rules of a project or group. */
export interface PushRuleView {
  readonly facts: readonly Fact[];
  readonly fields: readonly EditableField[];
  readonly mark: Mark | undefined;
}

/** A name with what is to be said about it. */
export type Fact = readonly [name: string, value: string];

/** A project or a group with all that belongs to it. */
export interface PlaceView {
  /** `projects/42` or `groups/9` */
  readonly key: string;
  readonly kind: "project" | "group";
  readonly id: number;
  readonly name: string;
  readonly path: string;
  readonly archived: boolean;
  readonly isMarkedForDeletion: boolean;
  readonly settings: readonly Fact[];
  readonly hooks: readonly HookView[];
  readonly integrations: readonly IntegrationView[];
  readonly pushRule: PushRuleView | undefined;
  readonly deleted: readonly DeletedObject[];
  readonly mark: Mark | undefined;
}

/** A project or group with all that belongs to it, without secrets. */
export function placeView(world: World, history: History, place: Place): PlaceView {
  const marker = markerOf(history);
  const scope = scopeOf(place);
  const project = isProject(place) ? place : undefined;
  const rule = findRule(world, scope);
  const key = keyOf(place);
  return {
    key,
    kind: scope.kind,
    id: place.id,
    name: place.name,
    path: world.scopePath(scope),
    archived: place.archived ?? false,
    isMarkedForDeletion: project !== undefined && project.markedForDeletionOn !== null,
    settings: isProject(place) ? projectSettings(place) : groupSettings(place),
    hooks: world.state.hooks
      .filter((hook) => hook.scope.kind === scope.kind && hook.scope.id === place.id)
      .map((hook) => hookView(world, hook, marker)),
    integrations: rowsOf(world, scope).flatMap((integration) => integrationView(world, integration, marker) ?? []),
    pushRule: rule === undefined ? undefined : ruleView(world, rule, marker),
    deleted: deletedObjects(world, history).filter((deleted) => deleted.place === key),
    mark: project === undefined ? undefined : marker(project),
  };
}

function projectSettings(project: Project): Fact[] {
  const { description, visibility, defaultBranch, topics, attributes = {}, mirror, importUrl } = project;
  return [
    ["visibility", visibility],
    ["default_branch", defaultBranch],
    ...facts({ description, topics, import_url: importUrl ?? null, mirror: mirror?.enabled ?? null }),
    ...attributeFacts(attributes),
  ];
}

/** Attributes that may hold a secret. */
const SENSITIVE = /token|password|secret|credential|(^|_)key$/i;

function groupSettings({ description, visibility, attributes = {} }: Group): Fact[] {
  return [["visibility", visibility], ...facts({ description }), ...attributeFacts(attributes)];
}

function attributeFacts(attributes: Readonly<Record<string, unknown>>): Fact[] {
  return facts(Object.fromEntries(Object.entries(attributes).filter(([name]) => !SENSITIVE.test(name))));
}

function hookView(world: World, hook: HookRow, marker: Marker): HookView {
  const shown = present(hook, world.settings, false);
  const kind = hook.scope.kind === "group" ? "group" : "project";
  const flags = flagNames(kind).filter((name) => hasFlag(world.settings, name));
  const url = shownUrl(hook.url);
  return {
    id: hook.id,
    title: hook.name === null || hook.name === "" ? `Webhook ${hook.id}` : shownText(hook.name),
    url,
    status: String(shown.alert_status),
    events: flags.filter((name) => hook.flags[name] === true).map(eventTitle),
    facts: [
      ...facts({
        description: hook.description,
        push_events_branch_filter: hook.branchFilter,
        disabled_until: hook.disabledUntil,
      }),
      ["enable_ssl_verification", yesNo(hook.enableSslVerification)],
      ["token", hook.token ? "set" : "not set"],
      ...(hook.signingToken ? [["signing_token", "set"] as const] : []),
      ...(hook.template ? [["custom_webhook_template", "set"] as const] : []),
      ...listed("url_variables", Object.keys(hook.urlVariables)),
      ...listed("custom_headers", Object.keys(hook.customHeaders)),
    ],
    deliveries: hook.events.length,
    fields: [
      { name: "url", type: "string", value: url === hook.url ? url : null, isMasked: url !== hook.url },
      textField("name", hook.name),
      textField("description", hook.description),
      textField("push_events_branch_filter", hook.branchFilter),
      { name: "enable_ssl_verification", type: "boolean", value: hook.enableSslVerification, isMasked: false },
      ...flags.map((name) => flagField(name, hook.flags[name] === true)),
    ],
    mark: marker(hook),
  };
}

function integrationView(world: World, row: IntegrationRow, marker: Marker): IntegrationView | undefined {
  const fact = factOf(row.slug, world.settings);
  if (fact === undefined) return undefined;
  const { properties } = full(row, fact, world.settings) as { readonly properties: Readonly<Record<string, unknown>> };
  const editable = fact.fields.filter((field) => isEditable(field) && Object.hasOwn(properties, field.name));
  return {
    slug: row.slug,
    title: fact.title,
    active: row.active,
    inherited: row.inheritFromId !== null,
    events: fact.events.filter((name) => row.events[name] === true).map((name) => eventTitle(`${name}_events`)),
    // Most flags of most integrations are off; those that are on are what somebody has set up.
    facts: facts(
      Object.fromEntries(
        Object.entries(properties).filter(([name, value]) => value !== false && !SENSITIVE.test(name)),
      ),
    ),
    fields: [
      ...editable.map(({ name, type }) => valueField(name, type, row.values[name] ?? null)),
      ...fact.events.map((name) => flagField(`${name}_events`, row.events[name] === true)),
    ],
    mark: marker(row),
  };
}

/** Lists have no form here, and what is never returned cannot be shown. */
function isEditable({ name, type, secret, writeOnly, readOnly }: Field): boolean {
  return type !== "strings" && secret !== true && writeOnly !== true && readOnly !== true && !SENSITIVE.test(name);
}

function ruleView(world: World, rule: PushRuleRow, marker: Marker): PushRuleView {
  const presented = Object.entries(presentRule(world, rule));
  const shown = presented.filter(([name]) => name in RULE_PARAMS);
  return {
    facts: facts(Object.fromEntries(shown)),
    fields: shown.map(([name, value]) => {
      if (name === "max_file_size") return valueField(name, "integer", Number(value));
      return name.endsWith("_regex") ? textField(name, value as string | null) : flagField(name, value === true);
    }),
    mark: marker(rule),
  };
}

function valueField(name: string, type: Field["type"], value: unknown): EditableField {
  if (type === "boolean") return flagField(name, value === true);
  if (type === "integer") return { name, type, value: typeof value === "number" ? value : null, isMasked: false };
  return textField(name, typeof value === "string" ? value : null);
}

const flagField = (name: string, value: boolean): EditableField => ({ name, type: "boolean", value, isMasked: false });

function textField(name: string, value: string | null): EditableField {
  const isMasked = value !== null && shownValue(value) !== value;
  return { name, type: "string", value: isMasked ? null : value, isMasked };
}

/** What is set, by GitLab's names. */
function facts(values: Readonly<Record<string, unknown>>): Fact[] {
  const set = Object.entries(values).filter(([, value]) => value !== null && value !== "" && value !== undefined);
  return set.flatMap(([name, value]): Fact[] => {
    if (Array.isArray(value)) return listed(name, value.map(String).map(shownText));
    if (typeof value === "boolean") return [[name, yesNo(value)]];
    const shown = shownValue(value);
    return [[name, typeof shown === "string" ? shown : JSON.stringify(shown)]];
  });
}

const listed = (name: string, items: readonly string[]): Fact[] =>
  items.length === 0 ? [] : [[name, items.join(", ")]];

const yesNo = (value: boolean): string => (value ? "yes" : "no");

/** `merge requests` for `merge_requests_events`. */
const eventTitle = (flag: string): string => flag.replace(/_events$/, "").replaceAll("_", " ");
