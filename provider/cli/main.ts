import { readFileSync } from "node:fs";
import * as path from "node:path";
import { Command } from "commander";
import { doctorCommand } from "./doctor/options";
import { importCommand } from "./import/command";
import { schemaCommand } from "./schema-command";

function version(): string {
  const file = path.join(__dirname, "../../package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

const program = new Command("pulumi-gitlab")
  .description("Command-line tools for pulumi-gitlab-dynamic.")
  .version(version())
  .addCommand(doctorCommand())
  .addCommand(importCommand())
  .addCommand(schemaCommand(version()));

// `pulumi-gitlab schema | head` ends when head has enough.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`pulumi-gitlab: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
