import { inOptions } from "../settings";
import type { ClassResult, Failure, RunReport } from "../../conformance";

const results = ["passed", "failed", "not available", "not tried"] as const;

/** A report as a user reads it: a table of classes, every failure, and the sum. */
export function reportText(report: RunReport): string {
  const failed = report.classes.filter(({ result }) => result === "failed");
  const lines = [
    ...table(report.classes),
    ...(failed.length === 0 ? [] : ["", ...failed.flatMap(failureLines)]),
    ...engineLines(report),
    "",
    ...sumLines(report),
  ];
  return `${lines.join("\n")}\n`;
}

function table(classes: readonly ClassResult[]): string[] {
  const width = Math.max(5, ...classes.map((each) => each.class.length));
  const row = (name: string, where: string, result: string, note: string) =>
    `${name.padEnd(width)}  ${where.padEnd(7)}  ${result.padEnd(13)}  ${note}`.trimEnd();
  return [
    row("Class", "In a", "Result", ""),
    ...classes.map((each) => row(each.class, each.scope, each.result, noteOf(each))),
  ];
}

/** Why a class was not tried, or what of it GitLab does not keep. */
function noteOf({ reason, notTaken }: ClassResult): string {
  if (reason !== undefined) return reason;
  return notTaken.length === 0 ? "" : `not stored by this GitLab: ${notTaken.join(", ")}`;
}

/** The failures of a class, a line each. */
export function failureLines({ class: name, scope, failures }: ClassResult): string[] {
  return [`FAILED ${name} in a ${scope}`, ...failures.map((failure) => `  ${failureText(failure)}`)];
}

function failureText({ step, field, message, method, path, status }: Failure): string {
  const about = field === undefined || step.endsWith(` ${field}`) ? "" : ` (${field})`;
  const isTold = path !== undefined && message.includes(path);
  const request = path === undefined || isTold ? "" : ` [${method ?? ""} ${path}: ${status ?? "no response"}]`;
  return `${step}${about}: ${inOptions(message)}${request}`;
}

function engineLines({ engine }: RunReport): string[] {
  if (!engine) return [];
  return ["", `With ${engine.cli}:`, ...engine.steps.map(({ step, text }) => `  ${step}: ${text}`)];
}

function sumLines({ classes, requests, mostInAMinute, seconds, group, interrupted, gitlab }: RunReport): string[] {
  const counts = results.map((result) => [result, classes.filter((each) => each.result === result).length] as const);
  const sum = counts.map(([result, count]) => `${count} ${result}`).join(", ");
  const ends = {
    removed: "The group of the run is deleted.",
    "marked for deletion":
      "The group of the run is empty and marked for deletion: GitLab deletes it permanently later.",
    left: "The group of the run still exists: run `--deep --clean` to delete it.",
  };
  return [
    ...(interrupted ? ["The run was stopped early."] : []),
    `GitLab ${gitlab.version}: ${sum}.`,
    `${requests} requests in ${seconds} s, at most ${mostInAMinute} within a minute.`,
    ends[group],
  ];
}
