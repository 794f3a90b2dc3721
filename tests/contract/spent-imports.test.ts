import { definitionOf, pathIn } from "./support/cases";
import { Managed } from "./support/managed";
import { leastArgs } from "./support/samples";
import { Setting } from "./support/setting";
import { rowOf } from "./support/stored";

const hook = definitionOf("ProjectHook");
const slack = definitionOf("integrations.Slack");
const url = "https://ci.example.com/hook";

let setting: Setting;
/** The process of an earlier run. */
let former: Setting;

beforeAll(async () => {
  setting = await Setting.start({}, { "gitlab:retries": 0 });
  former = await setting.restarted();
});

afterAll(async () => {
  await former.stop("sandbox");
  await setting.stop();
});

test("a refresh that finds gone what was taken over spends the mark, and a new object is made", async () => {
  const place = await setting.place("project");
  const { id: number } = (await setting.api("POST", `/projects/${place.id}/hooks`, { url })) as { id: number };
  const id = pathIn(hook, place, number);
  const taking = new Managed(former, hook);
  await taking.up({ project: place.id, url }, id);
  await setting.api("DELETE", `/${id}`);
  await taking.copy(setting).refresh();
  const next = new Managed(setting, hook);
  expect(await next.problems({ project: place.id, url }, id)).toEqual([]);
  await next.up({ project: place.id, url }, id);
  expect(next.id).not.toBe(id);
  expect(rowOf(setting, next.id)).toBeDefined();
});

test("a refresh that finds an integration switched off which was taken over spends the mark, and it is switched on", async () => {
  const place = await setting.place("project");
  const args = { project: place.id, ...leastArgs(slack, "project") };
  const id = pathIn(slack, place);
  await setting.api("PUT", `/${id}`, { webhook: "https://hooks.slack.example/1" });
  const taking = new Managed(former, slack);
  await taking.up(args, id);
  await setting.api("DELETE", `/${id}`);
  await taking.copy(setting).refresh();
  const next = new Managed(setting, slack);
  expect(await next.problems(args, place.path)).toEqual([]);
  await next.up(args, place.path);
  expect(next.id).toBe(id);
  expect(rowOf(setting, id)).toMatchObject({ active: true });
});
