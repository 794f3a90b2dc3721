import { counted } from "./report/counts";
import type { ImportOptions } from "./options";
import { pulumi, type PulumiFolder } from "./stack/pulumi";
import { readSecretsFile } from "./stack/secrets-file";
import type { Manifest } from "./write/manifest";

/** A secret that every stack needs and no program names. */
const token = "gitlab:token";

/**
 * Stores the secrets of a file in the configuration of the folder's stack. Each value goes to Pulumi's standard input, so
 * that no list of processes shows it.
 *
 * @returns the exit status: 0, or 2 when settings are left without a value
 * @throws Error in one sentence when the file or the stack cannot be used
 */
export async function storeSecrets(
  { secretsFile = "", stack, json }: Pick<ImportOptions, "secretsFile" | "stack" | "json">,
  folder: string,
  manifest: Manifest | undefined,
): Promise<number> {
  if (!manifest) throw new Error(`${folder} was not written by an import: name its folder with --out.`);
  const secrets = readSecretsFile(secretsFile);
  const names = [token, ...manifest.settings.map(({ name }) => name)];
  const given = names.filter((name) => secrets.has(name));
  const unknown = [...secrets.keys()].filter((name) => !names.includes(name));
  const missing = names.filter((name) => name !== token && !secrets.has(name));
  await requireStack({ folder, stack });
  for (const name of given) {
    await pulumi(["config", "set", "--secret", name], { folder, stack }, secrets.get(name));
  }
  if (json) process.stdout.write(`${JSON.stringify({ set: given, missing, unknown })}\n`);
  else process.stdout.write(text(given, missing, unknown));
  return missing.length > 0 ? 2 : 0;
}

async function requireStack(where: PulumiFolder): Promise<void> {
  try {
    await pulumi(["stack", "--show-name"], where);
  } catch (error) {
    throw new Error(
      `no stack to store secrets in: ${(error as Error).message.replace(/\.$/, "")}. Run \`pulumi stack init dev\` in ${where.folder}, and this again with --secrets-file and --out alone.`,
      { cause: error },
    );
  }
}

function text(given: readonly string[], missing: readonly string[], unknown: readonly string[]): string {
  const lines = [
    `Stored ${counted(given.length, "secret")} in the stack's configuration.`,
    ...(missing.length > 0 ? [`The file does not have: ${missing.join(", ")}.`] : []),
    ...(unknown.length > 0 ? [`The program has no setting of the name: ${unknown.join(", ")}.`] : []),
  ];
  return `${lines.join("\n")}\n`;
}
