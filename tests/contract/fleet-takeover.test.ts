import { definitionOf } from "./support/cases";
import { ManagedFleet } from "./support/managed-fleet";
import { hooksOf } from "./support/many";
import { ProviderFixture } from "./support/provider-fixture";

const hook = definitionOf("ProjectHook");
const slack = definitionOf("integrations.Slack");
const webhook = "https://hooks.slack.com/services/canary0ours";
const theirs = "https://hooks.slack.com/services/canary0theirs";
const removal = "Removing an entry or destroying the fleet deletes its object, even if something else created it.";

let fixture: ProviderFixture;
/** The process of another stack, or of a later run. */
let other: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start();
  other = await fixture.withNewProcess();
});

afterAll(async () => {
  await other.stop("sandbox");
  await fixture.stop();
});

async function warnings(task: () => Promise<unknown>): Promise<string[]> {
  const lines = await other.logsDuring(task);
  return lines.filter(({ severity }) => severity === "warning").map(({ message }) => message);
}

test("a fleet warns of the objects of another stack that it takes, by name, and of what is overwritten", async () => {
  const places = await Promise.all(Array.from({ length: 22 }, () => fixture.createParent("project")));
  const entries = hooksOf(places.map(({ path }) => path));
  const first = new ManagedFleet(fixture, hook);
  await first.up(entries);
  const second = new ManagedFleet(other, hook);
  const said = await warnings(() => second.up(entries));
  expect(said).toHaveLength(1);
  const [head, ...lines] = said.join().split("\n  ");
  expect(head).toBe(
    "22 hooks already on GitLab, equal in everything that GitLab shows: taken over. GitLab does not return token: the " +
      `previous values are overwritten. ${removal}`,
  );
  const ids = first.outputs.ids as Readonly<Record<string, string>>;
  const named = Object.keys(ids).sort().slice(0, 18);
  expect(lines).toEqual([...named.map((key) => `${key}: ${ids[key]}`), "and 4 more"]);
  expect(second.outputs.ids).toEqual(first.outputs.ids);
});

test("a fleet that makes all of its objects warns of nothing, nor does one that takes push rules", async () => {
  const place = await fixture.createParent("project");
  expect(await warnings(() => new ManagedFleet(other, hook).up(hooksOf([place.path])))).toEqual([]);
  await fixture.api("POST", `/projects/${place.id}/push_rule`, { deny_delete_tag: true });
  const rules = new ManagedFleet(other, definitionOf("ProjectPushRule"));
  expect(await warnings(() => rules.up({ a: { project: place.id, denyDeleteTag: true } }))).toEqual([]);
});

test("an integration is taken only if it is equal throughout, also in what the entry does not give", async () => {
  const [equal, unlike] = [await fixture.createParent("project"), await fixture.createParent("project")];
  const at = (id: number) => `projects/${id}/integrations/slack`;
  await fixture.api("PUT", `/${at(equal.id)}`, { webhook: theirs });
  await fixture.api("PUT", `/${at(unlike.id)}`, { webhook: theirs, push_events: false });
  const fleet = new ManagedFleet(other, slack);
  const entries = { equal: { project: equal.id, webhook }, unlike: { project: unlike.id, webhook } };
  const said = await warnings(async () => {
    expect(await other.errorOf(() => fleet.up(entries))).toContain(
      `entries["unlike"]: ${at(unlike.id)} is already active and differs in pushEvents. To take it over, manage it by a Slack`,
    );
  });
  expect(said).toEqual([
    "1 integration already on GitLab, equal in everything that GitLab shows: taken over. GitLab does not return webhook: " +
      `the previous values are overwritten. ${removal}\n  equal: ${at(equal.id)}`,
  ]);
});

test("a hook with a token is not what an entry without one would have made", async () => {
  const place = await fixture.createParent("project");
  const url = "https://ci.example.com/hook";
  await fixture.api("POST", `/projects/${place.id}/hooks`, { url, token: "canary0theirs" });
  expect(await warnings(() => new ManagedFleet(other, hook).up({ a: { project: place.id, url } }))).toEqual([]);
});
