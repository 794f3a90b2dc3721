import type { Loop, Row } from "../plan/loops";
import { creation, importOption } from "./blocks";
import { bracketed, concat, group, hardline, indent, line, softline, suffix, type Doc } from "./doc";
import { call, objectOf, propertyName, quoted, templateText } from "./literals";
import { argument, type ValueStyle } from "./values";

/**
 * What the table holds: a list of projects, the number of the object by project, or by project an object with what it has
 * otherwise.
 */
type Form = "list" | "numbers" | "objects";

function formOf({ rows, numbered }: Loop): Form {
  const isPlain = rows.every(({ exceptions }) => exceptions.size === 0);
  return isPlain ? (numbered ? "numbers" : "list") : "objects";
}

/** The constant that holds the table of a loop. */
export function table(loop: Loop, style: ValueStyle): Doc {
  const form = formOf(loop);
  const rows = loop.rows.map((row) => rowOf(loop, row, form, style));
  const declared = `const ${loop.table} = `;
  if (form === "list" && rows.every(({ note }) => note === undefined)) {
    return concat(
      declared,
      group(
        bracketed(
          "[",
          rows.map(({ doc }) => doc),
          "]",
        ),
      ),
      ";",
    );
  }
  const lines = rows.map(({ doc, note }) => concat(hardline, doc, ",", ...(note ? [suffix(` // ${note}`)] : [])));
  const [open, close] = form === "list" ? ["[", "]"] : ["{", "}"];
  const type = form === "objects" ? [typeOf(loop)] : [];
  return concat(declared, open, indent(concat(...lines)), hardline, close, ...type, ";");
}

function rowOf(loop: Loop, { one, exceptions }: Row, form: Form, style: ValueStyle): { doc: Doc; note?: string } {
  const { parent, at } = one.resource;
  const note = parent?.archived ? { note: "archived" } : {};
  const path = parent?.path ?? "";
  if (form === "list") return { doc: quoted(path), ...note };
  if (form === "numbers") return { doc: `${propertyName(path)}: ${at.key ?? 0}`, ...note };
  const own = [...exceptions].map(([field, value]) => argument(loop.definition, field, value, style));
  const properties = [...(loop.numbered ? [`id: ${at.key ?? 0}`] : []), ...own];
  return { doc: concat(`${propertyName(path)}: `, objectOf(properties)), ...note };
}

/** The check of the rows by the compiler, which also keeps its words from becoming any text. */
function typeOf({ definition, numbered }: Loop): Doc {
  const args = `Partial<gitlab.${definition.name}Args>${numbered ? " & { id: number }" : ""}`;
  return concat(
    " satisfies ",
    group(concat("Record<", indent(concat(softline, "string,", line, args)), softline, ">")),
  );
}

/** The loop over a table. */
export function loopStatement(loop: Loop, style: ValueStyle): Doc {
  const { definition, scope } = loop;
  const made = creation(`new gitlab.${definition.name}`, [
    keyTemplate(scope, loop.suffix),
    loopArguments(loop, style),
    importOption(`\`${idTemplate(loop)}\``),
  ]);
  return concat(head(loop), indent(concat(hardline, made)), hardline, "}");
}

/** What each turn of a loop gives: what most have, and then what this one has otherwise. */
export function loopArguments(loop: Loop, style: ValueStyle): Doc {
  const { definition, scope, defaults } = loop;
  const given = [...defaults].map(([field, value]) => argument(definition, field, value, style));
  const rest = formOf(loop) === "objects" ? ["...args"] : [];
  return objectOf([...(definition.parentKind ? [] : [scope]), ...given, ...rest]);
}

/** The path of a turn, with what follows it: `project`, or a template. */
export function keyTemplate(scope: string, own: string): string {
  return own === "" ? scope : `\`\${${scope}}${templateText(own)}\``;
}

/** What one turn has of the table, and the list that it is from. */
export function turns(loop: Loop): { readonly turn: string; readonly list: Doc } {
  const { scope, numbered, table: name } = loop;
  const form = formOf(loop);
  if (form === "list") return { turn: scope, list: name };
  const row = form === "numbers" ? "id" : numbered ? "{ id, ...args }" : "args";
  const list = call("Object.entries", name);
  return { turn: `[${scope}, ${row}]`, list };
}

function head(loop: Loop): Doc {
  const { turn, list } = turns(loop);
  return concat(`for (const ${turn} of `, list, ") {");
}

function idTemplate({ definition, scope, numbered, rows }: Loop): string {
  const path = `\${${scope}}`;
  if (definition.parentKind) return `${definition.parentKind}s/${path}`;
  const key = numbered ? "${id}" : String(rows[0]?.one.resource.at.key ?? "");
  return `${scope}s/${path}/${definition.path.replace(":id", () => key)}`;
}
