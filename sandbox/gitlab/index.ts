/** The GitLab API emulator: everything to run against GitLab without one. */
export { Control, type IntegrationSeed, type ObjectCounts } from "./control";
export type { Fault } from "./http/faults";
export type { HookRequest } from "./hooks/request";
export type { LoggedRequest, Moment } from "./http/request-log";
export type { RateLimit } from "./http/throttle";
export type { ProjectChange, ProjectsSeed, SeededProjects } from "./projects/seeding";
export { startSandbox, type Sandbox, type SandboxOptions } from "./sandbox";
export type { AccessToken, Role } from "./world/access";
export type { Feature, Settings } from "./world/settings";
