import { resolve } from "node:path";
import { findCli, makeWorkspace, openPulumiCli, openStandIn, type Driver, type DriverSettings } from "../drivers";
import { startSandbox } from "../gitlab";
import { sayAddress } from "./browse";
import { meanwhile, say } from "./print";
import { quickstart } from "./quickstart";
import { tell } from "./story";

// sandbox/dist/demo
const repository = resolve(__dirname, "../../..");

async function openDriver(settings: DriverSettings): Promise<Driver> {
  const cli = process.argv.includes("--stand-in") ? undefined : await meanwhile("looking for a Pulumi CLI", findCli());
  if (cli) {
    say(`Run by pulumi ${cli.version} (${cli.file}), with a backend, home and passphrase of its own.`);
    return openPulumiCli(cli, settings);
  }
  say("Run by the stand-in engine of this repository: no Pulumi CLI answers here. For the real one, run");
  say("`npm install --global pulumi && pulumi version` (its official installer), then this demo again.");
  return openStandIn(settings);
}

async function main(): Promise<void> {
  const isBrowsed = process.argv.includes("--browse");
  const sandbox = await startSandbox();
  const workspace = makeWorkspace(resolve(repository, "examples/quickstart"), resolve(repository, "node_modules"));
  try {
    say(`examples/quickstart on a GitLab that runs on this machine only: ${sandbox.url}`);
    if (isBrowsed) sayAddress(sandbox);
    const driver = await openDriver({
      programDirectory: workspace.programDirectory,
      stateDirectory: workspace.stateDirectory,
      project: quickstart.project,
      stack: "demo",
      config: quickstart.config(sandbox),
    });
    await tell(driver, sandbox, isBrowsed);
  } finally {
    workspace.remove();
    await sandbox.stop();
  }
}

main().catch((problem: unknown) => {
  process.stderr.write(`\nThe demo failed: ${problem instanceof Error ? problem.message : String(problem)}\n`);
  process.exitCode = 1;
});
