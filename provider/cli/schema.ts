import { z } from "zod";
import type { Definition } from "../definition";
import { isSingleton, typeToken } from "../definition";
import { fieldsOf, type Access, type FieldInfo, type FieldMeta, type Scope } from "../fields";
import { definitionsByName } from "../handlers";
import { descriptionsOf } from "./descriptions";

/** One argument, as machines read it. */
export interface FieldSchema {
  /** GitLab's parameter. */
  readonly wire: string;
  /** JSON Schema, draft 2020-12. Rules that it cannot express are checked at preview all the same. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly required: boolean;
  readonly secret: boolean;
  readonly access: Access;
  readonly deprecated: boolean;
  /** Whether GitLab's documentation has it, or only its server, or only this package. */
  readonly source: NonNullable<FieldMeta["source"]>;
  readonly description: string;
}

/** One class of resources, as machines read it. */
export interface ResourceSchema {
  /** Pulumi's type token. */
  readonly type: string;
  /** Its name in the package: `integrations.Slack`. */
  readonly class: string;
  /** GitLab's name of an integration in paths. */
  readonly slug?: string;
  readonly scopes: readonly Scope[];
  /** Its path below the project or group, or of the API for what belongs to the token's owner. */
  readonly path: string;
  readonly fields: Readonly<Record<string, FieldSchema>>;
}

/** What `pulumi-gitlab schema` prints. */
export interface PackageSchema {
  readonly version: string;
  readonly resources: readonly ResourceSchema[];
}

/** Describes every class of the package from its definition. */
export function packageSchema(version: string): PackageSchema {
  const resources = [...definitionsByName().values()].map(resourceSchema);
  return { version, resources: resources.sort((a, b) => (a.type < b.type ? -1 : 1)) };
}

function resourceSchema(definition: Definition): ResourceSchema {
  const descriptions = descriptionsOf(definition);
  const fields = [...fieldsOf(definition.fields)].map(([name, info]) => {
    return [name, fieldSchema(info, descriptions.get(name) ?? "")] as const;
  });
  return {
    type: typeToken(definition),
    class: definition.name,
    ...(definition.kind === "integration" ? { slug: definition.path.slice("integrations/".length) } : {}),
    scopes: definition.scopes,
    path: isSingleton(definition) ? definition.path : definition.path.replace(":id", "{id}"),
    fields: Object.fromEntries(fields),
  };
}

function fieldSchema(info: FieldInfo, description: string): FieldSchema {
  const schema: Record<string, unknown> = { ...z.toJSONSchema(info.schema, { io: "input" }) };
  delete schema.$schema;
  return {
    wire: info.wire,
    schema,
    required: info.required,
    secret: info.secret,
    access: info.access,
    deprecated: info.meta.deprecated !== undefined,
    source: info.meta.source ?? "documented",
    description,
  };
}
