import { Command, InvalidArgumentError, Option } from "commander";
import { withConnectionOptions } from "../settings";
import { families, secretModes, usualFamilies, type Family, type ImportOptions } from "./options";

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function familiesIn(text: string): Family[] {
  return text.split(",").map((part) => {
    const found = families.find((family) => family === part.trim());
    if (!found) throw new InvalidArgumentError(`It must be some of ${families.join(", ")}.`);
    return found;
  });
}

/** The command `import`. Its work is loaded when it is called. */
export function importCommand(): Command {
  const command = new Command("import").description(
    "Finds what is set up on GitLab and writes a Pulumi program that takes it over. GitLab itself is only read. Into a " +
      "folder that it wrote before, it adds what is new.\n\n" +
      "The token comes from GITLAB_TOKEN, the address from --base-url or GITLAB_BASE_URL.",
  );
  withSelection(command);
  withProgram(command);
  withStack(command);
  return withConnectionOptions(command).action(async (options: ImportOptions) => {
    const { runImport } = await import("./run.js");
    process.exitCode = await runImport(options);
  });
}

function withSelection(command: Command): void {
  command
    .option("--project <project>", "number or full path of a project; may be repeated", collect, [])
    .option("--group <group>", "number or full path of a group: itself and its projects; may be repeated", collect, [])
    .option("--recursive", "subgroups and their projects too", false)
    .option(
      "--only <kinds>",
      `some of ${families.join(", ")}, with commas between (default: ${usualFamilies.join(",")})`,
      familiesIn,
    )
    .option("--include-inherited", "write integrations that inherit their settings too", false)
    .option("--no-inactive", "do not look for integrations that are switched off, which takes many requests")
    .option("--no-archived", "leave archived projects out");
}

function withProgram(command: Command): void {
  const format = new Option("--format <format>", 'what to write: "pulumi" adds import.json, for `pulumi import --file`')
    .choices(["program", "pulumi"])
    .default("program");
  const secrets = new Option(
    "--secrets <way>",
    "leave optional secrets to GitLab (leave, the default without --fleet), or ask for them in the stack's configuration " +
      "(config) or in environment variables (env)",
  ).choices(secretModes);
  command
    .option("--out <folder>", "folder to write to (default: gitlab-import; with --check, the current one)")
    .addOption(format)
    .addOption(secrets)
    .option("--flat", "write one block for each object, without tables and loops", false)
    .option(
      "--fleet",
      "write one gitlab.Fleet for all objects of a kind; single resources, and those a fleet cannot import, stay separate",
      false,
    )
    .option("--json", "print the summary as JSON", false)
    .option("--force", "overwrite the files of an earlier import", false);
}

function withStack(command: Command): void {
  command
    .option(
      "--secrets-file <file>",
      "store the secrets of a file (JSON or dotenv) in the configuration of the folder's stack",
    )
    .option(
      "--check",
      "write nothing: report what exists on GitLab and no stack manages (exit status 3), and what is gone",
      false,
    )
    .option(
      "--state <file>",
      "what `pulumi stack export` wrote, in place of the folder's stack; may be repeated",
      collect,
      [],
    )
    .option("--stack <name>", "the stack of the folder, where it is not the selected one");
}
