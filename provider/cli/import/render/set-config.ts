import type { SecretSetting } from "../model/secret-settings";
import { shellWord } from "../../shell";
import { oneLine } from "./literals";

/** The command that stores a secret, which asks for its value. */
export function settingCommand({ name }: Pick<SecretSetting, "name">): string {
  return `pulumi config set --secret ${shellWord(name)}`;
}

/** What a setting is for: its first uses, and how many others there are. */
export function usesText({ uses }: SecretSetting): string {
  const more = uses.length - mostUses;
  return oneLine(more > 0 ? `${uses.slice(0, mostUses).join(", ")} and ${more} more` : uses.join(", "));
}

const mostUses = 3;

/**
 * A shell script that stores every setting of the program.
 *
 * @param gitlab the address that the stack is to have; undefined for gitlab.com and for a later import
 */
export function settingsScript(
  settings: readonly SecretSetting[],
  { gitlab, token }: { gitlab?: string | undefined; token: boolean },
): string {
  const lines = [
    "#!/bin/sh",
    "# Stores what the program needs in the stack's configuration, encrypted. Each command asks for one value.",
    "# GitLab returns none of these secrets: take them from where they came from, or make new ones there.",
    "# For all at once from a file: npx pulumi-gitlab import --secrets-file secrets.env --out .",
    "set -e",
    "",
    ...(gitlab === undefined ? [] : [`pulumi config set gitlab:baseUrl ${shellWord(gitlab)}`]),
    ...(token ? ["pulumi config set --secret gitlab:token"] : []),
    ...settings.flatMap((setting) => ["", `# ${usesText(setting)}`, settingCommand(setting)]),
  ];
  return `${lines.join("\n")}\n`;
}
