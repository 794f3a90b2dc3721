import { definitionOf } from "./support/cases";
import { Fleeted } from "./support/fleeted";
import { Setting, type Place } from "./support/setting";

let setting: Setting;

beforeAll(async () => {
  setting = await Setting.start();
});

afterAll(async () => {
  await setting.stop();
});

const hook = definitionOf("ProjectHook");
const token = "canary0secret0token";

async function projects(count: number): Promise<Place[]> {
  const places: Place[] = [];
  for (let n = 0; n < count; n++) places.push(await setting.place("project"));
  return places;
}

function hooksOf(places: readonly Place[]): Record<string, Record<string, unknown>> {
  const entries = places.map(({ path }, n) => [path, { project: path, url: `https://ci${n}.example.com`, token }]);
  return Object.fromEntries(entries) as Record<string, Record<string, unknown>>;
}

test("three hooks in three projects: a lookup, a list and a POST each, one list each in a refresh, a DELETE each", async () => {
  const places = await projects(3);
  const entries = hooksOf(places);
  const fleet = new Fleeted(setting, hook);
  const { requests } = await setting.watch(() => fleet.up(entries));
  const each = (text: (place: Place) => string) => places.map(text);
  expect([...requests].sort()).toEqual(
    [
      ...each(({ path }) => `GET /projects/${encodeURIComponent(path)}`),
      ...each(({ id }) => `GET /projects/${id}/hooks`),
      ...each(({ id }) => `POST /projects/${id}/hooks`),
    ].sort(),
  );
  expect(await setting.watch(() => fleet.up(entries))).toEqual({ result: "same", requests: [] });
  const { inputs, outputs } = fleet;
  const reading = await setting.watch(() => fleet.refresh());
  expect([...reading.requests].sort()).toEqual(each(({ id }) => `GET /projects/${id}/hooks`).sort());
  expect([fleet.inputs, fleet.outputs]).toEqual([inputs, outputs]);
  expect(await setting.watch(() => fleet.up(entries))).toEqual({ result: "same", requests: [] });
  const ids = Object.values(fleet.outputs.ids as object);
  const deleting = await setting.watch(() => fleet.destroy());
  expect([...deleting.requests].sort()).toEqual(ids.map((id) => `DELETE /${id}`).sort());
});
