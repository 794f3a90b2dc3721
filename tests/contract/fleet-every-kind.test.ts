import { isFleetable } from "../../provider/fleet/kinds";
import { driftRules, fieldRules } from "./rules/fields";
import { objectRules } from "./rules/objects";
import { createDirectly } from "./support/create-directly";
import { cases, pathIn } from "./support/cases";
import { alike } from "./support/comparison";
import { ManagedFleet } from "./support/managed-fleet";
import { entry } from "./support/declaration-forms";
import type { Props } from "./support/managed-resource";
import { allArgs, leastArgs, settable } from "./support/samples";
import { ProviderFixture, type TestParent } from "./support/provider-fixture";
import { countIn } from "./support/stored";
import { oneCasePerKind, casesCoveringTraits } from "./support/case-selection";

let fixture: ProviderFixture;
/** The process of a later run, which has looked up nothing. */
let next: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start();
  next = await fixture.withNewProcess();
});

afterAll(async () => {
  await next.stop("sandbox");
  await fixture.stop();
});

// What the API cannot make has to be taken over by a resource of its own.
const fleetable = cases.filter(([, , definition]) => isFleetable(definition) && definition.installation === undefined);

// Every one has a turn in the long form.
const chosen = casesCoveringTraits(fleetable);

objectRules(entry, chosen, () => fixture);

const each = oneCasePerKind(fleetable);
fieldRules(entry, each, () => fixture);
driftRules(entry, each, () => fixture);

describe.each(chosen)("a fleet of %s in a %s", (_name, scope, definition) => {
  test("takes what equals an entry, and refuses by its key what somebody else set up", async () => {
    const places = [
      await fixture.createParent(scope),
      await fixture.createParent(scope),
      await fixture.createParent(scope),
    ];
    const [equal, other, fresh] = places as [TestParent, TestParent, TestParent];
    const [least, all] = [leastArgs(definition, scope), allArgs(definition, scope)];
    const key = await createDirectly(fixture, definition, equal, least);
    await createDirectly(fixture, definition, other, least);
    const fleet = new ManagedFleet(fixture, definition);
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
      const message = await fixture.errorOf(taking);
      expect(message).toMatch(/^1 of 3 .+ failed\. All others are done and stored/);
      expect(message).toContain(`entries["other"]: ${pathIn(definition, other, key)} is already active`);
    } else await taking();
    const ids = fleet.outputs.ids as Props;
    expect(Object.keys(ids)).toEqual(isRefused ? ["equal", "fresh"] : ["equal", "fresh", "other"]);
    expect(ids.equal).toBe(pathIn(definition, equal, key));
    expect(countIn(fixture, scope, equal.id)).toBe(1);
  });

  test("keeps an entry whose parent is not seen, with a warning", async () => {
    const [hidden, seen] = [await fixture.createParent(scope), await fixture.createParent(scope)];
    const args = leastArgs(definition, scope);
    const made = new ManagedFleet(fixture, definition);
    await made.up({ hidden: { [scope]: hidden.id, ...args }, seen: { [scope]: seen.id, ...args } });
    const fleet = made.copy(next);
    const end = fixture.sandbox.control.addFault({ path: `^/${scope}s/${hidden.id}(/|$)`, status: 404, times: 9 });
    const lines = await next.logsDuring(() => fleet.refresh());
    end();
    const warning = `entries["hidden"]: kept in state, because its ${scope} answers 404`;
    expect(lines).toMatchObject([{ severity: "warning", message: expect.stringContaining(warning) as string }]);
    expect(fleet.outputs).toEqual(made.outputs);
  });
});

test("no secret was printed, logged or answered in an error", async () => {
  const spoken = `${await fixture.allOutput()}${await next.allOutput()}`;
  for (const secret of fixture.secrets) expect(spoken).not.toContain(secret);
  expect(fixture.secrets.size).toBeGreaterThan(chosen.length);
});
