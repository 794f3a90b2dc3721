import { definitionOf, pathIn } from "./support/cases";
import { ManagedResource } from "./support/managed-resource";
import { leastArgs } from "./support/samples";
import { ProviderFixture } from "./support/provider-fixture";
import { rowOf } from "./support/stored";

const hook = definitionOf("ProjectHook");
const slack = definitionOf("integrations.Slack");
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

test("a refresh that finds gone what was taken over spends the mark, and a new object is made", async () => {
  const place = await fixture.createParent("project");
  const { id: number } = (await fixture.api("POST", `/projects/${place.id}/hooks`, { url })) as { id: number };
  const id = pathIn(hook, place, number);
  const taking = new ManagedResource(former, hook);
  await taking.up({ project: place.id, url }, id);
  await fixture.api("DELETE", `/${id}`);
  await taking.copy(fixture).refresh();
  const next = new ManagedResource(fixture, hook);
  expect(await next.problems({ project: place.id, url }, id)).toEqual([]);
  await next.up({ project: place.id, url }, id);
  expect(next.id).not.toBe(id);
  expect(rowOf(fixture, next.id)).toBeDefined();
});

test("a refresh that finds an integration switched off which was taken over spends the mark, and it is switched on", async () => {
  const place = await fixture.createParent("project");
  const args = { project: place.id, ...leastArgs(slack, "project") };
  const id = pathIn(slack, place);
  await fixture.api("PUT", `/${id}`, { webhook: "https://hooks.slack.example/1" });
  const taking = new ManagedResource(former, slack);
  await taking.up(args, id);
  await fixture.api("DELETE", `/${id}`);
  await taking.copy(fixture).refresh();
  const next = new ManagedResource(fixture, slack);
  expect(await next.problems(args, place.path)).toEqual([]);
  await next.up(args, place.path);
  expect(next.id).toBe(id);
  expect(rowOf(fixture, id)).toMatchObject({ active: true });
});
