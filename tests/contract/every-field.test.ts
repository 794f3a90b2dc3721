import type { Definition } from "../../provider/definition";
import type { FieldInfo } from "../../provider/fields";
import { cases, collectionIn, made } from "./support/cases";
import { exceptionFor, unusedExceptions, type Exception } from "./support/exceptions";
import { visible, type Managed, type Props } from "./support/managed";
import { allArgs, leastArgs, sampleOf, settable } from "./support/samples";
import { Setting, type Place } from "./support/setting";
import { isLink, shownAt, shownObject } from "./support/shown";
import { stored, tamper } from "./support/stored";
import { alike, blank, wireForm } from "./support/comparison";

let setting: Setting;

beforeAll(async () => {
  setting = await Setting.start();
});

afterAll(async () => {
  await setting.stop();
});

/** A case that an exception names, with what happens instead; everything else is as it should be. */
async function refusedOrReplaced(exception: Exception, managed: Managed, args: Props): Promise<void> {
  if (exception.instead === "refused") {
    expect([exception.field, await managed.problems(args)]).not.toEqual([exception.field, []]);
  } else {
    expect([exception.field, await managed.diff(args)]).toMatchObject([
      exception.field,
      { replaces: [expect.any(String)] },
    ]);
  }
}

// Groups take the fields that projects take, so they have a turn in the long form: `EVERY_SCOPE=1`.
const chosen = cases.filter(
  ([, scope, { scopes }]) => process.env.EVERY_SCOPE === "1" || scope === "project" || !scopes.includes("project"),
);

