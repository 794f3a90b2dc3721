import { fieldRules } from "./rules/fields";
import { cases } from "./support/cases";
import { unusedExceptions } from "./support/exceptions";
import { single } from "./support/forms";
import { Setting } from "./support/setting";
import { onceEach } from "./support/traits";

let setting: Setting;

beforeAll(async () => {
  setting = await Setting.start();
});

afterAll(async () => {
  await setting.stop();
});

// The others have a turn in the long form.
fieldRules(single, onceEach(cases), () => setting);

test("every exception is met", () => {
  expect(unusedExceptions()).toEqual([]);
});

test("no secret was printed, logged or answered in an error", async () => {
  const spoken = await setting.spoken();
  for (const secret of setting.secrets) expect(spoken).not.toContain(secret);
});
