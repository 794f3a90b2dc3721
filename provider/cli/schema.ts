import { z } from "zod";
import type { Definition } from "../core/definition";
import { idForms } from "../core/id";
import { isSingleton, typeToken } from "../core/definition";
import { fieldsOf, type Access, type FieldInfo, type FieldMeta, type Scope } from "../core/schema";
import { definitionsByName } from "../resources/definitions";
import { outputNames } from "../program/resource";
import { descriptionOf, type ClassDescription, type FieldDescription, type Tier } from "./descriptions";

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
  /** What to use instead, where there is something. */
  readonly deprecation?: string;
  /** GitLab's value where nobody set one, as a text for readers: mostly JSON, sometimes words. */
  readonly default?: string;
  /** The licence that it needs beyond the class's own. */
  readonly tier?: Tier;
  /** Where it exists, when not at every scope of the class. */
  readonly scopes?: readonly Scope[];
  /** The call that alone takes it: when the object is made, or when it is edited. */
  readonly takenBy?: "create" | "edit";
  /** The first GitLab that has it, such as `19.5`, where it is newer than the documentation that the others are known from. */
  readonly since?: string;
  /** Whether GitLab's documentation has it, or only its server, or only this package. */
  readonly source: NonNullable<FieldMeta["source"]>;
  readonly description: string;
}

/** One output that is no argument, as machines read it. */
export interface OutputSchema {
  /** The type of its value in TypeScript. */
  readonly type: string;
  readonly secret: boolean;
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
  /** Markdown. */
  readonly description: string;
  /** What to use instead, and why, where GitLab has deprecated or removed it. */
  readonly deprecation?: string;
  /** Where it is known from, for what GitLab's documentation of its API leaves out. */
  readonly undocumented?: string;
  /** The licence without which GitLab has none of it. */
  readonly tier?: Tier;
  /** The page of GitLab's documentation. */
  readonly page: string;
  /** A piece of a TypeScript program, after the lines of {@link PackageSchema.exampleHead}. */
  readonly example: string;
  /** The forms of its ID, the resource's own first. `import` and `get` take all of them. */
  readonly ids: readonly string[];
  readonly fields: Readonly<Record<string, FieldSchema>>;
  /** What it has besides `id` and its arguments, all of which are outputs too. */
  readonly outputs: Readonly<Record<string, OutputSchema>>;
}

/** What `pulumi-gitlab schema` prints. */
export interface PackageSchema {
  readonly version: string;
  /** What a program begins with that has any of the examples. */
  readonly exampleHead: string;
  readonly resources: readonly ResourceSchema[];
}

const exampleHead = `import * as pulumi from "@pulumi/pulumi";
import * as gitlab from "pulumi-gitlab-dynamic";

const config = new pulumi.Config();
`;

/** Describes every class of the package from its definition. */
export function packageSchema(version: string): PackageSchema {
  const resources = [...definitionsByName().values()].map(resourceSchema);
  return { version, exampleHead, resources: resources.sort((a, b) => (a.type < b.type ? -1 : 1)) };
}

function resourceSchema(definition: Definition): ResourceSchema {
  const description = descriptionOf(definition);
  const { text, page, example, tier, deprecated } = description;
  const fields = [...fieldsOf(definition.fields)].map(([name, info]) => {
    return [name, fieldSchema(definition, info, description.arguments[name] ?? { text: "" })] as const;
  });
  return {
    type: typeToken(definition),
    class: definition.name,
    ...(definition.kind === "integration" ? { slug: definition.path.slice("integrations/".length) } : {}),
    scopes: definition.scopes,
    path: isSingleton(definition) ? definition.path : definition.path.replace(":id", "{id}"),
    description: text,
    ...(deprecated === undefined ? {} : { deprecation: deprecated }),
    ...(definition.undocumented === undefined ? {} : { undocumented: definition.undocumented }),
    ...(tier === undefined ? {} : { tier }),
    page,
    example,
    ids: idForms(definition).split(", "),
    fields: Object.fromEntries(fields),
    outputs: outputsSchema(definition, description),
  };
}

function fieldSchema(definition: Definition, info: FieldInfo, description: FieldDescription): FieldSchema {
  const schema: Record<string, unknown> = { ...z.toJSONSchema(info.schema, { io: "input" }) };
  delete schema.$schema;
  const { deprecated, scopes, since, onlyOn, source } = info.meta;
  return {
    wire: info.wire,
    schema,
    required: info.required,
    secret: info.secret,
    access: info.access,
    deprecated: deprecated !== undefined,
    ...(deprecated === undefined ? {} : { deprecation: deprecated }),
    ...(description.default === undefined ? {} : { default: description.default }),
    ...(description.tier === undefined ? {} : { tier: description.tier }),
    ...(scopes === undefined ? {} : { scopes }),
    ...(onlyOn === undefined ? {} : { takenBy: onlyOn }),
    ...(since === undefined ? {} : { since }),
    source: source ?? (definition.undocumented === undefined ? "documented" : "server"),
    description: description.text,
  };
}

function outputsSchema(definition: Definition, { outputs }: ClassDescription): Record<string, OutputSchema> {
  const secrets = new Set(definition.outputs.filter((output) => output.secret).map((output) => output.name));
  const further = outputNames(definition).filter((name) => !(name in definition.fields));
  return Object.fromEntries(
    further
      .filter((name) => name !== "project" && name !== "group")
      .map((name) => {
        const { text = "", type = "" } = outputs[name] ?? {};
        return [name, { type, secret: secrets.has(name), description: text }];
      }),
  );
}
