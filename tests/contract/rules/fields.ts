import type { FieldInfo } from "../../../provider/core/schema";
import { collectionIn, type Case } from "../support/cases";
import { alike, blank, wireForm } from "../support/comparison";
import { exceptionFor, type Exception } from "../support/exceptions";
import { createAs, type DeclaredObject, type DeclarationForm } from "../support/declaration-forms";
import { visible, type Props } from "../support/managed-resource";
import { allArgs, leastArgs, sampleOf, settable } from "../support/samples";
import type { TestParent, ProviderFixture } from "../support/provider-fixture";
import { isLink, pathShowing, fetchObject } from "../support/fetch-object";
import { stored, tamper } from "../support/stored";

/**
 * What every field goes through in a program: it changes, and it goes back to GitLab's default.
 *
 * @param fixture called in the tests, once it has started
 */
export function fieldRules(form: DeclarationForm, cases: readonly Case[], fixture: () => ProviderFixture): void {
  describe.each(cases)("%s in a %s", (...[, scope, definition]) => {
    const rules = () => new FieldRules(form, fixture(), scope, definition);
    test("each field changes", () => rules().updatesEachField());
    test("each field goes back to GitLab's default when it is removed", () => rules().resetsEachRemovedField());
  });
}

/** What every field goes through when somebody else changes it: while the program names it, and while it does not. */
export function driftRules(form: DeclarationForm, cases: readonly Case[], fixture: () => ProviderFixture): void {
  describe.each(cases)("%s in a %s", (...[, scope, definition]) => {
    const rules = () => new FieldRules(form, fixture(), scope, definition);
    test("each drift shows in its property, and is mended", () => rules().showsAndMendsDrift());
    test("what the program does not name stays as somebody set it", () => rules().keepsUnnamedFields());
  });
}

class FieldRules {
  readonly infos: readonly FieldInfo[];
  /** What tells an object from others cannot drift: with another value it is another object. */
  readonly compared: readonly FieldInfo[];

  constructor(
    readonly form: DeclarationForm,
    readonly fixture: ProviderFixture,
    readonly scope: Case[1],
    readonly definition: Case[2],
  ) {
    this.infos = settable(definition, scope);
    this.compared = this.infos.filter((info) => info.access !== "ignored" && info.name !== definition.idFromArgument);
  }

