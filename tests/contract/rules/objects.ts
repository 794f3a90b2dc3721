import { isSlot, type Definition } from "../../../provider/core/definition";
import { fieldsOf } from "../../../provider/core/schema";
import { createPath } from "../support/create-directly";
import { collectionIn, install, isLasting, pathIn, type Case } from "../support/cases";
import { exceptionFor } from "../support/exceptions";
import { createAs, type DeclaredObject, type DeclarationForm } from "../support/declaration-forms";
import { visible, type Props } from "../support/managed-resource";
import { allArgs, leastArgs } from "../support/samples";
import type { TestParent, ProviderFixture } from "../support/provider-fixture";
import { isLink, fetchObject } from "../support/fetch-object";
import { rowOf } from "../support/stored";

/**
 * What every object goes through: it is made, read, left alone, deleted, and made again when somebody deleted it.
 *
 * @param fixture called in the tests, once it has started
 */
export function objectRules(form: DeclarationForm, cases: readonly Case[], fixture: () => ProviderFixture): void {
  describe.each(cases)("%s in a %s", (...[, scope, definition]) => {
    const rules = () => new ObjectRules(form, fixture(), scope, definition);
    test("is made, read back and left alone", () => rules().isUnchangedAfterCreateAndRefresh());
    test("with the least arguments, it is left alone too", () => rules().isUnchangedWithLeastArguments());
    test("is deleted, also twice, and read as gone", () => rules().isDeletedAndReadAsGone());
    test("is gone when it was deleted behind our back, and is made again with GitLab's defaults", () =>
      rules().isRecreatedWithDefaults());
  });
}

class ObjectRules {
  constructor(
    readonly form: DeclarationForm,
    readonly fixture: ProviderFixture,
    readonly scope: Case[1],
    readonly definition: Case[2],
  ) {}

  async isUnchangedAfterCreateAndRefresh(): Promise<void> {
    const { form, fixture, scope, definition } = this;
    const declared = await form.declared(fixture, definition, scope);
    const place = await fixture.createParent(scope);
    const mark = install(fixture, definition, place);
    const args = { [scope]: place.id, ...allArgs(definition, scope) };
    const creating = await fixture.recordRequests(() => declared.up(args, mark));
    expect(creating).toEqual({ result: "create", requests: creationOf(definition, place, args, mark) });
    expect(declared.id).toMatch(new RegExp(`^${pathIn(definition, place, "\\d+")}$`));
    expect(declared.outputs).toMatchObject({ ...args, [`${scope}Id`]: place.id, [`${scope}Path`]: place.path });
    const same = { result: "same", requests: [] };
    expect(await fixture.recordRequests(() => declared.up(args, mark))).toEqual(same);
    const { inputs, outputs, id } = declared;
    const { result, requests } = await fixture.recordRequests(() => declared.refresh());
    expect([result, ...[...requests].sort()]).toEqual(["there", ...declared.reads]);
    expect(visible(declared.inputs)).toEqual(visible(inputs));
    expect(declared.inputs.__managed).toEqual(inputs.__managed);
    expect([declared.id, declared.outputs]).toEqual([id, outputs]);
    expect(await fixture.recordRequests(() => declared.up(args, mark))).toEqual(same);
  }

  async isUnchangedWithLeastArguments(): Promise<void> {
    const { fixture, scope, definition } = this;
    const place = await fixture.createParent(scope);
    const args = leastArgs(definition, scope);
    const declared = await this.#made(place, args);
    const all = { [scope]: place.path, ...args };
    expect(await fixture.recordRequests(() => declared.up(all))).toEqual({ result: "same", requests: [] });
    await declared.refresh();
    expect(await fixture.recordRequests(() => declared.up(all))).toEqual({ result: "same", requests: [] });
  }

  async isDeletedAndReadAsGone(): Promise<void> {
    const { fixture, scope, definition } = this;
    const declared = await this.#made(await fixture.createParent(scope), leastArgs(definition, scope));
    const deleting = await fixture.recordRequests(() => declared.destroy());
    const method = isLasting(definition) ? "PUT" : "DELETE";
    expect(deleting.requests).toEqual(definition.undeletable === undefined ? [`${method} /${declared.id}`] : []);
    expect(this.#isThere(declared)).toBe(isLasting(definition));
    await declared.destroy();
    expect(await declared.refresh()).toBe(isLasting(definition) ? "there" : "gone");
  }

  async isRecreatedWithDefaults(): Promise<void> {
    const { fixture, scope, definition } = this;
    if (isLasting(definition) || definition.installation !== undefined) return;
    const place = await fixture.createParent(scope);
    const declared = await this.#made(place, allArgs(definition, scope));
    const { id } = declared;
    await fixture.api("DELETE", `/${id}`);
    expect(await declared.refresh()).toBe("gone");
    const least = leastArgs(definition, scope);
    await declared.up({ [scope]: place.id, ...least });
    expect(declared.id === id).toBe(isSlot(definition));
    const fresh = await this.#made(await fixture.createParent(scope), least);
    expect(await this.#shown(declared, least)).toEqual(await this.#shown(fresh, least));
  }

  #made(place: TestParent, args: Props): Promise<DeclaredObject> {
    return createAs(this.form, this.fixture, this.definition, place, args);
  }

  #isThere({ id }: DeclaredObject): boolean {
    const row = rowOf(this.fixture, id);
    return row !== undefined && row.active !== false;
  }

  /** What GitLab shows of the fields that are not given. */
  async #shown({ id }: DeclaredObject, given: Props): Promise<Props> {
    const { definition } = this;
    const answer = await fetchObject(this.fixture, definition, id);
    const infos = [...fieldsOf(definition.fields).values()].filter(
      ({ name }) => !(name in given) && exceptionFor(`${definition.name}.${name}`, "default") === undefined,
    );
    return Object.fromEntries(infos.map(({ wire }) => [wire, comparable(answer[wire])]));
  }
}

/**
 * The requests that make a resource whose project or group this process has not met, with the program's arguments: one
 * that may be there already is looked at once, by the check or by the create.
 */
function creationOf(definition: Definition, place: TestParent, args: Props, mark?: string): string[] {
  const parent = `GET /${place.scope}s/${place.id}`;
  const collection = collectionIn(definition, place);
  const named = [...fieldsOf(definition.fields).values()].flatMap(({ name, meta }) =>
    meta.names ? [`GET /${meta.names.scope}s/${args[name] as number}`] : [],
  );
  if (definition.kind === "hook") return [parent, `GET /${collection}`, `POST /${collection}`];
  // Of a mirror that is off, the project alone tells.
  const look = isLink(definition)
    ? [parent]
    : [`GET /${collection}`, ...(definition.kind === "pullMirror" ? [parent] : [])];
  const write = isLink(definition) || definition.kind === "pushRule" ? "POST" : "PUT";
  const path = isLink(definition) ? createPath(definition, place, args) : collection;
  return [...named, parent, ...(mark === undefined ? [] : look), ...look, `${write} /${path}`];
}

/** Nothing, false, 0 and empty are one; pairs of a map are told by their keys. */
function comparable(value: unknown): unknown {
  if (value === null || value === undefined || value === false || value === "" || value === 0) return "nothing";
  if (Array.isArray(value) && value.length === 0) return "nothing";
  return typeof value === "number" ? String(value) : value;
}
