import { providerText } from "../../provider/core/definition";
import { cases, definitionOf, made } from "./support/cases";
import { allArgs, leastArgs } from "./support/samples";
import { ProviderFixture } from "./support/provider-fixture";

const hook = definitionOf("ProjectHook");
const slack = definitionOf("integrations.Slack");
const url = "https://ci.example.com/hook";

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start();
});

afterAll(async () => {
  await fixture.stop();
});

describe.each(cases.filter(([name]) => /Hook|PushRule|Share|Fork|Slack$|Jira$|EmailsOnPush/.test(name)))(
  "%s.get in a %s",
  (_name, scope, definition) => {
    const bare = { __provider: providerText(definition) };

    test("reads what is there, returns no inputs, and refreshes", async () => {
      const place = await fixture.createParent(scope);
      const managed = await made(fixture, definition, place, allArgs(definition, scope));
      const path = managed.id.replace(`/${place.id}/`, `/${place.path}/`);
      for (const id of [managed.id, path]) {
        const got = await fixture.provider.read(id, bare);
        expect(got.id).toBe(id);
        expect(got.inputs).toBeUndefined();
        expect(got.outputs).toMatchObject({
          [`${scope}Id`]: place.id,
          [`${scope}Path`]: place.path,
          __provider: bare.__provider,
        });
        expect(got.outputs).not.toHaveProperty("__managed");
        const again = await fixture.provider.read(id, got.outputs);
        expect(again).toEqual(got);
      }
      await managed.destroy();
      expect((await fixture.provider.read(managed.id, { ...bare, [scope]: place.id })).id).toBe("");
    });

    test("of something missing fails", async () => {
      const place = await fixture.createParent(scope);
      const id = `${scope}s/${place.id}/${definition.path.replace(":id", "999")}`;
      const message = await fixture.errorOf(() => fixture.provider.read(id, bare));
      expect(message).toBe(`${definition.name}.get: ${id} does not exist, or the token cannot see it.`);
    });

    test("of no ID names the accepted forms", async () => {
      const message = await fixture.errorOf(() => fixture.provider.read("what is this", bare));
      expect(message).toMatch(/"what is this" is not an ID of this resource\. Accepted: /);
      const long = await fixture.errorOf(() => fixture.provider.read(`:\n${"x".repeat(100_000)}`, bare));
      expect(long).toMatch(/^[^\n]{1,400}…" is not an ID of this resource\. Accepted: /);
    });
  },
);

test("the ID of a get serves as a project elsewhere", async () => {
  const place = await fixture.createParent("project");
  const managed = await made(fixture, hook, place, { project: `projects/${place.path}`, url });
  expect(managed.id).toMatch(new RegExp(`^projects/${place.id}/hooks/`));
});

test("a get of inherited settings shows them, and so does its refresh", async () => {
  const group = await fixture.createParent("group");
  const body = { name: "heir", namespace_id: group.id };
  const { id } = (await fixture.api("POST", "/projects", body)) as { id: number };
  const seed = (channel: string) =>
    fixture.sandbox.control.seedIntegration({ scope: `groups/${group.id}`, slug: "slack", values: { channel } });
  seed("#one");
  const slackId = `projects/${id}/integrations/slack`;
  const got = await fixture.provider.read(slackId, { __provider: providerText(slack) });
  expect(got.outputs).toMatchObject({ useInheritedSettings: true, channel: "#one" });
  seed("#two");
  const again = await fixture.provider.read(slackId, got.outputs);
  expect(again.outputs).toMatchObject({ useInheritedSettings: true, channel: "#two" });
});

test("a get holds no secret, and none that GitLab does not say", async () => {
  const place = await fixture.createParent("project");
  const managed = await made(fixture, slack, place, leastArgs(slack, "project"));
  const got = await fixture.provider.read(managed.id, { __provider: providerText(slack) });
  expect(got.outputs).not.toHaveProperty("webhook");
});
