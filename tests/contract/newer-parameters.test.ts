import { fieldsOf } from "../../provider/core/schema";
import { cases } from "./support/cases";
import { Managed } from "./support/managed";
import { leastArgs } from "./support/samples";
import { Setting } from "./support/setting";
import { onceEach } from "./support/traits";

let setting: Setting;

beforeAll(async () => {
  setting = await Setting.start({ version: "18.9.0-ee", featureFlags: [] });
});

afterAll(async () => {
  await setting.stop();
});

const withNewer = onceEach(cases).filter(
  ([, , { fields, installation }]) =>
    installation === undefined && [...fieldsOf(fields).values()].some(({ meta }) => meta.since !== undefined),
);

test.each(withNewer)("%s in a %s: what is newer than the GitLab is not sent by itself", async (...each) => {
  const [, scope, definition] = each;
  const place = await setting.place(scope);
  const args = { [scope]: place.id, ...leastArgs(definition, scope) };
  const newer = [...fieldsOf(definition.fields).values()].filter(({ meta }) => meta.since !== undefined);
  // A second one finds the row that the first has left, and restates the defaults. Older servers fail of some parameters.
  for (const step of ["first", "second"]) {
    const managed = new Managed(setting, definition);
    setting.sandbox.control.log.clear();
    expect([step, await managed.up(args)]).toEqual([step, "create"]);
    const sent = setting.sandbox.control.requests().flatMap(({ parameters }) => parameters);
    expect(sent.filter((name) => newer.some(({ wire }) => wire === name))).toEqual([]);
    await managed.destroy();
  }
});
