import { readFileSync } from "node:fs";
import * as path from "node:path";
import { z } from "zod";
import { Project } from "../../../../provider";
import { fieldsOf } from "../../../../provider/core/schema";
import { check } from "../../../../provider/operations/check";

interface Attribute {
  readonly name: string;
  readonly type: string;
  readonly enum?: readonly string[];
}

const catalog = JSON.parse(readFileSync(path.resolve(__dirname, "../../../catalog.json"), "utf8")) as {
  server_attributes: Readonly<Record<string, readonly Attribute[]>>;
};
const attributes = (call: string) => new Map(catalog.server_attributes[call]?.map((each) => [each.name, each]));
const [create, edit] = [attributes("POST /projects"), attributes("PUT /projects/:id")];

const { definition } = Project;
const fields = [...fieldsOf(definition.fields).values()];

const types: Readonly<Record<string, readonly unknown[]>> = {
  string: ["string"],
  boolean: ["boolean"],
  integer: ["integer"],
  "string[]": ["array"],
  object: ["object"],
};

describe("the attributes that GitLab's server takes", () => {
  test.each([...new Map([...create, ...edit]).values()].map((each) => [each.name, each] as const))(
    "%s",
    (name, attribute) => {
      const field = fields.find(({ wire }) => wire === name);
      if (!field) throw new Error("no argument for it");
      const json = z.toJSONSchema(field.schema, { io: "input" }) as {
        type?: unknown;
        anyOf?: { type: unknown }[];
        enum?: unknown;
      };
      const given = json.anyOf?.map(({ type }) => type) ?? [json.type];
      expect(given).toEqual(expect.arrayContaining([...(types[attribute.type] ?? [])]));
      if (attribute.enum) expect(json.enum).toEqual(attribute.enum);
      const expected = !edit.has(name) ? "create" : !create.has(name) ? "edit" : undefined;
      // A namespace is changed by a call of its own.
      if (name !== "namespace_id") expect(field.meta.onlyOn).toBe(expected);
    },
  );

  test("and no others", () => {
    const known = [...create.keys(), ...edit.keys(), "archived", "user_id"];
    const others = fields.filter(({ access, wire }) => access !== "local" && !known.includes(wire));
    expect(others.filter(({ meta }) => meta.since === undefined).map(({ name }) => name)).toEqual([]);
    const newer = fields.filter(({ meta }) => meta.since !== undefined);
    expect(newer).toEqual(others.filter(({ meta }) => meta.source === "server"));
  });
});

test("what is deprecated says what to use instead", () => {
  const twins = fields.filter(({ meta }) => meta.replacedBy !== undefined);
  expect(twins.map(({ name, meta }) => [name, meta.deprecated])).toEqual(
    twins.map(({ name, meta }) => [name, `use ${meta.replacedBy}`]),
  );
  expect(twins).toHaveLength(11);
  expect(twins.filter(({ meta }) => !(String(meta.replacedBy) in definition.fields))).toEqual([]);
});

test("credentials are secret", () => {
  expect(fields.filter(({ secret }) => secret).map(({ name }) => name)).toEqual(["importUrl"]);
  expect(definition.outputs.filter(({ secret }) => secret).map(({ name }) => name)).toEqual(["runnersToken"]);
});

const importUrl = "https://bot:canary@git.example.com/shop.git";

test.each<[string, Record<string, unknown>, string[]]>([
  ["nothing to call it by", { description: "x" }, ["name: is required, unless path is given"]],
  ["a path with a slash", { path: "acme/shop" }, [expect.stringMatching(/^path: must be letters, digits/) as string]],
  [
    "a path like a repository",
    { path: "shop.git" },
    [expect.stringMatching(/^path: .*must not end in \.git/) as string],
  ],
  ["an empty name", { name: " " }, ["name: must have between 1 and 255 characters"]],
  [
    "a namespace that is none",
    { name: "x", namespace: "acme shop" },
    [expect.stringMatching(/^namespace: has a space: give the full path/) as string],
  ],
  [
    "an import and a README",
    { name: "x", importUrl, initializeWithReadme: true },
    ["importUrl: excludes initializeWithReadme; remove one of the two"],
  ],
  [
    "two templates",
    { name: "x", templateName: "rails", templateProjectId: 3 },
    ["templateName: excludes templateProjectId; remove one of the two"],
  ],
  ["a user's project without a name", { path: "x", userId: 3 }, ["name: is required together with userId"]],
  [
    "a user and a namespace",
    { name: "x", userId: 3, namespace: 9 },
    ["userId: excludes namespace; remove one of the two"],
  ],
  [
    "two ends",
    { name: "x", permanentlyRemove: true, archiveOnDestroy: true },
    ["permanentlyRemove: excludes archiveOnDestroy; remove one of the two"],
  ],
  [
    "a custom template that is none",
    { name: "x", useCustomTemplate: true },
    ["useCustomTemplate: has no effect without templateName or templateProjectId"],
  ],
  [
    "a value that is none",
    { name: "x", mergeMethod: "squash", visibility: "secret", buildTimeout: -1 },
    [
      "visibility: must be one of private, internal, public",
      "mergeMethod: must be one of ff, rebase_merge, merge",
      "buildTimeout: must be at least 600",
    ],
  ],
  [
    "a part of the policy that is none",
    { name: "x", containerExpirationPolicy: { cadence: "2d" } },
    ["containerExpirationPolicy.cadence: must be one of 1d, 7d, 14d, 1month, 3month"],
  ],
  [
    "a picture that is not there",
    { name: "x", avatar: "./nowhere.png" },
    ["avatar: names no file that can be read; the path is relative to the program's folder"],
  ],
  ["a parent", { name: "x", project: 42 }, ["project: Project takes no project"]],
])("a check finds %s", (_what, args, problems) => {
  expect(check(definition, {}, args).problems).toEqual(problems);
});

test.each<[string, Record<string, unknown>]>([
  ["a name alone", { name: "Shop" }],
  ["a path alone", { path: "shop" }],
  ["a group's ID", { path: "shop", namespace: "groups/9" }],
  [
    "what is not known yet",
    {
      name: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
      namespace: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
      avatar: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    },
  ],
  ["an import that is not initialized", { name: "x", importUrl, initializeWithReadme: false }],
])("a check lets pass %s", (_what, args) => {
  expect(check(definition, {}, args).problems).toEqual([]);
});

test("a check gives a picture its hash", () => {
  const { inputs } = check(definition, {}, { name: "x", avatar: __filename });
  expect(inputs).toMatchObject({ avatarHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
  expect(inputs.__managed).toEqual(["avatar", "avatarHash", "name"]);
});
