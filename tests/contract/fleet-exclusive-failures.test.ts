import { isSingleton } from "../../provider/core/definition";
import { isFleetable } from "../../provider/fleet/kinds";
import { cases, definitionOf } from "./support/cases";
import { entryIn, ExclusiveFleet, hooksIn, ours, stranger, strangers } from "./support/exclusive";
import { ManagedFleet } from "./support/managed-fleet";
import { ProviderFixture } from "./support/provider-fixture";

const hook = definitionOf("ProjectHook");
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const exclusive = { exclusive: "delete" } as const;

let fixture: ProviderFixture;
const processes: ProviderFixture[] = [];

beforeAll(async () => {
  fixture = await ProviderFixture.start({}, { "gitlab:retries": "0" });
});

afterEach(async () => {
  fixture.sandbox.control.faults.clear();
  for (const each of processes.splice(0)) await each.stop("sandbox");
});

afterAll(async () => {
  await fixture.stop();
});

async function another(): Promise<ProviderFixture> {
  const process = await fixture.withNewProcess({ "gitlab:retries": "0" });
  processes.push(process);
  return process;
}

/** A fleet of one hook, and some that are none of its entries, which a preview has named. */
async function previewed(count: number) {
  const place = await fixture.createParent("project");
  const fleet = ExclusiveFleet.in(fixture, { definition: hook, args: exclusive });
  await fleet.up(entryIn(place));
  const others = await strangers(fixture, place, count);
  const later = fleet.after(await another());
  await later.preview(entryIn(place));
  return { place, fleet, others, later };
}

test("a deletion that fails stops no other, is said by its ID, and the next run makes up for it", async () => {
  const { place, later, others } = await previewed(3);
  const [first = ""] = others;
  fixture.sandbox.control.addFault({ method: "DELETE", path: `/${first.split("/").at(-1) ?? ""}$`, status: 403 });
  const message = await fixture.errorOf(() => later.up(entryIn(place)));
  expect(message).toMatch(new RegExp(`^1 of 3 hooks failed\\..*; ${first}: DELETE /${first}: 403`));
  expect(hooksIn(fixture, place)).toHaveLength(2);
  fixture.sandbox.control.faults.clear();
  const next = later.after(await another());
  expect(await next.up(entryIn(place))).toContain(
    `1 hook on GitLab is no entry of this fleet: deleted.\n  - ${first} (`,
  );
  expect(hooksIn(fixture, place)).toEqual(next.ids);
});

test("killed in the middle of the deletions, the next run goes on with what the preview had named, and with nothing else", async () => {
  const { place, fleet, others } = await previewed(4);
  const run = await another();
  const stop = fixture.sandbox.control.watch(({ request, phase }) => {
    if (request.method === "DELETE" && phase === "done") run.provider.kill();
  });
  await expect(fleet.after(run).up(entryIn(place))).rejects.toThrow();
  stop();
  const late = await stranger(fixture, place);
  const next = fleet.after(await another());
  await next.up(entryIn(place));
  expect(hooksIn(fixture, place)).toEqual([late, ...fleet.ids].sort());
  expect(others.length).toBe(4);
});

test("where an entry fails nothing is deleted, since it may be what the entry replaces", async () => {
  const { place, fleet, others } = await previewed(1);
  const entries = { ...entryIn(place), new: { project: place.id, url: "https://new.example.com" } };
  const next = fleet.after(await another());
  await next.preview(entries);
  fixture.sandbox.control.addFault({ method: "POST", path: "/hooks$", status: 400 });
  let message = "";
  const lines = await next.fleet.fixture.logsDuring(async () => {
    message = await fixture.errorOf(() => next.up(entries));
  });
  expect(message).toContain('entries["new"]: POST');
  expect(lines.map(({ message: text }) => text).join()).toContain(
    "not deleted, since entries failed. The next `pulumi up` goes on.",
  );
  expect(hooksIn(fixture, place)).toEqual(expect.arrayContaining(others));
});

test("entries whose project is not known yet are said, and what a preview could not look at is not deleted", async () => {
  const place = await fixture.createParent("project");
  const other = await stranger(fixture, place);
  const fleet = ExclusiveFleet.in(fixture, { definition: hook, args: exclusive });
  const { said } = await fleet.preview({ a: { project: unknown, ...ours } });
  expect(said).toContain(
    "exclusive: the project or group of 1 hook is not known yet: others there are not looked for.",
  );
  expect(await fleet.up({ a: { project: place.id, ...ours } })).toContain("not deleted, since no preview");
  expect(hooksIn(fixture, place)).toContain(other);
  await fleet.preview({ a: { project: place.id, ...ours } });
  const whole = fleet.after(await another());
  const inputs = await whole.fleet.checked({}, whole.more(true));
  await whole.fleet.fixture.provider.diff(whole.fleet.id, whole.fleet.outputs, { ...inputs, entries: unknown });
  await fleet.after(await another()).up({ a: { project: place.id, ...ours } });
  expect(hooksIn(fixture, place)).toContain(other);
});

