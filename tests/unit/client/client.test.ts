import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import axios from "axios";
import {
  clientFor,
  createClient,
  GitLabError,
  LostAnswerError,
  path,
  UnreachableError,
} from "../../../provider/client";
import { settings, surroundings } from "./around";
import { json, serve, type Answering, type Running } from "./server";

let server: Running;

async function clientOf(answering: Answering, more: Readonly<Record<string, unknown>> = {}) {
  server = await serve(answering);
  const around = surroundings();
  return { client: createClient(settings(server.url, more), around), around };
}

afterEach(async () => {
  await server.close();
});

async function failure(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error("should have failed");
}

describe("a request", () => {
  test("carries the token, the configured headers and our name", async () => {
    const { client } = await clientOf((_, response) => json(response, 200, { ok: true }), {
      headers: { "X-Gate": "open" },
    });
    const response = await client.get(path`/projects/${"acme/shop"}`, {
      simple: true,
      ids: [1, 2],
      nothing: undefined,
    });
    expect(response).toMatchObject({ status: 200, body: { ok: true } });
    const [seen] = server.seen;
    expect(seen?.url).toBe("/api/v4/projects/acme%2Fshop?simple=true&ids%5B%5D=1&ids%5B%5D=2");
    expect(seen?.headers).toMatchObject({ authorization: "Bearer glpat-canary-token", "x-gate": "open" });
    expect(seen?.headers["user-agent"]).toMatch(/^pulumi-gitlab-dynamic\/\d/);
    expect(seen?.headers["content-type"]).toBeUndefined();
  });

  test("carries nothing that another package has set for all of axios", async () => {
    const { headers, ...others } = axios.defaults;
    const interceptor = axios.interceptors.request.use(() => Promise.reject(new Error("not ours")));
    try {
      Object.assign(axios.defaults, { headers: { common: { "X-Stray": "1" } }, params: { stray: 1 }, timeout: 1 });
      const { client } = await clientOf((_, response) => setTimeout(() => json(response, 200, {}), 50));
      await client.get(path`/x`);
    } finally {
      axios.interceptors.request.eject(interceptor);
      Object.assign(axios.defaults, { params: undefined, ...others, headers });
    }
    expect(server.seen.map(({ url, headers: sent }) => [url, sent["x-stray"]])).toEqual([["/api/v4/x", undefined]]);
  });

  test("sends its body as JSON, hostile texts as they are", async () => {
    const { client } = await clientOf((_, response) => json(response, 201, {}));
    const body = { url: "a\nb\0\u202E", big: "x".repeat(1_000_000), list: [1], left: undefined };
    await client.post(path`/projects/${1}/hooks`, body);
    expect(JSON.parse(server.seen[0]?.body ?? "")).toEqual({ url: body.url, big: body.big, list: [1] });
    expect(server.seen[0]?.headers["content-type"]).toBe("application/json");
  });

  test("reads an empty answer, null and a false", async () => {
    const { client } = await clientOf((_, response, count) => {
      if (count === 1) response.writeHead(204).end();
      else if (count === 2) json(response, 200, null);
      else response.writeHead(304).end();
    });
    expect((await client.delete(path`/x`)).body).toBeUndefined();
    expect((await client.get(path`/x`)).body).toBeNull();
    expect((await client.get(path`/x`)).status).toBe(304);
  });

  test("is answered in compressed form as well, and no bomb of it is unpacked", async () => {
    const { client } = await clientOf((_, response, count) => {
      const text = count === 1 ? '{"ok":true}' : JSON.stringify("x".repeat(40 * 1024 * 1024));
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
      response.end(gzipSync(text));
    });
    expect((await client.get(path`/x`)).body).toEqual({ ok: true });
    expect((await failure(client.get(path`/x`))).message).toMatch(/longer than 32 MB/);
  });

  test("keeps its connection", async () => {
    const { client } = await clientOf((_, response) => json(response, 200, {}));
    for (let n = 0; n < 5; n++) await client.get(path`/x`);
    expect(new Set(server.seen.map(({ socket }) => socket)).size).toBe(1);
  });

  test("at most 16 are under way at once", async () => {
    const held: (() => void)[] = [];
    const batches: number[] = [];
    const { client } = await clientOf((_, response) => {
      held.push(() => json(response, 200, {}));
      if (held.length !== 16) return;
      // Time for a seventeenth to come, if there were one.
      setTimeout(() => {
        batches.push(held.length);
        for (const answer of held.splice(0)) answer();
      }, 30);
    });
    await Promise.all(Array.from({ length: 80 }, (_, n) => client.get(path`/x/${n}`)));
    expect(batches).toEqual([16, 16, 16, 16, 16]);
  });
});

