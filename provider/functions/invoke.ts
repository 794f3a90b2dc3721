import * as pulumi from "@pulumi/pulumi";
import type { Client } from "../client";
import { camelCase } from "../core/schema";
import { argsOfProvider, type Provider } from "../program/provider";

/** What every data function and action takes besides its arguments. */
export interface InvokeOptions {
  /** The GitLab to ask. Default: the one of the stack's configuration. */
  readonly provider?: Provider | undefined;
}

/**
 * Stands in for GitLab in unit tests of programs: gets a function's name and arguments, and hands back its result or a
 * promise of it.
 */
export type FunctionMock = (name: string, args: Readonly<Record<string, unknown>>) => unknown;

let mock: FunctionMock | undefined;

/**
 * Makes every data function and action answer from `replacement` instead of GitLab, for tests that run a program with
 * `pulumi.runtime.setMocks`. Without an argument, GitLab is asked again.
 */
export function mockFunctions(replacement?: FunctionMock): void {
  mock = replacement;
}

/**
 * Runs a function of this package against GitLab, or against the mock.
 *
 * @param name the function's name, as in the export list
 * @throws Error when a setting is missing, and what the client throws
 */
export async function invoke<T>(
  name: string,
  args: object,
  options: InvokeOptions | undefined,
  run: (client: Client) => Promise<T>,
): Promise<T> {
  if (mock) return (await mock(name, args as Readonly<Record<string, unknown>>)) as T;
  return run(await connect(options));
}

/**
 * Runs a function whose result is a list, and hands back all of it.
 *
 * @throws Error as {@link invoke}
 */
export function gather<T>(
  name: string,
  args: object,
  options: InvokeOptions | undefined,
  run: (client: Client) => AsyncIterable<T>,
): Promise<T[]> {
  return invoke(name, args, options, async (client) => {
    const all: T[] = [];
    for await (const entry of run(client)) all.push(entry);
    return all;
  });
}

/**
 * Runs a function whose result is a list, entry by entry: pages are fetched as they are needed, and none is kept.
 *
 * @throws Error as {@link invoke}
 */
export async function* each<T>(
  name: string,
  args: object,
  options: InvokeOptions | undefined,
  run: (client: Client) => AsyncIterable<T>,
): AsyncGenerator<T, void, undefined> {
  if (mock) yield* (await mock(name, args as Readonly<Record<string, unknown>>)) as Iterable<T> | AsyncIterable<T>;
  else yield* run(await connect(options));
}

/**
 * Runs an action, which changes something or sends something: not in a preview, which must do neither.
 *
 * @returns undefined in a preview
 * @throws Error as {@link invoke}
 */
export async function act<T>(
  name: string,
  args: object,
  options: InvokeOptions | undefined,
  run: (client: Client) => Promise<T>,
): Promise<T | undefined> {
  if (!mock && pulumi.runtime.isDryRun()) {
    await pulumi.log.info(`${name}: not done in a preview.`);
    return undefined;
  }
  return invoke(name, args, options, run);
}

/** Arguments whose parts may be outputs. */
export type Inputs<A> = { readonly [K in keyof A]: pulumi.Input<A[K]> };

/** A function for arguments that may be outputs. Where `A` may be undefined, they may be left out. */
export type OutputForm<A, T> = undefined extends A
  ? (args?: pulumi.Input<Inputs<NonNullable<A>>>, options?: InvokeOptions) => pulumi.Output<T>
  : (args: pulumi.Input<Inputs<A>>, options?: InvokeOptions) => pulumi.Output<T>;

/**
 * The form of a function that takes outputs of resources and returns an output. It is secret when `secret` says so, or
 * when an argument is.
 */
export function outputForm<A, T>(
  run: (args: A, options?: InvokeOptions) => Promise<T>,
  { secret = false }: { readonly secret?: boolean } = {},
): OutputForm<A, T> {
  const form = (args: unknown, options?: InvokeOptions): pulumi.Output<unknown> => {
    // A provider that is not known yet makes the result unknown; its token makes no result secret.
    const reach = options?.provider && pulumi.unsecret(pulumi.output(argsOfProvider(options.provider)));
    const known = pulumi.all([args, reach]) as pulumi.OutputInstance<readonly [unknown, unknown]>;
    const result = known.apply(([given]) => run(given as A, options)) as pulumi.Output<unknown>;
    return secret ? pulumi.secret(result) : result;
  };
  return form as OutputForm<A, T>;
}

/** Loaded on first use: a program that only declares resources needs no HTTP. */
function http(): Pick<typeof import("../client"), "clientFor"> &
  Pick<typeof import("../config/settings"), "plainHttpWarning" | "readConfiguration"> {
  /* eslint-disable @typescript-eslint/no-require-imports -- an import() would stay one in CommonJS and load ES modules */
  const { clientFor } = require("../client") as typeof import("../client");
  const { plainHttpWarning, readConfiguration } = require("../config/settings") as typeof import("../config/settings");
  /* eslint-enable @typescript-eslint/no-require-imports */
  return { clientFor, plainHttpWarning, readConfiguration };
}

const warned = new Set<string>();

async function warnOnce(text: string | undefined): Promise<void> {
  if (text === undefined || warned.has(text)) return;
  warned.add(text);
  await pulumi.log.warn(text);
}

async function connect(options: InvokeOptions | undefined): Promise<Client> {
  const { clientFor, plainHttpWarning, readConfiguration } = http();
  const given = options?.provider && (await resolved(argsOfProvider(options.provider)));
  const get = given
    ? (key: string) => given[key]
    : (key: string) => pulumi.runtime.getConfig(`gitlab:${key}`) as unknown;
  const { settings, problems } = readConfiguration(get, process.env);
  if (settings) {
    await warnOnce(plainHttpWarning(settings));
    return clientFor(settings);
  }
  throw new pulumi.RunError(problems.join(" "));
}

/** A provider's arguments may be outputs of other resources, which a preview does not know yet. */
async function resolved(args: object): Promise<Readonly<Record<string, unknown>>> {
  const output = pulumi.output(args);
  const { isKnown } = output as unknown as { readonly isKnown: Promise<boolean> };
  if (!(await isKnown)) {
    throw new pulumi.RunError(
      "The provider's arguments are not known yet in this preview. Use the form for outputs, whose name ends in Output.",
    );
  }
  return new Promise((resolve) => {
    output.apply((known) => {
      resolve(known as Readonly<Record<string, unknown>>);
    });
  });
}

/** An answer of GitLab with its keys as this package spells names, at any depth. */
export function camelCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCased);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [camelCase(key), camelCased(item)]));
}
