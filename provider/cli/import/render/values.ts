import type { Definition } from "../../../core/definition";
import { sharedKey, type SharedText } from "../plan/constants";
import type { Value } from "../plan/values";
import { concat, type Doc } from "./doc";
import { assignedText, call, listOf, objectOf, propertyName, quoted } from "./literals";

/** How values are to be written. */
export interface ValueStyle {
  /** Constants by class, field and text. */
  readonly shared: ReadonlyMap<string, SharedText>;
  /** Whether secrets come from environment variables. */
  readonly env: boolean;
}

/** An argument with its name. */
export function argument(definition: Definition, field: string, value: Value, style: ValueStyle): Doc {
  const constant =
    value.kind === "plain" && typeof value.value === "string"
      ? style.shared.get(sharedKey(definition, field, value.value))
      : undefined;
  if (constant) return constant.name === field ? field : `${field}: ${constant.name}`;
  if (value.kind === "plain") return plainProperty(field, value.value);
  if (value.kind === "secret") return concat(`${field}: `, secret(value.setting, style));
  const entries = value.settings.map(([key, setting]) => concat(`${propertyName(key)}: `, secret(setting, style)));
  return concat(`${field}: `, objectOf(entries, { broken: true }));
}

function secret(setting: string, { env }: ValueStyle): Doc {
  return env
    ? call("pulumi.secret", `process.env.${variableName(setting)} ?? ""`)
    : call("config.requireSecret", quoted(setting));
}

/** The environment variable of a setting: `jiraPassword` is `JIRA_PASSWORD`. */
export function variableName(setting: string): string {
  return setting.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toUpperCase();
}

/** A property with a value as JSON has them. */
export function plainProperty(name: string, value: unknown): Doc {
  const left = `${propertyName(name)}:`;
  return typeof value === "string" ? assignedText(left, value) : concat(`${left} `, plain(value));
}

function plain(value: unknown): Doc {
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return listOf(value.map(String));
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const parts = Object.entries(value).filter(([, part]) => part !== null && part !== undefined);
  return objectOf(parts.map(([name, part]) => plainProperty(name, part)));
}
