import { secret, type SecretConfig } from "gitlab-sandbox/engine";
import { SAMPLES } from "../../../unit/sandbox/samples";

const hookSecrets: readonly (readonly [RegExp, string])[] = [
  [/Hook\d+Token$/, "canary0token"],
  [/Hook\d+HeaderXTeam$/, "canary0header"],
  [/Hook\d+VariableKey$/, "canary0variable"],
  [/AsanaApiKey$/, "canary0asana"],
];

/** The settings that `set-config.sh` asks for, with the very secrets that `populate` has put on GitLab. */
export function settingsAsTold(script: string): Record<string, SecretConfig> {
  const names = [...script.matchAll(/^pulumi config set --secret (\w+)$/gm)].map((match) => match[1] ?? "");
  return Object.fromEntries(names.map((name) => [`imported:${name}`, secret(valueOf(name))]));
}

function valueOf(name: string): string {
  for (const [pattern, value] of hookSecrets) if (pattern.test(name)) return value;
  for (const [slug, { body }] of Object.entries(SAMPLES)) {
    for (const [field, value] of Object.entries(body)) if (name.endsWith(camelled(`${slug}_${field}`))) return value;
  }
  throw new Error(`no secret for ${name}`);
}

function camelled(text: string): string {
  return text
    .split(/[-_]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
