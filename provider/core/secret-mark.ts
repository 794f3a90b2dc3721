/**
 * How Pulumi marks a secret inside a value: an object with this key, and what it wraps under `value`.
 *
 * Source: https://github.com/pulumi/pulumi, `sdk/nodejs/runtime/rpc.ts`.
 */
const signature = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** A value that the engine keeps as a secret. */
export function markSecret(value: unknown): Readonly<Record<string, unknown>> {
  return { [signature]: secretSignature, value };
}

/**
 * A value with every marked secret inside it replaced by what it wraps.
 *
 * @param levels how deep to look; what lies deeper stays as it is
 */
export function withoutSecretMarks(value: unknown, levels = Infinity): unknown {
  if (typeof value !== "object" || value === null || levels < 0) return value;
  if (Array.isArray(value)) return value.map((item) => withoutSecretMarks(item, levels - 1));
  if (Object.hasOwn(value, signature)) return withoutSecretMarks((value as { value?: unknown }).value, levels - 1);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutSecretMarks(inner, levels - 1)]));
}
