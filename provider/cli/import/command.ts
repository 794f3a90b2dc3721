import { Command, InvalidArgumentError, Option } from "commander";
import { withConnectionOptions } from "../settings";
import { families, type Family, type ImportOptions } from "./options";

// Notification settings are those of the token's owner alone, which rarely belong into a team's program.
const usual: readonly Family[] = ["hooks", "integrations", "push-rules"];

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
  const format = new Option("--format <format>", 'what to write: "pulumi" adds import.json, for `pulumi import --file`')
    .choices(["program", "pulumi"])
    .default("program");
  const command = new Command("import")
    .description(
      "Finds what is set up on GitLab and writes a Pulumi program that takes it over. GitLab itself is only read.\n\n" +
        "The token comes from GITLAB_TOKEN, the address from --base-url or GITLAB_BASE_URL.",
    )
    .option("--project <project>", "number or full path of a project; may be repeated", collect, [])
    .option("--group <group>", "number or full path of a group: itself and its projects; may be repeated", collect, [])
    .option("--recursive", "subgroups and their projects too", false)
    .option("--only <kinds>", `some of ${families.join(", ")}, with commas between`, familiesIn, [...usual])
    .option("--out <folder>", "folder to write to", "gitlab-import")
    .option("--include-inherited", "write integrations that inherit their settings too", false)
    .option("--no-inactive", "do not look for integrations that are switched off, which takes many requests")
    .addOption(format)
    .option(
      "--fleet",
      "write one gitlab.Fleet for all objects of a kind; what is alone of its kind, or a fleet would not take over, " +
        "stays a resource of its own with `import`",
      false,
    )
    .option("--json", "print the summary as JSON", false)
    .option("--force", "overwrite the files of an earlier import", false);
  return withConnectionOptions(command).action(async (options: ImportOptions) => {
    const { runImport } = await import("./run.js");
    process.exitCode = await runImport(options);
  });
}
