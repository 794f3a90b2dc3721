/** One interface over the stand-in engine and the real CLI, so that the same program runs on either. */
export { secret, type Config, type SecretConfig } from "../engine/config";
export type { PropertyChange } from "../engine/differences";
export {
  changing,
  type Driver,
  type DriverOptions,
  type DriverSettings,
  type DriverStep,
  type Outcome,
} from "./driver";
export { findCli, type Cli } from "./find-cli";
export { openPulumiCli } from "./pulumi-cli";
export { openStandIn } from "./stand-in";
export { makeWorkspace, type ProgramFiles, type Workspace } from "./workspace";