describe("an error", () => {
  test("holds the texts of the answer, the way out, and nothing of the request", async () => {
    const { client } = await clientOf(
      (seen, response) =>
        json(response, 400, {
          message: { url: [`${seen.headers.authorization ?? ""} ${String(seen.headers["x-gate"])} echoed`] },
        }),
      { headers: { "X-Gate": "gate-canary" } },
    );
    const error = await failure(client.put(path`/projects/${42}/hooks/${1}`, { token: "body-canary" }));
    expect(error).toBeInstanceOf(GitLabError);
    expect(error.message).toBe("PUT /projects/42/hooks/1: 400 url Bearer [gitlab:token] [gitlab:headers] echoed");
    expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(/canary/);
  });

  test.each([
    [401, { message: "401 Unauthorized" }, /last `pulumi up`.*--run-program/],
    [403, { error: "insufficient_scope", error_description: "x", scope: "api" }, /scope `api`/],
    [403, { message: "403 Forbidden" }, /Maintainer.*licence tier/s],
    [404, { message: "404 Project Not Found" }, /cannot see it/],
  ])("%d says the way out", async (status, body, hint) => {
    const { client } = await clientOf((_, response) => json(response, status, body));
    const error = await failure(client.get(path`/projects/${42}`));
    expect(error).toMatchObject({ hint: expect.stringMatching(hint) as string });
    expect(server.seen).toHaveLength(1);
  });

  test("a web page with status 200 is no answer of GitLab", async () => {
    const { client } = await clientOf((_, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end("<html>Sign in</html>");
    });
    const read = await failure(client.get(path`/user`));
    expect(read).toBeInstanceOf(UnreachableError);
    expect(read.message).toMatch(/200, but with a web page/);
    expect(server.seen).toHaveLength(1);
    expect(await failure(client.post(path`/x`, {}))).toBeInstanceOf(LostAnswerError);
  });

  test("an answer without end is cut off", async () => {
    const { client } = await clientOf((_, response) => {
      const chunk = Buffer.alloc(1024 * 1024, "x");
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on("drain", more);
      more();
    });
    const error = await failure(client.get(path`/x`));
    expect(error.message).toMatch(/longer than 32 MB/);
    expect(server.seen).toHaveLength(1);
  });
});

describe("a moved project", () => {
  const moved: Answering = (seen, response) => {
    if (seen.url.startsWith("/api/v4/projects/42")) json(response, 200, { id: 42, path_with_namespace: "acme/new" });
    else if (seen.method === "GET") {
      response.writeHead(301, { location: `http://${seen.headers.host ?? ""}/api/v4/projects/42` }).end();
    } else json(response, 405, { message: "Non GET methods are not allowed for moved projects" });
  };

  test("is read where it is now", async () => {
    const { client } = await clientOf(moved);
    expect((await client.get(path`/projects/${"acme/old"}`, { statistics: true })).body).toMatchObject({ id: 42 });
    expect(server.seen[1]).toMatchObject({ url: "/api/v4/projects/42?statistics=true" });
    expect(server.seen[1]?.headers.authorization).toBe("Bearer glpat-canary-token");
  });

  test("a write names the new path", async () => {
    const { client } = await clientOf(moved);
    const error = await failure(client.put(path`/projects/${"acme/old"}/hooks/${7}`, {}));
    expect(error).toMatchObject({ status: 405, path: "/projects/acme/old/hooks/7" });
    expect(error).toMatchObject({ hint: "The project has moved to acme/new: name it by this path or by its id 42." });
  });
});

