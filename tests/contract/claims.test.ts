import { definitionOf, made, pathIn } from "./support/cases";
import { ManagedResource } from "./support/managed-resource";
import { leastArgs } from "./support/samples";
import { ProviderFixture, type TestParent } from "./support/provider-fixture";
import { countIn, rowOf } from "./support/stored";

const hook = definitionOf("ProjectHook");
const slack = definitionOf("integrations.Slack");
const rule = definitionOf("ProjectPushRule");
const share = definitionOf("ProjectShare");
const url = "https://ci.example.com/hook";

let fixture: ProviderFixture;
/** The process of an earlier run. */
let former: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start({}, { "gitlab:retries": 0 });
  former = await fixture.withNewProcess();
});

afterAll(async () => {
  await former.stop("sandbox");
  await fixture.stop();
});

/** A hook that is in state already, as a later run of the engine finds it. */
async function earlier(place: TestParent, mark?: string): Promise<ManagedResource> {
  const managed = new ManagedResource(former, hook);
  await managed.up({ project: place.id, url }, mark);
  return managed.copy(fixture);
}

async function hookByHand(place: TestParent): Promise<string> {
  const { id } = (await fixture.api("POST", `/projects/${place.id}/hooks`, { url })) as { id: number };
  return pathIn(hook, place, id);
}

function ups(managed: ManagedResource, args: object, mark?: string): Promise<unknown> {
  return managed.up({ project: managed.inputs.project, url, ...args }, mark);
}

test("each create puts another claim into the outputs, and read and update keep it", async () => {
  const place = await fixture.createParent("project");
  const one = await made(fixture, hook, place, { url });
  const two = await made(fixture, hook, place, { url, name: "two" });
  const claim = one.outputs.__claim as string;
  expect(claim).toMatch(/^[0-9a-f-]{36}$/);
  expect(two.outputs.__claim).not.toBe(claim);
  await one.refresh();
  expect(one.outputs.__claim).toBe(claim);
  expect(await ups(one, { name: "three" })).toBe("update");
  expect(one.outputs.__claim).toBe(claim);
});

test("--replace of an adopted hook: the new resource takes it over, the old one's delete keeps it", async () => {
  const place = await fixture.createParent("project");
  const id = await hookByHand(place);
  const old = await earlier(place, id);
  const next = new ManagedResource(fixture, hook);
  await next.up({ project: place.id, url }, id);
  expect(next.id).toBe(old.id);
  const lines = await fixture.logsDuring(() => old.destroy());
  expect(lines.map(({ message }) => message)).toEqual([`${id}: kept, managed by another resource of this program.`]);
  expect(rowOf(fixture, id)).toBeDefined();
  await next.destroy();
  expect(rowOf(fixture, id)).toBeUndefined();
});

test("delete before replace of an adopted hook: the mark is spent, and a new hook is made", async () => {
  const place = await fixture.createParent("project");
  const id = await hookByHand(place);
  const old = await earlier(place, id);
  await old.destroy();
  const next = new ManagedResource(fixture, hook);
  await next.up({ project: place.id, url }, id);
  expect(next.id).not.toBe(id);
  expect(countIn(fixture, "project", place.id)).toBe(1);
});

test("a change that replaces an adopted hook: its mark is spent too", async () => {
  const place = await fixture.createParent("project");
  const other = await fixture.createParent("project");
  const id = await hookByHand(place);
  const old = await earlier(place, id);
  expect((await old.diff({ project: other.id, url }, id)).replaces).toEqual(["project"]);
  const next = new ManagedResource(fixture, hook);
  await next.up({ project: other.id, url }, id);
  expect(next.id).toMatch(new RegExp(`^projects/${other.id}/hooks/`));
  await old.destroy();
  expect(rowOf(fixture, id)).toBeUndefined();
});

test("a spent mark stays in the program: the next run finds nothing to do", async () => {
  const place = await fixture.createParent("project");
  const id = await hookByHand(place);
  const old = await earlier(place, id);
  await old.destroy();
  const next = new ManagedResource(fixture, hook);
  await next.up({ project: place.id, url }, id);
  const later = await fixture.withNewProcess();
  expect(await next.copy(later).up({ project: place.id, url }, id)).toBe("same");
  await later.stop("sandbox");
});

