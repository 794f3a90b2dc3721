import * as pulumi from "@pulumi/pulumi";

/** Whether the program runs under `pulumi.runtime.setMocks`: with something to register at, and no engine behind it. */
export function isMocked(): boolean {
  return pulumi.runtime.hasMonitor() && !pulumi.runtime.hasEngine();
}
