import { definitionOf } from "./support/cases";
import { ManagedFleet } from "./support/managed-fleet";
import { ManagedResource, type Props } from "./support/managed-resource";
import { leastArgs } from "./support/samples";
import { ProviderFixture, unique } from "./support/provider-fixture";

const project = definitionOf("Project");

/** How many calls must find nothing until that which makes the object: some are asked for before, also by the check. */
const children = [
  ["ProjectHook", 2],
  ["ProjectPushRule", 2],
  ["ProjectShare", 1],
  ["ProjectPullMirror", 3],
  ["ProjectForkRelation", 1],
  ["ProjectNotificationSettings", 2],
  ["integrations.Asana", 3],
] as const;

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start();
});

afterAll(async () => {
  await fixture.stop();
});

function delaying(calls: number): void {
  fixture.sandbox.control.configure({ authorizationDelay: { calls, milliseconds: 0 } });
}

async function madeProject(): Promise<ManagedResource> {
  const managed = new ManagedResource(fixture, project);
  await managed.up({ namespace: "acme", path: unique("fresh") });
  return managed;
}

function old(id: string): void {
  const row = fixture.sandbox.control.world.project(Number(id.split("/")[1]));
  Object.assign(row ?? {}, { createdAt: "2025-01-15T09:30:00.000Z" });
}

describe("below a project that was made a moment ago", () => {
  afterEach(() => {
    delaying(0);
  });

  test.each(children)("a %s waits until GitLab shows it, made by this process", async (name, calls) => {
    const definition = definitionOf(name);
    delaying(calls);
    const parent = await madeProject();
    const child = new ManagedResource(fixture, definition);
    expect(await child.up({ project: parent.id, ...leastArgs(definition, "project") })).toBe("create");
  });

  test("a hook waits, made by another process", async () => {
    delaying(2);
    const { id } = (await fixture.api("POST", "/projects", { path: unique("theirs"), namespace_id: 9 })) as Props;
    const child = new ManagedResource(fixture, definitionOf("ProjectHook"));
    const { requests } = await fixture.recordRequests(() =>
      child.up({ project: id, url: "https://ci.example.com/hook" }),
    );
    // The look-up of the project tells its age: that costs no request.
    expect(requests.filter((request) => request === `GET /projects/${String(id)}`)).toHaveLength(1);
  });

  test("the entries of a fleet wait", async () => {
    delaying(4);
    const parent = await madeProject();
    const fleet = new ManagedFleet(fixture, definitionOf("ProjectHook"));
    const url = (name: string) => ({ project: parent.id, url: `https://ci.example.com/${name}` });
    await fleet.up({ one: url("one"), two: url("two"), three: url("three") });
    expect(Object.keys(fleet.outputs.ids as Props)).toHaveLength(3);
  });

  test("a 404 that stays is an error after a few tries", async () => {
    delaying(1_000);
    const quick = await fixture.withNewProcess({ "gitlab:retries": 1 });
    const { id } = (await fixture.api("POST", "/projects", { path: unique("never"), namespace_id: 9 })) as Props;
    const child = new ManagedResource(quick, definitionOf("ProjectHook"));
    const { result, requests } = await quick.recordRequests(() =>
      quick.errorOf(() => child.up({ project: id, url: "https://ci.example.com/hook" })),
    );
    expect(result).toMatch(/404 Project Not Found/);
    expect(requests.filter((request) => request.startsWith("POST"))).toHaveLength(2);
    await quick.stop("sandbox");
  });
});

describe("below a project that has been there for a while", () => {
  test("a 404 is the answer", async () => {
    const { id } = (await fixture.api("POST", "/projects", { path: unique("old"), namespace_id: 9 })) as Props;
    old(`projects/${String(id)}`);
    fixture.sandbox.control.addFault({
      method: "POST",
      path: `/projects/${String(id)}/hooks$`,
      status: 404,
      body: { message: "404 Project Not Found" },
    });
    const child = new ManagedResource(fixture, definitionOf("ProjectHook"));
    const { result, requests } = await fixture.recordRequests(() =>
      fixture.errorOf(() => child.up({ project: id, url: "https://ci.example.com/hook" })),
    );
    expect(result).toMatch(/404 Project Not Found/);
    expect(requests.filter((request) => request.startsWith("POST"))).toHaveLength(1);
  });

  test("an integration that is not there yet is made at once, also where the project is new", async () => {
    const parent = await madeProject();
    const child = new ManagedResource(fixture, definitionOf("integrations.Asana"));
    const args = { project: parent.id, ...leastArgs(child.definition, "project") };
    const { requests } = await fixture.recordRequests(() => child.up(args));
    const asked = `GET /${parent.id}/integrations/asana`;
    expect(requests).toEqual([asked, `PUT /${parent.id}/integrations/asana`]);
  });
});
