import * as pulumi from "@pulumi/pulumi";
import type { Client } from "../client";
import { isMocked } from "../program/mocked";
import { argsOfProvider, type Provider } from "../program/provider";
import { runError } from "../program/run-error";

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

/** Arguments whose parts may be outputs. */
export type Inputs<A> = { readonly [K in keyof A]: pulumi.Input<A[K]> };

/** A function for arguments that may be outputs. Where `A` may be undefined, they may be left out. */
export type OutputForm<A, T> = undefined extends A
  ? (args?: pulumi.Input<Inputs<NonNullable<A>>>, options?: InvokeOptions) => pulumi.Output<T>
  : (args: pulumi.Input<Inputs<A>>, options?: InvokeOptions) => pulumi.Output<T>;

/** A list in its two forms: whole, and entry by entry. */
export interface ListForms<A, T> {
  readonly get: (...given: Given<A>) => Promise<T[]>;
  /** Fetches a page when it is needed, and keeps none. */
  readonly each: (...given: Given<A>) => AsyncIterable<T>;
}

/** What a function is called with. Where `A` may be undefined, the arguments may be left out. */
type Given<A> = undefined extends A ? [args?: A, options?: InvokeOptions] : [args: A, options?: InvokeOptions];

// What these return is exported as it is. It is a plain function, without properties and without a comment on its
// signature: editors show the comment of the export then, and a program's own function can stand in for it.

/**
 * A function that asks GitLab for something. It throws an error when a setting is missing, and what the client throws.
 *
 * @param name as in the export list: mocks are told of it
 * @param run gets `{}` where the arguments are left out
 */
export function defineFunction<A, T>(
  name: string,
  run: (client: Client, args: NonNullable<A>) => Promise<T>,
): (...given: Given<A>) => Promise<T> {
  return (...[args, options]) => invoke(name, args, options, run);
}

/** A function that asks GitLab for a list. The form for very many has its name with `each`: `getHooks`, `eachHook`. */
export function defineList<A, T>(
  name: string,
  run: (client: Client, args: NonNullable<A>) => AsyncIterable<T>,
): ListForms<A, T> {
  const collect = async (client: Client, args: NonNullable<A>): Promise<T[]> => {
    const entries: T[] = [];
    for await (const entry of run(client, args)) entries.push(entry);
    return entries;
  };
  const eachName = name.replace(/^get/, "each").replace(/s$/, "");
  return {
    get: defineFunction<A, T[]>(name, collect),
    each: (...[args, options]) => iterate(eachName, args, options, run),
  };
}

/**
 * A function that changes something or sends something: not in a preview, which must do neither.
 *
 * @param notDone its result in a preview
 */
export function defineAction<A, T>(
  name: string,
  notDone: T,
  run: (client: Client, args: NonNullable<A>) => Promise<T>,
): (...given: Given<A>) => Promise<T> {
  return async (...[args, options]) => {
    if (mock || !pulumi.runtime.isDryRun()) return invoke(name, args, options, run);
    await pulumi.log.info(`${name}: not done in a preview.`);
    return notDone;
  };
}

async function invoke<T>(
  name: string,
  args: unknown,
  options: InvokeOptions | undefined,
  run: (client: Client, args: never) => Promise<T>,
): Promise<T> {
  const given = args ?? {};
  if (mock) return (await mock(name, given as Readonly<Record<string, unknown>>)) as T;
  return run(await connect(name, options), given as never);
}

async function* iterate<T>(
  name: string,
  args: unknown,
  options: InvokeOptions | undefined,
  run: (client: Client, args: never) => AsyncIterable<T>,
): AsyncGenerator<T, void, undefined> {
  const given = args ?? {};
  if (mock) yield* (await mock(name, given as Readonly<Record<string, unknown>>)) as Iterable<T> | AsyncIterable<T>;
  else yield* run(await connect(name, options), given as never);
}

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
    const known = pulumi.all<unknown>([args, reach]);
    const result: pulumi.Output<unknown> = known.apply(([given]) => run(given as A, options));
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

async function connect(name: string, options: InvokeOptions | undefined): Promise<Client> {
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
  throw runError(
    [
      ...problems,
      ...(isMocked() ? [`Under pulumi.runtime.setMocks, mock ${name} with gitlab.mockFunctions.`] : []),
    ].join(" "),
  );
}

/** A provider's arguments may be outputs of other resources, which a preview does not know yet. */
async function resolved(args: object): Promise<Readonly<Record<string, unknown>>> {
  const output = pulumi.output(args);
  const { isKnown } = output as unknown as { readonly isKnown: Promise<boolean> };
  if (!(await isKnown)) {
    throw runError(
      "The provider's arguments are not known yet in this preview. Use the form for outputs, whose name ends in Output.",
    );
  }
  return new Promise((resolve) => {
    output.apply((known) => {
      resolve(known as Readonly<Record<string, unknown>>);
    });
  });
}