describe("a redirect", () => {
  test.each([
    ["to another host", "http://localhost"],
    ["to another scheme", "https://127.0.0.1"],
    ["out of the API", ""],
  ])("%s is not followed", async (_, prefix) => {
    const elsewhere = await serve((__, response) => json(response, 200, {}));
    const { client } = await clientOf((__, response) => {
      const location = prefix === "" ? "/users/sign_in" : `${prefix}:${elsewhere.port}/api/v4/x`;
      response.writeHead(302, { location }).end();
    });
    const error = await failure(client.get(path`/x`));
    expect(error).toMatchObject({ status: 302, hint: expect.stringMatching(/gitlab:baseUrl/) as string });
    expect(elsewhere.seen).toHaveLength(0);
    expect(server.seen).toHaveLength(1);
    await elsewhere.close();
  });

  test("of a write is not followed, and one that goes round ends", async () => {
    const { client } = await clientOf((seen, response) => {
      response.writeHead(307, { location: seen.url }).end();
    });
    expect(await failure(client.post(path`/x`, {}))).toMatchObject({ status: 307 });
    expect(server.seen).toHaveLength(1);
    expect(await failure(client.get(path`/x`))).toMatchObject({ status: 307 });
    expect(server.seen).toHaveLength(7);
  });
});

describe("a list", () => {
  const pages: Answering = (seen, response) => {
    const url = new URL(seen.url, "http://x");
    const page = Number(url.searchParams.get("page") ?? 1);
    url.searchParams.set("page", String(page + 1));
    // GitLab names its external address here, whichever one it was reached by.
    const next = `<https://external.test${url.pathname}${url.search}>; rel="next"`;
    const link = `<https://external.test/first>; rel="first"${page < 3 ? `, ${next}` : ""}`;
    json(response, 200, [page * 10, page * 10 + 1], { link });
  };

  async function all(list: AsyncIterable<unknown>): Promise<unknown[]> {
    const entries: unknown[] = [];
    for await (const entry of list) entries.push(entry);
    return entries;
  }

  test("goes over all pages, 100 at a time, on the configured origin only", async () => {
    const { client } = await clientOf(pages);
    expect(await all(client.list(path`/projects/${1}/hooks`, { search: "a b" }))).toEqual([10, 11, 20, 21, 30, 31]);
    expect(server.seen.map(({ url }) => url)).toEqual([
      "/api/v4/projects/1/hooks?per_page=100&search=a+b",
      "/api/v4/projects/1/hooks?per_page=100&search=a+b&page=2",
      "/api/v4/projects/1/hooks?per_page=100&search=a+b&page=3",
    ]);
  });

  test("fetches no page that nobody asks for", async () => {
    const { client } = await clientOf(pages);
    for await (const entry of client.list(path`/x`)) if (entry === 11) break;
    expect(server.seen).toHaveLength(1);
  });

  test("understands X-Next-Page alone, and ends when a page names itself", async () => {
    const { client } = await clientOf((_, response, count) => {
      json(response, 200, [count], { "x-next-page": count < 3 ? String(count + 1) : "" });
    });
    expect(await all(client.list(path`/x`))).toEqual([1, 2, 3]);
    await server.close();
    const round = await clientOf((seen, response) => json(response, 200, [1], { link: `<${seen.url}>; rel="next"` }));
    expect((await all(round.client.list(path`/x`))).length).toBeLessThan(4);
  });

  test("of something that is no list is an error", async () => {
    const { client } = await clientOf((_, response) => json(response, 200, { message: "no list" }));
    expect(await failure(all(client.list(path`/x`)))).toBeInstanceOf(UnreachableError);
  });
});

test("one client serves a configuration in the whole process", async () => {
  server = await serve((_, response) => json(response, 200, {}));
  const one = settings(server.url);
  expect(clientFor(one)).toBe(clientFor({ ...one }));
  expect(clientFor(one)).not.toBe(clientFor({ ...one, token: "another" }));
  expect((await clientFor(one).get(path`/x`)).status).toBe(200);
});
