import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { DeploymentJson, RecordedCall } from "gitlab-sandbox/engine";

/** A series of recordings: steps taken one after the other on one stack. */
export type Series = "first" | "second" | "third";

/** The recordings of the real engine. */
export const RECORDINGS = join(__dirname, "..", "..", "..", "recordings");

/** What the real engine did in one step. */
export interface Recording {
  readonly calls: RecordedCall[];
  /** What the CLI printed, its exit status last. */
  readonly output: string;
  readonly state: DeploymentJson;
}

/** Reads the recording of a step. */
export function readRecording(series: Series, step: string): Recording {
  const read = (file: string): string => readFileSync(join(RECORDINGS, series, step, file), "utf8");
  return {
    calls: read("calls.jsonl")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as RecordedCall),
    output: read("output.txt"),
    state: JSON.parse(read("state.json")) as DeploymentJson,
  };
}

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** What a run makes up: seeds and tokens. */
const RANDOM_FIELDS = new Set(["randomSeed", "resourceStatusToken", "created", "modified"]);
/** Where the program and the SDK were: the recordings name the paths of another machine. */
const PLACE_FIELDS = new Set(["rootDirectory", "programDirectory", "sourcePosition", "stackTrace"]);
/** What later versions of the engine say of themselves in a handshake, which dynamic providers do not listen to. */
const LATER_FIELDS = new Set(["acceptsByteString", "loaderTarget", "mapperTarget", "resolverTarget"]);

/** A value without what differs from run to run: ports, UUIDs, random fields, places; ciphertexts are all alike. */
export function normalise(value: unknown): unknown {
  if (typeof value === "string") return normaliseText(value);
  if (Array.isArray(value)) return value.map(normalise);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .filter(([name]) => ![RANDOM_FIELDS, PLACE_FIELDS, LATER_FIELDS].some((fields) => fields.has(name)))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, item]) => [name, name === "ciphertext" ? "CIPHERTEXT" : normalise(item)] as const);
  return Object.fromEntries(entries);
}

function normaliseText(text: string): string {
  const uuid = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
  return text
    .replace(uuid, (found) => (found === UNKNOWN ? found : "UUID"))
    .replace(/^rpc error: code = \w+ desc = (Connection dropped|grpc: the client connection is closing)$/, "CUT OFF")
    .replace(/^127\.0\.0\.1:(\d+|PORT)$/, (found, port: string) => (port.length > 1 ? "127.0.0.1:PORT" : found));
}

/**
 * The calls to providers, as sequences by resource: within one resource the order counts, between resources it is
 * free, since the engine works on several at a time. The `Cancel` at the end is newer than the recordings.
 */
export function providerCalls(calls: readonly RecordedCall[]): Record<string, unknown[]> {
  const sequences: Record<string, unknown[]> = {};
  for (const { method, request, response, errors } of calls) {
    if (!method.startsWith("ResourceProvider/") || method.endsWith("/Cancel")) continue;
    // The version is that of the SDK that is installed.
    const answer = method.endsWith("/GetPluginInfo") ? {} : response;
    const key = typeof request.urn === "string" ? request.urn : method;
    (sequences[key] ??= []).push(normalise({ method, request, response: answer, errors }));
  }
  for (const sequence of Object.values(sequences)) sequence.sort(inAnyOrder);
  return sequences;
}

/** A provider is compared with the old one of each resource that moves to it: between these, too, the order is free. */
function inAnyOrder(a: unknown, b: unknown): number {
  const [one, other] = [a, b].map((call) => JSON.stringify(call));
  if (!one?.includes("/DiffConfig") || !other?.includes("/DiffConfig")) return 0;
  return one < other ? -1 : 1;
}

/** What the program was answered, by method and resource, without what it sent. */
export function programCalls(calls: readonly RecordedCall[]): Record<string, unknown> {
  const answers: Record<string, unknown> = {};
  for (const { method, request, response } of calls) {
    if (!/^ResourceMonitor\/(RegisterResource|ReadResource|RegisterResourceOutputs)$/.test(method)) continue;
    const urn = response?.urn ?? request.urn;
    answers[`${method} ${String(urn)}`] = normalise({ response, outputs: request.outputs });
  }
  return answers;
}

/** The sequences in which a call failed that the provider does implement. */
export function failedSequences(sequences: Record<string, unknown[]>): string[] {
  return Object.keys(sequences).filter((key) => JSON.stringify(sequences[key]).includes("rpc error: code = Unknown"));
}

/**
 * The resources and pending operations of a state, in an order that does not depend on what finished first. Where a
 * step failed, it is chance which other resources were registered before, which shows in the empty lists that a
 * refresh had dropped: `cutOff` leaves them out.
 */
export function stateContent({ deployment }: DeploymentJson, cutOff = false): unknown {
  const sorted = (list: readonly Record<string, unknown>[] = []): unknown[] =>
    list
      .map((item) => normalise(cutOff ? { ...item, propertyDependencies: needed(item.propertyDependencies) } : item))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return {
    resources: sorted(deployment.resources),
    pending: sorted(deployment.pending_operations),
  };
}

function needed(propertyDependencies: unknown): unknown {
  return Object.fromEntries(Object.entries(propertyDependencies ?? {}).filter(([, urns]) => String(urns) !== ""));
}

/** Which engine a state names as its author. */
export function authorOf({
  deployment: { manifest },
}: DeploymentJson): Partial<DeploymentJson["deployment"]["manifest"]> {
  return { version: manifest.version, magic: manifest.magic };
}

/** The lines under `Resources:`. */
export function resourceCounts(output: string): string[] {
  const [, after = ""] = output.split(/^Resources:$/m);
  const lines = after.split("\n").map((line) => line.trim());
  const counts = lines.slice(1);
  return counts.slice(
    0,
    counts.findIndex((line) => !/^(\S*\s?\d+ \w|\d+ changes\.)/.test(line)),
  );
}
