import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { lazySdk } from "../../support/lazy-sdk";

/* The SDK's generated messages come without useful types, and the process under test speaks exactly these. */
/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-return, @typescript-eslint/no-explicit-any */
const repository = path.resolve(__dirname, "../../..");
const sdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));
const grpc: any = sdk("@grpc/grpc-js");
const structs: any = sdk("google-protobuf/google/protobuf/struct_pb");
const empties: any = sdk("google-protobuf/google/protobuf/empty_pb");
const statuses: any = sdk("./proto/status_pb");
const messages: any = sdk("./proto/provider_pb");
const services: any = sdk("./proto/provider_grpc_pb");
const engines: any = sdk("./proto/engine_grpc_pb");

/** Properties as the engine sends them. */
export type Props = Record<string, any>;

/** A line that the provider told the engine. */
export interface LogLine {
  readonly severity: "debug" | "info" | "warning" | "error";
  readonly message: string;
  readonly ephemeral: boolean;
}

/** What the engine would read out of a failure that left an object behind. */
export class InitFailed extends Error {
  constructor(
    readonly id: string,
    readonly properties: Props,
    readonly reasons: string[],
  ) {
    super(reasons.join("; "));
  }
}

const severities = ["debug", "info", "warning", "error"] as const;

/** The key of an object that stands for something else than a map, and its value where that is a secret. */
const signature = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** A value as an answer marks it as a secret. */
export function secret(value: unknown): Props {
  return { [signature]: secretSignature, value };
}

/** What the engine makes of an answer: the values of secrets, which come marked and are sent plain. */
function plain(value: any): any {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if (value[signature] === secretSignature) return plain(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

/** What anybody can read of an answer in the state: all but the values of secrets. */
export function inClear(value: any): any {
  if (Array.isArray(value)) return value.map(inClear);
  if (typeof value !== "object" || value === null) return value;
  if (value[signature] === secretSignature) return "[secret]";
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inClear(item)]));
}

/** The SDK's own dynamic-provider process, in a folder that depends on this package, and a client of it. */
export class ProviderProcess {
  readonly logs: LogLine[] = [];
  /** All that the process printed. */
  printed = "";
  /** Gets the properties of every answer as they come, secrets marked. */
  onAnswer: (properties: Props) => void = () => undefined;

  private constructor(
    private readonly folder: string,
    private readonly child: ChildProcess,
    private readonly client: any,
    private readonly engine: any,
    private readonly address: string,
  ) {}

