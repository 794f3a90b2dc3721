import { fieldsOf } from "../../../provider/core/schema";
import { definitionsByName } from "../../../provider/resources/definitions";
import { parseId } from "../../../provider/core/id";
import { outputNames } from "../../../provider/program/resource";
import { printedSchema } from "../../support/schema";

const schema = printedSchema();
const classes = schema.resources.map((resource) => [resource.class, resource] as const);
const definitions = definitionsByName();

/** GitLab's own addresses, which it takes where none is set: a text that is removed goes back to none. */
const addresses = ["integrations.Matrix.hostname", "integrations.Telegram.hostname"];

test("has every class once", () => {
  expect(classes.map(([name]) => name).sort()).toEqual([...definitions.keys()].sort());
});

describe.each(classes)("%s", (name, resource) => {
  const definition = definitions.get(name);
  if (!definition) throw new Error(`no definition for ${name}`);

  it("says what it is, where GitLab documents it, and how a program makes one", () => {
    expect(resource.description).toMatch(/^[A-Zi].*\.$/s);
    expect(resource.description).not.toMatch(/@\w+|\{@|\*\//);
    // What the documentation of the API leaves out has a page for users, or in GitLab's source none but its file.
    const isDocumented = resource.undocumented === undefined;
    expect(resource.page).toMatch(
      isDocumented ? /^https:\/\/docs\.gitlab\.com\/api\/[\w/]+(#[\w-]+)?$/ : /^https:\/\/\S+$/,
    );
    expect(resource.description.includes("Not in GitLab's API documentation.")).toBe(!isDocumented);
    expect(resource.example).toContain(`new gitlab.${name}("`);
  });

  it("describes every argument, without the tags of its comment", () => {
    const texts = Object.entries(resource.fields).map(([field, { description }]) => ({ field, description }));
    expect(texts.filter(({ description }) => !/^[A-Z"`].*[.`]$/s.test(description))).toEqual([]);
    expect(texts.filter(({ description }) => /@(default|deprecated)|\{@?link/.test(description))).toEqual([]);
    // A field of an integration's own in place of one that all have is described once.
    expect(texts.filter(({ description }) => /^(.{20}).*\. \1/s.test(description))).toEqual([]);
  });

  it("gives the defaults that GitLab has", () => {
    for (const [field, info] of fieldsOf(definition.fields)) {
      const written = resource.fields[field]?.default;
      const value = /^(?:true|false|\d+|"[^"]*"|\[.*\])(?=$|, which)/.exec(written ?? "")?.[0];
      if (value === undefined || addresses.includes(`${name}.${field}`)) continue;
      expect([field, JSON.parse(value)]).toEqual([field, info.initial]);
    }
  });

  it("describes every output that is no argument", () => {
    const further = outputNames(definition).filter((output) => !(output in definition.fields));
    expect(Object.keys(resource.outputs)).toEqual(
      further.filter((output) => !definition.scopes.includes(output as never)),
    );
    for (const [output, { description, type }] of Object.entries(resource.outputs)) {
      expect([output, description, type]).toEqual([output, expect.stringMatching(/\.$/), expect.stringMatching(/^\w/)]);
    }
  });

  it("lists forms of its ID that import takes", () => {
    expect(resource.ids.filter((id) => parseId(definition, id) === undefined)).toEqual([]);
  });
});

test("says of classes that GitLab has deprecated or removed what takes their place", () => {
  const deprecated = schema.resources.filter(({ deprecation }) => deprecation !== undefined);
  expect(deprecated.map((resource) => [resource.class, resource.deprecation])).toEqual([
    ["integrations.Slack", expect.stringMatching(/^Use `GitlabSlackApplication`: .*\.$/)],
    ["integrations.SlackSlashCommands", expect.stringMatching(/^Use `GitlabSlackApplication`: .*\.$/)],
  ]);
});

test("names the licence that a class or an argument needs", () => {
  const tier = (name: string) => schema.resources.find((resource) => resource.class === name)?.tier;
  expect([tier("GroupHook"), tier("ProjectPushRule"), tier("ProjectHook")]).toEqual(["Premium", "Premium", undefined]);
  const share = schema.resources.find((resource) => resource.class === "ProjectShare");
  expect(share?.fields.memberRoleId?.tier).toBe("Ultimate");
});

test("tells which outputs are secret", () => {
  const project = schema.resources.find((resource) => resource.class === "Project");
  expect([project?.outputs.runnersToken?.secret, project?.outputs.webUrl?.secret]).toEqual([true, false]);
});
