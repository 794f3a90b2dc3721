const FIELD = /\{\{\s*([\w.]+)\s*\}\}/g;

/**
 * A custom webhook template with fields of the payload filled in: `{{project.name}}`. A field that is no text goes in as
 * JSON, one that the payload does not have as nothing.
 *
 * @throws Error when the result is no JSON
 */
export function rendered(template: string, data: Readonly<Record<string, unknown>>): string {
  const filled = template.replace(FIELD, (_whole, path: string) => textOf(valueAt(data, path.split("."))));
  try {
    JSON.parse(filled);
  } catch {
    throw new Error("Error while parsing rendered custom webhook template");
  }
  return filled;
}

function valueAt(data: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    return (value as Readonly<Record<string, unknown>>)[key];
  }, data);
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  // Inside the quotes that the template has around it.
  return typeof value === "string" ? JSON.stringify(value).slice(1, -1) : JSON.stringify(value);
}
