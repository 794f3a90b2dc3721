import { createRequire } from "node:module";
import type { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { currentOperation } from "./operation";

type Severity = "INFO" | "WARNING";

interface Line {
  readonly severity: Severity;
  readonly text: string;
  readonly urn: string;
  /** Shown while it lasts, and not kept. */
  readonly ephemeral: boolean;
}

/** The parts of `@pulumi/pulumi` that speak to the engine's log service. */
interface Engine {
  readonly client: Pick<EngineClient, "log">;
  readonly proto: {
    readonly LogRequest: typeof LogRequest;
    readonly LogSeverity: typeof LogSeverity;
  };
  /** Keeps the program's connection open until it is called. */
  readonly done?: (() => void) | undefined;
}

/** Milliseconds that the engine has to take a line. */
const deliveryLimit = 5_000;

const engines = new Map<string, Engine>();
let lastLine: Promise<void> = Promise.resolve();

/**
 * Shows a warning in the engine's output, at the resource of the URN when one is given.
 *
 * The promise ends when the engine has it; it never fails: what the engine does not take goes to stderr.
 */
export function warn(text: string, urn = ""): Promise<void> {
  return enqueue({ severity: "WARNING", text, urn, ephemeral: false });
}

/** Shows a line in the engine's output, like {@link warn}. */
export function info(text: string, urn = ""): Promise<void> {
  return enqueue({ severity: "INFO", text, urn, ephemeral: false });
}

/** Shows a line while something lasts: the next one takes its place, and none is kept. */
export function status(text: string, urn = ""): void {
  void enqueue({ severity: "INFO", text, urn, ephemeral: true });
}

/** Ends when every line so far is delivered. */
export function flush(): Promise<void> {
  return lastLine;
}

function enqueue(line: Line): Promise<void> {
  const operation = currentOperation();
  if (operation) {
    if (!line.ephemeral) operation.report(line.severity === "WARNING" ? "warning" : "info", line.text);
    return Promise.resolve();
  }
  // One after the other, so that they appear in the order in which they were said.
  lastLine = lastLine.then(async () => {
    try {
      const engine = findEngine();
      if (engine) await deliver(engine, line);
      else writeToStderr(line);
    } catch {
      writeToStderr(line);
    }
  });
  return lastLine;
}

function findEngine(): Engine | undefined {
  const address = engineAddress();
  if (address === undefined) return engineOfProgram();
  const engine = engines.get(address) ?? engineAt(address);
  engines.set(address, engine);
  return engine;
}

/**
 * The address of the engine that started this provider process: the same for all processes of a run, another one in
 * another run.
 *
 * @returns undefined in any other process
 */
export function engineAddress(): string | undefined {
  const [, , text] = process.argv;
  return text !== undefined && isAddress(text) ? text : undefined;
}

/** The provider process gets the engine's address as its first argument; a program or a test gets other things there. */
function isAddress(text: string): boolean {
  return /^(\[[0-9a-f:.]+\]|[\w.-]+):\d{1,5}$/i.test(text);
}

/**
 * A client from the copy of the SDK that this process runs: its script lies inside `@pulumi/pulumi`.
 *
 * gRPC is a dependency of the SDK and not ours, and the generated code only takes credentials made by the copy it uses itself.
 */
function engineAt(address: string): Engine {
  const requireSdk = sdkRequire();
  const grpc = requireSdk("@grpc/grpc-js") as typeof import("@grpc/grpc-js");
  const services = requireSdk(
    "@pulumi/pulumi/proto/engine_grpc_pb",
  ) as typeof import("@pulumi/pulumi/proto/engine_grpc_pb");
  const client = new services.EngineClient(address, grpc.credentials.createInsecure());
  return { client, proto: requireSdk("@pulumi/pulumi/proto/engine_pb") as Engine["proto"] };
}

function sdkRequire(): NodeJS.Require {
  for (const from of [process.argv[1], __filename]) {
    try {
      if (from !== undefined) return createRequire(createRequire(from).resolve("@pulumi/pulumi/package.json"));
    } catch {
      continue;
    }
  }
  throw new Error("@pulumi/pulumi is not installed");
}

/** In a program the SDK holds a client itself; where it is not loaded, nothing has an engine. */
function engineOfProgram(): Engine | undefined {
  const requireSdk = createRequire(__filename);
  const main = requireSdk.resolve("@pulumi/pulumi");
  if (requireSdk.cache[main] === undefined) return undefined;
  const { runtime } = requireSdk(main) as typeof import("@pulumi/pulumi");
  const client = runtime.getEngine();
  if (client === undefined) return undefined;
  const proto = requireSdk("@pulumi/pulumi/proto/engine_pb") as Engine["proto"];
  return { client, proto, done: runtime.rpcKeepAlive() };
}

function deliver({ client, proto, done }: Engine, line: Line): Promise<void> {
  const request = new proto.LogRequest();
  request.setSeverity(proto.LogSeverity[line.severity]);
  request.setMessage(line.text);
  request.setUrn(line.urn);
  request.setEphemeral(line.ephemeral);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      call.cancel();
    }, deliveryLimit);
    const call = client.log(request, (error) => {
      clearTimeout(timer);
      done?.();
      if (error) reject(error);
      else resolve();
    });
  });
}

function writeToStderr({ severity, text }: Line): void {
  process.stderr.write(`${severity === "WARNING" ? "warning" : "info"}: ${text}\n`);
}
