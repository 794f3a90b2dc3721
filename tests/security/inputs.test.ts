import fc from "fast-check";
import type { Definition } from "../../provider/core/definition";
import { definitionsByName } from "../../provider/resources/definitions";
import { fieldsOf, type Scope } from "../../provider/core/schema";
import { check } from "../../provider/operations/check";
import { hasUnknown } from "../../provider/core/unknown";
import { truncate } from "../../provider/core/truncate";
import type { Props } from "../contract/support/managed-resource";
import { leastArgs } from "../contract/support/samples";
import { computed, longText, malformed, marker } from "./support/malformed";
import { inputs, report, seed } from "./support/runs";
import { validSets } from "./support/valid";

const all: readonly (readonly [string, Scope | undefined, Definition])[] = [...definitionsByName().values()].flatMap(
  (definition) =>
    (definition.scopes.length === 0 ? [undefined] : definition.scopes).map(
      (scope) => [definition.name, scope, definition] as const,
    ),
);
/** Of the sets for each definition and scope, a third is valid, a third is partly computed, a third is malformed. */
const each = Math.ceil(inputs / all.length / 3);
const counted = { inputs: 0, crashes: 0, falseRefusals: 0 };
/** Milliseconds that no check may take, on a machine that does other things too. */
const longest = 10_000;

/** Checks arguments as the engine has it done; a crash is counted before it is thrown. */
function checked(definition: Definition, args: Props, olds: Props = {}) {
  counted.inputs += 1;
  const started = Date.now();
  try {
    return check(definition, olds, args);
  } catch (error) {
    counted.crashes += 1;
    throw error;
  } finally {
    if (Date.now() - started > longest) {
      counted.crashes += 1;
      report(`${definition.name}: a check took ${Date.now() - started} ms`);
    }
  }
}

function requireAccepted(definition: Definition, args: Props, olds: Props = {}): void {
  const { problems } = checked(definition, args, olds);
  if (problems.length > 0) counted.falseRefusals += 1;
  expect(problems).toEqual([]);
}

function leastOf(definition: Definition, scope: Scope | undefined): Props {
  return scope === undefined ? {} : { [scope]: 42, ...leastArgs(definition, scope) };
}

const settings = { numRuns: each, seed, endOnFailure: true } as const;

describe.each(all)("%s in %s", (_name, scope, definition) => {
  const valid = validSets(definition, scope);
  const infos = fieldsOf(definition.fields);

  test("what is right is never refused", () => {
    fc.assert(
      fc.property(valid, (args) => {
        requireAccepted(definition, args);
        // The next run has them as its old inputs, and nothing in them is a change.
        requireAccepted(definition, { ...args }, checked(definition, args).inputs);
      }),
      settings,
    );
  });

  test("what is not known yet is never refused", () => {
    fc.assert(
      fc.property(valid, fc.array(fc.nat(), { minLength: 1, maxLength: 9 }), (args, chosen) => {
        requireAccepted(definition, computed(args, chosen));
      }),
      settings,
    );
  });

  test("a value that can become neither a text nor a number is told by its name", () => {
    const hostile = { toString: marker, valueOf: marker };
    for (const name of infos.keys()) {
      const { problems } = checked(definition, { ...leastOf(definition, scope), [name]: hostile });
      expect(problems.join("\n")).not.toContain(marker);
    }
  });

  test("what is wrong is told by its name, all at once, and not quoted", () => {
    const names = [...infos.keys(), "project", "group"];
    fc.assert(
      fc.property(malformed(valid, names), (args) => {
        const { problems, inputs: kept } = checked(definition, args);
        for (const problem of problems) expect(withoutKeys(problem, args)).not.toContain(marker);
        for (const [name, info] of infos) {
          const value = args[name];
          if (value === undefined || value === null || hasUnknown(value)) continue;
          const isTold = problems.some((problem) => problem.startsWith(`${name}: `) || problem.startsWith(`${name}.`));
          if (!info.schema.safeParse(value).success) expect([name, isTold]).toEqual([name, true]);
        }
        for (const name of Object.keys(args)) {
          if (infos.has(name) || names.includes(name) || args[name] === undefined || args[name] === null) continue;
          expect(problems.some((problem) => problem.startsWith(`${truncate(name)}: `))).toBe(true);
        }
        for (const value of Object.values(kept)) expect(value ?? "nothing").not.toBe("nothing");
      }),
      settings,
    );
  });
});

/** Keys of maps and names of arguments are names, and problems say them. */
function withoutKeys(problem: string, args: Props): string {
  const keys = Object.entries(args).flatMap(([name, value]) =>
    typeof value === "object" && value !== null
      ? [name, ...Object.keys(value), ...Object.keys(value).map((key) => truncate(`${name}.${key}`))]
      : [name, truncate(name)],
  );
  return keys
    .filter((key) => key.includes(marker))
    .sort((a, b) => b.length - a.length)
    .reduce((text, key) => text.replaceAll(key, "a key"), problem);
}

test("a megabyte of anything is checked in no time", () => {
  const fields = all.flatMap(([, scope, definition]) =>
    [...fieldsOf(definition.fields).values()]
      .filter(({ type }) => type === "text" || type === "map")
      .map((info) => ({ scope, definition, info })),
  );
  fc.assert(
    fc.property(fc.constantFrom(...fields), longText, ({ scope, definition, info }, text) => {
      const least = leastOf(definition, scope);
      const value = info.type === "map" ? { [text]: text } : text;
      checked(definition, { ...least, [info.name]: value });
      info.meta.codec?.normalize?.(text);
    }),
    { numRuns: Math.ceil(inputs / 50), seed, endOnFailure: true },
  );
});

afterAll(() => {
  const { inputs: count, crashes, falseRefusals } = counted;
  report(`seed ${seed}`);
  report(`${count} inputs, ${crashes} crashes, ${falseRefusals} false refusals`);
});
