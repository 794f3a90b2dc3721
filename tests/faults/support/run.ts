import { ManagedResource } from "../../contract/support/managed-resource";
import type { TestParent, ProviderFixture } from "../../contract/support/provider-fixture";
import { Chance } from "./chance";
import { isFor, type Fault, type Gateways } from "./faults";
import type { Kind } from "./objects";
import type { Operation } from "./operations";
import { pictureOf, type Picture } from "./picture";

/** A fault, an operation and a kind of object. */
export interface Cell {
  readonly fault: Fault;
  readonly operation: Operation;
  readonly kind: Kind;
}

/** What a run without a fault asks for and ends with. */
export interface Reference {
  /** The methods of its requests for the project, in order. */
  readonly methods: readonly string[];
  readonly picture: Picture;
}

/** What came of one run. */
export interface Outcome {
  readonly seed: number;
  readonly result: "converged" | "doubled" | "lost" | "diverged";
  /** What went wrong, for a run that did not converge. */
  readonly reason?: string;
  /** The error that the operation ended with, where it did. */
  readonly error?: string;
  /** IDs of objects that the next run named as left behind. */
  readonly named: readonly string[];
}

/** Where runs take place: the process that meets the fault, and the one of the runs before and after, which meets none. */
export interface Stage {
  readonly gateways: Gateways;
  readonly tonight: ProviderFixture;
  readonly next: ProviderFixture;
}

/** Runs an operation without any fault. */
export async function refer(stage: Stage, operation: Operation, kind: Kind): Promise<Reference> {
  const place = await stage.next.createParent("project");
  const managed = await prepared(stage, operation, kind, place.id);
  const { result, methods } = await methodsOf(stage.tonight, place, () => operation.act(managed, kind, place.id));
  if (result === "gone") throw new Error("the refresh found nothing");
  return { methods, picture: pictureOf(stage.tonight, place, stateOf(operation, managed)) };
}

/** A resource as an earlier run left it, in the hands of the process of tonight. */
async function prepared({ tonight, next }: Stage, operation: Operation, kind: Kind, project: string | number) {
  const managed = new ManagedResource(next, kind.definition);
  await operation.prepare(managed, kind, project);
  return managed.copy(tonight);
}

async function methodsOf<T>(fixture: ProviderFixture, place: TestParent, task: () => Promise<T>) {
  const methods: string[] = [];
  const end = fixture.sandbox.control.watch(({ phase, request }) => {
    if (phase === "arrived" && isFor(place, request.path)) methods.push(request.method);
  });
  const result = await task();
  end();
  return { result, methods };
}

function stateOf(operation: Operation, managed: ManagedResource): ManagedResource | undefined {
  return operation.name === "delete" ? undefined : managed;
}

/** Lets an operation meet a fault at a place that the seed chooses. */
export async function run(stage: Stage, cell: Cell, seed: number, reference: Reference): Promise<Outcome> {
  const { fault, operation, kind } = cell;
  const chance = new Chance(seed);
  const { tonight, gateways } = stage;
  const place = await stage.next.createParent("project");
  const project = fault.byPath ? place.path : place.id;
  let managed = await prepared(stage, operation, kind, project);
  const spots = [...reference.methods.keys()].filter((at) => fault.methods.includes(reference.methods[at] ?? ""));
  const times = chance.of([1, 1, 2, 3, 1000]);
  const end = await fault.arm({ setting: tonight, gateways, place, skip: chance.of(spots), times });
  const error = await failureOf(() => operation.act(managed, kind, project));
  end();
  let named: readonly string[] = [];
  if (error !== undefined) {
    managed = managed.copy(stage.next);
    const again = await failureOf(() => operation.act(managed, kind, project));
    if (again !== undefined) return { seed, result: "diverged", reason: `the next run fails: ${again}`, error, named };
    named = await followed(stage.next, place, managed.id);
  }
  return {
    seed,
    named,
    ...(error !== undefined && { error }),
    ...(await judge(cell, managed, place, reference, error)),
  };
}

async function failureOf(task: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await task();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Does what the warnings of the next run say of objects that were left behind: deletes them. */
async function followed(fixture: ProviderFixture, place: TestParent, own: string): Promise<string[]> {
  await new Promise((resolve) => setTimeout(resolve, 50));
  const text = fixture.provider.logs.filter(({ severity }) => severity === "warning").map(({ message }) => message);
  const pattern = new RegExp(`^(projects/${place.id}/hooks/\\d+), made .* equals the one that is being created`);
  const ids = text.flatMap((line) => pattern.exec(line)?.[1] ?? []);
  const left = [...new Set(ids)].filter((id) => id !== own);
  for (const id of left) await fixture.api("DELETE", `/${id}`);
  return left;
}

async function judge(
  { fault, operation, kind }: Cell,
  managed: ManagedResource,
  place: TestParent,
  reference: Reference,
  error: string | undefined,
): Promise<Pick<Outcome, "result" | "reason">> {
  if (error !== undefined && !isClear(error)) return { result: "diverged", reason: `an unclear error: ${error}` };
  const wanted = reference.picture;
  const found = pictureOf(managed.fixture, place, stateOf(operation, managed));
  if (found.count > wanted.count) return { result: "doubled", reason: `GitLab has ${found.gitlab}` };
  if (found.count < wanted.count) return { result: "lost", reason: `GitLab has ${found.gitlab}` };
  if (found.gitlab !== wanted.gitlab) return { result: "diverged", reason: differing(wanted.gitlab, found.gitlab) };
  if (found.state !== wanted.state) return { result: "diverged", reason: differing(wanted.state, found.state) };
  if (operation.name !== "create" && operation.name !== "update") return { result: "converged" };
  const args = {
    project: fault.byPath ? place.path : place.id,
    ...(operation.name === "create" ? kind.first : kind.second),
  };
  const step = await managed.up(args);
  return step === "same" ? { result: "converged" } : { result: "diverged", reason: `one more up says ${step}` };
}

/** Whether an error says what it was about, in one line, without a page, a stack or a secret. */
function isClear(error: string): boolean {
  return /^(GET|POST|PUT|DELETE) \/projects\/\d+/.test(error) && !/[<\n]|canary|undefined|\bat .*:\d+/.test(error);
}

function differing(wanted: string, found: string): string {
  const [before, after] = [wanted.split("\n"), found.split("\n")];
  const lost = before.filter((line) => !after.includes(line)).map((line) => `- ${line.trim()}`);
  const fresh = after.filter((line) => !before.includes(line)).map((line) => `+ ${line.trim()}`);
  return [...lost, ...fresh].join("; ");
}
