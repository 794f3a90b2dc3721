// Runs stacks of the stand-in for a test: the packages are loaded once, and programs are functions of this process.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Stack } from "gitlab-sandbox/engine";

const require = createRequire(import.meta.url);

function functionIn(file) {
  const module = { exports: {} };
  new Function("require", "module", readFileSync(file, "utf8"))(require, module);
  return module.exports;
}

let [cancel, terminate] = [];

process.on("message", async ({ id, interrupt, settings, program, kind, options, json }) => {
  if (interrupt) {
    cancel?.abort();
    terminate?.abort();
    return;
  }
  [cancel, terminate] = [new AbortController(), new AbortController()];
  const signals = { signal: cancel.signal, terminate: terminate.signal };
  try {
    const inline = program === undefined ? {} : { program: () => functionIn(program)() };
    const stack = await Stack.open({ ...settings, ...inline });
    const { ok, output, steps, json: written } = await stack[kind]({ ...options, ...signals });
    process.send({ id, result: { ok, output: json ? written() : output, steps } });
  } catch (error) {
    process.send({ id, problem: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
process.on("disconnect", () => process.exit());
