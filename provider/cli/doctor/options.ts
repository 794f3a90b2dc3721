import { Command, InvalidArgumentError } from "commander";
import { withConnectionOptions } from "../settings";
import type { DoctorOptions, Reference } from "./doctor-options";

function whole(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError("It must be an integer.");
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
      "Checks whether the package works with a GitLab and a token: address, TLS, proxy, version, token, role, and which " +
        "classes work. It takes seconds and changes nothing.\n\n" +
        "With --deep, it tests every class in a temporary group.\n\n" +
        "The token is read from GITLAB_TOKEN, the address from --base-url or GITLAB_BASE_URL. " +
        "The exit status is 0 if there is no problem, and 1 otherwise.",
    )
    .option("--project <project>", "ID or full path of a project to check")
    .option("--group <group>", "ID or full path of a group to check; with --deep, an empty group to work in")
    .option("--json [file]", "print the findings as JSON, or write them to a file")
    .option("--deep", "test every class on GitLab")
    .option(
      "--only <classes>",
      "with --deep: test only these classes, separated by commas: ProjectHook,integrations.Slack",
      list,
    )
    .option("--compare [file]", "with --deep: print every difference from a recording")
    .option("--record <file>", "with --deep: write GitLab's responses to a file, without names, tokens and addresses")
    .option("--engine", "with --deep: also run programs with the installed Pulumi CLI")
    .option("--clean", "with --deep: first delete the groups of interrupted runs")
    .option(
      "--requests-per-minute <number>",
      "with --deep: maximum request rate; 0 for no limit, only for a GitLab on this machine",
      whole,
      570,
    )
    .option("--sample-host <host>", "with --deep: host of the URLs in the tested integrations", "example.com");
  return withConnectionOptions(command).action(async (options: DoctorOptions) => {
    const { runDoctor } = await import("./run.js");
    process.exitCode = await runDoctor(options, reference);
  });
}
