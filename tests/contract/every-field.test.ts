import { driftRules, fieldRules } from "./rules/fields";
import { cases } from "./support/cases";
import { unusedExceptions } from "./support/exceptions";
import { single } from "./support/declaration-forms";
import { ProviderFixture } from "./support/provider-fixture";
import { casesCoveringTraits, oncePerDefinition } from "./support/case-selection";

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start();
});

afterAll(async () => {
  await fixture.stop();
});

// The others have a turn in the long form. That each field is read as it is shows in the first of these, too.
fieldRules(single, oncePerDefinition(cases), () => fixture);
driftRules(single, casesCoveringTraits(cases), () => fixture);

test("every exception is met", () => {
  expect(unusedExceptions()).toEqual([]);
});

test("no secret was printed, logged or answered in an error", async () => {
  const spoken = await fixture.allOutput();
  for (const secret of fixture.secrets) expect(spoken).not.toContain(secret);
});
