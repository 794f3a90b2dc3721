import * as pulumi from "@pulumi/pulumi";
import { runError } from "./run-error";

declare const instead: unique symbol;

/** What the compiler says, by its name, where all arguments are one Output or promise: no value has this type. */
export interface GiveEachArgumentAndNotOneOutputOfAll {
  readonly [instead]: never;
}

/** An object and neither an Output nor a promise of one: with those, nothing would tell which arguments there are. */
export interface NoOutput {
  /** No argument: it tells an Output, which may be the value of each argument and not of all of them together. */
  readonly apply?: GiveEachArgumentAndNotOneOutputOfAll;
  /** No argument: it tells a promise, which may be the value of each argument and not of all of them together. */
  readonly then?: GiveEachArgumentAndNotOneOutputOfAll;
}

/**
 * @param owner the resource as messages name it
 * @throws pulumi.RunError for arguments that are no object whose properties can be seen
 */
export function requireObject(owner: string, args: unknown): void {
  if (typeof args === "object" && args !== null && !isPending(args)) return;
  const given = isPending(args) ? ", not an Output or promise" : "";
  throw runError(
    `${owner}: the arguments must be an object${given}. Each argument may be an Output: with ` +
      "`const all = pulumi.output(...)`, write `{ project: all.project, ... }` and list each argument.",
  );
}

/** Whether a value comes only later. */
export function isPending(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** Whether a value is a map as a program writes it, and nothing that only becomes one. */
export function isPlainMap(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * The same map as one that can be written as a text, whatever its keys: the SDK does so with each argument, for messages
 * of its own, and stumbles over a key `toString`.
 */
export function asText<T extends object>(map: T): T {
  return Object.defineProperty(map, Symbol.toPrimitive, { value: () => "[object Object]" });
}
