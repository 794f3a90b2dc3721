export { type Config, secret, type SecretConfig } from "./config";
export type { DeploymentJson } from "./deployment";
export type { Diagnostic, RecordedCall, Severity } from "./diagnostics";
export type { PropertyChange } from "./differences";
export type { ImportResult } from "./import-file";
export type { Summary } from "./output";
export { type OperationOptions, type OperationResult, Stack } from "./stack";
export type { StackSettings } from "./stack-settings";
export type { Step, StepOp } from "./steps";