test("two resources that take over one hook: the second fails", async () => {
  const place = await fixture.createParent("project");
  const id = await hookByHand(place);
  const one = new ManagedResource(fixture, hook);
  await one.up({ project: place.id, url }, id);
  const two = new ManagedResource(fixture, hook);
  const short = id.replace(/^projects\/(\d+)\/hooks\//, "$1:");
  const message = await fixture.errorOf(() => two.up({ project: place.path, url }, short));
  expect(message).toContain(`${id} is already managed by another resource of this program.`);
  expect(countIn(fixture, "project", place.id)).toBe(1);
});

describe.each([slack, rule, share])("$name, of which a project has one", (definition) => {
  const args = leastArgs(definition, "project");
  const given = definition === rule ? { denyDeleteTag: true } : args;

  test("two resources that manage the same: the second fails", async () => {
    const place = await fixture.createParent("project");
    const one = await made(fixture, definition, place, given);
    const two = new ManagedResource(fixture, definition);
    const message = await fixture.errorOf(() => two.up({ project: place.path, ...given }));
    expect(message).toContain(`${one.id} is already managed by another resource of this program.`);
  });

  test("renamed: the new resource takes it over, the old one's delete keeps it", async () => {
    const place = await fixture.createParent("project");
    const old = (await made(former, definition, place, given)).copy(fixture);
    const next = await made(fixture, definition, place, given);
    await old.destroy();
    expect(countIn(fixture, "project", place.id)).toBe(1);
    await next.destroy();
    expect(countIn(fixture, "project", place.id)).toBe(0);
  });

  test("deleted first and made again in one run", async () => {
    const place = await fixture.createParent("project");
    const old = await made(fixture, definition, place, given);
    await old.destroy();
    const next = await made(fixture, definition, place, given);
    expect(next.id).toBe(old.id);
    expect(countIn(fixture, "project", place.id)).toBe(1);
  });
});

test("an adoption that fails halfway keeps what the old resource would delete", async () => {
  const place = await fixture.createParent("project");
  const id = await hookByHand(place);
  await fixture.api("PUT", `/${id}`, { custom_headers: [{ key: "Stray", value: "v" }] });
  const old = await earlier(place, id);
  fixture.sandbox.control.addFault({
    method: "DELETE",
    path: "/custom_headers/Stray$",
    status: 403,
    body: { message: "no" },
  });
  const next = new ManagedResource(fixture, hook);
  await fixture.errorOf(() => next.up({ project: place.id, url, customHeaders: { Own: "canary-header" } }, id));
  expect(next.id).toBe(id);
  await old.destroy();
  expect(rowOf(fixture, id)).toBeDefined();
});

test("an adoption that fails at once keeps it too, since the program still wants it", async () => {
  const place = await fixture.createParent("project");
  const id = await hookByHand(place);
  const old = await earlier(place, id);
  fixture.sandbox.control.addFault({ method: "PUT", path: `^/${id}$`, status: 422, body: { error: "no" } });
  const next = new ManagedResource(fixture, hook);
  await fixture.errorOf(() => next.up({ project: place.id, url, pushEvents: false }, id));
  await old.destroy();
  expect(rowOf(fixture, id)).toBeDefined();
});

describe("a preview of an adoption", () => {
  test("names what changes", async () => {
    const place = await fixture.createParent("project");
    const id = await hookByHand(place);
    const fresh = new ManagedResource(fixture, hook);
    const args = { project: place.id, url: "https://new.example.com/", pushEvents: false, token: "canary-token" };
    const { result, requests } = await fixture.recordRequests(() => fixture.logsDuring(() => fresh.checked(args, id)));
    expect(result).toEqual([
      {
        severity: "info",
        ephemeral: false,
        message: `ProjectHook will take over ${id}, changing url, token, pushEvents.`,
      },
    ]);
    expect(requests).toEqual([`GET /projects/${place.id}`, `GET /${id}`]);
  });

  test("says when it changes nothing, and when it stops inheriting", async () => {
    const place = await fixture.createParent("project");
    const id = await hookByHand(place);
    const said = await fixture.logsDuring(() =>
      new ManagedResource(fixture, hook).checked({ project: place.id, url }, id),
    );
    expect(said[0]?.message).toContain("changing nothing that GitLab shows.");
    fixture.sandbox.control.seedIntegration({ scope: "groups/11", slug: "slack", values: { channel: "#all" } });
    const args = { project: 47, ...leastArgs(slack, "project") };
    const also = await fixture.logsDuring(() => new ManagedResource(fixture, slack).checked(args, "globex/site"));
    expect(also[0]?.message).toMatch(
      /changing useInheritedSettings\. GitLab does not show webhook: .* It stops inheriting\.$/,
    );
  });

  test.each([
    [
      "nothing there",
      "projects/42/hooks/999",
      /^import: projects\/42\/hooks\/999 does not exist, or the token cannot see it/,
    ],
    ["no such project", "projects/4242/hooks/1", /^import: projects\/4242\/hooks\/1 does not exist/],
  ])("%s", async (_case, mark, expected) => {
    const problems = await new ManagedResource(fixture, hook).problems({ project: 42, url }, mark);
    expect(problems).toEqual([expect.stringMatching(expected)]);
  });

  test("of another project's object fails", async () => {
    const id = await hookByHand(await fixture.createParent("project"));
    const problems = await new ManagedResource(fixture, hook).problems({ project: "acme/shop", url }, id);
    expect(problems).toEqual([
      expect.stringMatching(
        /^import: .+ belongs to project acme\/project\d+, but the argument project is acme\/shop\./,
      ),
    ]);
  });

  test("with a project that is not known yet is checked as far as it can be", async () => {
    const id = await hookByHand(await fixture.createParent("project"));
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    expect(await new ManagedResource(fixture, hook).problems({ project: unknown, url }, id)).toEqual([]);
    expect(await new ManagedResource(fixture, hook).problems({ project: 42, url }, unknown)).toEqual([]);
  });

  test("of what is in state already asks nothing", async () => {
    const place = await fixture.createParent("project");
    const id = await hookByHand(place);
    const managed = await earlier(place, id);
    expect((await fixture.recordRequests(() => managed.checked({ project: place.id, url }, id))).requests).toEqual([]);
  });

  test("without network is said to be unchecked", async () => {
    const offline = await fixture.withNewProcess({ "gitlab:baseUrl": "http://127.0.0.1:9", "gitlab:retries": 0 });
    const lines = await offline.logsDuring(() =>
      new ManagedResource(offline, hook).checked({ project: 42, url }, "projects/42/hooks/1"),
    );
    expect(lines.map(({ message }) => message)).toContainEqual(expect.stringContaining("not checked"));
    await offline.stop("sandbox");
  });
});

describe("two resources in state hold one object", () => {
  const names = { a: 'ProjectHook "a"', b: 'ProjectHook "b"' };

  /** A hook, and what took it over in a run whose deletions did not come. */
  async function both(place: TestParent): Promise<{ old: ManagedResource; next: ManagedResource; id: string }> {
    const id = await hookByHand(place);
    const old = new ManagedResource(former, hook);
    await old.up({ project: place.id, url, __resource: names.a }, id);
    const run = await fixture.withNewProcess();
    const next = new ManagedResource(run, hook);
    await next.up({ project: place.id, url, __resource: names.b }, id);
    await run.stop("sandbox");
    return { old, next, id };
  }

  test("the next run deletes the one that left the program, and keeps the object of the other", async () => {
    const { old, next, id } = await both(await fixture.createParent("project"));
    const run = await fixture.withNewProcess();
    expect(await next.copy(run).up({ ...next.inputs }, id)).toBe("same");
    const lines = await run.logsDuring(() => old.copy(run).destroy());
    expect(lines.map(({ message }) => message)).toEqual([
      `${id}: kept, managed by another resource of this program: ${names.b}.`,
    ]);
    expect(rowOf(fixture, id)).toBeDefined();
    await run.stop("sandbox");
  });

  test("the same where each has a provider process of its own", async () => {
    const { old, next, id } = await both(await fixture.createParent("project"));
    const run = await fixture.withNewProcess();
    const beside = await run.withSecondProcess();
    await next.copy(beside).up({ ...next.inputs }, id);
    await old.copy(run).destroy();
    expect(rowOf(fixture, id)).toBeDefined();
    await beside.stop("sandbox");
    await run.stop("sandbox");
  });

  test("an object goes when the resource that has it is itself to be replaced", async () => {
    const place = await fixture.createParent("project");
    const { old, next, id } = await both(place);
    const run = await fixture.withNewProcess();
    const other = await fixture.createParent("project");
    const survivor = next.copy(run);
    expect((await survivor.diff({ ...next.inputs, project: other.id }, id)).replaces).toEqual(["project"]);
    await old.copy(run).destroy();
    expect(rowOf(fixture, id)).toBeUndefined();
    await run.stop("sandbox");
  });

  test("both in the program are an error that names them, whichever is compared first", async () => {
    const { old, next, id } = await both(await fixture.createParent("project"));
    for (const [first, second] of [
      [old, next],
      [next, old],
    ] as const) {
      const run = await fixture.withNewProcess();
      await first.copy(run).up({ ...first.inputs }, id);
      const message = await run.errorOf(() => second.copy(run).up({ ...second.inputs }, id));
      expect(message).toContain(`${id} is already managed by ${String(first.inputs.__resource)} of this program.`);
      await run.stop("sandbox");
    }
  });

  test.each([
    ["its number", (place: TestParent) => place.id],
    ["its ID", (place: TestParent) => `projects/${place.id}`],
    ["its path", (place: TestParent) => place.path],
  ])("a preview refuses to import what another resource has, with the project by %s", async (_, project) => {
    const place = await fixture.createParent("project");
    const id = await hookByHand(place);
    const old = new ManagedResource(former, hook);
    await old.up({ project: place.id, url, __resource: names.a }, id);
    const mark = `projects/${place.path}/hooks/${id.split("/").at(-1) ?? ""}`;
    const run = await fixture.withNewProcess();
    await old.copy(run).diff({ ...old.inputs }, id);
    const problems = await new ManagedResource(run, hook).problems(
      { project: project(place), url, __resource: names.b },
      mark,
    );
    expect(problems.join()).toContain(`is already managed by ${names.a} of this program`);
    await run.stop("sandbox");
    const later = await fixture.withNewProcess();
    expect(
      await new ManagedResource(later, hook).problems({ project: project(place), url, __resource: names.b }, mark),
    ).toEqual([]);
    const message = await later.errorOf(() => old.copy(later).diff({ ...old.inputs }, id));
    expect(message).toContain(`${id} is already managed by ${names.a} and ${names.b} of this program`);
    await later.stop("sandbox");
  });
});
