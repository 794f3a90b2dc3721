import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import type { FieldSchema, ResourceSchema } from "../../provider/cli/schema";
import { printedSchema } from "../support/schema";

interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
}
interface Documented {
  readonly slug: string;
  readonly params: readonly Parameter[];
  readonly server_also: readonly Parameter[];
}
interface Correction {
  readonly slug?: string;
  readonly name: string;
  readonly wire?: string;
  readonly type?: string;
  readonly why: string;
}
interface Catalog {
  readonly integrations: readonly Documented[];
  readonly corrections: readonly Correction[];
}

const repository = path.resolve(__dirname, "../..");
const catalog = JSON.parse(readFileSync(path.join(repository, "tests/catalog.json"), "utf8")) as Catalog;
const schema = printedSchema();
const integrations = schema.resources.filter((resource) => resource.slug !== undefined);

/** The server routes dashes everywhere; the documentation writes one slug with underscores. */
function slugOf({ slug }: Documented): string {
  return slug.replaceAll("_", "-");
}

function correctionOf({ slug }: Documented, name: string): Correction | undefined {
  const of = catalog.corrections.filter((correction) => correction.slug === slug);
  return of.find((correction) =>
    correction.name.split(", ").some((pattern) => new RegExp(`^${pattern.replace("*", ".*")}$`).test(name)),
  );
}

function classOf(documented: Documented): ResourceSchema {
  const found = integrations.find((resource) => resource.slug === slugOf(documented));
  if (!found) throw new Error(`no class for ${documented.slug}`);
  return found;
}

function fieldOf(documented: Documented, name: string): FieldSchema | undefined {
  const wire = correctionOf(documented, name)?.wire ?? name;
  return Object.values(classOf(documented).fields).find((field) => field.wire === wire);
}

/** The JSON types that a field takes. */
function typesOf({ schema: json }: FieldSchema): unknown[] {
  if (Array.isArray(json.anyOf)) return json.anyOf.map((option: { type: unknown }) => option.type);
  return [json.type];
}

const expected: Readonly<Record<string, readonly string[]>> = {
  string: ["string"],
  boolean: ["boolean"],
  integer: ["integer", "number"],
  number: ["integer", "number"],
  "array of strings": ["array"],
  "integer or string": ["integer", "number", "string"],
};

const integrationFiles = "provider/resources/integration/catalog";
const placeholder = "FILL IN";

const copied = path.resolve(repository, "../shared/api/catalog.json");
(existsSync(copied) ? test : test.skip)(
  "the catalogue is the one of the documentation, and what was added since",
  () => {
    const documentation = JSON.parse(readFileSync(copied, "utf8")) as Catalog;
    const slugs = new Set(documentation.integrations.map(({ slug }) => slug));
    const known = catalog.integrations.filter(({ slug }) => slugs.has(slug));
    expect({ ...catalog, integrations: known }).toEqual(documentation);
  },
);

test("every integration has an exported class, and is documented or says where it is known from", () => {
  const undocumented = integrations.filter((resource) => resource.undocumented !== undefined);
  const slugs = [...catalog.integrations.map(slugOf), ...undocumented.map(({ slug }) => slug)].sort();
  expect(integrations.map((resource) => resource.slug).sort()).toEqual(slugs);
  for (const resource of undocumented) expect(resource.undocumented).toMatch(/^[A-Z].{20,}\.$/);
});

test("nothing that `npm run new:integration` leaves to be filled in is left", () => {
  const files = [integrationFiles, "sandbox/gitlab/facts"].flatMap((folder) =>
    readdirSync(path.join(repository, folder)).map((file) => path.join(folder, file)),
  );
  expect(files.filter((file) => readFileSync(path.join(repository, file), "utf8").includes(placeholder))).toEqual([]);
});

describe.each(catalog.integrations.map((documented) => [documented.slug, documented] as const))(
  "%s",
  (_, documented) => {
    test("has every documented parameter, with its type and whether it is required", () => {
      for (const parameter of documented.params) {
        const field = fieldOf(documented, parameter.name);
        const correction = correctionOf(documented, parameter.name);
        expect([parameter.name, field?.source]).toEqual([parameter.name, "documented"]);
        if (!field) continue;
        const types = expected[correction?.type ?? parameter.type];
        if (types && !correction) expect(types).toEqual(expect.arrayContaining(typesOf(field)));
        if (!correction) expect([parameter.name, field.required]).toEqual([parameter.name, parameter.required]);
      }
    });

    test("has further parameters only where the server is known to take them", () => {
      const known = [
        ...documented.params.map(({ name }) => correctionOf(documented, name)?.wire ?? name),
        ...documented.server_also.map(({ name }) => name),
      ];
      const others = Object.values(classOf(documented).fields).filter(({ wire }) => !known.includes(wire));
      expect(others.filter(({ since }) => since === undefined).map(({ wire }) => wire)).toEqual([]);
    });

    test("tells of what is newer than the documentation since when GitLab has it", () => {
      const newer = Object.values(classOf(documented).fields).filter(({ since }) => since !== undefined);
      const documentedNames = documented.params.map(({ name }) => name);
      for (const { wire, source, since, description } of newer) {
        expect([wire, source, documentedNames.includes(wire)]).toEqual([wire, "server", false]);
        expect([wire, description]).toEqual([wire, expect.stringContaining(`GitLab ${since} and later`)]);
      }
    });

    test("describes every argument", () => {
      const fields = Object.entries(classOf(documented).fields);
      expect(fields.filter(([, field]) => field.description === "").map(([name]) => name)).toEqual([]);
    });
  },
);

test("counts what the documentation counts", () => {
  const fields = integrations.flatMap((resource) => Object.values(resource.fields));
  expect(fields.filter((field) => field.source === "documented")).toHaveLength(
    catalog.integrations.flatMap((documented) => documented.params).length,
  );
});
