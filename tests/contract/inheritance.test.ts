import { definitionOf, made } from "./support/cases";
import { forms, createAs, type DeclaredObject } from "./support/declaration-forms";
import { ManagedResource } from "./support/managed-resource";
import { leastArgs } from "./support/samples";
import { ProviderFixture, unique, type TestParent } from "./support/provider-fixture";
import { rowOf } from "./support/stored";

const slack = definitionOf("integrations.Slack");
const jenkins = definitionOf("integrations.Jenkins");
const args = leastArgs(slack, "project");

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start();
});

afterAll(async () => {
  await fixture.stop();
});

/** A project whose group has Slack, which it inherits. */
async function heir(channel = "#all"): Promise<TestParent & { readonly group: string }> {
  const group = await fixture.createParent("group");
  const name = unique("heir");
  const { id } = (await fixture.api("POST", "/projects", { name, namespace_id: group.id })) as { id: number };
  const values = { webhook: "https://hooks.slack.com/services/above", channel };
  fixture.sandbox.control.seedIntegration({ scope: `groups/${group.id}`, slug: "slack", values });
  return { scope: "project", id, path: `${group.path}/${name}`, group: `groups/${group.id}` };
}

async function shown(
  managed: DeclaredObject,
): Promise<{ inherited: boolean; active: boolean; properties: { channel: string } }> {
  return (await fixture.api("GET", `/${managed.id}`)) as never;
}

