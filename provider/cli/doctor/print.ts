import type { Examination } from "./examine";
import type { Finding } from "./finding";
import type { ClassFinding } from "./place-findings";

const marks = { ok: " ", warning: "!", problem: "x" } as const;
const wide = 13;

const placeLines = ["", "Use --project or --group to check the role and the licence."];

/** An examination as a user reads it. */
export function examinationText({ findings, classes, isPlaced }: Examination): string {
  return `${[...findings.flatMap(findingLines), ...classLines(classes), ...(isPlaced || classes.length === 0 ? [] : placeLines)].join("\n")}\n`;
}

function findingLines({ about, state, text, advice }: Finding): string[] {
  const line = `${marks[state]} ${about.padEnd(wide)} ${text}`;
  return advice === undefined ? [line] : [line, `${" ".repeat(wide + 3)}${advice}`];
}

function classLines(classes: readonly ClassFinding[]): string[] {
  return (["project", "group"] as const).flatMap((scope) => {
    const here = classes.filter((one) => one.scope === scope);
    if (here.length === 0) return [];
    const free = here.filter(({ obstacles }) => obstacles.length === 0);
    const kept = here.filter(({ obstacles }) => obstacles.length > 0);
    return ["", `Classes in a ${scope}: ${free.length} of ${here.length} work.`, ...obstacleLines(kept)];
  });
}

/** What stands in the way of many is said once. */
function obstacleLines(kept: readonly ClassFinding[]): string[] {
  const byObstacle = new Map<string, string[]>();
  for (const { class: name, obstacles } of kept) {
    for (const obstacle of obstacles) byObstacle.set(obstacle, [...(byObstacle.get(obstacle) ?? []), name]);
  }
  return [...byObstacle].map(([obstacle, names]) => `  ${namesText(names)}: ${obstacle}`);
}

/** The most names in one line. */
const mostNames = 6;

function namesText(names: readonly string[]): string {
  const more = names.length - mostNames;
  return more > 0 ? `${names.slice(0, mostNames).join(", ")} and ${more} more` : names.join(", ");
}

/** The exit status that goes with an examination: 1 where something keeps the package from working. */
export function statusOf({ findings }: Examination): number {
  return findings.some(({ state }) => state === "problem") ? 1 : 0;
}