  /**
   * Starts the process and configures it with `config`, whose keys are written `gitlab:token`.
   *
   * @param run a process of the same run, whose engine this one gets
   */
  static async start(
    config: Readonly<Record<string, unknown>>,
    env: NodeJS.ProcessEnv = {},
    run?: ProviderProcess,
  ): Promise<ProviderProcess> {
    const folder = mkdtempSync(path.join(tmpdir(), "provider-process-"));
    mkdirSync(path.join(folder, "node_modules/@pulumi"), { recursive: true });
    symlinkSync(repository, path.join(folder, "node_modules/pulumi-gitlab-dynamic"));
    symlinkSync(path.join(repository, "node_modules/@pulumi/pulumi"), path.join(folder, "node_modules/@pulumi/pulumi"));
    const lines: LogLine[] = [];
    const { server, address } = run ? { server: run.engine, address: run.address } : await startEngine(lines);
    const main = path.join(repository, "node_modules/@pulumi/pulumi/cmd/dynamic-provider");
    const child = spawn(process.execPath, [...lazySdk, main, address], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output = createInterface({ input: child.stdout });
    const [port] = (await once(output, "line")) as [string];
    const client = new services.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    const started = new ProviderProcess(folder, child, client, server, address);
    const collect = (text: unknown) => (started.printed += `${String(text)}\n`);
    output.on("line", collect);
    child.stderr.on("data", collect);
    (started as { logs: LogLine[] }).logs = run?.logs ?? lines;
    const request = new messages.ConfigureRequest();
    request.setArgs(struct(config));
    await started.call("configure", request);
    return started;
  }

  async stop(): Promise<void> {
    this.client.close();
    this.engine.forceShutdown();
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill();
      await once(this.child, "exit");
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The SIGKILL of an interrupted run. */
  kill(): void {
    this.child.kill("SIGKILL");
  }

  async check(olds: Props, news: Props): Promise<{ inputs: Props; failures: string[]; properties: string[] }> {
    const request = new messages.CheckRequest();
    request.setOlds(struct(olds));
    request.setNews(struct(news));
    const response = await this.call("check", request);
    const failures = response.getFailuresList();
    return {
      inputs: this.#propertiesOf(response.getInputs()),
      failures: failures.map((failure: any) => failure.getReason()),
      properties: failures.map((failure: any) => failure.getProperty()),
    };
  }

  async diff(id: string, olds: Props, news: Props): Promise<{ changes: boolean; replaces: string[] }> {
    const request = new messages.DiffRequest();
    request.setId(id);
    request.setOlds(struct(olds));
    request.setNews(struct(news));
    const response = await this.call("diff", request);
    return { changes: response.getChanges() !== 1, replaces: response.getReplacesList() };
  }

  async create(inputs: Props): Promise<{ id: string; outputs: Props }> {
    const request = new messages.CreateRequest();
    request.setProperties(struct(inputs));
    const response = await this.call("create", request);
    return { id: response.getId(), outputs: this.#propertiesOf(response.getProperties()) };
  }

  /** @returns an empty id where nothing is there */
  async read(id: string, props: Props): Promise<{ id: string; outputs: Props; inputs: Props | undefined }> {
    const request = new messages.ReadRequest();
    request.setId(id);
    request.setProperties(struct(props));
    const response = await this.call("read", request);
    return {
      id: response.getId(),
      outputs: this.#propertiesOf(response.getProperties()),
      inputs: response.hasInputs() ? this.#propertiesOf(response.getInputs()) : undefined,
    };
  }

  async update(id: string, olds: Props, news: Props): Promise<Props> {
    const request = new messages.UpdateRequest();
    request.setId(id);
    request.setOlds(struct(olds));
    request.setNews(struct(news));
    return this.#propertiesOf((await this.call("update", request)).getProperties());
  }

  async delete(id: string, props: Props): Promise<void> {
    const request = new messages.DeleteRequest();
    request.setId(id);
    request.setProperties(struct(props));
    await this.call("delete", request);
  }

  private call(method: string, request: unknown): Promise<any> {
    return new Promise((resolve, reject) => {
      this.client[method](request, (error: any, response: unknown) => {
        if (error) reject(this.#initFailure(error) ?? new Error(error.details));
        else resolve(response);
      });
    });
  }

  #initFailure(error: any): InitFailed | undefined {
    const [packed] = error.metadata?.get("grpc-status-details-bin") ?? [];
    if (!packed) return undefined;
    const [detail] = statuses.Status.deserializeBinary(packed).getDetailsList();
    const failure = detail.unpack(
      messages.ErrorResourceInitFailed.deserializeBinary,
      "pulumirpc.ErrorResourceInitFailed",
    );
    return new InitFailed(failure.getId(), this.#propertiesOf(failure.getProperties()), failure.getReasonsList());
  }

  #propertiesOf(answer: any): Props {
    const properties = answer?.toJavaScript() ?? {};
    this.onAnswer(properties);
    return plain(properties);
  }
}

function struct(value: unknown): unknown {
  return structs.Struct.fromJavaScript(value);
}

async function startEngine(lines: LogLine[]): Promise<{ server: any; address: string }> {
  const server = new grpc.Server();
  server.addService(engines.EngineService, {
    log: (call: any, done: (error: null, value: unknown) => void) => {
      const { request } = call;
      lines.push({
        severity: severities[request.getSeverity() as number] ?? "info",
        message: request.getMessage(),
        ephemeral: request.getEphemeral(),
      });
      done(null, new empties.Empty());
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error: Error | null, bound: number) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return { server, address: `127.0.0.1:${port}` };
}
