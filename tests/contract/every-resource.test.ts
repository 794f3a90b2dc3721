import { isSingleton, isSlot, type Definition } from "../../provider/definition";
import { fieldsOf } from "../../provider/fields";
import { toWire } from "../../provider/lifecycle/values";
import { cases, collectionIn, definitionOf, install, isLasting, made, pathIn } from "./support/cases";
import { exceptionFor } from "./support/exceptions";
import { Managed, visible, type Props } from "./support/managed";
import { allArgs, leastArgs } from "./support/samples";
import { Setting, type Place } from "./support/setting";
import { isLink, shownAt, shownObject } from "./support/shown";
import { countIn, rowOf } from "./support/stored";

let setting: Setting;

beforeAll(async () => {
  setting = await Setting.start();
});

afterAll(async () => {
  await setting.stop();
});

/** The requests that make a resource whose project or group this process has not met, with the program's arguments. */
function creation(definition: Definition, place: Place, args: Props, mark?: string): string[] {
  const lookUp = `GET /${place.scope}s/${place.id}`;
  const collection = collectionIn(definition, place);
  if (isLink(definition)) {
    const named = [...fieldsOf(definition.fields).values()].flatMap(({ name, meta }) =>
      meta.names ? [`GET /${meta.names.scope}s/${args[name] as number}`] : [],
    );
    return [...named, lookUp, lookUp, `POST /${postedTo(definition, place, args)}`];
  }
  if (definition.kind === "hook") return [lookUp, `GET /${collection}`, `POST /${collection}`];
  const write = definition.kind === "pushRule" ? "POST" : "PUT";
  // The check of what is to be taken over has a look at it first.
  const looks = mark === undefined ? [lookUp] : [lookUp, `GET /${collection}`];
  // Of a mirror that is off, the project alone tells.
  const further = definition.kind === "pullMirror" ? [lookUp] : [];
  return [...looks, `GET /${collection}`, ...further, `${write} /${collection}`];
}

function isThere(managed: Managed): boolean {
  const row = rowOf(setting, managed.id);
  return row !== undefined && row.active !== false;
}

describe.each(cases)("%s in a %s", (_name, scope, definition) => {
  test("is made, read back and left alone", async () => {
    const place = await setting.place(scope);
    const mark = install(setting, definition, place);
    const args = { [scope]: place.id, ...allArgs(definition, scope) };
    const managed = new Managed(setting, definition);
    const expected = creation(definition, place, args, mark);
    const creating = await setting.watch(() => managed.up(args, mark));
    expect(creating.requests).toEqual(expected);
    expect(managed.id).toMatch(new RegExp(`^${pathIn(definition, place, "\\d+")}$`));
    expect(managed.outputs).toMatchObject({ ...args, [`${scope}Id`]: place.id, [`${scope}Path`]: place.path });
    expect(await setting.watch(() => managed.up(args, mark))).toEqual({ result: "same", requests: [] });
    const { inputs, outputs } = managed;
    const reading = await setting.watch(() => managed.refresh());
    expect(reading).toEqual({ result: "there", requests: [`GET /${shownAt(definition, managed.id)}`] });
    expect(visible(managed.inputs)).toEqual(visible(inputs));
    expect(managed.inputs.__managed).toEqual(inputs.__managed);
    expect(managed.outputs).toEqual(outputs);
    expect(await setting.watch(() => managed.up(args, mark))).toEqual({ result: "same", requests: [] });
  });

  test("with the least arguments, it is left alone too", async () => {
    const place = await setting.place(scope);
    const args = leastArgs(definition, scope);
    const managed = await made(setting, definition, place, args);
    const all = { [scope]: place.path, ...args };
    expect(await setting.watch(() => managed.up(all))).toEqual({ result: "same", requests: [] });
    await managed.refresh();
    expect(await setting.watch(() => managed.up(all))).toEqual({ result: "same", requests: [] });
  });

  test("is deleted, also twice, and read as gone", async () => {
    const place = await setting.place(scope);
    const managed = await made(setting, definition, place, leastArgs(definition, scope));
    const deleting = await setting.watch(() => managed.destroy());
    const method = isLasting(definition) ? "PUT" : "DELETE";
    expect(deleting.requests).toEqual(definition.undeletable === undefined ? [`${method} /${managed.id}`] : []);
    expect(isThere(managed)).toBe(isLasting(definition));
    await managed.destroy();
    expect(await managed.refresh()).toBe(isLasting(definition) ? "there" : "gone");
  });

  test("is gone when it was deleted behind our back, and is made again with GitLab's defaults", async () => {
    if (isLasting(definition) || definition.installation !== undefined) return;
    const place = await setting.place(scope);
    const managed = await made(setting, definition, place, allArgs(definition, scope));
    await setting.api("DELETE", `/${managed.id}`);
    const first = managed.id;
    expect(await managed.refresh()).toBe("gone");
    const least = leastArgs(definition, scope);
    await managed.up({ [scope]: place.id, ...least });
    expect(managed.id === first).toBe(isSlot(definition));
    const fresh = await made(setting, definition, await setting.place(scope), least);
    expect(shown(await shownObject(setting, definition, managed.id), definition, least)).toEqual(
      shown(await shownObject(setting, definition, fresh.id), definition, least),
    );
  });

  test("is taken over under every form of its ID, and never doubled", async () => {
    const args = leastArgs(definition, scope);
    for (const form of idForms(definition)) {
      const place = await setting.place(scope);
      const mark = install(setting, definition, place);
      const key = mark === undefined ? await byHand(definition, place, args) : "";
      const adopter = new Managed(setting, definition);
      const id = form(place, key);
      await adopter.up({ [scope]: place.path, ...args }, id);
      expect([id, adopter.id]).toEqual([id, pathIn(definition, place, key)]);
      expect([id, countIn(setting, scope, place.id)]).toEqual([id, 1]);
      expect(await setting.watch(() => adopter.up({ [scope]: place.path, ...args }, id))).toMatchObject({
        requests: [],
      });
    }
  });

  test.each(["nonsense!", "https://gitlab.example.com/acme/shop", "groups/42/boards/7", "projects/42/hooks/x"])(
    "no ID: %s",
    async (mark) => {
      const problems = await new Managed(setting, definition).problems(
        { [scope]: 42, ...leastArgs(definition, scope) },
        mark,
      );
      expect(problems).toEqual([
        expect.stringMatching(/^import: ".+" is no ID of \w+\. Accepted: (projects|groups)\/42\/.+/),
      ]);
    },
  );
});

