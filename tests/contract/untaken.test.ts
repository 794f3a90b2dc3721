import type { Sandbox } from "gitlab-sandbox";
import { definitionOf } from "./support/cases";
import { forms, createAs, type DeclaredObject } from "./support/declaration-forms";
import { leastArgs } from "./support/samples";
import { ProviderFixture } from "./support/provider-fixture";
import { rowOf } from "./support/stored";

const hook = definitionOf("ProjectHook");
const slack = definitionOf("integrations.Slack");
const url = "https://ci.example.com/hook";
const signingToken = `whsec_${Buffer.from("canary-signing-token".padEnd(32, "x")).toString("base64")}`;

/** Before GitLab took signing tokens. */
const oldVersion = "18.5.0-ee";

let fixture: ProviderFixture;
let sandbox: Sandbox;

beforeAll(async () => {
  fixture = await ProviderFixture.start({ version: oldVersion });
  ({ sandbox } = fixture);
});

afterAll(async () => {
  await fixture.stop();
});

/** The object as GitLab shows it, without one of its parameters. */
async function answerWithout(managed: DeclaredObject, parameter: string): Promise<Record<string, unknown>> {
  const answer = (await fixture.api("GET", `/${managed.id}`)) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(answer).filter(([key]) => key !== parameter));
}

/** Lets the next answer to a PUT lack a parameter, as an older server's does. */
function dropping(managed: DeclaredObject, body: Record<string, unknown>): void {
  sandbox.control.addFault({ method: "PUT", path: `/${managed.id}$`, status: 200, body });
}

async function warnings(task: () => Promise<unknown>): Promise<string[]> {
  const lines = await fixture.logsDuring(task);
  return lines.filter(({ severity }) => severity === "warning").map(({ message }) => message);
}

describe.each(forms)("%s", (_, form) => {
  test("a field that GitLab does not take is said once, and no drift until its argument changes", async () => {
    const place = await fixture.createParent("project");
    const managed = await createAs(form, fixture, hook, place, { url });
    // GitLab has it since 18.10.
    const args = { project: place.id, url, resourceDeployTokenEvents: true };
    const said = await warnings(() => managed.up(args));
    expect(said).toEqual([expect.stringContaining(`${managed.title}: GitLab ignored resourceDeployTokenEvents.`)]);
    expect(said[0]).toMatch(/older version or a lower tier/);
    expect(managed.outputs).toMatchObject({
      resourceDeployTokenEvents: true,
      __untaken: ["resourceDeployTokenEvents"],
    });
    expect(await managed.up(args)).toBe("same");
    await managed.refresh();
    expect(managed.inputs.resourceDeployTokenEvents).toBe(true);
    expect(await managed.up(args)).toBe("same");
    expect(await warnings(() => managed.up({ ...args, name: "x" }))).toEqual([]);
    expect(managed.outputs.__untaken).toEqual(["resourceDeployTokenEvents"]);
    expect(await managed.up({ ...args, name: "x", resourceDeployTokenEvents: false })).toBe("update");
    expect(managed.outputs).not.toHaveProperty("__untaken");
  });

  test("a field that a newer GitLab takes is drift there, and taken with the next update", async () => {
    const place = await fixture.createParent("project");
    const args = { project: place.id, url, resourceDeployTokenEvents: true };
    const managed = await createAs(form, fixture, hook, place, args);
    expect(managed.outputs.__untaken).toEqual(["resourceDeployTokenEvents"]);
    sandbox.control.configure({ version: "18.10.0-ee" });
    await managed.refresh();
    expect(managed.outputs).not.toHaveProperty("__untaken");
    expect(managed.inputs.resourceDeployTokenEvents).toBe(false);
    expect(await managed.up(args)).toBe("update");
    await managed.refresh();
    expect(managed.inputs.resourceDeployTokenEvents).toBe(true);
    sandbox.control.configure({ version: oldVersion });
  });

  test("a signing token on a GitLab before 19.0", async () => {
    const place = await fixture.createParent("project");
    const said = await warnings(async () => {
      const managed = await createAs(form, fixture, hook, place, { url, token: "canary-token", signingToken });
      expect(managed.outputs.__untaken).toEqual(["signingToken"]);
      expect(await managed.up({ project: place.id, url, token: "canary-token", signingToken })).toBe("same");
    });
    expect(said).toEqual([expect.stringContaining("GitLab ignored signingToken.")]);
  });

  test("an event that the integration's server does not know", async () => {
    const place = await fixture.createParent("project");
    const args = leastArgs(slack, "project");
    const managed = await createAs(form, fixture, slack, place, args);
    const answer = await answerWithout(managed, "vulnerability_events");
    dropping(managed, answer);
    expect(await warnings(() => managed.up({ project: place.id, ...args, vulnerabilityEvents: true }))).toEqual([
      expect.stringContaining("ignored vulnerabilityEvents"),
    ]);
  });

  test("what is set to GitLab's default is not missed", async () => {
    const place = await fixture.createParent("project");
    const managed = await createAs(form, fixture, hook, place, { url });
    const answer = await answerWithout(managed, "emoji_events");
    dropping(managed, answer);
    expect(await warnings(() => managed.up({ project: place.id, url, emojiEvents: false }))).toEqual([]);
  });

  test("documented parameters that servers drop are no change after they were set", async () => {
    const place = await fixture.createParent("project");
    const args = { ...leastArgs(slack, "project"), commitEvents: false };
    const managed = await createAs(form, fixture, slack, place, args);
    expect(managed.outputs).not.toHaveProperty("__untaken");
    await managed.refresh();
    expect(await managed.up({ project: place.id, ...args })).toBe("same");
  });

  test("a token that somebody removed is drift where GitLab says whether there is one", async () => {
    sandbox.control.configure({ version: "19.4.0-ee" });
    const place = await fixture.createParent("project");
    const args = { project: place.id, url, token: "canary-token-two", signingToken };
    const managed = await createAs(form, fixture, hook, place, args);
    Object.assign(rowOf(fixture, managed.id) ?? {}, { token: null });
    await managed.refresh();
    expect(managed.inputs).not.toHaveProperty("token");
    expect(managed.inputs).toHaveProperty("signingToken");
    expect(await managed.up(args)).toBe("update");
    expect(rowOf(fixture, managed.id)).toMatchObject({ token: "canary-token-two", signingToken });
    sandbox.control.configure({ version: oldVersion });
  });
});
