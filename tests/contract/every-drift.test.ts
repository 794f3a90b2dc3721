import { fieldsOf, type FieldInfo } from "../../provider/core/schema";
import type { Definition } from "../../provider/core/definition";
import type { Scope } from "../../provider/core/schema";
import { changed, changes, slotIn, type Change } from "./support/answers";
import { cases, definitionOf, install, removedCases } from "./support/cases";
import { alike, blank } from "./support/comparison";
import { valueFor, variants, type Variant } from "./support/legal-values";
import { ManagedResource, type Props } from "./support/managed-resource";
import { leastArgs, settable } from "./support/samples";
import { ProviderFixture, unique } from "./support/provider-fixture";
import { pathShowing } from "./support/fetch-object";
import { oncePerDefinition } from "./support/case-selection";

interface Exception {
  readonly field: string;
  readonly change: Change;
  readonly reason: string;
}

/** What nobody sees, all of it: GitLab cannot be told from GitLab as it was. */
const silent: readonly Exception[] = [
  ...["topics", "tagList"].flatMap((name): Exception[] => [
    { field: `Project.${name}`, change: "another case", reason: "an instance has one topic, whatever its case" },
    { field: `Project.${name}`, change: "another order", reason: "GitLab shows topics in an order of its own" },
  ]),
  ...["integrations.AppleAppStore.appStorePrivateKey", "integrations.GooglePlay.serviceAccountKey"].map(
    (field): Exception => ({ field, change: "cleared", reason: "not every server shows the keys that some do" }),
  ),
];

/** Arguments that stay as they are, since GitLab takes or shows no others otherwise; what happens to them is seen all the same. */
const fixed = [
  ...["GroupNotificationSettings.level", "ProjectNotificationSettings.level", "GlobalNotificationSettings.level"],
  ...["ProjectPullMirror.enabled", "Project.archived", "Project.defaultBranch", "Project.mirror"],
  "GlobalNotificationSettings.notificationEmail",
  ...["Project.namespace", "Project.repositoryAccessLevel", "Project.repositoryObjectFormat"],
];

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start();
  // A project can be no more visible than its group.
  await fixture.api("PUT", "/groups/9", { visibility: "public" });
});

afterAll(async () => {
  await fixture.stop();
});

/** The change for a field, by its place among the others. */
type ChangeOf = (index: number) => Change;

function turnOf(turn: number): ChangeOf {
  return (index) => changes[(index + turn) % changes.length] ?? "another";
}

/** One object that is brought to values of every kind. */
class Trial {
  readonly managed: ManagedResource;
  readonly tried = new Set<string>();
  readonly wrong: string[] = [];

  constructor(
    readonly definition: Definition,
    readonly base: Props,
    readonly infos: readonly FieldInfo[],
  ) {
    this.managed = new ManagedResource(fixture, definition);
  }

  async run(mark?: string): Promise<void> {
    await this.managed.up(this.base, mark);
    for (const variant of variants) await this.#try(variant);
    expect(this.wrong).toEqual([]);
    expect(this.infos.map(({ name }) => name).filter((name) => !this.tried.has(name))).toEqual([]);
  }