describe.each(chosen)("%s in a %s", (name, scope, definition) => {
  const infos = settable(definition, scope);
  // What tells an object from others cannot drift: with another value it is another object.
  const compared = infos.filter((info) => info.access !== "ignored" && info.name !== definition.keyedBy);

  test("each field changes", async () => {
    const place = await setting.place(scope);
    let args: Props = { [scope]: place.id, ...allArgs(definition, scope) };
    const managed = await made(setting, definition, place, args);
    for (const info of infos) {
      const next = { ...args, [info.name]: sampleOf(definition, info, 1) };
      const exception = exceptionFor(`${name}.${info.name}`, "change");
      if (exception) {
        await refusedOrReplaced(exception, managed, next);
        continue;
      }
      args = next;
      const changing = await setting.watch(() => managed.up(args));
      expect([info.name, changing.result]).toEqual([info.name, "update"]);
      expect([info.name, ...changing.requests]).toEqual([
        info.name,
        ...changeOf(managed, place, args, changing.requests),
      ]);
      expect([info.name, managed.outputs[info.name]]).toEqual([info.name, args[info.name]]);
      expectStored(managed, info, args[info.name]);
      expect([info.name, await setting.watch(() => managed.up(args))]).toEqual([
        info.name,
        { result: "same", requests: [] },
      ]);
    }
    await managed.refresh();
    expect(visible(managed.inputs)).toEqual({ ...args, ...inherits(definition) });
  });

  test("each field goes back to GitLab's default when it is removed", async () => {
    const place = await setting.place(scope);
    const all: Props = { [scope]: place.id, ...allArgs(definition, scope) };
    const managed = await made(setting, definition, place, all);
    const least = leastArgs(definition, scope);
    const fresh = await made(setting, definition, await setting.place(scope), least);
    for (const info of infos.filter((each) => !each.required && each.meta.implied !== true)) {
      // The field before this one comes back in the same step.
      const args = without(all, info.name);
      const exception = exceptionFor(`${name}.${info.name}`, "remove");
      if (exception) {
        await refusedOrReplaced(exception, managed, args);
        continue;
      }
      expect([info.name, await managed.up(args)]).toEqual([info.name, "update"]);
      const isOwn = info.name in least || exceptionFor(`${name}.${info.name}`, "default") !== undefined;
      const initial = isOwn ? info.initial : await shownIn(fresh, info);
      await expectShown(managed, info, initial);
      await managed.refresh();
      expect([info.name, managed.inputs[info.name], await managed.up(args)]).toEqual([info.name, undefined, "same"]);
    }
  });

  test("each drift shows in its property, and is mended", async () => {
    const place = await setting.place(scope);
    const args: Props = { [scope]: place.id, ...allArgs(definition, scope) };
    const managed = await made(setting, definition, place, args);
    const before = visible(managed.inputs);
    for (const info of compared) {
      tamper(setting, managed.id, info, wireForm(info, sampleOf(definition, info, 1)));
      const changed = stored(setting, managed.id, info);
      await managed.refresh();
      const drifted = Object.keys(before).filter((key) => !alike(managed.inputs[key], before[key]));
      const isSeen = info.access === "readable" || info.meta.keysOnly === true;
      expect([info.name, drifted]).toEqual([info.name, isSeen ? [info.name] : []]);
      const exception = exceptionFor(`${name}.${info.name}`, "drift");
      if (exception) {
        await refusedOrReplaced(exception, managed, args);
        tamper(setting, managed.id, info, wireForm(info, args[info.name]));
        await managed.refresh();
        continue;
      }
      expect([info.name, await managed.up(args)]).toEqual([info.name, isSeen ? "update" : "same"]);
      if (isSeen) expectStored(managed, info, args[info.name]);
      else expect([info.name, stored(setting, managed.id, info)]).toEqual([info.name, changed]);
    }
  });

  /** The requests of a change: a PUT and perhaps more, or what stands in its place. */
  function changeOf(managed: Managed, place: Place, args: Props, sent: readonly string[]): string[] {
    if (!isLink(definition)) return [`PUT /${managed.id}`, ...sent.slice(1)];
    const named = infos.flatMap(({ name: each, meta }) =>
      meta.names && each !== definition.keyedBy ? [String(args[each])] : [],
    );
    const posted = [collectionIn(definition, place), ...named].join("/");
    const looks = sent.filter((request) => request.startsWith("GET /"));
    expect(looks).toContain(`GET /${shownAt(definition, managed.id)}`);
    return [...looks, `DELETE /${managed.id}`, `POST /${posted}`];
  }

  async function expectShown(managed: Managed, info: FieldInfo, value: unknown): Promise<void> {
    expectStored(managed, info, value);
    // A channel without a value shows that of another one.
    const held = blank(info, stored(setting, managed.id, info));
    if (held === blank(info, undefined) || !compared.includes(info)) return;
    expect([info.name, await shownIn(managed, info)]).toEqual([info.name, held]);
  }

  function expectStored(managed: Managed, info: FieldInfo, value: unknown): void {
    if (!compared.includes(info)) return;
    const isDropped = exceptionFor(`${name}.${info.name}`, "store") !== undefined;
    const held = blank(info, stored(setting, managed.id, info));
    expect([info.name, held]).toEqual([info.name, blank(info, isDropped ? undefined : value)]);
  }
});

/** What HTTP shows; what it does not show, as the emulator holds it. */
async function shownIn(managed: Managed, info: FieldInfo): Promise<unknown> {
  if (info.access !== "readable") return blank(info, stored(setting, managed.id, info));
  return blank(info, (await shownObject(setting, managed.definition, managed.id))[info.wire]);
}

function inherits(definition: Definition): Props {
  return definition.kind === "integration" ? { useInheritedSettings: false } : {};
}

function without(args: Props, name: string): Props {
  return Object.fromEntries(Object.entries(args).filter(([key]) => key !== name));
}

test("every exception is met", () => {
  expect(unusedExceptions()).toEqual([]);
});

test("no secret was printed, logged or answered in an error", async () => {
  const spoken = await setting.spoken();
  for (const secret of setting.secrets) expect(spoken).not.toContain(secret);
});
