import { isFleetable } from "../../provider/fleet/kinds";
import { cases } from "./support/cases";
import { exceptionFor } from "./support/exceptions";
import { Fleeted } from "./support/fleeted";
import { Managed, type Props } from "./support/managed";
import { allArgs, leastArgs } from "./support/samples";
import { Setting, type Place } from "./support/setting";
import { countIn } from "./support/stored";

let setting: Setting;

beforeAll(async () => {
  setting = await Setting.start();
});

afterAll(async () => {
  await setting.stop();
});

const fleetable = cases.filter(([, , definition]) => isFleetable(definition) && definition.installation === undefined);

function isLasting(place: Place, kind: string): boolean {
  return kind === "notification" && place.id > 0;
}

describe.each(fleetable)("a fleet of %s in a %s", (_name, scope, definition) => {
  test("does for each entry what a resource of its own does", async () => {
    const places = [await setting.place(scope), await setting.place(scope), await setting.place(scope)];
    const [full, other, alone] = places as [Place, Place, Place];
    const all = allArgs(definition, scope);
    const least = leastArgs(definition, scope);
    const entries: Record<string, Props> = {
      full: { [scope]: full.id, ...all },
      other: { [scope]: other.path, ...least },
    };
    const single = new Managed(setting, definition);
    await single.up({ [scope]: alone.id, ...all });
    const fleet = new Fleeted(setting, definition);
    await fleet.up(entries);
    expect((fleet.outputs.ids as Props).full).toMatch(new RegExp(`^${scope}s/${full.id}/`));
    expect(await setting.watch(() => fleet.up(entries))).toEqual({ result: "same", requests: [] });
    const { inputs, outputs } = fleet;
    await fleet.refresh();
    expect([fleet.inputs, fleet.outputs]).toEqual([inputs, outputs]);
    expect(await setting.watch(() => fleet.up(entries))).toEqual({ result: "same", requests: [] });
    // Back to the least: what was set and is no more goes back to GitLab's own.
    if (exceptionFor(`${definition.name}.level`, "remove") === undefined) {
      const fewer = { ...entries, full: { [scope]: full.id, ...all, ...least } };
      await fleet.up(fewer);
      expect(await fleet.up(fewer)).toBe("same");
    }
    await fleet.destroy();
    if (definition.undeletable === undefined && !isLasting(full, definition.kind)) {
      expect([countIn(setting, scope, full.id), countIn(setting, scope, other.id)]).toEqual([0, 0]);
    }
    expect(await single.refresh()).toBe("there");
  });
});

test("no secret was printed, logged or answered in an error", async () => {
  const spoken = await setting.spoken();
  for (const secret of setting.secrets) expect(spoken).not.toContain(secret);
});
