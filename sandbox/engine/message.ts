import { toPlainStruct } from "./rpc";

type Setter = (value: unknown) => unknown;

/**
 * Builds a generated message from plain fields, named as in the recordings. A plain object becomes a Struct; absent
 * fields keep their zero value. One description of a request thus serves the wire and the record of calls.
 */
export function message<M extends object>(Type: new () => M, fields: Record<string, unknown>): M {
  const result = new Type();
  const setters = settersOf(result);
  for (const [name, value] of Object.entries(fields)) {
    const setter = setters.get(name.toLowerCase()) ?? setters.get(`${name.toLowerCase()}list`);
    if (!setter) throw new Error(`${Type.name} has no field ${name}`);
    if (value !== undefined) setter.call(result, isPlainObject(value) ? toPlainStruct(value) : value);
  }
  return result;
}

/** The set functions of a message by the lower-case name of their field: generated names differ in case only. */
function settersOf(target: object): Map<string, Setter> {
  const prototype = Object.getPrototypeOf(target) as Record<string, unknown>;
  return new Map(
    Object.getOwnPropertyNames(prototype)
      .filter((name) => name.startsWith("set"))
      .map((name) => [name.slice("set".length).toLowerCase(), prototype[name] as Setter]),
  );
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
