import { createClient, GitLabError, path, UnreachableError, type BodyConsumer } from "../../../provider/client";
import { settings, surroundings } from "./around";
import { json, serve, type Answering, type Running } from "./server";

let server: Running;

async function clientOf(answering: Answering, more: Readonly<Record<string, unknown>> = {}) {
  server = await serve(answering);
  return createClient(settings(server.url, more), surroundings());
}

afterEach(async () => {
  await server.close();
});

describe("a form", () => {
  test("goes as multipart, and again when GitLab turned it away", async () => {
    const client = await clientOf((_, response, count) =>
      count === 1 ? response.writeHead(429, { "retry-after": "1" }).end() : json(response, 201, { alt: "logo" }),
    );
    const form = new FormData();
    form.set("file", new Blob(["pixels"], { type: "image/png" }), "logo.png");
    form.set("name", "x");
    expect((await client.post(path`/projects/${42}/uploads`, form)).body).toEqual({ alt: "logo" });
    expect(server.seen).toHaveLength(2);
    for (const { headers, body } of server.seen) {
      expect(headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
      expect(headers.authorization).toBe("Bearer glpat-canary-token");
      expect(body).toMatch(/name="file"; filename="logo.png"\r\nContent-Type: image\/png\r\n\r\npixels\r\n/);
      expect(body).toMatch(/name="name"\r\n\r\nx\r\n/);
    }
  });
});

describe("a download", () => {
  /** Keeps what arrived, each try by itself. */
  function keeping(): { readonly sink: BodyConsumer; readonly tries: string[] } {
    const tries: string[] = [];
    return {
      tries,
      sink: async (chunks) => {
        const at = tries.push("") - 1;
        for await (const chunk of chunks) tries[at] = `${tries[at] ?? ""}${chunk.toString()}`;
      },
    };
  }

  test("hands over the bytes as they arrive, whatever their type", async () => {
    const client = await clientOf((_, response) => {
      response.writeHead(200, { "content-type": "application/x-tar" }).write("one ");
      setTimeout(() => response.end("two"), 10);
    });
    const { sink, tries } = keeping();
    const { status, body, headers } = await client.download(path`/projects/${42}/snapshot`, { wiki: true }, sink);
    expect([status, body, headers["content-type"], tries]).toEqual([200, undefined, "application/x-tar", ["one two"]]);
    expect(server.seen[0]?.url).toBe("/api/v4/projects/42/snapshot?wiki=true");
    expect(server.seen[0]?.headers.accept).toBe("*/*");
  });

  test("begins anew when the connection breaks", async () => {
    const client = await clientOf((_, response, count) => {
      response.writeHead(200, { "content-length": 7 }).write("one ");
      setTimeout(() => (count === 1 ? response.destroy() : response.end("two")), 10);
    });
    const { sink, tries } = keeping();
    await client.download(path`/x`, {}, sink);
    expect(tries).toEqual(["one ", "one two"]);
  });

  test("takes as long as bytes arrive, and no silence longer than an answer may take", async () => {
    const client = await clientOf(
      (_, response, count) => {
        let left = count === 1 ? 8 : 1;
        const timer = setInterval(() => {
          response.write("x");
          left -= 1;
          if (left === 0) clearInterval(timer);
          if (left === 0 && count === 1) response.end();
        }, 200);
      },
      { timeout: 3, retries: 0 },
    );
    const { sink, tries } = keeping();
    await client.download(path`/x`, {}, sink);
    expect(tries).toEqual(["xxxxxxxx"]);
    await expect(client.download(path`/x`, {}, sink)).rejects.toThrow(/no response within 1 s/);
  });

  test("of what GitLab refuses reaches no sink", async () => {
    const client = await clientOf((_, response, count) =>
      count === 1
        ? json(response, 404, { message: "404 Avatar Not Found" })
        : response.writeHead(200, { "content-type": "text/html" }).end("<html>"),
    );
    const { sink, tries } = keeping();
    await expect(client.download(path`/x`, {}, sink)).rejects.toBeInstanceOf(GitLabError);
    await expect(client.download(path`/x`, {}, sink)).rejects.toBeInstanceOf(UnreachableError);
    expect(tries).toEqual([]);
  });

  test("comes from where GitLab keeps it, which learns nothing that GitLab alone may know", async () => {
    const storage = await serve((_, response) =>
      response.writeHead(200, { "content-type": "image/png" }).end("pixels"),
    );
    const client = await clientOf(
      (_, response, count) => {
        const userInfo = count === 1 ? "" : "user:password@";
        const location = `${storage.url}/bucket/logo.png?signature=x`.replace("://", `://${userInfo}`);
        response.writeHead(302, { location }).end();
      },
      { headers: { "X-Gate": "open" } },
    );
    const { sink, tries } = keeping();
    const { headers } = await client.download(path`/projects/${42}/avatar`, {}, sink);
    expect([headers["content-type"], tries]).toEqual(["image/png", ["pixels"]]);
    expect(server.seen[0]?.headers).toMatchObject({ authorization: "Bearer glpat-canary-token", "x-gate": "open" });
    const [seen] = storage.seen;
    expect(seen?.url).toBe("/bucket/logo.png?signature=x");
    expect(JSON.stringify(seen?.headers)).not.toMatch(/authorization|canary|x-gate/i);
    await expect(client.download(path`/x`, {}, sink)).rejects.toMatchObject({ status: 302 });
    await expect(client.get(path`/x`)).rejects.toMatchObject({ status: 302 });
    expect(storage.seen).toHaveLength(1);
    await storage.close();
  });

  test("fails with what the sink throws, at once", async () => {
    const client = await clientOf((_, response) => response.writeHead(200).end("x"));
    const full = new Error("no space left");
    await expect(client.download(path`/x`, {}, () => Promise.reject(full))).rejects.toBe(full);
    expect(server.seen).toHaveLength(1);
  });

  test("that fails in the sink keeps no request after it waiting", async () => {
    const reset = Math.floor(Date.now() / 60_000) * 60 + 60;
    const limits = { "ratelimit-limit": "60", "ratelimit-remaining": "1", "ratelimit-reset": String(reset) };
    const client = await clientOf((_, response) => response.writeHead(200, limits).end("{}"));
    await client.get(path`/x`);
    await expect(client.download(path`/x`, {}, () => Promise.reject(new Error("full")))).rejects.toThrow("full");
    expect((await client.get(path`/x`)).status).toBe(200);
  });
});
