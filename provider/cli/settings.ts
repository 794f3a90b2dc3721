import type { Command } from "commander";
import { plainHttpWarning, readConfiguration, settingNames, type Settings } from "../config/settings";

/** How a command reaches GitLab: the provider's settings as options. The token comes from the environment alone. */
export interface ConnectionOptions {
  readonly baseUrl?: string;
  readonly cacertFile?: string;
  readonly clientCert?: string;
  readonly clientKey?: string;
  readonly insecure?: boolean;
  /** As text from the command line. */
  readonly retries?: number | string;
  /** Seconds, as text from the command line. */
  readonly timeout?: number | string;
}

/** Adds the options of {@link ConnectionOptions} to a command. */
export function withConnectionOptions(command: Command): Command {
  return command
    .option("--base-url <url>", "URL of GitLab")
    .option("--cacert-file <file>", "file with additional trusted CA certificates (PEM)")
    .option("--client-cert <file>", "file with the client certificate (PEM)")
    .option("--client-key <file>", "file with the key of the client certificate")
    .option("--insecure", "do not verify certificates")
    .option("--retries <number>", "maximum number of retries of a request")
    .option("--timeout <seconds>", "maximum time for one request, including retries and waits");
}

/** Either the settings, or everything that is wrong with them in the words of the command line, a sentence each. */
export function readSettings(options: ConnectionOptions): {
  readonly settings?: Settings;
  readonly problems: string[];
} {
  const given = options as Readonly<Record<string, unknown>>;
  // Other options of a command may have the name of a setting.
  const names: readonly string[] = settingNames.filter((name) => name !== "token" && name !== "headers");
  const { settings, problems } = readConfiguration(
    (key) => (names.includes(key) ? given[key] : undefined),
    process.env,
  );
  return settings ? { settings, problems: [] } : { problems: problems.map(inOptions) };
}

/**
 * The settings of a command. A warning of plain http goes to stderr.
 *
 * @throws Error with all problems
 */
export function settingsFrom(options: ConnectionOptions): Settings {
  const { settings, problems } = readSettings(options);
  if (!settings) throw new Error(problems.join(" "));
  const warning = plainHttpWarning(settings);
  if (warning !== undefined) process.stderr.write(`${inOptions(warning)}\n`);
  return settings;
}

/** A sentence with the names of options in place of settings, which command lines do not have. */
export function inOptions(sentence: string): string {
  if (sentence.startsWith("gitlab:token is missing"))
    return "GITLAB_TOKEN is missing: set it to a token with the scope `api`.";
  return sentence
    .replace(/gitlab:token(?: \(or GITLAB_TOKEN\))?/g, "GITLAB_TOKEN")
    .replace(
      /gitlab:([A-Za-z]+)/g,
      (_, name: string) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    );
}
