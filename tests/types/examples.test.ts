import ts from "typescript";
import { definitionsByName } from "../../provider/resources/definitions";
import { check } from "../../provider/operations/check";
import type { Props } from "../../provider/operations/state/request-body";
import { unknownValue } from "../../provider/core/unknown";
import { printedSchema } from "../support/schema";

const { resources } = printedSchema();

it.each(resources.map(({ class: name, example }) => [name, example] as const))(
  "%s: its example passes the checks of a preview",
  (name, example) => {
    const definition = definitionsByName().get(name);
    if (!definition) throw new Error(`no definition for ${name}`);
    const made = argumentsIn(example);
    expect(made.map((resource) => resource.class)).toEqual([name]);
    expect(check(definition, {}, made[0]?.args ?? {}).problems).toEqual([]);
  },
);

interface Made {
  readonly class: string;
  readonly args: Props;
}

/** Runs an example with a package that only notes what it is given, and with secrets that are not known yet. */
function argumentsIn(example: string): Made[] {
  const made: Made[] = [];
  const noting = (prefix: string): unknown =>
    new Proxy(
      {},
      {
        get: (_, key) => {
          const name = `${prefix}${String(key)}`;
          if (name === "integrations") return noting("integrations.");
          return function note(_name: string, args: Props) {
            made.push({ class: name, args });
          };
        },
      },
    );
  const code = ts.transpile(example, { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 });
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- it is what this test is for
  const run = new Function("gitlab", "config", "exports", code) as (...given: unknown[]) => void;
  run(noting(""), { requireSecret: () => unknownValue }, {});
  return made;
}
