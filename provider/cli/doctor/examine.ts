import { clientFor } from "../../client";
import { askServer, type ServerFacts } from "../../conformance/gitlab";
import { readSettings, type ConnectionOptions } from "../settings";
import { certificateFindings, failureFinding, serverFindings, settingsFindings } from "./connection-findings";
import { found, type Finding } from "./finding";
import { classesAnywhere, placeFindings, type ClassFinding, type Place } from "./place-findings";

/** What the doctor found out. */
export interface Examination {
  readonly findings: readonly Finding[];
  readonly classes: readonly ClassFinding[];
  /** Whether a project or group was named: without one, nothing is known of roles and licences. */
  readonly isPlaced: boolean;
  readonly gitlab?: ServerFacts["instance"];
}

/** Seconds for one request, where the user did not say. */
const timeout = 20;

/** Asks GitLab all that can be asked in a few seconds, and changes nothing. */
export async function examine(options: ConnectionOptions, places: readonly Place[]): Promise<Examination> {
  const { settings, problems } = readSettings({ timeout: timeout, retries: 1, ...options });
  const isPlaced = places.length > 0;
  const unknown = { classes: [], isPlaced };
  if (!settings) return { findings: problems.map((text) => found("settings", "problem", text)), ...unknown };
  const findings = settingsFindings(settings);
  if (findings.some(({ state }) => state === "problem")) return { findings, ...unknown };
  const began = Date.now();
  const facts = await askServer(clientFor(settings)).catch((error: unknown) => failureFinding(settings, error));
  if ("about" in facts) return { findings: [...findings, facts], ...unknown };
  const answer = found("response", "ok", `first responses in ${Date.now() - began} ms`);
  const certificate = await certificateFindings(settings);
  const at = await Promise.all(places.map((place) => placeFindings(clientFor(settings), facts, place)));
  return {
    findings: [...findings, ...certificate, answer, ...serverFindings(facts), ...at.flatMap((place) => place.findings)],
    isPlaced,
    classes: isPlaced ? at.flatMap((place) => place.classes) : classesAnywhere(facts),
    gitlab: facts.instance,
  };
}
