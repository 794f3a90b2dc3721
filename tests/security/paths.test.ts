import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import { promisify } from "node:util";
import * as gitlab from "../../provider";
import { ProviderProcess } from "../contract/support/provider-process";
import { asProgram } from "../contract/support/program";
import { Folders } from "../engine/import/support/command";
import { json, listen, serveTls, tlsFile, type Running } from "../unit/client/server";

const files = { cacertFile: tlsFile("ca.pem"), clientCert: tlsFile("client.pem"), clientKey: tlsFile("client.key") };
const hook = { id: 7, url: "https://ci.example.com", push_events: true };
const known: Readonly<Record<string, unknown>> = {
  "/projects/acme%2Fshop": { id: 42, path_with_namespace: "acme/shop" },
  "/projects/42/hooks": [hook],
  "/projects/42/hooks/7": hook,
  "/projects/acme%2Fshop/hooks/7": hook,
};

/** A GitLab that wants a client certificate, and a proxy without which `gitlab.test` cannot be reached. */
let server: Running;
let proxy: http.Server;
const tunnels: string[] = [];
const sockets = new Set<net.Socket>();
const folders = new Folders();
let [baseUrl, through] = ["", ""];

beforeAll(async () => {
  const mutual: https.ServerOptions = {
    requestCert: true,
    rejectUnauthorized: true,
    ca: readFileSync(files.cacertFile),
  };
  server = await serveTls(({ url }, response) => {
    const body = known[url.replace("/api/v4", "").replace(/\?.*/, "")];
    return json(response, body === undefined ? 404 : 200, body ?? { message: "404 Not Found" });
  }, mutual);
  proxy = http.createServer().on("connect", (request, socket: net.Socket) => {
    tunnels.push(request.url ?? "");
    const onward = net.connect(server.port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      onward.pipe(socket).pipe(onward);
    });
    for (const end of [onward, socket]) sockets.add(end.on("error", () => undefined));
  });
  await listen(proxy);
  baseUrl = `https://gitlab.test:${server.port}`;
  through = `http://127.0.0.1:${(proxy.address() as net.AddressInfo).port}`;
});

afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  proxy.close();
  await server.close();
  folders.remove();
});

beforeEach(() => {
  tunnels.length = 0;
});

const settings = Object.fromEntries(Object.entries(files).map(([name, file]) => [`gitlab:${name}`, file]));

test("the provider process goes through the proxy, with the authority and the certificate of its configuration", async () => {
  const config = { "gitlab:baseUrl": baseUrl, "gitlab:token": "glpat-x", ...settings };
  const process = await ProviderProcess.start(config, { HTTPS_PROXY: through });
  try {
    const line = 'exports.handler = () => require("pulumi-gitlab-dynamic/handlers").handler("ProjectHook");';
    const { outputs } = await process.read("projects/42/hooks/7", { __provider: line, projectId: 42 });
    expect(outputs).toMatchObject({ hookId: 7, url: hook.url });
    expect(new Set(tunnels)).toEqual(new Set([`gitlab.test:${server.port}`]));
  } finally {
    await process.stop();
  }
});

test("data functions do, with those of their provider, and NO_PROXY leaves it aside", async () => {
  await asProgram();
  process.env.HTTPS_PROXY = through;
  try {
    const provider = new gitlab.Provider("one", { baseUrl, token: "glpat-x", ...files });
    expect(await gitlab.getProjectHook({ project: "acme/shop", hookId: 7 }, { provider })).toMatchObject({ id: 7 });
    expect(tunnels).toHaveLength(1);
    process.env.NO_PROXY = "127.0.0.1";
    const direct = new gitlab.Provider("two", { baseUrl: server.url, token: "glpat-x", ...files });
    expect(await gitlab.getProjectHook({ project: "acme/shop", hookId: 7 }, { provider: direct })).toMatchObject({
      id: 7,
    });
    expect(tunnels).toHaveLength(1);
  } finally {
    for (const name of ["HTTPS_PROXY", "NO_PROXY"]) Reflect.deleteProperty(process.env, name);
  }
});

test("the import does, with those of its options", async () => {
  const folder = folders.make();
  const options = ["--base-url", baseUrl, "--cacert-file", files.cacertFile, "--client-cert", files.clientCert];
  const args = [
    "import",
    "--project",
    "acme/shop",
    "--only",
    "hooks",
    "--out",
    folder,
    "--json",
    "--client-key",
    files.clientKey,
  ];
  const env = { PATH: process.env.PATH, HTTPS_PROXY: through, GITLAB_TOKEN: "glpat-x" };
  const command = require.resolve("../../bin/pulumi-gitlab.js");
  const { stdout } = await promisify(execFile)(process.execPath, [command, ...args, ...options], { env });
  expect(JSON.parse(stdout)).toMatchObject({ projects: 1, resources: { hooks: 1 } });
  expect(tunnels.length).toBeGreaterThan(0);
});

test("data functions warn of plain http to another machine, once", async () => {
  await asProgram();
  const spy = jest.spyOn(console, "warn").mockReturnValue();
  try {
    const provider = new gitlab.Provider("plain", { baseUrl: "http://gitlab.invalid", token: "glpat-x", retries: 0 });
    for (let n = 0; n < 2; n++) {
      await expect(gitlab.getProjectHook({ project: 42, hookId: 7 }, { provider })).rejects.toThrow(/cannot reach/);
    }
    expect(spy.mock.calls.filter(([text]) => String(text).includes("plain http"))).toHaveLength(1);
  } finally {
    spy.mockRestore();
  }
});
