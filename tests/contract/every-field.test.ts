import { fieldRules } from "./rules/fields";
import { cases } from "./support/cases";
import { unusedExceptions } from "./support/exceptions";
import { single } from "./support/forms";
import { Setting } from "./support/setting";

let setting: Setting;

beforeAll(async () => {
  setting = await Setting.start();
});

afterAll(async () => {
  await setting.stop();
});

// Groups take the fields that projects take, so they have a turn in the long form: `EVERY_SCOPE=1`.
const chosen = cases.filter(
  ([, scope, { scopes }]) => process.env.EVERY_SCOPE === "1" || scope === "project" || !scopes.includes("project"),
);

fieldRules(single, chosen, () => setting);

test("every exception is met", () => {
  expect(unusedExceptions()).toEqual([]);
});

test("no secret was printed, logged or answered in an error", async () => {
  const spoken = await setting.spoken();
  for (const secret of setting.secrets) expect(spoken).not.toContain(secret);
});
