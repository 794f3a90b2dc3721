import type { FieldInfo } from "../../provider/core/schema";
import { same } from "../../provider/operations/state/request-body";
import { cases as all, install, type Case } from "./support/cases";
import { wireForm } from "./support/comparison";
import { ManagedResource, type Props } from "./support/managed-resource";
import { allArgs, leastArgs, sampleOf, settable } from "./support/samples";
import { ProviderFixture } from "./support/provider-fixture";
import { rowOf, stored, tamper } from "./support/stored";
import { oncePerDefinition } from "./support/case-selection";

/** What GitLab does not make by itself, and of which a project or group can have one. */
const kinds = ["forkRelation", "integration", "pullMirror", "share"];
const cases = all.filter(([, , { kind }]) => kinds.includes(kind));

let fixture: ProviderFixture;
/** The process of a run that knows nothing of what the one before it made. */
let next: ProviderFixture;
/** What the next run took over, and which of its arguments GitLab does not show. */
const taken = new Map<string, readonly string[]>();

beforeAll(async () => {
  fixture = await ProviderFixture.start();
  next = await fixture.withNewProcess();
});

afterAll(async () => {
  await next.stop("sandbox");
  await fixture.stop();
});

describe.each(oncePerDefinition(cases))("%s in a %s", (...[, scope, definition]) => {
  const takesOver = async (given: Props) => {
    const managed = new ManagedResource(next, definition);
    await managed.up(given);
    const unseen = settable(definition, scope).filter(({ name, access }) => access === "writeOnly" && name in given);
    taken.set(
      managed.id,
      unseen.map(({ name }) => name),
    );
    expect(managed.outputs).toMatchObject(given);
    await managed.destroy();
    const row = rowOf(fixture, managed.id);
    const isThere = row !== undefined && row.active !== false && row.enabled !== false;
    expect(isThere).toBe(definition.undeletable !== undefined);
  };

  test.each([
    ["least", leastArgs],
    ["most", allArgs],
  ])("what an interrupted run made with the %s arguments is taken over, and can be destroyed", async (size, argsOf) => {
    const place = await fixture.createParent(scope);
    const given = { [scope]: place.id, ...argsOf(definition, scope) };
    const isInstalled = install(fixture, definition, place) !== undefined;
    if (!isInstalled) await new ManagedResource(fixture, definition).up(given);
    // What the API cannot make has GitLab's settings.
    if (!isInstalled || size === "least") await takesOver(given);
  });

  test("so is what it made of one that was off, with settings of its own", async () => {
    if (definition.installation !== undefined) return;
    const place = await fixture.createParent(scope);
    const first = new ManagedResource(fixture, definition);
    await first.up({ [scope]: place.id, ...allArgs(definition, scope) });
    await first.destroy();
    const given = { [scope]: place.id, ...leastArgs(definition, scope) };
    await new ManagedResource(fixture, definition).up(given);
    await takesOver(given);
  });
});

describe.each(oncePerDefinition(cases))("%s in a %s", (...[, scope, definition]) => {
  test("one that somebody changed is refused, whichever field it is", async () => {
    const place = await fixture.createParent(scope);
    const given = { [scope]: place.id, ...leastArgs(definition, scope) };
    if (install(fixture, definition, place) === undefined) await new ManagedResource(fixture, definition).up(given);
    const stranger = new ManagedResource(next, definition);
    const inputs = await stranger.checked(given);
    for (const info of shownFields(definition, scope)) {
      const made = given[info.name] ?? info.initial;
      const others = ([0, 1] as const).map((turn) => sampleOf(definition, info, turn));
      const other = others.find((value) => !same(info, value, made));
      const id = `${scope}s/${place.id}/${definition.path.replace(":id", String(given[definition.idFromArgument ?? ""]))}`;
      const before = stored(fixture, id, info);
      tamper(fixture, id, info, wireForm(info, other));
      const message = await fixture.errorOf(() => next.provider.create(inputs));
      expect(message).toContain(
        `${id} is already active and differs in ${info.name}. To take it over, add { import: "${id}" }`,
      );
      tamper(fixture, id, info, before);
    }
    await next.provider.create(inputs);
  });
});

test("each that was taken over is warned of, with the arguments that GitLab does not show", async () => {
  await next.allOutput();
  const warnings = next.provider.logs.filter(
    ({ severity, message }) => severity === "warning" && message.includes("exists already"),
  );
  for (const [id, unseen] of taken) {
    const own = warnings.filter(({ message }) => message.startsWith(`${id}: exists already`));
    expect([id, own.length]).toEqual([id, 1]);
    const names = unseen.length > 0 ? ` GitLab does not show ${unseen.join(", ")}: what is there is overwritten.` : "";
    expect(own[0]?.message).toContain(`it is taken over.${names}`);
  }
  expect(taken.size).toBeGreaterThan(2 * oncePerDefinition(cases).length - 5);
});

test("no secret was printed, logged or answered in an error", async () => {
  const spoken = `${await fixture.allOutput()}${await next.allOutput()}`;
  for (const secret of fixture.secrets) expect(spoken).not.toContain(secret);
});

/** What GitLab shows of an object, but for what tells it from others or from none. */
function shownFields(definition: Case[2], scope: Case[1]): readonly FieldInfo[] {
  return settable(definition, scope).filter(
    ({ name, access }) => access === "readable" && name !== definition.idFromArgument && name !== "enabled",
  );
}
