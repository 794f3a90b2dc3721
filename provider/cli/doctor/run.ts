import { writeFileSync } from "node:fs";
import { runDeep } from "./deep";
import type { DoctorOptions, Reference } from "./doctor-options";
import { examine } from "./examine";
import type { Place } from "./place-findings";
import { examinationText, statusOf } from "./print";

/**
 * Runs the doctor.
 *
 * @param reference what a deep run is compared with where `--compare` names no file
 * @returns the exit status: 0 where all is well, 1 where something is not, 130 or 143 after a signal
 * @throws Error in one sentence where the options make a run impossible
 */
export async function runDoctor(options: DoctorOptions, reference?: Reference): Promise<number> {
  if (options.deep) return runDeep(options, reference);
  requireQuick(options);
  const examination = await examine(options, placesIn(options));
  const { json } = options;
  const text = `${JSON.stringify(examination, null, 2)}\n`;
  if (typeof json === "string") writeFileSync(json, text);
  process.stdout.write(json === true ? text : examinationText(examination));
  return statusOf(examination);
}

function placesIn({ project, group }: DoctorOptions): Place[] {
  return [
    ...(project === undefined ? [] : [{ scope: "project" as const, text: project }]),
    ...(group === undefined ? [] : [{ scope: "group" as const, text: group }]),
  ];
}

function requireQuick({ only, compare, record, engine, clean }: DoctorOptions): void {
  const given = { only, compare, record, engine, clean };
  const names = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`]));
  if (names.length > 0) throw new Error(`${names.join(", ")} ${names.length > 1 ? "need" : "needs"} --deep.`);
}