/** What an answer says of the fields that are not given. */
function shown(answer: Props, definition: Definition, given: Props): Props {
  const infos = [...fieldsOf(definition.fields).values()].filter(
    ({ name }) => !(name in given) && exceptionFor(`${definition.name}.${name}`, "default") === undefined,
  );
  return Object.fromEntries(infos.map(({ wire }) => [wire, comparable(answer[wire])]));
}

/** Nothing, false, 0 and empty are one; pairs of a map are told by their keys. */
function comparable(value: unknown): unknown {
  if (value === null || value === undefined || value === false || value === "" || value === 0) return "nothing";
  if (Array.isArray(value) && value.length === 0) return "nothing";
  return typeof value === "number" ? String(value) : value;
}

/** Makes an object without the provider, and answers its number where it has one. */
async function byHand(definition: Definition, place: Place, args: Props): Promise<number | string> {
  const body = Object.fromEntries(
    [...fieldsOf(definition.fields).values()].flatMap((info) =>
      info.name in args ? [[info.wire, toWire(info, args[info.name])]] : [],
    ),
  );
  const method = ["integration", "notification", "pullMirror"].includes(definition.kind) ? "PUT" : "POST";
  if (definition.kind === "pushRule") body.deny_delete_tag = true;
  const answer = (await setting.api(method, `/${postedTo(definition, place, args)}`, body)) as { id: number };
  return isSingleton(definition) ? "" : ((args[definition.keyedBy ?? ""] as number | undefined) ?? answer.id);
}

/** The path of the request that makes an object. */
function postedTo(definition: Definition, place: Place, args: Props): string {
  const collection = collectionIn(definition, place);
  return definition.kind === "forkRelation" ? `${collection}/${args.forkedFrom as number}` : collection;
}

function idForms(definition: Definition): readonly ((place: Place, key: number | string) => string)[] {
  const byPath = (place: Place, key: number | string) =>
    pathIn(definition, place, key).replace(`/${place.id}/`, `/${place.path}/`);
  const short = (place: Place, key: number | string) => (isSingleton(definition) ? place.path : `${place.path}:${key}`);
  const number = (place: Place, key: number | string) =>
    isSingleton(definition) ? String(place.id) : `${place.id}:${key}`;
  return [(place, key) => pathIn(definition, place, key), byPath, short, number];
}

test("push rules and hooks of one project share the lookup and the list", async () => {
  const place = await setting.place("project");
  const hook = definitionOf("ProjectHook");
  await made(setting, hook, place, leastArgs(hook, "project"));
  const second = await setting.watch(() => made(setting, hook, place, leastArgs(hook, "project")));
  expect(second.requests).toEqual([`POST /projects/${place.id}/hooks`]);
  const rule = definitionOf("ProjectPushRule");
  const other = await setting.watch(() => made(setting, rule, place, { denyDeleteTag: true }));
  expect(other.requests).toEqual([`GET /projects/${place.id}/push_rule`, `POST /projects/${place.id}/push_rule`]);
});

test("no secret and no text of a program was printed, logged or answered in an error", async () => {
  const spoken = await setting.spoken();
  for (const secret of setting.secrets) expect(spoken).not.toContain(secret);
  expect(setting.secrets.size).toBeGreaterThan(cases.length);
});
