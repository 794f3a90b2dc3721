import { Command, InvalidArgumentError } from "commander";
import { withConnectionOptions } from "../settings";
import type { DoctorOptions, Reference } from "./doctor-options";

function whole(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(text);
}

function list(text: string): string[] {
  return text.split(",").map((part) => part.trim());
}

/**
 * The command `doctor`. Its work is loaded when it is called.
 *
 * @param reference what a deep run is compared with where `--compare` names no file
 */
export function doctorCommand(reference?: Reference): Command {
  const command = new Command("doctor")
    .description(
      "Says whether the package can work with a GitLab and a token: address, TLS, proxy, version, token, role, and what " +
        "stands in the way of single classes. It takes seconds and changes nothing.\n\n" +
        "With --deep it tries every class, in a group that it makes and removes again.\n\n" +
        "The token comes from GITLAB_TOKEN, the address from --base-url or GITLAB_BASE_URL. " +
        "The exit status is 0 where all is well, and 1 where something is not.",
    )
    .option("--project <project>", "number or full path of a project to look at")
    .option("--group <group>", "number or full path of a group to look at; with --deep an empty one to work in")
    .option("--json [file]", "print the findings as JSON, or write them to a file")
    .option("--deep", "try every class on GitLab")
    .option(
      "--only <classes>",
      "with --deep: names of classes, with commas between: ProjectHook,integrations.Slack",
      list,
    )
    .option("--compare [file]", "with --deep: name every difference from a recording")
    .option("--record <file>", "with --deep: write what GitLab answered, without names, tokens and addresses")
    .option("--engine", "with --deep: also run programs with the Pulumi CLI that is installed")
    .option("--clean", "with --deep: first remove the groups that runs have left which were cut off")
    .option(
      "--requests-per-minute <number>",
      "with --deep: at most so many; 0 for any number, on this machine",
      whole,
      570,
    )
    .option("--sample-host <host>", "with --deep: the host of the addresses that GitLab is given", "example.com");
  return withConnectionOptions(command).action(async (options: DoctorOptions) => {
    const { runDoctor } = await import("./run.js");
    process.exitCode = await runDoctor(options, reference);
  });
}
