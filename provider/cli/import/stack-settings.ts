import { className } from "../../core/definition";
import { type Imported, isWritten } from "./imported";
import { shellWord } from "../shell";

/** A setting of the stack that holds a secret. */
export interface SecretSetting {
  readonly name: string;
  /** What it is for: `Slack acme/shop/slack: webhook`. */
  readonly use: string;
  /** Whether the program cannot run without it. */
  readonly required: boolean;
}

/** The settings that the program reads, in its order, and those that it only mentions. */
export function secretSettings(all: readonly Imported[]): SecretSetting[] {
  return all.filter(isWritten).flatMap((one) =>
    [...one.settings].map(([path, name]) => ({
      name,
      use: `${className(one.sighting.definition)} ${one.name}: ${path}`,
      required: !one.doubtful.includes(path),
    })),
  );
}

/** The command that stores a secret, which asks for its value. */
export function settingCommand({ name }: SecretSetting): string {
  return `pulumi config set --secret ${shellWord(name)}`;
}

/** A shell script that stores every setting of the program. */
export function settingsScript(settings: readonly SecretSetting[], gitlab: string | undefined): string {
  const required = settings.filter((setting) => setting.required);
  const doubtful = settings.filter((setting) => !setting.required);
  const lines = [
    "#!/bin/sh",
    "# Stores what index.ts needs in the stack's configuration, encrypted. Each command asks for one value.",
    "# GitLab returns none of these secrets: take them from where they came from, or make new ones there.",
    "set -e",
    "",
    ...(gitlab === undefined ? [] : [`pulumi config set gitlab:baseUrl ${shellWord(gitlab)}`]),
    "pulumi config set --secret gitlab:token",
    ...required.flatMap((setting) => ["", `# ${setting.use}`, settingCommand(setting)]),
    ...(doubtful.length === 0
      ? []
      : ["", "# GitLab does not say whether these are set; index.ts has them as comments."]),
    ...doubtful.flatMap((setting) => ["", `# ${setting.use}`, `# ${settingCommand(setting)}`]),
  ];
  return `${lines.join("\n")}\n`;
}
