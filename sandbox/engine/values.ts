/** A property value as the engine holds it: JSON, plus secrets, values not known yet, and references to resources. */
export type Value = null | boolean | number | string | Value[] | PropertyMap | Secret | Unknown | Reference;

/** The inputs or outputs of a resource, by property name. */
export interface PropertyMap {
  [name: string]: Value;
}

/** A value that is shown as `[secret]` and written to the state encrypted. */
export class Secret {
  constructor(readonly value: Value) {}
}

/** A value that a preview cannot know. There is one instance, {@link UNKNOWN}. */
export class Unknown {
  /** Keeps the class from being structurally equal to every other empty one. */
  readonly unknown = true;
}

/** The one unknown value. */
export const UNKNOWN = new Unknown();

/** A resource passed as a value. */
export class Reference {
  constructor(
    readonly urn: string,
    readonly id: Value | undefined,
  ) {}
}

/** The text that stands for an unknown value in every call. */
export const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** The key that marks an object in a call or in the state as something other than a plain map. */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
/** The value of {@link SIGNATURE} on a secret. */
export const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";
const REFERENCE_SIGNATURE = "5cf8f73096256a8f31e491e813e4eb8e";
const OUTPUT_SIGNATURE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** Unknown values at any depth, written other than as {@link UNKNOWN_TEXT}: the engine has one such text per kind. */
const UNKNOWN_TEXTS = new Set([
  UNKNOWN_TEXT,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Reads a value as it comes in a call. */
export function decode(json: unknown): Value {
  if (typeof json === "string") return UNKNOWN_TEXTS.has(json) ? UNKNOWN : json;
  if (json === null || json === undefined) return null;
  if (typeof json === "boolean" || typeof json === "number") return json;
  if (Array.isArray(json)) return json.map(decode);
  if (typeof json !== "object") throw new Error(`a property cannot be a ${typeof json}`);
  const object = json as Record<string, unknown>;
  switch (object[SIGNATURE]) {
    case SECRET_SIGNATURE:
      return secret(decode(object.value));
    case REFERENCE_SIGNATURE:
      return new Reference(String(object.urn), object.id === undefined ? undefined : decode(object.id));
    case OUTPUT_SIGNATURE: {
      const value = "value" in object ? decode(object.value) : UNKNOWN;
      return object.secret === true ? secret(value) : value;
    }
    default:
      return decodeMap(object);
  }
}

/** Reads a map of properties as it comes in a call. */
export function decodeMap(object: Record<string, unknown>): PropertyMap {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, decode(value)]));
}

/** What the receiver of a call understands. */
export interface Encoding {
  /** Secrets stay marked; otherwise they are sent as the plain value. */
  readonly keepSecrets: boolean;
  /** References stay references; otherwise they are sent as the resource's ID, or its URN when it has none. */
  readonly keepReferences: boolean;
}

/** Writes a value for a call. Keys are sorted, so that equal values read equal. */
export function encode(value: Value, encoding: Encoding): unknown {
  if (value instanceof Unknown) return UNKNOWN_TEXT;
  if (value instanceof Secret) {
    const plain = encode(value.value, encoding);
    return encoding.keepSecrets ? { [SIGNATURE]: SECRET_SIGNATURE, value: plain } : plain;
  }
  if (value instanceof Reference) return encodeReference(value, encoding);
  if (Array.isArray(value)) return value.map((item) => encode(item, encoding));
  if (value !== null && typeof value === "object") return encodeMap(value, encoding);
  return value;
}

/** Writes a map of properties for a call. */
export function encodeMap(map: PropertyMap, encoding: Encoding): Record<string, unknown> {
  return Object.fromEntries(sortedEntries(map).map(([name, value]) => [name, encode(value, encoding)]));
}

/** The entries of a map, sorted by name. */
export function sortedEntries(map: PropertyMap): [string, Value][] {
  return Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
}

function encodeReference(reference: Reference, encoding: Encoding): unknown {
  const id = reference.id === undefined ? undefined : encode(reference.id, encoding);
  if (!encoding.keepReferences) return id ?? reference.urn;
  return { [SIGNATURE]: REFERENCE_SIGNATURE, urn: reference.urn, ...(id === undefined ? {} : { id }) };
}

/** Marks a value as secret, once. */
export function secret(value: Value): Secret {
  return value instanceof Secret ? value : new Secret(value);
}

/** The value without its mark. */
export function reveal(value: Value): Value {
  return value instanceof Secret ? value.value : value;
}

/** A plain map of properties, not one of the marked values. */
export function isMap(value: Value | undefined): value is PropertyMap {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Secret) &&
    !(value instanceof Unknown) &&
    !(value instanceof Reference)
  );
}

/** Whether an unknown value occurs anywhere inside. */
export function hasUnknown(value: Value): boolean {
  if (value instanceof Unknown) return true;
  if (value instanceof Secret) return hasUnknown(value.value);
  if (value instanceof Reference) return value.id !== undefined && hasUnknown(value.id);
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isMap(value) && Object.values(value).some(hasUnknown);
}

const COMPARED: Encoding = { keepSecrets: false, keepReferences: true };

/** Whether two values are equal, secret or not. */
export function equal(a: Value | undefined, b: Value | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return JSON.stringify(encode(a, COMPARED)) === JSON.stringify(encode(b, COMPARED));
}

/**
 * Puts the secret marks back on what a provider returned in clear: a property is secret when the one of the same
 * name in `marked` is.
 */
export function markSecrets(plain: PropertyMap, marked: PropertyMap): PropertyMap {
  return Object.fromEntries(
    Object.entries(plain).map(([name, value]) => {
      const model = marked[name];
      return [name, model === undefined ? value : markSecret(value, model)];
    }),
  );
}

function markSecret(value: Value, model: Value): Value {
  if (model instanceof Secret) return secret(value);
  if (isMap(value) && isMap(model)) return markSecrets(value, model);
  if (Array.isArray(value) && Array.isArray(model) && value.length === model.length)
    return value.map((item, index) => markSecret(item, model[index] ?? null));
  return value;
}
