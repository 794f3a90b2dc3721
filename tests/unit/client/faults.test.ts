import net from "node:net";
import { inspect } from "node:util";
import {
  createClient,
  GitLabError,
  LostAnswerError,
  path,
  UnreachableError,
  type Client,
} from "../../../provider/client";
import { settings, surroundings } from "./around";
import { json, listen, serve, type Answering, type Running } from "./server";

const at = path`/projects/${42}/hooks/${7}`;
const body = { token: "body-canary" };

const calls: Readonly<Record<string, (client: Client) => Promise<unknown>>> = {
  GET: (client) => client.get(at),
  PUT: (client) => client.put(at, body),
  DELETE: (client) => client.delete(at),
  POST: (client) => client.post(at, body),
};

const html = "<html><body><h1>Bad Gateway</h1></body></html>";

/** Faults of one answer: what the server does, and whether a POST is certain not to have been done. */
const faults: readonly (readonly [name: string, fault: Answering, refused: boolean])[] = [
  ["429 with Retry-After", (_, response) => json(response, 429, {}, { "retry-after": "7" }), true],
  ["429 with a date", (_, response) => json(response, 429, {}, { "retry-after": dateIn(7), date: dateIn(0) }), true],
  [
    "429 with RateLimit-Reset",
    (_, response) => json(response, 429, {}, { "ratelimit-reset": String(secondsIn(7)) }),
    true,
  ],
  [
    "429 in plain text",
    (_, response) => response.writeHead(429, { "content-type": "text/plain" }).end("Retry later\n"),
    true,
  ],
  ["409 resource lock", (_, response) => json(response, 409, { message: "409 Conflict: Resource lock" }), true],
  ["500", (_, response) => json(response, 500, { message: "500 Internal Server Error" }), false],
  ["502 in HTML", (_, response) => response.writeHead(502, { "content-type": "text/html" }).end(html), false],
  ["503 in HTML", (_, response) => response.writeHead(503, { "content-type": "text/html" }).end(html), false],
  ["503 with Retry-After", (_, response) => response.writeHead(503, { "retry-after": "2" }).end(), false],
  ["504 in HTML", (_, response) => response.writeHead(504, { "content-type": "text/html" }).end(html), false],
  ["522 of a content network", (_, response) => response.writeHead(522).end(html), false],
  ["cut before the answer", (seen) => seen.socket.destroy(), false],
  ["reset before the answer", (seen) => seen.socket.resetAndDestroy(), false],
  ["half an answer with its length", half({ "content-length": "1000" }), false],
  ["half an answer in chunks", half({ "transfer-encoding": "chunked" }), false],
  [
    "half an answer up to the end",
    (_, response) => response.writeHead(200, { "content-type": "application/json", connection: "close" }).end('{"id":'),
    false,
  ],
  ["no HTTP", (seen) => seen.socket.end("SSH-2.0-OpenSSH\r\n"), false],
];

let server: Running;
let around = surroundings();

async function clientOf(answering: Answering, more: Readonly<Record<string, unknown>> = {}): Promise<Client> {
  server = await serve(answering);
  around = surroundings();
  return createClient(settings(server.url, more), around);
}

afterEach(() => server.close());

describe.each(faults)("%s", (_, fault, refused) => {
  test.each(Object.keys(calls))("%s", async (method) => {
    const client = await clientOf((seen, response, count) => {
      if (count === 1) fault(seen, response, count);
      else json(response, 200, { id: 7 });
    });
    if (method === "POST" && !refused) {
      const error = await failure(calls[method]?.(client));
      expect(error).toBeInstanceOf(LostAnswerError);
      expect(error.message).toMatch(/^POST \/projects\/42\/hooks\/7: the response was lost/);
      expect(server.seen).toHaveLength(1);
    } else {
      expect(await calls[method]?.(client)).toMatchObject({ status: 200, body: { id: 7 } });
      expect(server.seen).toHaveLength(2);
    }
  });

  test("for ever: a bounded number of tries and a clean error", async () => {
    const client = await clientOf(fault, { retries: 4, timeout: 3600 });
    const error = await failure(client.put(at, body));
    expect([GitLabError, LostAnswerError].some((kind) => error instanceof kind)).toBe(true);
    expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(/canary/);
    expect(server.seen.length).toBe(error instanceof GitLabError && error.status === 500 ? 3 : 5);
  });
});

