import { isFleetable } from "../../provider/fleet/kinds";
import { driftRules, fieldRules } from "./rules/fields";
import { objectRules } from "./rules/objects";
import { byHand } from "./support/by-hand";
import { cases, pathIn } from "./support/cases";
import { alike } from "./support/comparison";
import { Fleeted } from "./support/fleeted";
import { entry } from "./support/forms";
import type { Props } from "./support/managed";
import { allArgs, leastArgs, settable } from "./support/samples";
import { Setting, type Place } from "./support/setting";
import { countIn } from "./support/stored";
import { everyKind, everyTrait } from "./support/traits";

let setting: Setting;
/** The process of a later run, which has looked up nothing. */
let next: Setting;

beforeAll(async () => {
  setting = await Setting.start();
  next = await setting.restarted();
});

afterAll(async () => {
  await next.stop("sandbox");
  await setting.stop();
});

// What the API cannot make has to be taken over by a resource of its own.
const fleetable = cases.filter(([, , definition]) => isFleetable(definition) && definition.installation === undefined);

// Every one has a turn in the long form.
const chosen = everyTrait(fleetable);

objectRules(entry, chosen, () => setting);

const each = everyKind(fleetable);
fieldRules(entry, each, () => setting);
driftRules(entry, each, () => setting);

describe.each(chosen)("a fleet of %s in a %s", (_name, scope, definition) => {
  test("takes what equals an entry, and refuses by its key what somebody else set up", async () => {
    const places = [await setting.place(scope), await setting.place(scope), await setting.place(scope)];
    const [equal, other, fresh] = places as [Place, Place, Place];
    const [least, all] = [leastArgs(definition, scope), allArgs(definition, scope)];
    const key = await byHand(setting, definition, equal, least);
    await byHand(setting, definition, other, least);
    const fleet = new Fleeted(setting, definition);
    const taking = () =>
      fleet.up({
        equal: { [scope]: equal.path, ...least },
        other: { [scope]: other.id, ...all },
        fresh: { [scope]: fresh.id, ...least },
      });
    const differing = settable(definition, scope).filter(
      ({ name, access }) => access === "readable" && !alike(all[name], least[name]),
    );
    const isRefused = ["integration", "share"].includes(definition.kind) && differing.length > 0;
    if (isRefused) {
      const message = await setting.failing(taking);
      expect(message).toMatch(/^1 of 3 .+ failed\. All others are done and stored/);
      expect(message).toContain(`entries["other"]: ${pathIn(definition, other, key)} is already active`);
    } else await taking();
    const ids = fleet.outputs.ids as Props;
    expect(Object.keys(ids)).toEqual(isRefused ? ["equal", "fresh"] : ["equal", "fresh", "other"]);
    expect(ids.equal).toBe(pathIn(definition, equal, key));
    expect(countIn(setting, scope, equal.id)).toBe(1);
  });

  test("keeps an entry whose parent is not seen, with a warning", async () => {
    const [hidden, seen] = [await setting.place(scope), await setting.place(scope)];
    const args = leastArgs(definition, scope);
    const made = new Fleeted(setting, definition);
    await made.up({ hidden: { [scope]: hidden.id, ...args }, seen: { [scope]: seen.id, ...args } });
    const fleet = made.copy(next);
    const end = setting.sandbox.control.addFault({ path: `^/${scope}s/${hidden.id}(/|$)`, status: 404, times: 9 });
    const lines = await next.heard(() => fleet.refresh());
    end();
    const warning = `entries["hidden"]: kept in state, because its ${scope} answers 404`;
    expect(lines).toMatchObject([{ severity: "warning", message: expect.stringContaining(warning) as string }]);
    expect(fleet.outputs).toEqual(made.outputs);
  });
});

test("no secret was printed, logged or answered in an error", async () => {
  const spoken = `${await setting.spoken()}${await next.spoken()}`;
  for (const secret of setting.secrets) expect(spoken).not.toContain(secret);
  expect(setting.secrets.size).toBeGreaterThan(chosen.length);
});
