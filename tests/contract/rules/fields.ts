import type { FieldInfo } from "../../../provider/core/schema";
import { collectionIn, type Case } from "../support/cases";
import { alike, blank, wireForm } from "../support/comparison";
import { exceptionFor, type Exception } from "../support/exceptions";
import { madeAs, type Declared, type Form } from "../support/forms";
import { visible, type Props } from "../support/managed";
import { allArgs, leastArgs, sampleOf, settable } from "../support/samples";
import type { Place, Setting } from "../support/setting";
import { isLink, shownAt, shownObject } from "../support/shown";
import { stored, tamper } from "../support/stored";

/**
 * What every field goes through in a program: it changes, and it goes back to GitLab's default.
 *
 * @param setting called in the tests, once it has started
 */
export function fieldRules(form: Form, cases: readonly Case[], setting: () => Setting): void {
  describe.each(cases)("%s in a %s", (...[, scope, definition]) => {
    const trial = () => new Trial(form, setting(), scope, definition);
    test("each field changes", () => trial().changes());
    test("each field goes back to GitLab's default when it is removed", () => trial().resets());
  });
}

/** What every field goes through when somebody else changes it: while the program names it, and while it does not. */
export function driftRules(form: Form, cases: readonly Case[], setting: () => Setting): void {
  describe.each(cases)("%s in a %s", (...[, scope, definition]) => {
    const trial = () => new Trial(form, setting(), scope, definition);
    test("each drift shows in its property, and is mended", () => trial().drifts());
    test("what the program does not name stays as somebody set it", () => trial().leavesAlone());
  });
}

class Trial {
  readonly infos: readonly FieldInfo[];
  /** What tells an object from others cannot drift: with another value it is another object. */
  readonly compared: readonly FieldInfo[];

  constructor(
    readonly form: Form,
    readonly setting: Setting,
    readonly scope: Case[1],
    readonly definition: Case[2],
  ) {
    this.infos = settable(definition, scope);
    this.compared = this.infos.filter((info) => info.access !== "ignored" && info.name !== definition.idFromArgument);
  }

  async changes(): Promise<void> {
    const place = await this.setting.place(this.scope);
    let args: Props = { [this.scope]: place.id, ...allArgs(this.definition, this.scope) };
    const declared = await this.#made(place, args);
    const { id } = declared;
    for (const info of this.infos) {
      const next = { ...args, [info.name]: sampleOf(this.definition, info, 1) };
      const exception = this.#exceptionFor(info, "change");
      if (exception) {
        await refusedOrReplaced(exception, declared, next);
        continue;
      }
      args = next;
      const { result, requests } = await this.setting.watch(() => declared.up(args));
      expect([info.name, result]).toEqual([info.name, "update"]);
      expect([info.name, ...requests]).toEqual([info.name, ...this.#changeOf(declared, place, args, requests)]);
      expect([info.name, declared.outputs[info.name]]).toEqual([info.name, args[info.name]]);
      this.#expectStored(declared, info, args[info.name]);
    }
    expect(await this.setting.watch(() => declared.up(args))).toEqual({ result: "same", requests: [] });
    await declared.refresh();
    expect(visible(declared.inputs)).toEqual({ ...args, ...this.#inheriting });
    expect(declared.id).toBe(id);
  }

  async resets(): Promise<void> {
    const { scope, definition, setting } = this;
    const place = await setting.place(scope);
    const all: Props = { [scope]: place.id, ...allArgs(definition, scope) };
    const declared = await this.#made(place, all);
    const least = leastArgs(definition, scope);
    const fresh = await this.#made(await setting.place(scope), least);
    for (const info of this.infos.filter((each) => !each.required && each.meta.alwaysManaged !== true)) {
      // The field before this one comes back in the same step.
      const args = without(all, info.name);
      const exception = this.#exceptionFor(info, "remove");
      if (exception) {
        await refusedOrReplaced(exception, declared, args);
        continue;
      }
      expect([info.name, await declared.up(args)]).toEqual([info.name, "update"]);
      const isOwn = info.name in least || this.#exceptionFor(info, "default") !== undefined;
      await this.#expectShown(declared, info, isOwn ? info.initial : await this.#shownIn(fresh, info));
      await declared.refresh();
      expect([info.name, declared.inputs[info.name], await declared.up(args)]).toEqual([info.name, undefined, "same"]);
    }
  }

  async drifts(): Promise<void> {
    const { scope, setting } = this;
    const place = await setting.place(scope);
    const args: Props = { [scope]: place.id, ...allArgs(this.definition, scope) };
    const declared = await this.#made(place, args);
    const before = visible(declared.inputs);
    for (const info of this.compared) {
      tamper(setting, declared.id, info, wireForm(info, sampleOf(this.definition, info, 1)));
      const changed = stored(setting, declared.id, info);
      await declared.refresh();
      const { inputs } = declared;
      const drifted = Object.keys(before).filter((key) => !alike(inputs[key], before[key]));
      const isSeen = info.access === "readable" || info.meta.keysOnly === true;
      expect([info.name, drifted]).toEqual([info.name, isSeen ? [info.name] : []]);
      const exception = this.#exceptionFor(info, "drift");
      if (exception) {
        await refusedOrReplaced(exception, declared, args);
        tamper(setting, declared.id, info, wireForm(info, args[info.name]));
        await declared.refresh();
        continue;
      }
      expect([info.name, await declared.up(args)]).toEqual([info.name, isSeen ? "update" : "same"]);
      if (isSeen) this.#expectStored(declared, info, args[info.name]);
      else expect([info.name, stored(setting, declared.id, info)]).toEqual([info.name, changed]);
    }
  }

  async leavesAlone(): Promise<void> {
    const { scope, definition, setting } = this;
    const place = await setting.place(scope);
    const args: Props = { [scope]: place.id, ...leastArgs(definition, scope) };
    const declared = await this.#made(place, args);
    const before = visible(declared.inputs);
    const free = this.compared.filter(({ name }) => !(name in before));
    const extra = await this.#addable(declared, args, free);
    const others = free.filter((info) => info !== extra);
    const held = () => others.map((info) => [info.name, stored(setting, declared.id, info)]);
    for (const info of others) {
      tamper(setting, declared.id, info, wireForm(info, sampleOf(definition, info, 0)));
    }
    const theirs = held();
    await declared.refresh();
    expect(visible(declared.inputs)).toEqual(before);
    expect(await setting.watch(() => declared.up(args))).toEqual({ result: "same", requests: [] });
    if (!extra) return;
    expect(await declared.up({ ...args, [extra.name]: sampleOf(definition, extra, 0) })).toBe("update");
    expect(held()).toEqual(theirs);
  }

  /** A field that can join the least arguments, and whose coming makes GitLab drop nothing. */
  async #addable(declared: Declared, args: Props, free: readonly FieldInfo[]): Promise<FieldInfo | undefined> {
    for (const info of free.filter(({ secret, meta }) => !secret && !meta.clearsSecrets && !meta.replacedBy)) {
      const next = { ...args, [info.name]: sampleOf(this.definition, info, 0) };
      if ((await declared.problems(next)).length === 0) return info;
    }
    return undefined;
  }

  get #inheriting(): Props {
    return this.definition.kind === "integration" ? { useInheritedSettings: false } : {};
  }

  #made(place: Place, args: Props): Promise<Declared> {
    return madeAs(this.form, this.setting, this.definition, place, args);
  }

  #exceptionFor({ name }: FieldInfo, step: Exception["step"]): Exception | undefined {
    return exceptionFor(`${this.definition.name}.${name}`, step);
  }

