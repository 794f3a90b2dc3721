import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import type { OutgoingHttpHeaders } from "node:http";
import {
  createClient,
  GitLabError,
  isNotFound,
  lacksCall,
  notFound,
  path,
  refusedWith,
  type Client,
} from "../../../provider/client";
import { settings, surroundings } from "./around";
import { json, serve, type Answering, type Running } from "./server";

const page = "<html><head><title>404 Not Found</title></head><body>nginx secret-in-a-page</body></html>";
const hook = path`/projects/${42}/hooks/${7}`;

let server: Running;

async function clientOf(answering: Answering, more: Readonly<Record<string, unknown>> = {}): Promise<Client> {
  server = await serve(answering);
  return createClient(settings(server.url, { retries: 0, ...more }), surroundings());
}

/** A client of a server that answers everything in one way. */
function clientOfOne(status: number, body: string | Buffer, headers: OutgoingHttpHeaders = {}): Promise<Client> {
  return clientOf((_, response) => response.writeHead(status, headers).end(body));
}

afterEach(async () => {
  await server.close();
});

async function failure(task: Promise<unknown>): Promise<GitLabError> {
  const error: unknown = await task.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof GitLabError) return error;
  throw new Error(`no GitLabError, but ${inspect(error)}`);
}

const asJson = { "content-type": "application/json" };
const calls: readonly (readonly [string, (client: Client) => Promise<unknown>])[] = [
  ["GET", (client) => client.get(hook)],
  ["POST", (client) => client.post(hook, {})],
  ["PUT", (client) => client.put(hook, {})],
  ["DELETE", (client) => client.delete(hook)],
];

describe("a 404 in a form of GitLab's API", () => {
  test.each([
    { message: "404 Project Not Found" },
    { message: "404 Not found" },
    { message: "404 Not Found" },
    { message: "404 Push rule Not Found" },
    { message: "404 Group Link Not Found" },
  ])("%j says that the object is not there", async (body) => {
    const client = await clientOfOne(404, JSON.stringify(body), asJson);
    for (const [, call] of calls) {
      expect(await call(client).catch(notFound)).toBeUndefined();
      const error = await failure(call(client));
      expect([isNotFound(error), lacksCall(error), refusedWith(error, 404)]).toEqual([true, false, true]);
    }
  });

  test("counts when it comes compressed, and without its type", async () => {
    const body = gzipSync(JSON.stringify({ message: "404 Not found" }));
    const client = await clientOfOne(404, body, { "content-encoding": "gzip" });
    expect(await client.get(hook).catch(notFound)).toBeUndefined();
  });

  test.each([
    [404, { error: "404 Not Found" }],
    [405, { error: "405 Not Allowed" }],
    [405, { message: "405 Method Not Allowed" }],
  ])("%d %j says that there is no such endpoint, and nothing of the object", async (status, body) => {
    const client = await clientOfOne(status, JSON.stringify(body), asJson);
    const error = await failure(client.get(hook).catch(notFound));
    expect([isNotFound(error), lacksCall(error)]).toEqual([false, true]);
    expect(error.hint).toBe("This GitLab has no such endpoint: its version or edition may lack it.");
    const byPath = await failure(client.get(path`/projects/${"acme/shop"}`));
    const deleted = await failure(client.delete(hook).catch(notFound));
    expect(deleted.hint).toMatch(/no such endpoint.*`pulumi state delete`/);
    expect(byPath.hint).toMatch(/no such endpoint.*a proxy in front of it decodes %2F in paths/);
  });

  test.each(["Not found", "Not Found"])("without its number, %s, it may be a lack of rights", async (message) => {
    const client = await clientOfOne(404, JSON.stringify({ message }), asJson);
    const error = await failure(client.delete(path`/projects/${42}/share/${9}`).catch(notFound));
    expect([isNotFound(error), lacksCall(error), refusedWith(error, 404)]).toEqual([false, false, true]);
    expect(error.message).toBe(`DELETE /projects/42/share/9: 404 ${message}`);
    expect(error.hint).toMatch(/may not do.*gitlab:baseUrl/);
  });
});

