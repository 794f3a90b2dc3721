import type { ImportedFleet } from "../plan/fleets";
import { properties } from "./blocks";
import { bracketed, concat, group, hardline, indent, join, type Doc } from "./doc";
import { call, objectOf, propertyName, quoted } from "./literals";
import { keyTemplate, loopArguments, table, turns } from "./loops";
import type { ValueStyle } from "./values";

/** The tables of a fleet, and the statement that makes it. */
export function fleetStatements(fleet: ImportedFleet, style: ValueStyle): Doc[] {
  const { definition, name, loops, entries } = fleet;
  const parts = [
    ...loops.map((loop) => spread(loop, style)),
    ...[...entries].map(([key, one]) => concat(`${propertyName(key)}: `, objectOf(properties(one, style)))),
  ];
  const lines = indent(concat(hardline, join(concat(",", hardline), parts), ","));
  const first = [quoted(name), `gitlab.${definition.name}`];
  return [...loops.map((loop) => table(loop, style)), made(first, concat("{", lines, hardline, "}"))];
}

/** The last argument begins in the line of the others where they have room, as Prettier does it. */
function made(first: readonly string[], last: Doc): Doc {
  const start = `new gitlab.Fleet(${first.join(", ")}, {`;
  if (start.length <= 80) return concat(`new gitlab.Fleet(${first.join(", ")}, `, last, ");");
  return group(concat("new gitlab.Fleet", bracketed("(", [...first, last], ")"), ";"));
}

function spread(loop: ImportedFleet["loops"][number], style: ValueStyle): Doc {
  const { turn, list } = turns(loop);
  const entry = group(bracketed("[", [keyTemplate(loop.scope, loop.keySuffix), loopArguments(loop, style)], "]"));
  const entries = concat(list, `.map((${turn}) => `, entry, ")");
  return concat("...", call("Object.fromEntries", entries));
}
