/** A configuration value that is kept secret. */
export interface SecretConfig {
  readonly secret: string;
}

/** The stack's configuration by full key, for example `gitlab:baseUrl`. Every value is text, as in a stack's file. */
export type Config = Readonly<Record<string, string | SecretConfig>>;

/** Marks a configuration value as secret. */
export function secret(value: string): SecretConfig {
  return { secret: value };
}

/** The text of a value, secret or not. */
export function configText(value: string | SecretConfig): string {
  return typeof value === "string" ? value : value.secret;
}

/** The keys whose values are secret. */
export function secretKeys(config: Config): string[] {
  return Object.keys(config).filter((key) => typeof config[key] === "object");
}