test("a refresh shows no drift and reads others not at all, and a destroy deletes the entries alone", async () => {
  const { later, others, place } = await previewed(2);
  const before = structuredClone([later.fleet.inputs.exclusive, later.fleet.outputs]);
  expect(before[0]).toBe("delete");
  const lines = await later.fleet.fixture.logsDuring(() => later.fleet.refresh());
  expect(lines).toEqual([]);
  expect([later.fleet.inputs.exclusive, later.fleet.outputs]).toEqual(before);
  await later.fleet.destroy();
  expect(hooksIn(fixture, place)).toEqual([...others].sort());
});

test("to begin or end it is a change without a request that writes", async () => {
  const place = await fixture.createParent("project");
  const fleet = ExclusiveFleet.in(fixture, { definition: hook, args: {} });
  await fleet.up(entryIn(place));
  for (const args of [exclusive, { ...exclusive, exclusiveLimit: 20 }, {}]) {
    const next = fleet.after(fixture, { args });
    expect(await next.fleet.up(entryIn(place), next.more(false))).toBe("update");
    expect(await next.fleet.up(entryIn(place), next.more(false))).toBe("same");
    Object.assign(fleet.fleet, { inputs: next.fleet.inputs, outputs: next.fleet.outputs });
  }
  expect(fleet.fleet.outputs).not.toHaveProperty("exclusive");
});

test("two fleets that exclude each other are an error that names both", async () => {
  const place = await fixture.createParent("project");
  const run = await another();
  const [one, two] = [0, 1].map(() => ExclusiveFleet.in(run, { definition: hook, args: exclusive }));
  await one?.up(entryIn(place));
  expect((await two?.problems(entryIn(place)))?.join()).toMatch(
    /^exclusive: Fleet "\w+" is exclusive for \S+ too\. Put the entries/,
  );
});

test("shares that are no entries are deleted; one that differs from its entry is not one of them", async () => {
  const place = await fixture.createParent("project");
  const [own, other, differs] = [
    await fixture.createParent("group"),
    await fixture.createParent("group"),
    await fixture.createParent("group"),
  ];
  for (const { id } of [other, differs]) {
    await fixture.api("POST", `/projects/${place.id}/share`, { group_id: id, group_access: 30 });
  }
  const entry = (group: string) => ({ project: place.path, groupId: group, groupAccess: "developer" });
  const fleet = ExclusiveFleet.in(fixture, { definition: definitionOf("ProjectShare"), args: exclusive });
  const entries = { own: entry(own.path), differs: { ...entry(differs.path), groupAccess: "guest" } };
  const { said } = await fleet.preview(entries);
  expect(said).toContain(
    `1 share on GitLab is no entry of this fleet: \`pulumi up\` deletes it.\n  - projects/${place.id}/share/${other.id} (${other.path})`,
  );
  const rest = { own: entries.own };
  const later = fleet.after(await another());
  await later.preview(rest);
  await later.up(rest);
  const { shared_with_groups: shares } = (await fixture.api("GET", `/projects/${place.id}`)) as {
    shared_with_groups: { group_id: number }[];
  };
  expect(shares.map(({ group_id: id }) => id)).toEqual([own.id]);
});

test("what has one object at most has no others: refused, and so is retainOnDelete, and every wrong value", async () => {
  const problems = async (args: object, definition = hook) =>
    ExclusiveFleet.in(fixture, { definition, args: { ...args } }).problems({});
  const singles = new Set(cases.map(([, , each]) => each).filter((each) => isFleetable(each) && isSingleton(each)));
  expect(singles.size).toBeGreaterThan(50);
  for (const definition of singles) {
    expect((await problems(exclusive, definition)).join()).toMatch(
      /^exclusive: a (project|group|project or group) has one \S+ at most, so that there are no others$/,
    );
  }
  expect(await problems({ ...exclusive, __retain: true })).toEqual([
    expect.stringMatching(/^exclusive: "delete" contradicts retainOnDelete/),
  ]);
  expect(await problems({ exclusive: true })).toEqual(['exclusive: must be "report" or "delete"']);
  for (const limit of [0, -1, 1.5, "10", Number.NaN]) {
    expect(await problems({ ...exclusive, exclusiveLimit: limit })).toEqual([
      "exclusiveLimit: must be a whole number from 1",
    ]);
  }
  expect(await problems({ exclusive: unknown })).toEqual(["exclusive: must be known in a preview"]);
  const { failures } = await fixture.provider.check(
    {},
    new ManagedFleet(fixture, hook).news({}, { exclusiv: "delete" }),
  );
  expect(failures).toEqual([expect.stringContaining("exclusiv: a Fleet has no such argument")]);
});
