import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { Stack, type OperationResult } from "../engine";
import type { Driver, DriverSettings, Outcome } from "./driver";
import { isMadeByEngine } from "./steps";

/** Opens a stack on the stand-in engine. */
export async function openStandIn(settings: DriverSettings): Promise<Driver> {
  const { programDirectory, stateDirectory, project, stack: name, config = {}, env = {} } = settings;
  const stack = await Stack.open({
    programDirectory,
    project,
    stack: name,
    stateFile: join(stateDirectory, "state.json"),
    passphrase: randomBytes(12).toString("hex"),
    config,
    // The type check belongs to `npm run check` of a program; here it would cost every run seconds.
    env: { PULUMI_NODEJS_TRANSPILE_ONLY: "true", ...env },
  });
  return {
    title: "the stand-in engine",
    preview: async (options) => {
      const result = await stack.preview(options);
      return outcomeOf(options?.json === true ? { ...result, output: result.json() } : result);
    },
    up: async (options) => outcomeOf(await stack.up(options)),
    refresh: async () => outcomeOf(await stack.refresh()),
    destroy: async () => outcomeOf(await stack.destroy()),
    importFile: async (file) => {
      const { diagnostics } = await stack.importFile(file);
      return { ok: true, output: diagnostics.map(({ severity, message }) => `${severity}: ${message}\n`).join("") };
    },
    setConfig: (key, value) => {
      stack.setConfig(key, value);
      return Promise.resolve();
    },
    export: () => stack.export(),
  };
}

function outcomeOf({ ok, output, steps }: OperationResult): Outcome {
  return { ok, output, steps: steps.filter((step) => !isMadeByEngine(step.urn)) };
}