test("GitLab's wait is kept", async () => {
  const client = await clientOf((_, response, count) => {
    if (count === 1) json(response, 429, {}, { "retry-after": "42" });
    else json(response, 200, {});
  });
  await client.get(at);
  expect(around.slept).toEqual([42_125]);
  expect(around.told).toEqual(["GitLab's rate limit is reached: going on in 42 s"]);
});

test("waits double, with chance in them, up to 30 s, and long ones are told", async () => {
  const client = await clientOf((_, response) => response.writeHead(502).end(), { timeout: 3600 });
  await failure(client.get(at));
  expect(around.slept).toEqual([375, 750, 1500, 3000, 6000, 12000, 22500, 22500, 22500, 22500]);
  expect(around.told[0]).toBe("GitLab answered 502: trying again in 6 s (5 of 10)");
});

test("the total time ends it before a wait that would not fit", async () => {
  const client = await clientOf((_, response) => json(response, 429, {}, { "retry-after": "3600" }), { timeout: 300 });
  const error = await failure(client.post(at, body));
  expect(error).toMatchObject({ status: 429, hint: expect.stringMatching(/gitlab:timeout/) as string });
  expect(around.slept).toEqual([]);
});

test("retries: 0 tries once", async () => {
  const client = await clientOf((_, response) => response.writeHead(503).end(), { retries: 0 });
  expect(await failure(client.get(at))).toMatchObject({ status: 503 });
  expect(server.seen).toHaveLength(1);
});

test("a single request may try less often", async () => {
  const client = await clientOf((_, response) => response.writeHead(503).end());
  expect(await failure(client.get(at, {}, { retries: 1 }))).toMatchObject({ status: 503 });
  expect(server.seen).toHaveLength(2);
});

describe("an answer that never comes", () => {
  test("is given up after a third of the time and asked for again", async () => {
    const client = await clientOf(
      (_, response, count) => {
        if (count > 1) json(response, 200, { id: 7 });
      },
      { timeout: 1.5 },
    );
    expect(await client.put(at, body)).toMatchObject({ body: { id: 7 } });
  });

  test("also when it drips", async () => {
    const client = await clientOf(
      (_, response) => {
        response.writeHead(200, { "content-type": "application/json" });
        const drip = setInterval(() => {
          if (response.destroyed) clearInterval(drip);
          else response.write(" ");
        }, 20);
      },
      { timeout: 1, retries: 1 },
    );
    const error = await failure(client.get(at));
    expect(error).toBeInstanceOf(UnreachableError);
    expect(error.message).toMatch(/no response within .* \(tried 2 times\)$/);
  });

  test("is a lost answer for a POST", async () => {
    const client = await clientOf(() => undefined, { timeout: 1 });
    expect(await failure(client.post(at, body))).toBeInstanceOf(LostAnswerError);
    expect(server.seen).toHaveLength(1);
  });

  test("is told of", async () => {
    const client = await clientOf(() => undefined, { timeout: 1, retries: 0 });
    await failure(client.put(at, body));
    expect(around.told).toEqual(["GitLab: no response yet to PUT /projects/42/hooks/7, waiting for it"]);
  });
});

describe("a server that accepts connections and says nothing", () => {
  test.each(["https", "http"])("by %s", async (scheme) => {
    const sockets: net.Socket[] = [];
    const mute = net.createServer((socket) => sockets.push(socket.on("error", () => undefined)));
    await listen(mute);
    server = await serve(() => undefined);
    const { port } = mute.address() as net.AddressInfo;
    const client = createClient(settings(`${scheme}://127.0.0.1:${port}`, { timeout: 1, retries: 1 }), surroundings());
    const error = await failure(client.post(at, body));
    // Before the TLS handshake is over nothing is sent; over plain http the request is.
    expect(error).toBeInstanceOf(scheme === "https" ? UnreachableError : LostAnswerError);
    for (const socket of sockets) socket.destroy();
    mute.close();
  });
});

