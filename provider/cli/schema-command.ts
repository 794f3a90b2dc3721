import { Command } from "commander";

/** `pulumi-gitlab schema`: everything that the package knows of its resources, for tools and checks. */
export function schemaCommand(version: string): Command {
  return new Command("schema")
    .description("Prints all resources and their arguments as one JSON document.")
    .action(() => {
      // Loaded here, so that the other commands start without every definition.
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import() would stay one in CommonJS and load ES modules
      const { packageSchema } = require("./schema") as typeof import("./schema");
      process.stdout.write(`${JSON.stringify(packageSchema(version), null, 2)}\n`);
    });
}
