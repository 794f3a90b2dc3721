import type { AddressInfo } from "node:net";
import net from "node:net";
import { Server, ServerCredentials, type sendUnaryData, type ServerUnaryCall } from "@grpc/grpc-js";
import * as pulumi from "@pulumi/pulumi";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { type LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { flush, info, status, warn } from "../../../provider/core/log";

const heard: LogRequest.AsObject[] = [];
let silent = false;
let server: Server;
let address: string;
let stderr: jest.SpyInstance;
const { argv } = process;

beforeAll(async () => {
  server = new Server();
  const unused = (_: unknown, callback: sendUnaryData<never>) => {
    callback(new Error("not used here"));
  };
  server.addService(EngineService, {
    log: (call: ServerUnaryCall<LogRequest, Empty>, callback: sendUnaryData<Empty>) => {
      heard.push(call.request.toObject());
      if (!silent) callback(null, new Empty());
    },
    getRootResource: unused,
    setRootResource: unused,
    startDebugging: unused,
    requirePulumiVersion: unused,
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  address = `127.0.0.1:${port}`;
});

beforeEach(() => {
  heard.length = 0;
  silent = false;
  stderr = jest.spyOn(process.stderr, "write").mockReturnValue(true);
});

afterEach(() => {
  process.argv = argv;
  stderr.mockRestore();
});

afterAll(() => {
  server.forceShutdown();
});

function startedWith(argument: string): void {
  process.argv = [process.execPath, argv[1] ?? "", argument];
}

const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/gitlab:ProjectHook::deploys";

test("a provider process speaks to the engine at its first argument", async () => {
  startedWith(address);
  status("waiting 12 s");
  await warn("the project is hidden", urn);
  await info("done");
  expect(heard).toEqual([
    { severity: LogSeverity.INFO, message: "waiting 12 s", urn: "", streamid: 0, ephemeral: true },
    { severity: LogSeverity.WARNING, message: "the project is hidden", urn, streamid: 0, ephemeral: false },
    { severity: LogSeverity.INFO, message: "done", urn: "", streamid: 0, ephemeral: false },
  ]);
  expect(stderr).not.toHaveBeenCalled();
});

test("lines arrive in the order in which they were said, and flush waits for all", async () => {
  startedWith(address);
  for (let n = 0; n < 50; n++) void warn(`line ${n}`);
  await flush();
  expect(heard.map(({ message }) => message)).toEqual(Array.from({ length: 50 }, (_, n) => `line ${n}`));
});

test.each(["", "--monitor", "index.ts", "/a/path:80", "http://127.0.0.1:80"])(
  "with %j as first argument it writes to stderr",
  async (argument) => {
    startedWith(argument);
    await warn("nobody listens");
    status("waiting");
    await flush();
    expect(stderr.mock.calls).toEqual([["warning: nobody listens\n"], ["info: waiting\n"]]);
  },
);

test("a program uses the engine of its SDK", async () => {
  startedWith("--stack=dev");
  pulumi.runtime.resetOptions("shop", "dev", 1, address, "", false, "");
  await warn("from a program", urn);
  expect(heard).toMatchObject([{ severity: LogSeverity.WARNING, message: "from a program", urn }]);
  expect(stderr).not.toHaveBeenCalled();
  pulumi.runtime.resetOptions("shop", "dev", 1, "", "", false, "");
});

test("an engine that does not answer holds nothing up for ever", async () => {
  startedWith(address);
  silent = true;
  await warn("no answer");
  expect(stderr.mock.calls).toEqual([["warning: no answer\n"]]);
});

test("an engine that is gone is no failure", async () => {
  const closed = net.createServer();
  await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  startedWith(`127.0.0.1:${port}`);
  await warn("gone");
  expect(stderr.mock.calls).toEqual([["warning: gone\n"]]);
});
