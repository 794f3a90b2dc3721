import * as pulumi from "@pulumi/pulumi";
import * as gitlab from "../../provider";
import { bodyOf } from "../../provider/operations/state/request-body";
import { definitionOf, slugOf } from "./support/cases";
import { known, sandboxOfProgram, type Api, type ProgramSandbox } from "./support/program";
import { leastArgs } from "./support/samples";

let api: Api;
let stop: ProgramSandbox["stop"];

beforeAll(async () => {
  ({ api, stop } = await sandboxOfProgram());
});

afterAll(() => stop());

test.each([
  ["integrations.AppleAppStore", "appStorePrivateKey", "appStorePrivateKeyFileName"],
  ["integrations.GooglePlay", "serviceAccountKey", "serviceAccountKeyFileName"],
])("%s: the key that GitLab returns is a secret in both forms, all else is plain", async (name, key, plain) => {
  const definition = definitionOf(name);
  const given = leastArgs(definition, "project");
  const slug = slugOf(definition);
  await api("PUT", `/projects/42/integrations/${slug}`, bodyOf(definition, { given, reset: [], last: {} }));
  const found = await gitlab.getIntegration({ project: 42, slug });
  const secret = found.properties[key];
  if (!pulumi.Output.isInstance<unknown>(secret)) throw new Error("not an output");
  expect(await known(secret)).toEqual({ value: given[key], secret: true });
  expect(found).toMatchObject({ slug, active: true, properties: { [plain]: given[plain] } });

  const output = gitlab.getIntegrationOutput({ project: 42, slug });
  expect(await known(output.apply(({ properties }) => properties[key]))).toEqual({ value: given[key], secret: true });
  expect(await known(output.slug)).toEqual({ value: slug, secret: false });
  const listed = await gitlab.getProjectIntegrations({ project: 42 });
  expect(listed.map((one) => one.slug)).toContain(slug);
  expect(JSON.stringify(listed)).not.toContain("PRIVATE KEY");
});

test("an integration without secrets among its settings has no outputs in it", async () => {
  await api("PUT", "/projects/42/integrations/jira", {
    url: "https://jira.example.com",
    username: "me",
    password: "hush-hush",
  });
  const { properties } = await gitlab.getIntegration({ project: 42, slug: "jira" });
  expect(properties).toMatchObject({ url: "https://jira.example.com" });
  expect(Object.values(properties).some((value) => pulumi.Output.isInstance(value))).toBe(false);
});