  async #try(variant: Variant): Promise<void> {
    const infos = this.infos.filter(({ name }) => !fixed.includes(`${this.definition.name}.${name}`));
    const given = infos.flatMap((info) => {
      const value = valueFor(this.definition, info, variant);
      return value === undefined ? [] : [[info.name, value] as const];
    });
    const args = await this.#accepted(this.base, await this.#legal(given));
    const { managed } = this;
    // What was refused on the way has left the object as it was before.
    await managed.up(args);
    await managed.refresh();
    for (const info of infos.filter(({ name }) => name in args)) {
      const [now, own] = [managed.inputs[info.name], args[info.name]].map((value) => blank(info, value));
      expect([variant, info.name, now]).toEqual([variant, info.name, own]);
    }
    expect([variant, await managed.diff(args)]).toEqual([variant, { changes: false, replaces: [] }]);
    const path = `/${pathShowing(this.definition, managed.id)}`;
    const answer = (await fixture.api("GET", path)) as Props;
    // Each change after the plain values, and after others one to a field: between all of them, every field has them all.
    const all = variant === "plain" || process.env.LONG_TESTS === "1";
    const turns = all ? changes.map((change) => () => change) : [turnOf(variants.indexOf(variant))];
    for (const changeOf of turns) await this.#change(path, answer, changeOf, variant);
  }

  /** The values that the check passes. */
  async #legal(given: readonly (readonly [string, unknown])[]): Promise<Props> {
    const args = Object.fromEntries(given);
    const problems = await this.managed.problems({ ...this.base, ...args });
    const refused = problems.map((problem) => /^\w+/.exec(problem)?.[0] ?? "");
    return Object.fromEntries(given.filter(([name]) => !refused.includes(name)));
  }

  /** The values that GitLab takes, of all at once or else of one half after the other, and those of before for the rest. */
  async #accepted(before: Props, given: Props): Promise<Props> {
    const next = { ...before, ...given };
    const names = Object.keys(given);
    try {
      await this.managed.up(next);
      return next;
    } catch {
      if (names.length === 1) return before;
      const half = (from: number, to: number) => Object.fromEntries(Object.entries(given).slice(from, to));
      const middle = Math.ceil(names.length / 2);
      return this.#accepted(await this.#accepted(before, half(0, middle)), half(middle, names.length));
    }
  }

  /** Changes every field on GitLab at once, and looks whether each is seen. */
  async #change(path: string, answer: Props, changeOf: ChangeOf, variant: Variant): Promise<void> {
    const { definition, managed } = this;
    const body = structuredClone(answer);
    const names = new Map<string, Change>();
    for (const [index, info] of this.infos.entries()) {
      if (managed.inputs[info.name] === undefined) continue;
      const change = changeOf(index);
      const [owner, key] = slotIn(definition, body, info, Number(managed.id.split("/").at(-1))) ?? [];
      const value = owner && key !== undefined ? changed(info, owner[key], change) : undefined;
      if (value === undefined || !owner || key === undefined) continue;
      if (info.meta.names && change !== "another") continue;
      owner[key] = value;
      names.set(info.name, change);
      this.tried.add(info.name);
    }
    if (names.size === 0) return;
    fixture.sandbox.control.addFault({ method: "GET", path: `${path}$`, status: 200, body });
    const copy = managed.copy();
    await copy.refresh();
    for (const [name, change] of names) {
      const field = `${definition.name}.${name}`;
      const isSilent = silent.some((each) => each.field === field && each.change === change);
      if (alike(copy.inputs[name], managed.inputs[name]) !== isSilent)
        this.wrong.push(`${field}: ${change}, after ${variant}`);
    }
  }
}

/** The fields of which GitLab shows something and that are not what tells the object from others. */
function readable(definition: Definition, scope: Scope | undefined): FieldInfo[] {
  return settable(definition, scope).filter(
    ({ name, access, meta }) => (access === "readable" || meta.keysOnly === true) && name !== definition.idFromArgument,
  );
}

describe("whatever a field is set to, a change on GitLab is seen by the next refresh", () => {
  test.each(oncePerDefinition(cases))("%s in a %s", async (_, scope, definition) => {
    const place = await fixture.createParent(scope);
    const base = { [scope]: place.id, ...leastArgs(definition, scope) };
    await new Trial(definition, base, readable(definition, scope)).run(install(fixture, definition, place));
  });

  test("GlobalNotificationSettings", async () => {
    const definition = definitionOf("GlobalNotificationSettings");
    const { email } = (await fixture.api("GET", "/user")) as Props;
    const base = { level: "custom", notificationEmail: email };
    await new Trial(definition, base, readable(definition, undefined)).run();
  });

  const ofProject = readable(definitionOf("Project"), undefined);
  test.each<[string, Props, (info: FieldInfo) => boolean]>([
    [
      "as it is",
      {
        initializeWithReadme: true,
        defaultBranch: "main",
        archived: false,
        repositoryAccessLevel: "enabled",
        repositoryObjectFormat: "sha1",
      },
      ({ name, meta }) => meta.replacedBy === undefined && !/mirror/i.test(name),
    ],
    ["under former names", {}, ({ meta }) => meta.replacedBy !== undefined],
    [
      "with a mirror",
      { importUrl: "https://git.example.com/shop.git", mirror: true },
      ({ name }) => /mirror/i.test(name),
    ],
  ])("Project, %s", async (_, more, isOne) => {
    const base = { namespace: 9, path: unique("every"), ...more };
    await new Trial(definitionOf("Project"), base, ofProject.filter(isOne)).run();
  });

  test("what newer servers have removed has no such field", () => {
    const removed = removedCases.flatMap(([, each]) => each);
    expect(removed.flatMap(([, scope, definition]) => readable(definition, scope))).toEqual([]);
  });

  test("every exception is about a field that there is", () => {
    const known = [...cases.map(([, , definition]) => definition), definitionOf("Project")];
    const names = known.flatMap(({ name, fields }) => [...fieldsOf(fields).keys()].map((field) => `${name}.${field}`));
    expect(silent.map(({ field }) => field).filter((field) => !names.includes(field))).toEqual([]);
  });
});