  async updatesEachField(): Promise<void> {
    const place = await this.fixture.createParent(this.scope);
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
      const { result, requests } = await this.fixture.recordRequests(() => declared.up(args));
      expect([info.name, result]).toEqual([info.name, "update"]);
      expect([info.name, ...requests]).toEqual([info.name, ...this.#changeOf(declared, place, args, requests)]);
      expect([info.name, declared.outputs[info.name]]).toEqual([info.name, args[info.name]]);
      this.#expectStored(declared, info, args[info.name]);
    }
    expect(await this.fixture.recordRequests(() => declared.up(args))).toEqual({ result: "same", requests: [] });
    await declared.refresh();
    expect(visible(declared.inputs)).toEqual({ ...args, ...this.#inheriting });
    expect(declared.id).toBe(id);
  }

  async resetsEachRemovedField(): Promise<void> {
    const { scope, definition, fixture } = this;
    const place = await fixture.createParent(scope);
    const all: Props = { [scope]: place.id, ...allArgs(definition, scope) };
    const declared = await this.#made(place, all);
    const least = leastArgs(definition, scope);
    const fresh = await this.#made(await fixture.createParent(scope), least);
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

  async showsAndMendsDrift(): Promise<void> {
    const { scope, fixture } = this;
    const place = await fixture.createParent(scope);
    const args: Props = { [scope]: place.id, ...allArgs(this.definition, scope) };
    const declared = await this.#made(place, args);
    const before = visible(declared.inputs);
    for (const info of this.compared) {
      tamper(fixture, declared.id, info, wireForm(info, sampleOf(this.definition, info, 1)));
      const changed = stored(fixture, declared.id, info);
      await declared.refresh();
      const { inputs } = declared;
      const drifted = Object.keys(before).filter((key) => !alike(inputs[key], before[key]));
      const isSeen = info.access === "readable" || info.meta.keysOnly === true;
      expect([info.name, drifted]).toEqual([info.name, isSeen ? [info.name] : []]);
      const exception = this.#exceptionFor(info, "drift");
      if (exception) {
        await refusedOrReplaced(exception, declared, args);
        tamper(fixture, declared.id, info, wireForm(info, args[info.name]));
        await declared.refresh();
        continue;
      }
      expect([info.name, await declared.up(args)]).toEqual([info.name, isSeen ? "update" : "same"]);
      if (isSeen) this.#expectStored(declared, info, args[info.name]);
      else expect([info.name, stored(fixture, declared.id, info)]).toEqual([info.name, changed]);
    }
  }

  async keepsUnnamedFields(): Promise<void> {
    const { scope, definition, fixture } = this;
    const place = await fixture.createParent(scope);
    const args: Props = { [scope]: place.id, ...leastArgs(definition, scope) };
    const declared = await this.#made(place, args);
    const before = visible(declared.inputs);
    const free = this.compared.filter(({ name }) => !(name in before));
    const extra = await this.#addable(declared, args, free);
    const others = free.filter((info) => info !== extra);
    const held = () => others.map((info) => [info.name, stored(fixture, declared.id, info)]);
    for (const info of others) {
      tamper(fixture, declared.id, info, wireForm(info, sampleOf(definition, info, 0)));
    }
    const theirs = held();
    await declared.refresh();
    expect(visible(declared.inputs)).toEqual(before);
    expect(await fixture.recordRequests(() => declared.up(args))).toEqual({ result: "same", requests: [] });
    if (!extra) return;
    expect(await declared.up({ ...args, [extra.name]: sampleOf(definition, extra, 0) })).toBe("update");
    expect(held()).toEqual(theirs);
  }

  /** A field that can join the least arguments, and whose coming makes GitLab drop nothing. */
  async #addable(declared: DeclaredObject, args: Props, free: readonly FieldInfo[]): Promise<FieldInfo | undefined> {
    for (const info of free.filter(({ secret, meta }) => !secret && !meta.clearsSecrets && !meta.replacedBy)) {
      const next = { ...args, [info.name]: sampleOf(this.definition, info, 0) };
      if ((await declared.problems(next)).length === 0) return info;
    }
    return undefined;
  }

  get #inheriting(): Props {
    return this.definition.kind === "integration" ? { useInheritedSettings: false } : {};
  }

  #made(place: TestParent, args: Props): Promise<DeclaredObject> {
    return createAs(this.form, this.fixture, this.definition, place, args);
  }

  #exceptionFor({ name }: FieldInfo, step: Exception["step"]): Exception | undefined {
    return exceptionFor(`${this.definition.name}.${name}`, step);
  }

  /** The requests of a change: a PUT and perhaps more below the object, or what stands in its place. */
  #changeOf({ id }: DeclaredObject, place: TestParent, args: Props, sent: readonly string[]): string[] {
    const { definition } = this;
    if (!isLink(definition)) return [`PUT /${id}`, ...sent.slice(1).filter((text) => text.includes(` /${id}/`))];
    const named = this.infos.flatMap(({ name, meta }) =>
      meta.names && name !== definition.idFromArgument ? [String(args[name])] : [],
    );
    const posted = [collectionIn(definition, place), ...named].join("/");
    const looks = sent.filter((request) => request.startsWith("GET /"));
    expect(looks).toContain(`GET /${pathShowing(definition, id)}`);
    return [...looks, `DELETE /${id}`, `POST /${posted}`];
  }

  async #expectShown(declared: DeclaredObject, info: FieldInfo, value: unknown): Promise<void> {
    this.#expectStored(declared, info, value);
    // A channel without a value shows that of another one.
    const held = blank(info, stored(this.fixture, declared.id, info));
    if (held === blank(info, undefined) || !this.compared.includes(info)) return;
    expect([info.name, await this.#shownIn(declared, info)]).toEqual([info.name, held]);
  }

  #expectStored({ id }: DeclaredObject, info: FieldInfo, value: unknown): void {
    if (!this.compared.includes(info)) return;
    const isDropped = this.#exceptionFor(info, "store") !== undefined;
    const held = blank(info, stored(this.fixture, id, info));
    expect([info.name, held]).toEqual([info.name, blank(info, isDropped ? undefined : value)]);
  }

  /** What HTTP shows; what it does not show, as the emulator holds it. */
  async #shownIn({ id }: DeclaredObject, info: FieldInfo): Promise<unknown> {
    if (info.access !== "readable") return blank(info, stored(this.fixture, id, info));
    return blank(info, (await fetchObject(this.fixture, this.definition, id))[info.wire]);
  }
}

/** A case that an exception names, with what happens instead; everything else is as it should be. */
async function refusedOrReplaced(exception: Exception, declared: DeclaredObject, args: Props): Promise<void> {
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
