export { differenceLine, differences, type Difference } from "./compare";
export { askServer, type ServerFacts } from "./gitlab";
export { Interrupted } from "./observer";
export { recordingFrom, recordingOf, recordingText, type Recording } from "./record";
export { RunRefused, type ClassResult, type EngineReport, type Failure, type RunReport } from "./results";
export { findLeft, removeLeft, runConformance, type Run } from "./run";
export type { RunListener, RunOptions } from "./run-options";
