import { isSingleton, type Definition } from "../../provider/core/definition";
import type { Scope } from "../../provider/core/schema";
import { objectRules } from "./rules/objects";
import { createDirectly } from "./support/create-directly";
import { cases as all, definitionOf, install, made, pathIn } from "./support/cases";
import { single } from "./support/declaration-forms";
import { ManagedResource } from "./support/managed-resource";
import { leastArgs } from "./support/samples";
import { ProviderFixture, type TestParent } from "./support/provider-fixture";
import { countIn } from "./support/stored";
import { casesOfDefinitionsAndTraits, casesCoveringTraits } from "./support/case-selection";

const cases = casesOfDefinitionsAndTraits(all);

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start();
});

afterAll(async () => {
  await fixture.stop();
});

objectRules(single, cases, () => fixture);

describe.each(casesCoveringTraits(cases))("%s in a %s", (_name, scope, definition) => {
  test("is taken over under every form of its ID, and never doubled", async () => {
    const args = leastArgs(definition, scope);
    for (const form of idForms(definition)) {
      const place = await fixture.createParent(scope);
      const mark = install(fixture, definition, place);
      const key = mark === undefined ? await createDirectly(fixture, definition, place, args) : "";
      const adopter = new ManagedResource(fixture, definition);
      const id = form(place, key);
      await adopter.up({ [scope]: place.path, ...args }, id);
      expect([id, adopter.id]).toEqual([id, pathIn(definition, place, key)]);
      expect([id, countIn(fixture, scope, place.id)]).toEqual([id, 1]);
      expect(await fixture.recordRequests(() => adopter.up({ [scope]: place.path, ...args }, id))).toMatchObject({
        requests: [],
      });
    }
  });

  test("no ID: a number that would be rounded to that of something else", async () => {
    for (const mark of withLargeNumbers(definition, scope)) {
      const args = { [scope]: 42, ...leastArgs(definition, scope) };
      const { result, requests } = await fixture.recordRequests(() =>
        new ManagedResource(fixture, definition).problems(args, mark),
      );
      const reason =
        "import: the ID has a larger number than GitLab has: compare it with the address of the page there.";
      expect([mark, result, requests]).toEqual([mark, [reason], []]);
    }
  });

  test.each(["nonsense!", "https://gitlab.example.com/acme/shop", "groups/42/boards/7", "projects/42/hooks/x"])(
    "no ID: %s",
    async (mark) => {
      const problems = await new ManagedResource(fixture, definition).problems(
        { [scope]: 42, ...leastArgs(definition, scope) },
        mark,
      );
      expect(problems).toEqual([
        expect.stringMatching(/^import: ".+" is not an ID of \w+\. Accepted: (projects|groups)\/42\/.+/),
      ]);
    },
  );
});

/** Every number in an ID of a class, one after the other, as one that JavaScript would round to another. */
function withLargeNumbers(definition: Definition, scope: Scope): string[] {
  const numbers = ["42", "7"];
  const forms = [
    `${scope}s/42/${definition.path.replace(":id", "7")}`,
    ...(definition.path.includes(":id")
      ? [`${scope}s/acme/shop/${definition.path.replace(":id", "7")}`, "42:7"]
      : ["42"]),
  ];
  const larger = "9007199254740993";
  return forms.flatMap((form) =>
    numbers
      .filter((n) => new RegExp(`\\b${n}\\b`).test(form))
      .map((n) => form.replace(new RegExp(`\\b${n}\\b`), larger)),
  );
}

function idForms(definition: Definition): readonly ((place: TestParent, key: number | string) => string)[] {
  const byPath = (place: TestParent, key: number | string) =>
    pathIn(definition, place, key).replace(`/${place.id}/`, `/${place.path}/`);
  const short = (place: TestParent, key: number | string) =>
    isSingleton(definition) ? place.path : `${place.path}:${key}`;
  const number = (place: TestParent, key: number | string) =>
    isSingleton(definition) ? String(place.id) : `${place.id}:${key}`;
  return [(place, key) => pathIn(definition, place, key), byPath, short, number];
}

test("push rules and hooks of one project share the lookup and the list", async () => {
  const place = await fixture.createParent("project");
  const hook = definitionOf("ProjectHook");
  await made(fixture, hook, place, leastArgs(hook, "project"));
  const second = await fixture.recordRequests(() => made(fixture, hook, place, leastArgs(hook, "project")));
  expect(second.requests).toEqual([`POST /projects/${place.id}/hooks`]);
  const rule = definitionOf("ProjectPushRule");
  const other = await fixture.recordRequests(() => made(fixture, rule, place, { denyDeleteTag: true }));
  expect(other.requests).toEqual([`GET /projects/${place.id}/push_rule`, `POST /projects/${place.id}/push_rule`]);
});

test("no secret and no text of a program was printed, logged or answered in an error", async () => {
  const spoken = await fixture.allOutput();
  for (const secret of fixture.secrets) expect(spoken).not.toContain(secret);
  expect(fixture.secrets.size).toBeGreaterThan(cases.length);
});