describe.each(forms)("%s", (_, form) => {
  test("an inherited integration is overridden without an import, and inherits again when it is deleted", async () => {
    const place = await heir();
    const managed = await createAs(form, fixture, slack, place, { ...args, channel: "#own" });
    expect(await shown(managed)).toMatchObject({ inherited: false, active: true, properties: { channel: "#own" } });
    expect(managed.outputs).toMatchObject({ __inherited: true, useInheritedSettings: false });
    await managed.refresh();
    await managed.up({ project: place.id, ...args, channel: "#other" });
    expect(managed.outputs.__inherited).toBe(true);
    const { requests } = await fixture.recordRequests(() => managed.destroy());
    expect(requests).toEqual([`PUT /${managed.id}`]);
    expect(await shown(managed)).toMatchObject({ inherited: true, properties: { channel: "#all" } });
  });

  test("without a default above any more, it is disabled instead", async () => {
    const place = await heir();
    const managed = await createAs(form, fixture, slack, place, args);
    const { state } = fixture.sandbox.control.world;
    state.integrations = state.integrations.filter(
      ({ scope }) => `groups/${scope.id}` !== place.group || scope.kind !== "group",
    );
    const { requests } = await fixture.recordRequests(() => managed.destroy());
    expect(requests).toEqual([`PUT /${managed.id}`, `DELETE /${managed.id}`]);
    expect(rowOf(fixture, managed.id)?.active).toBe(false);
  });

  test("what is one's own from the start is disabled, also below a group that has a default", async () => {
    const place = await fixture.createParent("project");
    const managed = await createAs(form, fixture, slack, place, args);
    expect(managed.outputs).not.toHaveProperty("__inherited");
    expect((await fixture.recordRequests(() => managed.destroy())).requests).toEqual([`DELETE /${managed.id}`]);
  });

  test("useInheritedSettings takes the settings from above and compares nothing else", async () => {
    const place = await heir();
    const inheriting = { ...args, channel: "#ignored", useInheritedSettings: true };
    const managed = await createAs(form, fixture, slack, place, inheriting);
    expect(await shown(managed)).toMatchObject({ inherited: true, properties: { channel: "#all" } });
    const same = { result: "same", requests: [] };
    expect(await fixture.recordRequests(() => managed.up({ project: place.id, ...inheriting }))).toEqual(same);
    await managed.refresh();
    expect(await fixture.recordRequests(() => managed.up({ project: place.id, ...inheriting }))).toEqual(same);
  });

  test("both ways: from inheriting to one's own and back", async () => {
    const place = await heir();
    const managed = await createAs(form, fixture, slack, place, { ...args, useInheritedSettings: true });
    expect(await managed.up({ project: place.id, ...args, channel: "#own" })).toBe("update");
    expect(await shown(managed)).toMatchObject({ inherited: false, properties: { channel: "#own" } });
    expect(await managed.up({ project: place.id, ...args, useInheritedSettings: true })).toBe("update");
    expect(await shown(managed)).toMatchObject({ inherited: true, properties: { channel: "#all" } });
  });

  test("inheriting behind our back is drift, and mended", async () => {
    const place = await heir();
    const own = { project: place.id, ...args, channel: "#own" };
    const managed = await createAs(form, fixture, slack, place, own);
    await fixture.api("PUT", `/${managed.id}`, {
      webhook: "https://hooks.slack.com/services/x",
      use_inherited_settings: true,
    });
    await managed.refresh();
    expect(managed.inputs).toMatchObject({ useInheritedSettings: true, channel: "#all" });
    expect(await managed.up(own)).toBe("update");
    expect(await shown(managed)).toMatchObject({ inherited: false, properties: { channel: "#own" } });
  });

  test("inheriting where nothing is above is an error", async () => {
    const place = await fixture.createParent("project");
    const message = await fixture.errorOf(() =>
      createAs(form, fixture, slack, place, { ...args, useInheritedSettings: true }),
    );
    expect(message).toMatch(/PUT \/projects\/\d+\/integrations\/slack: 400 Default integration not found/);
  });

  test("one that differs in nothing that GitLab shows is taken as ours", async () => {
    const place = await fixture.createParent("project");
    fixture.sandbox.control.seedIntegration({
      scope: `projects/${place.id}`,
      slug: "slack",
      values: { channel: "#own" },
    });
    const managed = await createAs(form, fixture, slack, place, { ...args, channel: "#own" });
    expect(rowOf(fixture, managed.id)?.values).toMatchObject({ webhook: args.webhook });
  });

  test("gitlab:overwriteExisting turns the refusal off", async () => {
    const bold = await fixture.withNewProcess({ "gitlab:overwriteExisting": "true" });
    const place = await fixture.createParent("project");
    fixture.sandbox.control.seedIntegration({
      scope: `projects/${place.id}`,
      slug: "slack",
      values: { channel: "#theirs" },
    });
    const managed = await createAs(form, bold, slack, place, { ...args, channel: "#own" });
    expect((await shown(managed)).properties.channel).toBe("#own");
    await bold.stop("sandbox");
  });

  test("an optional secret survives a change of the address, and one that the program does not hold is warned of", async () => {
    const place = await fixture.createParent("project");
    const given = { jenkinsUrl: "https://one.example.com/", projectName: "shop", username: "ci" };
    const managed = await createAs(form, fixture, jenkins, place, { ...given, password: "canary-password" });
    await managed.up({
      project: place.id,
      ...given,
      password: "canary-password",
      jenkinsUrl: "https://two.example.com/",
    });
    expect(rowOf(fixture, managed.id)?.values).toMatchObject({ password: "canary-password" });
    const adopter = await createAs(form, fixture, jenkins, await fixture.createParent("project"), given);
    const lines = await fixture.logsDuring(() =>
      adopter.diff({ project: adopter.outputs.projectId, ...given, jenkinsUrl: "https://x.example.com/" }),
    );
    expect(lines.map(({ message }) => message)).toContainEqual(
      expect.stringContaining("with jenkinsUrl, GitLab drops password"),
    );
  });

  test("a second issue tracker: the error says what to do", async () => {
    const place = await fixture.createParent("project");
    const [youTrack, redmine] = [definitionOf("integrations.YouTrack"), definitionOf("integrations.Redmine")];
    await createAs(form, fixture, youTrack, place, leastArgs(youTrack, "project"));
    const message = await fixture.errorOf(() => createAs(form, fixture, redmine, place, leastArgs(redmine, "project")));
    expect(message).toMatch(
      /PUT \/projects\/\d+\/integrations\/redmine: 400 .*Another issue tracker is already in use/,
    );
    expect(message).toMatch(/`pulumi up`/);
  });
});

test("an adopted one that inherited inherits again", async () => {
  const place = await heir();
  const managed = new ManagedResource(fixture, slack);
  await managed.up({ project: place.id, ...args }, place.path);
  expect(managed.outputs.__inherited).toBe(true);
  await managed.destroy();
  expect(await shown(managed)).toMatchObject({ inherited: true });
});

test("a foreign integration is refused with the line that takes it over, and names what differs", async () => {
  const place = await fixture.createParent("project");
  fixture.sandbox.control.seedIntegration({
    scope: `projects/${place.id}`,
    slug: "slack",
    values: { channel: "#theirs" },
  });
  const own = { ...args, channel: "#own", pushEvents: true };
  const message = await fixture.errorOf(() => made(fixture, slack, place, own));
  const id = `projects/${place.id}/integrations/slack`;
  expect(message).toContain(`${id} is already active and differs in channel.`);
  expect(message).toContain(`{ import: "${id}" }`);
  expect(message).toContain("gitlab:overwriteExisting");
  const managed = new ManagedResource(fixture, slack);
  await managed.up({ project: place.id, ...own }, id);
  expect((await shown(managed)).properties.channel).toBe("#own");
});
