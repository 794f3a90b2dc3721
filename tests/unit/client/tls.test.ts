import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import { createClient, LostAnswerError, path, UnreachableError } from "../../../provider/client";
import { settings, surroundings } from "./around";
import { json, listen, serve, serveTls, tlsFile, type Answering, type Running } from "./server";

const ok: Answering = (_, response) => json(response, 200, { ok: true });
const ca = tlsFile("ca.pem");
const clientCertificate = { clientCert: tlsFile("client.pem"), clientKey: tlsFile("client.key") };
const mutual: https.ServerOptions = { requestCert: true, rejectUnauthorized: true, ca: readFileSync(ca) };

/** A proxy on loopback, with the targets it was asked for and the logins it was given. */
interface Proxy {
  readonly url: string;
  readonly targets: string[];
  readonly logins: (string | undefined)[];
  close(): Promise<void>;
}

/** Starts a proxy that knows the host `gitlab.test`, tunnels by CONNECT and forwards plain http. */
async function startProxy(options: { tls?: boolean; answer?: number } = {}): Promise<Proxy> {
  const key = readFileSync(tlsFile("server.key"));
  const cert = readFileSync(tlsFile("server.pem"));
  const server = options.tls === true ? https.createServer({ key, cert }) : http.createServer();
  const targets: string[] = [];
  const logins: (string | undefined)[] = [];
  const sockets = new Set<net.Socket>();
  server.on("connection", (socket: net.Socket) => sockets.add(socket));
  server.on("connect", (request: http.IncomingMessage, socket: net.Socket) => {
    targets.push(request.url ?? "");
    logins.push(request.headers["proxy-authorization"]);
    socket.on("error", () => undefined);
    if (options.answer !== undefined) {
      socket.end(`HTTP/1.1 ${options.answer} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const upstream = net.connect(Number(request.url?.split(":").at(-1)), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on("error", () => socket.destroy());
    sockets.add(upstream);
  });
  server.on("request", (request: http.IncomingMessage, response: http.ServerResponse) => {
    targets.push(request.url ?? "");
    logins.push(request.headers["proxy-authorization"]);
    const url = new URL(request.url ?? "");
    const onward = http.request(
      { host: "127.0.0.1", port: url.port, path: url.pathname, method: request.method, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(response);
      },
    );
    request.pipe(onward);
  });
  await listen(server);
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      for (const socket of sockets) socket.destroy();
    });
  const { port } = server.address() as net.AddressInfo;
  return { url: `${options.tls === true ? "https://localhost" : "http://127.0.0.1"}:${port}`, targets, logins, close };
}

const environment = ["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"] as const;
const closing: { close(): Promise<void> }[] = [];

function closeLater<T extends { close(): Promise<void> }>(thing: T): T {
  closing.push(thing);
  return thing;
}

afterEach(async () => {
  for (const name of environment) Reflect.deleteProperty(process.env, name);
  await Promise.all(closing.splice(0).map((thing) => thing.close()));
});

function clientOf(baseUrl: string, more: Readonly<Record<string, unknown>> = {}) {
  return createClient(settings(baseUrl, { retries: 1, ...more }), surroundings());
}

async function failure(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error("should have failed");
}

/** How the server is reached: its base URL, after setting up what the way needs. */
const ways: readonly (readonly [string, (server: Running) => Promise<string>])[] = [
  ["directly", (server) => Promise.resolve(server.url)],
  [
    "through an http proxy",
    async (server) => {
      process.env.HTTPS_PROXY = closeLater(await startProxy()).url;
      return `https://gitlab.test:${server.port}`;
    },
  ],
];

describe.each(ways)("%s", (_, reach) => {
  test("an unknown authority is refused, at once and in plain words", async () => {
    const server = closeLater(await serveTls(ok));
    const error = await failure(clientOf(await reach(server)).post(path`/x`, {}));
    expect(error).toBeInstanceOf(UnreachableError);
    expect(error.message).toMatch(/certificate is not trusted \([A-Z_]+\)$/);
    expect(error).toMatchObject({ hint: expect.stringMatching(/gitlab:cacertFile/) as string });
    expect(server.seen).toHaveLength(0);
  });

  test("cacertFile makes it known, and the connection is kept", async () => {
    const server = closeLater(await serveTls(ok));
    const client = clientOf(await reach(server), { cacertFile: ca });
    for (let n = 0; n < 4; n++) expect((await client.get(path`/x`)).body).toEqual({ ok: true });
    expect(new Set(server.seen.map(({ socket }) => socket)).size).toBe(1);
  });

  test("insecure accepts it", async () => {
    const server = closeLater(await serveTls(ok));
    expect((await clientOf(await reach(server), { insecure: true }).get(path`/x`)).status).toBe(200);
  });

  test("the client certificate is shown", async () => {
    const server = closeLater(await serveTls(ok, mutual));
    const client = clientOf(await reach(server), { cacertFile: ca, ...clientCertificate });
    expect((await client.post(path`/x`, {})).status).toBe(200);
  });

  test("the client certificate may be given as text", async () => {
    const server = closeLater(await serveTls(ok, mutual));
    const clientCert = readFileSync(clientCertificate.clientCert, "utf8");
    const clientKey = readFileSync(clientCertificate.clientKey, "utf8");
    const client = clientOf(await reach(server), { cacertFile: ca, clientCert, clientKey });
    expect((await client.get(path`/x`)).status).toBe(200);
  });

  test.each(["TLSv1.2", "TLSv1.3"] as const)(
    "without it a server that wants one is no lost answer, %s",
    async (version) => {
      const server = closeLater(await serveTls(ok, { ...mutual, maxVersion: version }));
      const error = await failure(clientOf(await reach(server), { cacertFile: ca }).post(path`/x`, {}));
      expect(error).toBeInstanceOf(UnreachableError);
      expect(error).toMatchObject({ hint: expect.stringMatching(/gitlab:clientCert/) as string });
      expect(server.seen).toHaveLength(0);
    },
  );

  test("an answer that is lost stays one for a POST, and is asked for again for a PUT", async () => {
    const server = closeLater(
      await serveTls((seen, response, count) => (count < 3 ? seen.socket.destroy() : ok(seen, response, count))),
    );
    const client = clientOf(await reach(server), { cacertFile: ca });
    expect(await failure(client.post(path`/x`, {}))).toBeInstanceOf(LostAnswerError);
    expect((await client.put(path`/x`, {})).status).toBe(200);
  });
});

test("a certificate for another host is refused", async () => {
  const server = closeLater(await serveTls(ok));
  process.env.HTTPS_PROXY = closeLater(await startProxy()).url;
  const error = await failure(clientOf(`https://other.test:${server.port}`, { cacertFile: ca }).get(path`/x`));
  expect(error.message).toMatch(/certificate is for another host name$/);
});

test("a certificate that is for clients is refused at once", async () => {
  const server = closeLater(
    await serveTls(ok, { cert: readFileSync(tlsFile("client.pem")), key: readFileSync(tlsFile("client.key")) }),
  );
  const error = await failure(clientOf(`https://localhost:${server.port}`, { cacertFile: ca }).get(path`/x`));
  expect(error.message).toMatch(/certificate is not trusted \(INVALID_PURPOSE\)$/);
});

test("https to a server that speaks http", async () => {
  const server = closeLater(await serve(ok));
  const error = await failure(clientOf(server.url.replace("http", "https")).post(path`/x`, {}));
  expect(error).toBeInstanceOf(UnreachableError);
  expect(error).toMatchObject({ hint: expect.stringMatching(/speaks http/) as string });
});

describe("a proxy", () => {
  test("is asked for a tunnel to the name, and given its login, which GitLab never sees", async () => {
    const server = closeLater(await serveTls(ok));
    const proxy = closeLater(await startProxy());
    process.env.HTTPS_PROXY = proxy.url.replace("://", "://us%40er:p%3Ass@");
    await clientOf(`https://gitlab.test:${server.port}`, { cacertFile: ca }).get(path`/x`);
    expect(proxy.targets).toEqual([`gitlab.test:${server.port}`]);
    expect(proxy.logins).toEqual([`Basic ${Buffer.from("us@er:p:ss").toString("base64")}`]);
    expect(server.seen[0]?.headers).toMatchObject({ host: `gitlab.test:${server.port}` });
    expect(server.seen[0]?.headers["proxy-authorization"]).toBeUndefined();
  });

  test("may itself be reached over TLS", async () => {
    const server = closeLater(await serveTls(ok));
    const proxy = closeLater(await startProxy({ tls: true }));
    process.env.HTTPS_PROXY = proxy.url;
    const client = clientOf(`https://gitlab.test:${server.port}`, { cacertFile: ca });
    expect((await client.get(path`/x`)).status).toBe(200);
    expect(proxy.targets).toHaveLength(1);
  });

  test("forwards plain http", async () => {
    const server = closeLater(await serve(ok));
    const proxy = closeLater(await startProxy());
    process.env.HTTP_PROXY = proxy.url.replace("://", "://me:secret@");
    const client = clientOf(`http://gitlab.test:${server.port}`);
    expect((await client.get(path`/projects/${"a/b"}`)).status).toBe(200);
    expect(proxy.targets).toEqual([`http://gitlab.test:${server.port}/api/v4/projects/a%2Fb`]);
    expect(proxy.logins).toEqual([`Basic ${Buffer.from("me:secret").toString("base64")}`]);
  });

  test("is left aside by NO_PROXY", async () => {
    const server = closeLater(await serveTls(ok));
    const proxy = closeLater(await startProxy());
    process.env.HTTPS_PROXY = proxy.url;
    process.env.NO_PROXY = "127.0.0.1";
    expect((await clientOf(server.url, { cacertFile: ca }).get(path`/x`)).status).toBe(200);
    expect(proxy.targets).toEqual([]);
  });

  test.each([
    [407, 1, /asks for a user name and a password/],
    [403, 1, /the proxy 127\.0\.0\.1:\d+ refused the connection \(403\)/],
    [503, 2, /refused the connection \(503\) \(tried 2 times\)/],
  ])("that answers %d is not taken for GitLab, and nothing was sent", async (answer, tries, message) => {
    const server = closeLater(await serveTls(ok));
    const proxy = closeLater(await startProxy({ answer }));
    process.env.HTTPS_PROXY = proxy.url.replace("://", "://me:proxy-canary@");
    const error = await failure(clientOf(`https://gitlab.test:${server.port}`).post(path`/x`, {}));
    expect(error).toBeInstanceOf(UnreachableError);
    expect(error.message).toMatch(message);
    expect(error.message).not.toMatch(/canary/);
    expect(proxy.targets).toHaveLength(tries);
    expect(server.seen).toHaveLength(0);
  });

  test("that is not there is named", async () => {
    const proxy = await startProxy();
    await proxy.close();
    process.env.HTTPS_PROXY = proxy.url;
    const error = await failure(clientOf("https://gitlab.test").post(path`/x`, {}));
    expect(error.message).toMatch(
      /cannot reach https:\/\/gitlab\.test: the proxy 127\.0\.0\.1:\d+: connection refused/,
    );
  });

  test("that hangs up is named", async () => {
    const rude = net.createServer((socket) => socket.destroy());
    await listen(rude);
    process.env.HTTPS_PROXY = `http://127.0.0.1:${(rude.address() as net.AddressInfo).port}`;
    const error = await failure(clientOf("https://gitlab.test").post(path`/x`, {}));
    expect(error).toBeInstanceOf(UnreachableError);
    expect(error.message).toMatch(/the proxy 127\.0\.0\.1:\d+: the connection was closed/);
    await new Promise((resolve) => rude.close(resolve));
  });

  test("with a malformed address is an error that does not quote it", async () => {
    process.env.HTTPS_PROXY = "socks5://me:proxy-canary@127.0.0.1:1080";
    const error = await failure(clientOf("https://gitlab.test").get(path`/x`));
    expect(error).toBeInstanceOf(UnreachableError);
    expect(error.message).toMatch(/HTTPS_PROXY must be an http/);
    expect(error.message).not.toMatch(/canary/);
  });
});

test("a certificate file without a certificate is named by its setting", async () => {
  const error = await failure(clientOf("https://gitlab.test", { cacertFile: __filename }).get(path`/x`));
  expect(error).toBeInstanceOf(UnreachableError);
  expect(error.message).toMatch(/gitlab:cacertFile/);
});