  /** The requests of a change: a PUT and perhaps more below the object, or what stands in its place. */
  #changeOf({ id }: Declared, place: Place, args: Props, sent: readonly string[]): string[] {
    const { definition } = this;
    if (!isLink(definition)) return [`PUT /${id}`, ...sent.slice(1).filter((text) => text.includes(` /${id}/`))];
    const named = this.infos.flatMap(({ name, meta }) =>
      meta.names && name !== definition.idFromArgument ? [String(args[name])] : [],
    );
    const posted = [collectionIn(definition, place), ...named].join("/");
    const looks = sent.filter((request) => request.startsWith("GET /"));
    expect(looks).toContain(`GET /${shownAt(definition, id)}`);
    return [...looks, `DELETE /${id}`, `POST /${posted}`];
  }

  async #expectShown(declared: Declared, info: FieldInfo, value: unknown): Promise<void> {
    this.#expectStored(declared, info, value);
    // A channel without a value shows that of another one.
    const held = blank(info, stored(this.setting, declared.id, info));
    if (held === blank(info, undefined) || !this.compared.includes(info)) return;
    expect([info.name, await this.#shownIn(declared, info)]).toEqual([info.name, held]);
  }

  #expectStored({ id }: Declared, info: FieldInfo, value: unknown): void {
    if (!this.compared.includes(info)) return;
    const isDropped = this.#exceptionFor(info, "store") !== undefined;
    const held = blank(info, stored(this.setting, id, info));
    expect([info.name, held]).toEqual([info.name, blank(info, isDropped ? undefined : value)]);
  }

  /** What HTTP shows; what it does not show, as the emulator holds it. */
  async #shownIn({ id }: Declared, info: FieldInfo): Promise<unknown> {
    if (info.access !== "readable") return blank(info, stored(this.setting, id, info));
    return blank(info, (await shownObject(this.setting, this.definition, id))[info.wire]);
  }
}

/** A case that an exception names, with what happens instead; everything else is as it should be. */
async function refusedOrReplaced(exception: Exception, declared: Declared, args: Props): Promise<void> {
  if (exception.instead === "refused") {
    expect([exception.field, await declared.problems(args)]).not.toEqual([exception.field, []]);
  } else {
    expect([exception.field, await declared.diff(args)]).toMatchObject([
      exception.field,
      { replaces: [expect.any(String)] },
    ]);
  }
}

function without(args: Props, name: string): Props {
  return Object.fromEntries(Object.entries(args).filter(([key]) => key !== name));
}
