import { driftRules, fieldRules } from "./rules/fields";
import { cases } from "./support/cases";
import { unusedExceptions } from "./support/exceptions";
import { single } from "./support/forms";
import { Setting } from "./support/setting";
import { everyTrait, onceEach } from "./support/traits";

let setting: Setting;

beforeAll(async () => {
  setting = await Setting.start();
});

afterAll(async () => {
  await setting.stop();
});

// The others have a turn in the long form. That each field is read as it is shows in the first of these, too.
fieldRules(single, onceEach(cases), () => setting);
driftRules(single, everyTrait(cases), () => setting);

test("every exception is met", () => {
  expect(unusedExceptions()).toEqual([]);
});

test("no secret was printed, logged or answered in an error", async () => {
  const spoken = await setting.spoken();
  for (const secret of setting.secrets) expect(spoken).not.toContain(secret);
});
