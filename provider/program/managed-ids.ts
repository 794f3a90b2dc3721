import * as pulumi from "@pulumi/pulumi";
import type { Definition } from "../core/definition";
import { perProgram } from "./per-program";
import { isKnown } from "./secrets";

/**
 * Milliseconds without an ID after which no further one is waited for: that of a resource which waits for the asker by a
 * detour never comes. An update needs them less, and would wait for what it makes.
 */
const longest = { preview: 30_000, update: 3_000 };

interface Managed {
  readonly ids: pulumi.Output<unknown>;
  /** What it waits for, as far as its options and arguments say. */
  readonly after: ReadonlySet<unknown>;
}

/** The resources of the program, by the name of their class. */
const managedByClass = perProgram(() => new Map<string, Managed[]>());

/**
 * Notes a resource of the program for those that must know which objects others have.
 *
 * @param ids its ID, or the IDs of its entries by their keys
 * @param args its arguments, of which Outputs say which resource they wait for
 */
export function noteManaged(
  { name }: Pick<Definition, "name">,
  ids: pulumi.Output<unknown>,
  args: Readonly<Record<string, unknown>>,
  opts: pulumi.CustomResourceOptions,
): void {
  const declared = managedByClass();
  if (!declared) return;
  const known = declared.get(name) ?? [];
  declared.set(name, known);
  known.push({ ids, after: resourcesIn(args, opts) });
}

function resourcesIn(
  args: Readonly<Record<string, unknown>>,
  { dependsOn, parent }: pulumi.CustomResourceOptions,
): ReadonlySet<unknown> {
  const inputs = Object.values(args).flatMap((value) => (pulumi.Output.isInstance(value) ? resourcesOf(value) : []));
  return new Set<unknown>([parent, ...(Array.isArray(dependsOn) ? dependsOn : [dependsOn]), ...inputs]);
}

/** The SDK has no public name for them. */
function resourcesOf(output: unknown): unknown[] {
  const { resources } = output as { readonly resources?: () => Iterable<unknown> };
  return resources ? [...resources.call(output)] : [];
}

/** Which objects the resources of a program have. */
export interface ManagedIds {
  readonly ids: readonly string[];
  /** Whether every resource has answered: of one that does not, it is not known which object it has. */
  readonly isComplete: boolean;
}

/**
 * The IDs of the objects of one kind that the program manages or reads, also those that it declares meanwhile.
 *
 * @param asker the resource that is not registered before it has them
 */
export async function managedIds({ name }: Pick<Definition, "name">, asker: () => unknown): Promise<ManagedIds> {
  const byClass = managedByClass();
  if (!byClass) return { ids: [], isComplete: false };
  // The constructors that follow this one come first.
  await new Promise<void>((resolve) => setImmediate(resolve));
  const ids: string[] = [];
  const declared = byClass.get(name) ?? [];
  let isComplete = true;
  // A list that grows meanwhile is gone through to its new end.
  for (const { ids: output, after } of declared) {
    const waits = after.has(asker());
    const found = waits ? undefined : await unlessLate(idsIn(output));
    if (found) ids.push(...found);
    else isComplete = false;
    // What comes after one that does not come is not waited for.
    if (!found && !waits) break;
  }
  return { ids, isComplete };
}

/** @returns nothing for one that is not known yet: an object that is to be made is none that is there */
async function idsIn(output: pulumi.Output<unknown>): Promise<readonly string[]> {
  if (!(await isKnown(output))) return [];
  return new Promise((resolve) => {
    output.apply((value) => {
      resolve(textsIn(value));
    });
  });
}

async function unlessLate<T>(task: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(
      () => {
        resolve(undefined);
      },
      longest[pulumi.runtime.isDryRun() ? "preview" : "update"],
    );
  });
  try {
    return await Promise.race([task, late]);
  } catch {
    // A resource that failed ends the run.
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
