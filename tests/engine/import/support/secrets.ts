import { secret, type SecretConfig } from "gitlab-sandbox/engine";
import { textOf } from "./command";
import type { World } from "./world";

interface Setting {
  readonly name: string;
  readonly uses: readonly string[];
}

/**
 * The settings that an imported program needs, with the very secrets that are on the emulated GitLab. Throws where the uses
 * of one setting do not have one secret in common: a program must not give one in place of another.
 */
export function trueSecrets({ sandbox }: World, folder: string): Record<string, string> {
  const { settings } = JSON.parse(textOf(folder, "gitlab-import.json")) as { settings: readonly Setting[] };
  const entries = settings.map(({ name, uses }) => {
    const [first = new Set<string>(), ...others] = uses.map((use) => valuesAt(sandbox, use));
    const common = [...first].filter((value) => others.every((values) => values.has(value)));
    if (common[0] === undefined) throw new Error(`${name} has no one secret: ${uses.join(", ")}`);
    return [name, common[0]] as const;
  });
  return Object.fromEntries(entries);
}

/** The same as configuration of a stack. */
export function settingsAsTold(world: World, folder: string, project = "imported"): Record<string, SecretConfig> {
  const secrets = Object.entries(trueSecrets(world, folder));
  return Object.fromEntries(secrets.map(([name, value]) => [`${project}:${name}`, secret(value)]));
}

/** The secrets that a use such as `customHeaders X-Team of ProjectHook acme/shop` can mean. */
function valuesAt({ control }: World["sandbox"], use: string): ReadonlySet<string> {
  const [, field = "", key, name = "", path = ""] = /^(\w+)(?: (\S+))? of (\w+) (\S+)$/.exec(use) ?? [];
  const { hooks, integrations } = control.world.state;
  const scopes = (["projects", "groups"] as const).flatMap((kind) => {
    try {
      return [control.scopeOf(`${kind}/${path}`)];
    } catch {
      return [];
    }
  });
  const isThere = (scope: { kind: string; id: number }) =>
    scopes.some(({ kind, id }) => kind === scope.kind && id === scope.id);
  if (/^(Project|Group)Hook$/.test(name)) {
    const rows = hooks.filter(({ scope }) => isThere(scope)) as unknown as readonly Row[];
    return textsOf(rows.map((row) => (key === undefined ? row[field] : (row[field] as Row)[key])));
  }
  const slug = name.toLowerCase();
  const rows = integrations.filter((row) => isThere(row.scope) && row.slug.replace(/[-_]/g, "") === slug);
  return textsOf(rows.map(({ values }) => values[field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)]));
}

type Row = Readonly<Record<string, unknown>>;

function textsOf(values: readonly unknown[]): ReadonlySet<string> {
  return new Set(values.filter((value) => typeof value === "string"));
}