describe("a 404 of anything else", () => {
  const forms: readonly (readonly [string, string | Buffer, OutgoingHttpHeaders, string])[] = [
    [
      "a page",
      page,
      { "content-type": "text/html; charset=utf-8", server: "nginx/1.25.3" },
      "text/html, server: nginx",
    ],
    ["a page, compressed", gzipSync(page), { "content-type": "text/html", "content-encoding": "gzip" }, "text/html"],
    ["a page that claims to be JSON", page, asJson, "application/json, a web page"],
    ["a page without a type", page, {}, "no content type, a web page"],
    [
      "plain text",
      "404 page not found\n",
      { "content-type": "text/plain", server: "traefik" },
      "text/plain, server: traefik",
    ],
    ["plain text in GitLab's words", "404 Project Not Found", { "content-type": "text/plain" }, "text/plain"],
    ["XML", "<Error><Code>NoSuchKey</Code></Error>", { "content-type": "application/xml" }, "application/xml"],
    ["nothing", "", {}, "no content type, empty"],
    ["nothing, as JSON", " \n", asJson, "application/json, empty"],
    ["half of GitLab's JSON", '{"message":"404 Project Not Fou', asJson, "application/json"],
    ...[
      {},
      [],
      null,
      404,
      "not found",
      "404 Not found",
      [{ message: "404 Not found" }],
      { code: 404 },
      { message: null },
      { message: "" },
      { message: {} },
      { message: ["404 Not found"] },
      { message: { error: "404 Not found" } },
      { errors: ["404 Not found"] },
      { detail: "Not Found" },
      { error: "Not Found" },
      { error: "404 Project Not Found" },
      { message: "no Route matched with those values" },
      { message: "404 Not found", code: 404 },
      { message: "404 Not found", status: "404" },
      { error: "404 Not Found", statusCode: 404 },
      { statusCode: 404, error: "Not Found", message: "Route GET:/x not found" },
    ].map((body) => [JSON.stringify(body), JSON.stringify(body), asJson, "application/json"] as const),
  ];

  test.each(forms)("%s is an error that says what has answered", async (_form, body, headers, responder) => {
    const client = await clientOfOne(404, body, headers);
    for (const [method, call] of calls) {
      const error = await failure(call(client).catch(notFound));
      expect(error.message).toBe(
        `${method} /projects/42/hooks/7: 404 from something that is not GitLab's API (${responder}). ` +
          "Check gitlab:baseUrl and the proxy in front of it.",
      );
      expect([isNotFound(error), lacksCall(error), refusedWith(error, 404)]).toEqual([false, false, false]);
      expect([error.status, error.details, error.hint]).toEqual([404, [], undefined]);
    }
    expect(server.seen).toHaveLength(calls.length);
  });

  test("on the second page of a list ends the list with that error", async () => {
    const client = await clientOf((seen, response) => {
      if (seen.url.includes("page=2")) response.writeHead(404, { "content-type": "text/html" }).end(page);
      else json(response, 200, [{ id: 1 }], { "x-next-page": "2" });
    });
    const all = async () => {
      for await (const entry of client.list(path`/projects/${42}/hooks`)) expect(entry).toEqual({ id: 1 });
    };
    const error = await failure(all().catch(notFound));
    expect(error.message).toMatch(/^GET \/projects\/42\/hooks: 404 from something that is not GitLab's API/);
  });

  test("of a download is that error too", async () => {
    const client = await clientOfOne(404, page, { "content-type": "text/html" });
    const sink = () => Promise.reject(new Error("nothing is to be kept"));
    const error = await failure(client.download(path`/projects/${42}/avatar`, {}, sink).catch(notFound));
    expect(error.responder).toBe("text/html");
  });

  test("quotes no page, no token, and no more of a header than a word", async () => {
    const client = await clientOfOne(404, page, {
      "content-type": `text/html; boundary="glpat-canary-token"`,
      server: "glpat-canary-token here",
    });
    const error = await failure(client.get(hook));
    expect(error.responder).toBe("text/html, server: [gitlab:token]");
    expect(inspect(error, { depth: 9 })).not.toMatch(/secret-in-a-page|canary/);
    await server.close();
    const strange = await clientOfOne(404, "", { "content-type": `${"x".repeat(900)}/y`, server: "x".repeat(900) });
    expect((await failure(strange.get(hook))).message.length).toBeLessThan(250);
  });

  test("hides what the program gave where a header echoes it, and takes another way out", async () => {
    const client = await clientOfOne(404, "", { server: "hunter2" });
    const error = (await failure(client.get(hook))).redacted((text) => text.replace("hunter2", "[url]"));
    expect(error.responder).toBe("no content type, empty, server: [url]");
    expect(error.message).not.toContain("hunter2");
    expect(isNotFound(error) || refusedWith(error, 404)).toBe(false);
    const other = error.withHint("Do this.");
    expect([other.message, other.hint, other.responder]).toEqual([error.message, "Do this.", error.responder]);
  });
});

describe("another refusal of anything else", () => {
  test.each([400, 401, 403, 405, 409, 410, 422])("%d is not taken for GitLab's word", async (status) => {
    for (const [body, type] of [
      [page, "text/html"],
      ["not mirrored, has already been taken, resource lock, moved projects, offset", "text/plain"],
      ["", "text/html"],
      [JSON.stringify({ code: status, message: "not mirrored" }), "application/json"],
    ] as const) {
      const client = await clientOfOne(status, body, { "content-type": type });
      const error = await failure(client.put(hook, {}));
      expect(error.message).toMatch(new RegExp(`: ${status} from something that is not GitLab's API \\(${type}`));
      expect([refusedWith(error, status), lacksCall(error), error.status]).toEqual([false, false, status]);
      expect(server.seen).toHaveLength(1);
      await server.close();
    }
  });

  test("a 409 of a page is not tried again as a resource lock of GitLab's is", async () => {
    const client = await clientOf(
      (_, response) => response.writeHead(409, { "content-type": "text/plain" }).end("409 Conflict: Resource lock"),
      { retries: 3 },
    );
    await failure(client.post(hook, {}));
    expect(server.seen).toHaveLength(1);
  });

  test.each([407, 413, 429])("%d says the same from whoever it comes", async (status) => {
    const client = await clientOfOne(status, "Retry later\n", { "content-type": "text/plain" });
    expect((await failure(client.get(hook))).message).toBe(`GET /projects/42/hooks/7: ${status} Retry later`);
  });

  test("GitLab's own stays GitLab's word", async () => {
    const client = await clientOfOne(400, JSON.stringify({ message: "The project is not mirrored" }), asJson);
    const error = await failure(client.get(hook));
    expect([refusedWith(error, 400), refusedWith(error, 404), error.details]).toEqual([
      true,
      false,
      ["The project is not mirrored"],
    ]);
  });
});
