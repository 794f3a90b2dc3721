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
      expect(error).toContain("This GitLab has no such endpoint: its version or edition may lack it.");
    }
    await newer.stop();
  });

  test("once GitLab is newer, nothing of it is left to refresh or to delete", async () => {
    for (const [, scope, definition] of cases) {
      const place = await setting.place(scope);
      const managed = new Managed(setting, definition);
      await managed.up({ [scope]: place.id, ...leastArgs(definition, scope) });
      const copy = managed.copy();
      setting.sandbox.control.configure({ version: "19.0.0-ee" });
      expect(await copy.refresh()).toBe("gone");
      await managed.destroy();
      setting.sandbox.control.configure({ version });
    }
  });
});