test("a connection that the server has given up is not used for a POST", async () => {
  const client = await clientOf((_, response) => json(response, 200, {}, { "keep-alive": "timeout=1" }));
  await client.get(at);
  await new Promise((resolve) => setTimeout(resolve, 1200));
  await client.post(at, body);
  expect(new Set(server.seen.map(({ socket }) => socket)).size).toBe(2);
});

test.each([
  ["a gateway gave up", (_, response) => response.writeHead(504).end(html), 60_000],
  ["the connection broke", (seen) => seen.socket.destroy(), 15_000],
  ["a server failed", (_, response) => response.writeHead(502).end(html), 5_000],
] as const satisfies readonly (readonly [string, Answering, number])[])(
  "a lost answer says how long GitLab may still be at work: %s",
  async (_what, fault, settlesIn) => {
    const client = await clientOf(fault);
    expect(await failure(client.post(at, body))).toMatchObject({ settlesIn });
    const hasty = createClient(settings(server.url, { timeout: 30 }), surroundings());
    expect(await failure(hasty.post(at, body))).toMatchObject({ settlesIn: settlesIn / 10 });
  },
);

test("what a POST sent is not in the error when the server echoes it", async () => {
  const client = await clientOf((seen, response) => json(response, 500, { message: seen.body }));
  const error = await failure(client.post(at, body));
  expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(/canary/);
  expect(error.message).toMatch(/the response was lost \(500 Internal Server Error\)$/);
});

describe("a server that is not there", () => {
  test.each(Object.keys(calls))("%s is tried again, since nothing was sent", async (method) => {
    server = await serve((_, response) => json(response, 200, {}));
    await server.close();
    const { port } = server;
    around = surroundings();
    const held = {
      ...around,
      sleep: async (milliseconds: number) => {
        await around.sleep(milliseconds);
        if (around.slept.length === 3) server = await serve((_, response) => json(response, 200, { back: true }), port);
      },
    };
    const client = createClient(settings(`http://127.0.0.1:${port}`), held);
    expect(await calls[method]?.(client)).toMatchObject({ body: { back: true } });
    expect(server.seen).toHaveLength(1);
  });

  test("for ever: says what was tried and the way out", async () => {
    const closed = net.createServer();
    await listen(closed);
    const { port } = closed.address() as net.AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    server = await serve((_, response) => json(response, 200, {}));
    const client = createClient(settings(`http://127.0.0.1:${port}`, { retries: 2 }), surroundings());
    const error = await failure(client.post(at, body));
    expect(error).toBeInstanceOf(UnreachableError);
    expect(error.message).toBe(
      `POST /projects/42/hooks/7: cannot reach http://127.0.0.1:${port}: connection refused (tried 3 times)`,
    );
    expect(error).toMatchObject({ hint: expect.stringMatching(/gitlab:baseUrl/) as string });
  });

  test("one that has never answered is not waited for as long as one that has", async () => {
    server = await serve((_, response) => json(response, 200, {}));
    around = surroundings();
    const client = createClient(settings(server.url, { timeout: 3600 }), around);
    await server.close();
    await expect(client.get(at)).rejects.toThrow("connection refused (tried 6 times)");
    server = await serve((_, response) => json(response, 200, {}), server.port);
    await client.get(at);
    await server.close();
    await expect(client.get(at)).rejects.toThrow("connection refused (tried 11 times)");
  });

  test("an unknown host name is not worth many tries", async () => {
    server = await serve((_, response) => json(response, 200, {}));
    around = surroundings();
    const client = createClient(settings("http://gitlab.invalid"), around);
    const error = await failure(client.get(at));
    expect(error.message).toMatch(/the host name (is not known|could not be looked up)/);
  });
});

async function failure(promise: Promise<unknown> | undefined): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error("should have failed");
}

function half(headers: Record<string, string>): Answering {
  return (seen, response) => {
    response.writeHead(200, { "content-type": "application/json", ...headers });
    response.write('{"id":', () => {
      setTimeout(() => seen.socket.destroy(), 5);
    });
  };
}

function secondsIn(seconds: number): number {
  return Math.ceil(Date.now() / 1000) + seconds;
}

function dateIn(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toUTCString();
}
