import { providerText } from "../../provider/core/definition";
import { definitionOf } from "./support/cases";
import { entryIn, ExclusiveFleet, hooksIn, ours, stranger, strangers } from "./support/exclusive";
import { ManagedFleet } from "./support/managed-fleet";
import { ManagedResource } from "./support/managed-resource";
import { ProviderFixture } from "./support/provider-fixture";

const hook = definitionOf("ProjectHook");
const kept = "not deleted, since no preview on this machine has named";

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

/** Another process of the program, as each preview and each update has its own. */
async function another(): Promise<ProviderFixture> {
  const process = await fixture.withNewProcess({ "gitlab:retries": "0" });
  processes.push(process);
  return process;
}

/** A fleet of one hook, which is there, and the project. */
async function settled(args = {}) {
  const place = await fixture.createParent("project");
  const fleet = ExclusiveFleet.in(fixture, { definition: hook, args });
  await fleet.up(entryIn(place));
  return { place, fleet, own: fleet.ids[0] ?? "" };
}

test("the preview of a new fleet names what no entry would take, and up deletes just that; then there is nothing to do", async () => {
  const place = await fixture.createParent("project");
  const [one, two] = (await strangers(fixture, place, 2)) as [string, string];
  const own = await stranger(fixture, place, ours);
  const fleet = ExclusiveFleet.in(fixture, { definition: hook });
  const { said } = await fleet.preview(entryIn(place));
  expect(said).toMatch(
    /2 hooks on GitLab are no entries of this fleet: `pulumi up` deletes them\.\n {2}- \S+ \(theirs\d+\.example\.com\)/,
  );
  expect([one, two, own].map((id) => said.includes(`- ${id} `))).toEqual([true, true, false]);
  expect(await fleet.up(entryIn(place))).toContain("2 hooks on GitLab are no entries of this fleet: deleted.");
  expect(hooksIn(fixture, place)).toEqual([own]);
  const later = fleet.after(await another());
  const { result, requests } = await fixture.recordRequests(() => later.preview(entryIn(place)));
  expect(result).toEqual({ said: "", changes: false });
  expect(requests).toEqual([`GET /projects/${place.id}/hooks`]);
});

test("a preview shows a change where others are, and its update lists each project once and deletes each of them once", async () => {
  const { place, fleet, own } = await settled();
  const ids = await strangers(fixture, place, 3);
  const exclusive = fleet.after(await another(), { args: { exclusive: "delete" } });
  expect((await exclusive.preview(entryIn(place))).changes).toBe(true);
  const update = exclusive.after(await another());
  const { requests } = await fixture.recordRequests(() => update.up(entryIn(place)));
  expect([...requests].sort()).toEqual([...ids.map((id) => `DELETE /${id}`), `GET /projects/${place.id}/hooks`].sort());
  expect(hooksIn(fixture, place)).toEqual([own]);
});

test("an update deletes nothing without a preview, and says how to go on", async () => {
  const { place, fleet, own } = await settled({ exclusive: "delete" });
  const other = await stranger(fixture, place);
  const update = fleet.after(await another());
  expect(await update.up(entryIn(place))).toContain(
    `1 hook on GitLab is no entry of this fleet: ${kept} it. Run \`pulumi preview\`, then \`pulumi up\`.\n  - ${other} (`,
  );
  expect(hooksIn(fixture, place)).toEqual([other, own].sort());
});

test("what is made between the preview and the update stays and is reported, in this update and in the next", async () => {
  const { place, fleet, own } = await settled({ exclusive: "delete" });
  const named = await stranger(fixture, place);
  await fleet.after(await another()).preview(entryIn(place));
  const late = await stranger(fixture, place);
  const update = fleet.after(await another());
  const said = await update.up(entryIn(place));
  expect(said).toContain(`${kept} it. Run \`pulumi preview\`, then \`pulumi up\`.\n  - ${late} (`);
  expect(said).toContain(`deleted.\n  - ${named} (`);
  const again = update.after(await another());
  expect(await again.up(entryIn(place))).toContain(`- ${late} (`);
  expect(hooksIn(fixture, place)).toEqual([late, own].sort());
});

test("a later preview that does not name an object takes back what an earlier one said, also one that cannot look", async () => {
  const { place, fleet } = await settled({ exclusive: "delete" });
  const other = await stranger(fixture, place);
  await fleet.after(await another()).preview(entryIn(place));
  fixture.sandbox.control.addFault({ method: "GET", path: "/hooks$", status: 500 });
  const { said } = await fleet.after(await another()).preview(entryIn(place));
  expect(said).toContain("exclusive: not looked for objects that are no entries, and none is deleted: GET /projects");
  await fleet.after(await another()).up(entryIn(place));
  expect(hooksIn(fixture, place)).toContain(other);
});

test("with report, others are said in each run, and neither preview nor update changes anything", async () => {
  const { place, fleet } = await settled({ exclusive: "report" });
  const other = await stranger(fixture, place);
  const { said, changes } = await fleet.after(await another()).preview(entryIn(place));
  expect([said.includes(`1 hook on GitLab is no entry of this fleet.\n  - ${other} (`), changes]).toEqual([
    true,
    false,
  ]);
  const { requests } = await fixture.recordRequests(() => fleet.up(entryIn(place)));
  expect(requests).toEqual([`GET /projects/${place.id}/hooks`]);
});

