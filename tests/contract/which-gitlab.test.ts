import { startSandbox, type Sandbox } from "gitlab-sandbox";
import { isFleetable } from "../../provider/fleet/kinds";
import { definitionOf, made } from "./support/cases";
import { entry, forms, createAs, single, type DeclaredObject } from "./support/declaration-forms";
import { allArgs, leastArgs } from "./support/samples";
import { newest, ProviderFixture } from "./support/provider-fixture";
import { rowOf } from "./support/stored";

const hook = definitionOf("ProjectHook");
const names = ["ProjectHook", "ProjectPushRule", "ProjectShare", "ProjectPullMirror", "integrations.Slack"] as const;

let home: ProviderFixture;
let elsewhere: Sandbox;
/** A process for the same sandbox under its new address. */
let moved: ProviderFixture;
/** A process for another GitLab altogether. */
let away: ProviderFixture;

beforeAll(async () => {
  home = await ProviderFixture.start();
  elsewhere = await startSandbox({ ...newest, token: home.sandbox.token });
  moved = await home.withNewProcess({
    "gitlab:baseUrl": home.sandbox.url.replace("127.0.0.1", "localhost"),
    "gitlab:formerBaseUrls": JSON.stringify([home.sandbox.url]),
  });
  away = await home.withNewProcess({ "gitlab:baseUrl": elsewhere.url });
});

afterAll(async () => {
  await Promise.all([away.stop("sandbox"), moved.stop("sandbox"), home.stop(), elsewhere.stop()]);
});

async function resource(name: string, form = single): Promise<DeclaredObject> {
  const definition = definitionOf(name);
  return createAs(form, home, definition, await home.createParent("project"), leastArgs(definition, "project"));
}

const declared = names.flatMap((name) =>
  forms
    .filter(([, form]) => form !== entry || isFleetable(definitionOf(name)))
    .map(([way, form]) => [name, way, form] as const),
);

describe.each(declared)("a %s of another GitLab: %s", (name, _way, form) => {
  test("is refused by diff, read, update and delete, without a request", async () => {
    const managed = (await resource(name, form)).copy(away);
    elsewhere.control.log.clear();
    const { provider } = away;
    const { id, inputs, outputs } = managed.resource;
    const calls = [
      () => provider.diff(id, outputs, inputs),
      () => provider.read(id, outputs),
      () => provider.update(id, outputs, inputs),
      () => provider.delete(id, outputs),
    ];
    for (const call of calls) {
      const message = await away.errorOf(call);
      expect(message).toContain(id);
      expect(message).toContain(home.sandbox.url);
      expect(message).toContain(elsewhere.url);
      expect(message).toMatch(/gitlab:formerBaseUrls/);
      expect(message).toMatch(/gitlab:baseUrl back.*`pulumi up` once.*remove the resource/s);
      expect(message).toMatch(/pulumi state delete/);
      expect(message).not.toMatch(/\n\s+at /);
    }
    expect(elsewhere.control.requests()).toEqual([]);
    expect(rowOf(home, managed.id)).toBeDefined();
  });

  test("is managed on under a former address, and remembers the new one after a refresh", async () => {
    const managed = (await resource(name, form)).copy(moved);
    const { id, inputs, outputs } = managed.resource;
    expect(await moved.provider.diff(id, outputs, inputs)).toEqual({
      changes: false,
      replaces: [],
    });
    await managed.refresh();
    expect(managed.outputs.__gitlab).toBe(`${home.sandbox.url.replace("127.0.0.1", "localhost")}/api/v4`);
    await managed.destroy();
    expect(rowOf(home, managed.id)?.active ?? false).toBe(false);
  });
});

test("an update writes the new address", async () => {
  const first = await resource("ProjectHook");
  const managed = first.copy(moved);
  expect(await managed.up({ project: first.outputs.projectId, url: "https://new.example.com/" })).toBe("update");
  expect(managed.outputs.__gitlab).toContain("//localhost:");
});

test("the same address in another spelling is the same GitLab", async () => {
  const spelt = await home.withNewProcess({ "gitlab:baseUrl": `${home.sandbox.url}/api/v4/` });
  const managed = (await resource("ProjectHook")).copy(spelt);
  expect((await spelt.provider.diff(managed.id, managed.outputs, managed.inputs)).changes).toBe(false);
  await spelt.stop("sandbox");
});

test("a `get` of another GitLab is refused at its refresh", async () => {
  const managed = await resource("ProjectHook");
  const got = await home.provider.read(managed.id, { __provider: managed.outputs.__provider });
  expect(await away.errorOf(() => away.provider.read(managed.id, got.outputs))).toContain(home.sandbox.url);
});

test("everything of the old GitLab can be made on the new one", async () => {
  const managed = await made(away, hook, { scope: "project", id: 42, path: "acme/shop" }, allArgs(hook, "project"));
  expect(managed.outputs.__gitlab).toBe(`${elsewhere.url}/api/v4`);
});
