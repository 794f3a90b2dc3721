import type { OperationResult } from "gitlab-sandbox/engine";

import {
  authorOf,
  failedSequences,
  programCalls,
  providerCalls,
  readRecording,
  resourceCounts,
  type Series,
  stateContent,
} from "./recordings";
import type { Replay, ReplayedStep } from "./replay";

/** Takes a step on the stand-in and expects of it all that was recorded of the real engine. */
export async function expectAsRecorded(
  replay: Replay,
  series: Series,
  name: string,
  step: ReplayedStep,
): Promise<OperationResult> {
  const recording = readRecording(series, name);
  const succeeded = /^rc 0$/m.test(recording.output);
  const result = await replay.run(step);
  const sequences = providerCalls(result.calls);
  const recorded = providerCalls(recording.calls);
  if (succeeded) {
    expect(sequences).toEqual(recorded);
    expect(programCalls(result.calls)).toEqual(programCalls(recording.calls));
  } else expectCutOff(sequences, recorded);
  const state = await (await replay.open(step)).export();
  expect(stateContent(state, !succeeded)).toEqual(stateContent(recording.state, !succeeded));
  // The stand-in calls itself what recorded the first two series.
  if (series !== "third") expect(authorOf(state)).toEqual(authorOf(recording.state));
  expect(result.ok).toBe(succeeded);
  if (succeeded && !recording.output.includes('"steps":'))
    expect(resourceCounts(result.output)).toEqual(resourceCounts(recording.output));
  return result;
}

/** A failed step ends the program wherever it is: how far the other resources came by then is chance. */
function expectCutOff(sequences: Record<string, unknown[]>, recorded: Record<string, unknown[]>): void {
  for (const [key, calls] of Object.entries(sequences))
    expect([key, calls]).toEqual([key, recorded[key]?.slice(0, calls.length)]);
  expect(failedSequences(sequences)).toEqual(failedSequences(recorded));
  for (const key of failedSequences(recorded)) expect(sequences[key]).toEqual(recorded[key]);
}