test("more than the limit is an error of the preview, which says how many and what allows it; nothing is deleted", async () => {
  const { place, fleet } = await settled({ exclusive: "delete" });
  await strangers(fixture, place, 11);
  const preview = fleet.after(await another());
  const message = await fixture.errorOf(() => preview.preview(entryIn(place)));
  expect(message).toContain(
    "11 hooks on GitLab are no entries of this fleet, and exclusive deletes at most 10 in one run: nothing is deleted. " +
      "To delete all of them, set exclusiveLimit: 11.\n  - projects/",
  );
  await fleet.after(await another()).up(entryIn(place));
  expect(hooksIn(fixture, place)).toHaveLength(12);
  const anew = ExclusiveFleet.in(await another(), {
    definition: hook,
    args: { exclusive: "delete", exclusiveLimit: 1 },
  });
  expect((await anew.problems(entryIn(place))).join()).toContain("set exclusiveLimit: 11");
  const allowed = fleet.after(await another(), { args: { exclusive: "delete", exclusiveLimit: 11 } });
  await allowed.preview(entryIn(place));
  await allowed.up(entryIn(place));
  expect(hooksIn(fixture, place)).toHaveLength(1);
});

test("a preview lists 20 objects at most, each by its ID, name and host, and no other part of its URL", async () => {
  const { place, fleet } = await settled({ exclusive: "report" });
  const url = "https://name:canary0in0a0url@theirs.example.com/canary0in0a0path?token=canary0in0a0query";
  for (const text of ["canary0in0a0url", "canary0in0a0path", "canary0in0a0query"]) fixture.secrets.add(text);
  await strangers(fixture, place, 20);
  const first = await stranger(fixture, { ...place }, { url, name: "Their hook" });
  const { said } = await fleet.after(await another()).preview(entryIn(place));
  expect(said.split("\n  - ")).toHaveLength(21);
  expect(said).toContain("and 1 more");
  for (const id of hooksIn(fixture, place))
    if (id !== first && !fleet.ids.includes(id)) await fixture.api("DELETE", `/${id}`);
  expect((await fleet.after(await another()).preview(entryIn(place))).said).toContain(
    `- ${first} (Their hook, theirs.example.com)`,
  );
  const spoken = await Promise.all(processes.map((each) => each.allOutput()));
  for (const secret of fixture.secrets) expect(spoken.join("\n")).not.toContain(secret);
});

test("what another resource or fleet of the run has, what it is to have, and what the program reads is left alone", async () => {
  const { place, fleet, own } = await settled({ exclusive: "delete" });
  const [managed, read] = (await strangers(fixture, place, 2)) as [string, string];
  const run = await another();
  const single = new ManagedResource(run, hook);
  await single.up({ project: place.id, url: "https://single.example.com" });
  const second = new ManagedFleet(run, hook);
  await second.up({ a: { project: place.id, url: "https://fleet.example.com" } });
  await run.provider.read(read, { __provider: providerText(hook) });
  const preview = fleet.after(run, { managed: [managed] });
  expect(await preview.preview(entryIn(place))).toEqual({ said: "", changes: false });
  expect(hooksIn(fixture, place)).toHaveLength(5);
  expect(hooksIn(fixture, place)).toContain(own);
});

test("what turns out to be another resource's before the update deletes it is kept", async () => {
  const { place, fleet } = await settled({ exclusive: "delete" });
  const url = "https://single.example.com";
  const single = new ManagedResource(fixture, hook);
  await single.up({ project: place.id, url });
  await fleet.after(await another()).preview(entryIn(place));
  const run = await another();
  const update = fleet.after(run);
  const inputs = await update.fleet.checked(entryIn(place), update.more(false));
  expect((await run.provider.diff(update.fleet.id, update.fleet.outputs, inputs)).changes).toBe(true);
  await run.provider.diff(single.id, single.outputs, single.inputs);
  await run.provider.update(update.fleet.id, update.fleet.outputs, inputs);
  expect(hooksIn(fixture, place)).toContain(single.id);
});

test("neither the hooks of the group above nor those of a project without an entry are looked at", async () => {
  const { place, fleet } = await settled({ exclusive: "delete" });
  const above = await fixture.createParent("group");
  await fixture.api("PUT", `/projects/${place.id}/transfer`, { namespace: above.id });
  const inherited = await stranger(fixture, above);
  const elsewhere = await stranger(fixture, await fixture.createParent("project"));
  const preview = fleet.after(await another());
  expect((await preview.preview(entryIn({ ...place, path: String(place.id) }))).said).not.toMatch(/no entr/);
  const emptied = fleet.after(await another());
  const other = await stranger(fixture, place);
  expect((await emptied.preview({})).said).not.toContain("no entr");
  await emptied.up({});
  expect(hooksIn(fixture, place)).toEqual([other]);
  expect(hooksIn(fixture, above)).toEqual([inherited]);
  expect(elsewhere).toMatch(/hooks/);
});
