import { driftRules, fieldRules } from "./rules/fields";
import { objectRules } from "./rules/objects";
import { removedCases } from "./support/cases";
import { single } from "./support/declaration-forms";
import { ManagedResource } from "./support/managed-resource";
import { leastArgs } from "./support/samples";
import { ProviderFixture } from "./support/provider-fixture";

describe.each(removedCases)("what %s was the last to have", (version, cases) => {
  let fixture: ProviderFixture;

  beforeAll(async () => {
    fixture = await ProviderFixture.start({ version });
  });

  afterAll(async () => {
    await fixture.stop();
  });

  objectRules(single, cases, () => fixture);
  fieldRules(single, cases, () => fixture);
  driftRules(single, cases, () => fixture);

  test("a newer GitLab says that it has no such thing", async () => {
    const newer = await ProviderFixture.start();
    for (const [, scope, definition] of cases) {
      const place = await newer.createParent(scope);
      const args = { [scope]: place.id, ...leastArgs(definition, scope) };
      const error = await newer.errorOf(() => new ManagedResource(newer, definition).up(args));
      expect(error).toContain("This GitLab has no such endpoint: its version or edition may lack it.");
    }
    await newer.stop();
  });

  test("once GitLab is newer, nothing of it is left to refresh or to delete", async () => {
    for (const [, scope, definition] of cases) {
      const place = await fixture.createParent(scope);
      const managed = new ManagedResource(fixture, definition);
      await managed.up({ [scope]: place.id, ...leastArgs(definition, scope) });
      const copy = managed.copy();
      fixture.sandbox.control.configure({ version: "19.0.0-ee" });
      expect(await copy.refresh()).toBe("gone");
      await managed.destroy();
      fixture.sandbox.control.configure({ version });
    }
  });
});
