import fc from "fast-check";
import type { Definition, Kind } from "../../provider/core/definition";
import { definitionOf } from "../contract/support/cases";
import { ManagedResource, type Props } from "../contract/support/managed-resource";
import { leastArgs } from "../contract/support/samples";
import { ProviderFixture, unique } from "../contract/support/provider-fixture";
import { Between, type Passing, type Reply } from "./support/between";
import { anotherObject, mutations, type Mutation } from "./support/mutations";
import { isLong, report, seed } from "./support/runs";

/** One definition of each kind, with the arguments of a first and of a second `up`. */
const kinds: readonly (readonly [string, Props, Props])[] = [
  ["ProjectHook", { customHeaders: { "X-A": "one" } }, { name: "two", customHeaders: { "X-B": "two" } }],
  ["integrations.Slack", { username: "one" }, { pushEvents: false }],
  ["ProjectPushRule", { denyDeleteTag: true }, { commitMessageRegex: "^two" }],
  ["ProjectNotificationSettings", { level: "watch" }, { level: "custom", newNote: true }],
  ["Project", { description: "one" }, { wikiAccessLevel: "disabled", topics: ["two"] }],
  ["ProjectShare", { groupAccess: "developer" }, { groupAccess: "guest", expiresAt: "2099-01-01" }],
  ["ProjectForkRelation", {}, {}],
  ["ProjectPullMirror", { mirrorTriggerBuilds: true }, { onlyMirrorProtectedBranches: true }],
];

/** Kinds that GitLab cannot edit. */
const madeAnew: readonly Kind[] = ["share", "forkRelation"];

const operations = ["create", "read", "update", "adopt"] as const;
type Operation = (typeof operations)[number];

const runsEach = isLong ? 150 : 3;

let between: Between;
/** The runs of a program, each with a process of its own: one before, one that meets bad answers, one after. */
let [before, amid, after]: ProviderFixture[] = [];
const counted = { runs: 0, refused: 0, tolerated: 0 };

beforeAll(async () => {
  between = await Between.start();
  const config = { "gitlab:baseUrl": between.url, "gitlab:retries": 0, "gitlab:timeout": 20 };
  before = await ProviderFixture.start({}, config);
  between.target = before.sandbox.url;
  [amid, after] = [await before.withNewProcess(config), await before.withNewProcess(config)];
});

afterAll(async () => {
  await after?.stop("sandbox");
  await amid?.stop("sandbox");
  await before?.stop();
  await between.stop();
  report(`${counted.runs} bad answers (seed ${seed}): ${counted.refused} clear errors, ${counted.tolerated} tolerated`);
});

/** Runs an operation while the answers to it are changed: the one with a number, or all where that is undefined. */
async function underFire({ mutation, which }: Fire, task: () => Promise<unknown>): Promise<void> {
  const isHit = (index: number) => which === undefined || index === which;
  const meddling = {
    after: ({ index }: Passing, reply: Reply) => (isHit(index) ? mutation.apply(reply) : reply),
  };
  try {
    await between.meddling(meddling, task);
    counted.tolerated += 1;
  } catch (error) {
    counted.refused += 1;
    requireClear((error as Error).message);
  }
  counted.runs += 1;
}

interface Fire {
  readonly mutation: Mutation;
  readonly which: number | undefined;
}

/** A message for people: what was asked, and what came; not what broke in our code. */
function requireClear(message: string): void {
  expect(message).not.toMatch(/undefined|null|not a function|not iterable|call stack|NaN|\[object|Unexpected|\n\s+at /);
  expect(message).toMatch(/^(GET|PUT|POST|DELETE) \/|^import: |^projects\/\d+\//);
}

/** Whatever happened: with GitLab's own answers again, the next run ends with what the program says. */
async function requireSound(met: ManagedResource, fire: Fire, args: Props, adopted?: string): Promise<void> {
  const managed = met.copy(after);
  if (managed.id !== "") {
    // Nothing is stored that is lost on the way into a file.
    expect(JSON.parse(JSON.stringify(managed.outputs))).toEqual(managed.outputs);
    // What is made anew to be changed may be gone when the answer to its deletion is no answer. And which object a POST
    // made, its answer alone tells.
    const found = await managed.refresh();
    const mayBeGone = madeAnew.includes(met.definition.kind) || fire.mutation.name === anotherObject;
    if (!mayBeGone) expect(found).toBe("there");
  }
  const mark = await upOrTakeOver(managed, args, adopted);
  expect(await managed.diff(args, mark)).toEqual({ changes: false, replaces: [] });
  expect(await managed.refresh()).toBe("there");
  expect(await managed.diff(args, mark)).toEqual({ changes: false, replaces: [] });
  await managed.destroy();
}

/** What a bad answer hid may stand in the way, and then the error says how to take it over. */
async function upOrTakeOver(managed: ManagedResource, args: Props, mark?: string): Promise<string | undefined> {
  try {
    await managed.up(args, mark);
    return mark;
  } catch (error) {
    const there = /to take it over, add \{ import: "([^"]+)" \}/.exec((error as Error).message)?.[1];
    if (there === undefined || mark !== undefined) throw error;
    await managed.up(args, there);
    return there;
  }
}

/** The least arguments of a new object, in a project of its own. */
async function leastIn(fixture: ProviderFixture, definition: Definition): Promise<Props> {
  if (definition.kind === "project") return { name: unique("bad-answers-"), namespace: 9 };
  return { project: (await fixture.createParent("project")).id, ...leastArgs(definition, "project") };
}

async function meet(definition: Definition, operation: Operation, one: Props, other: Props, fire: Fire) {
  if (!before || !amid) throw new Error("not started");
  const least = await leastIn(before, definition);
  const [first, second] = [
    { ...least, ...one },
    { ...least, ...other },
  ];
  const made = new ManagedResource(before, definition);
  if (operation === "create") {
    const managed = new ManagedResource(amid, definition);
    await underFire(fire, () => managed.up(first));
    return requireSound(managed, fire, first);
  }
  await made.up(first);
  if (operation === "adopt") {
    const managed = new ManagedResource(amid, definition);
    await underFire(fire, () => managed.up(second, made.id));
    return requireSound(managed, fire, second, made.id);
  }
  const managed = made.copy(amid);
  await underFire(fire, () => (operation === "read" ? managed.refresh() : managed.up(second)));
  return requireSound(managed, fire, second);
}

describe.each(kinds)("%s", (name, one, other) => {
  const definition = definitionOf(name);

  test.each(operations)("%s: bad answers are refused clearly or read, and the state stays sound", async (operation) => {
    const fires = fc.record({ mutation: mutations, which: fc.option(fc.nat({ max: 3 }), { nil: undefined }) });
    await fc.assert(
      fc.asyncProperty(fires, (fire) => meet(definition, operation, one, other, fire)),
      { numRuns: runsEach, seed, endOnFailure: true },
    );
  });
});
