import type { Variant } from "./stage";
import { nameOf, type Contest, type Contestant, type Result } from "./contest";

/** Every operation of every contestant, with how it compares to the others of the contest in the last columns. */
export function tableOf({ title, contestants }: Contest, results: readonly Result[]): string {
  const rivals = rivalsIn(contestants);
  const head = ["", "time", "CPU", "requests", "CLI", "program", "provider", "state"];
  const heads = [...head, ...rivals.flatMap((rival) => [`time / ${shortNameOf(rival)}`, "CPU"])];
  const rows: string[][] = [];
  for (const operation of new Set(results.map((result) => result.operation))) {
    rows.push([operation]);
    const turn = results.filter((result) => result.operation === operation);
    for (const result of turn) rows.push([...cellsOf(result), ...ratiosOf(result, turn, rivals)]);
  }
  return `${title}\n\n${aligned([heads, ...rows])}\n`;
}

/** Those whom the others are measured against. */
function rivalsIn([first, ...others]: readonly Contestant[]): Contestant[] {
  const measures: readonly Variant[] = ["many-outputs", "by-hand"];
  return first ? [first, ...others.filter(({ variant }) => measures.includes(variant))] : [];
}

function shortNameOf({ variant, count }: Contestant): string {
  const names = {
    nothing: "nothing",
    "many-outputs": "as many outputs",
    "by-hand": "by hand",
    single: "single",
    fleet: `fleet of ${count}`,
  };
  return names[variant];
}

function cellsOf(result: Result): string[] {
  const { contestant, seconds, cpu, requests, memory, state } = result;
  return [
    `  ${nameOf(contestant)}`,
    `${seconds.toFixed(1)} s`,
    cpu > 0 ? `${cpu.toFixed(1)} s` : "",
    [...requests].map(([kind, count]) => `${count.toLocaleString("en")} ${kind}`).join(", "),
    ...(["cli", "program", "provider"] as const).map((role) => megabytes(memory[role])),
    state === undefined ? "" : size(state),
  ];
}

function ratiosOf(result: Result, turn: readonly Result[], rivals: readonly Contestant[]): string[] {
  return rivals.flatMap((rival) => {
    const other = turn.find(({ contestant }) => contestant === rival);
    if (!other || other === result) return ["", ""];
    return [ratio(result.seconds, other.seconds), ratio(result.cpu, other.cpu)];
  });
}

function ratio(one: number, other: number): string {
  return other > 0 ? (one / other).toFixed(2) : "";
}

function megabytes(bytes: number | undefined): string {
  return bytes === undefined ? "" : `${(bytes / 1e6).toFixed(0)} MB`;
}

function size(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Columns of one width each: names to the left, requests too, figures to the right. */
function aligned(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const isText = (column: number): boolean => column === 0 || column === 3;
  return rows
    .map((row) =>
      row
        .map((cell, column) => (isText(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
