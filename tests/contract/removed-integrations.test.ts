import { driftRules, fieldRules } from "./rules/fields";
import { objectRules } from "./rules/objects";
import { removedCases } from "./support/cases";
import { single } from "./support/forms";
import { Managed } from "./support/managed";
import { leastArgs } from "./support/samples";
import { Setting } from "./support/setting";

describe.each(removedCases)("what %s was the last to have", (version, cases) => {
  let setting: Setting;

  beforeAll(async () => {
    setting = await Setting.start({ version });
  });

  afterAll(async () => {
    await setting.stop();
  });

  objectRules(single, cases, () => setting);
  fieldRules(single, cases, () => setting);
  driftRules(single, cases, () => setting);

  test("a newer GitLab says that it has no such thing", async () => {
    const newer = await Setting.start();
    for (const [, scope, definition] of cases) {
      const place = await newer.place(scope);
      const args = { [scope]: place.id, ...leastArgs(definition, scope) };
      const error = await newer.failing(() => new Managed(newer, definition).up(args));
      expect(error).toContain("slug does not have a valid value");
    }
    await newer.stop();
  });
});
