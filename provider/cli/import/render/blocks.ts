import { formatId } from "../../../core/id";
import { isParent } from "../../../core/parent-ref";
import { parentReference } from "../discover/targets";
import type { Imported } from "../model/imported";
import { valuesOf } from "../plan/values";
import { concat, group, hardline, indent, join, lastComma, line, softline, type Doc } from "./doc";
import { assignedText, comment, objectOf, quoted } from "./literals";
import { argument, type ValueStyle } from "./values";

/** The statement that makes one resource. */
export function block(one: Imported, style: ValueStyle): Doc {
  const { definition, parent } = one.resource;
  const statement = creation(`new gitlab.${definition.name}`, [
    quoted(one.name),
    objectOf(properties(one, style)),
    importOption(quoted(pathId(one))),
  ]);
  return parent?.archived ? join(hardline, [comment("The project is archived."), statement]) : statement;
}

/** The arguments of a resource, with the project or group that it is in. */
export function properties(one: Imported, style: ValueStyle): Doc[] {
  const { definition, parent } = one.resource;
  const place = parent && !definition.parentKind ? [assignedText(`${parent.scope}:`, parentReference(parent))] : [];
  return [...place, ...[...valuesOf(one)].map(([field, value]) => argument(definition, field, value, style))];
}

/** The options that take over what has an ID. */
export function importOption(id: string): Doc {
  return objectOf([`import: ${id}`]);
}

/** The ID with the path of the project or group, which people can read. */
function pathId({ id, resource: { definition, at, parent } }: Imported): string {
  return parent && isParent(parent.path) && !definition.parentKind
    ? formatId(definition, { ...at, parent: parentReference(parent) })
    : id;
}

/** A statement that makes an object with several arguments: in one line, or a line for each argument. */
export function creation(callee: string, args: readonly Doc[]): Doc {
  const list = indent(concat(softline, join(concat(",", line), args)));
  return group(concat(callee, "(", list, lastComma, softline, ");"));
}
