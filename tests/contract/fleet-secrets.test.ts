import { definitionOf } from "./support/cases";
import { ManagedFleet, type EntryArgs } from "./support/managed-fleet";
import { ManagedResource } from "./support/managed-resource";
import { ProviderFixture, type TestParent } from "./support/provider-fixture";

const hook = definitionOf("ProjectHook");
const secret = "canary0of0entry0A";
const spelled = [secret, Buffer.from(secret).toString("base64"), `"${secret}"`].join(" or ");

let fixture: ProviderFixture;
let [a, b, c]: TestParent[] = [];
const nexts: ProviderFixture[] = [];

beforeAll(async () => {
  fixture = await ProviderFixture.start({}, { "gitlab:retries": "0" });
  [a, b, c] = [
    await fixture.createParent("project"),
    await fixture.createParent("project"),
    await fixture.createParent("project"),
  ];
});

afterEach(() => {
  fixture.sandbox.control.faults.clear();
});

afterAll(async () => {
  for (const next of nexts) await next.stop("sandbox");
  await fixture.stop();
});

function idOf(place: TestParent | undefined): number {
  if (!place) throw new Error("not started");
  return place.id;
}

function entries(more: object = {}): EntryArgs {
  return {
    A: { project: idOf(a), url: "https://ci.example.com/a", token: secret },
    B: { project: idOf(b), url: "https://ci.example.com/b", token: "another0token", ...more },
  };
}

/** GitLab refuses what is asked of one project, and quotes the secret of an entry in another. */
function refuse(method: string, place: TestParent | undefined): void {
  const body = { message: { base: [`clashes with ${spelled}`] } };
  fixture.sandbox.control.faults.add({ method, path: `/projects/${idOf(place)}/hooks`, status: 422, body });
}

async function requireHidden(task: () => Promise<unknown>): Promise<void> {
  const message = await fixture.errorOf(task);
  expect(message).toMatch(/422 clashes with \[secret\] or \[secret\] or "\[secret\]"/);
  expect(await fixture.allOutput()).not.toMatch(/canary0of0|Y2FuYXJ5/);
}

test("the secret of an entry does not stand in what is said of another, whatever is done", async () => {
  const fleet = new ManagedFleet(fixture, hook);
  refuse("POST", b);
  await requireHidden(() => fleet.up(entries()));
  await fleet.up(entries());
  refuse("PUT", b);
  await requireHidden(() => fleet.up(entries({ name: "other" })));
  await fleet.up(entries());
});

test.each(["refresh", "destroy"] as const)(
  "nor in another run, in which a %s knows the outputs alone",
  async (step) => {
    const fleet = new ManagedFleet(fixture, hook);
    await fleet.up(entries());
    const next = await fixture.withNewProcess();
    nexts.push(next);
    const { id, outputs } = fleet;
    refuse(step === "refresh" ? "GET" : "DELETE", b);
    const task = () => (step === "refresh" ? next.provider.read(id, outputs) : next.provider.delete(id, outputs));
    const message = await fixture.errorOf(task);
    expect(message).toMatch(/422 clashes with \[secret\]/);
    expect(message + (await next.allOutput())).not.toMatch(/canary0of0|Y2FuYXJ5/);
    await next.stop("sandbox");
    await fleet.destroy().catch(() => undefined);
  },
);

test("nor in what is said of a single resource", async () => {
  await new ManagedFleet(fixture, hook).up(entries());
  refuse("POST", c);
  const single = new ManagedResource(fixture, hook);
  await requireHidden(() => single.up({ project: idOf(c), url: "https://ci.example.com/c" }));
});

test("of hundreds of entries that GitLab refuses, twenty are told, and no secret of any", async () => {
  const body = { message: { base: [`clashes with ${spelled}`] } };
  fixture.sandbox.control.faults.add({ method: "POST", status: 422, body, times: 300 });
  const many = Array.from({ length: 300 }, (_, n) => [
    `key ${n}`,
    { project: idOf(c), url: `https://ci.example.com/${n}`, token: n === 0 ? secret : `token0number0${n}` },
  ]);
  const message = await fixture.errorOf(() =>
    new ManagedFleet(fixture, hook).up(Object.fromEntries(many) as EntryArgs),
  );
  expect(message).toContain("300 of 300 hooks failed.");
  expect(message).toContain("and 280 more");
  expect(message.match(/422 clashes with/g)).toHaveLength(20);
  expect(message).not.toMatch(/canary0of0|Y2FuYXJ5/);
});
