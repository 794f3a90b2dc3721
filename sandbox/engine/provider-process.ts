import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface, type Interface } from "node:readline";

import { Metadata } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

import type { Diagnostics } from "./diagnostics";
import { connect, unary } from "./rpc";

/** Where a process of the program's own SDK starts from. */
export interface ProcessSettings {
  /** The program's folder: the SDK and the provider's code are looked up from here. */
  readonly directory: string;
  /** Added to this process's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** The address of the engine's own services. */
  readonly engineAddress: string;
  readonly diagnostics: Diagnostics;
}

/** The folder of the `@pulumi/pulumi` that a program in a folder uses. Throws when there is none. */
export function sdkDirectory(directory: string): string {
  const requireFrom = createRequire(join(directory, "program.js"));
  try {
    return dirname(requireFrom.resolve("@pulumi/pulumi/package.json"));
  } catch {
    throw new Error(`@pulumi/pulumi is not installed for the program in ${directory}`);
  }
}

const START_SECONDS = 60;
/** How long a process gets to take note that it is to stop. */
const CANCEL_MS = 5000;

/** A dynamic-provider process of the program's own SDK. */
export class ProviderProcess {
  private constructor(
    readonly client: ResourceProviderClient,
    /** The folder the provider was started from, as the handshake names it. */
    readonly directory: string,
    private readonly child: ChildProcess,
  ) {}

  /** Starts one and waits until it listens. Throws when it ends or says nothing instead. */
  static async start(settings: ProcessSettings): Promise<ProviderProcess> {
    const script = join(sdkDirectory(settings.directory), "cmd", "dynamic-provider");
    const child = spawn(process.execPath, [script, settings.engineAddress], {
      cwd: settings.directory,
      env: { ...process.env, ...settings.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output = createInterface({ input: child.stdout });
    // What a provider prints is shown as lines of the stack.
    createInterface({ input: child.stderr }).on("line", (line) => {
      settings.diagnostics.report("info#err", line);
    });
    const port = await firstLine(output, child);
    output.on("line", (line) => {
      settings.diagnostics.report("info", line);
    });
    return new ProviderProcess(connect(ResourceProviderClient, `127.0.0.1:${port}`), dirname(script), child);
  }

  /** Ends the process at once; calls to it fail. */
  kill(): void {
    this.child.kill("SIGKILL");
  }

  /** Asks the process to stop what it is doing, then ends it. */
  async close(): Promise<void> {
    // One that answers nothing any more must not keep the operation from its end.
    const options = { deadline: Date.now() + CANCEL_MS };
    const { client } = this;
    await unary<Empty>((done) => client.cancel(new Empty(), new Metadata(), options, done)).catch(() => undefined);
    this.client.close();
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await ended;
  }
}

function firstLine(output: Interface, child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`the provider process did not say its port within ${START_SECONDS} seconds`));
    }, START_SECONDS * 1000);
    output.once("line", (line) => {
      clearTimeout(timer);
      resolve(line.trim());
    });
    child.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`the provider process ended with ${code ?? "a signal"} before it listened`));
    });
    child.once("error", reject);
  });
}
