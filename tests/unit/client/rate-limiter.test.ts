import { createClient, path } from "../../../provider/client";
import { quiet, settings, surroundings, type TestSurroundings } from "./around";
import { json, serve, type Answering, type Running } from "./server";

/** A rate limit like GitLab's: so many requests in a fixed window, counted by the test's clock. */
class Limit {
  #window = 0;
  #count = 0;
  refused = 0;
  /** Requests that were refused after the client had been told of the limit. */
  refusedAgain = 0;
  #toldAt = Infinity;

  constructor(
    readonly around: TestSurroundings,
    readonly most: number,
    readonly seconds: number,
    readonly tells: "always" | "when refused" | "Retry-After only",
  ) {}

  readonly answer: Answering = (_, response) => {
    const seconds = Math.floor(this.around.now() / 1000);
    const window = Math.floor(seconds / this.seconds);
    if (window !== this.#window) this.#count = 0;
    this.#window = window;
    this.#count += 1;
    const reset = (window + 1) * this.seconds;
    const headers = this.#headers(reset, seconds);
    const date = new Date(this.around.now()).toUTCString();
    if (this.#count <= this.most) {
      return json(response, 201, {}, this.tells === "always" ? { ...headers, date } : { date });
    }
    this.refused += 1;
    if (window > this.#toldAt) this.refusedAgain += 1;
    this.#toldAt = Math.min(this.#toldAt, window);
    const told = this.tells === "Retry-After only" ? {} : headers;
    return json(response, 429, {}, { date, ...told, "retry-after": String(reset - seconds) });
  };

  #headers(reset: number, seconds: number): Record<string, string> {
    return {
      "ratelimit-name": "throttle_authenticated_api",
      "ratelimit-limit": String(Math.ceil((this.most * 60) / this.seconds)),
      "ratelimit-remaining": String(Math.max(0, this.most - this.#count)),
      "ratelimit-reset": String(reset),
      "x-now": String(seconds),
    };
  }
}

let server: Running;

afterEach(() => server.close());

async function run(posts: number, limit: Limit): Promise<void> {
  server = await serve(limit.answer);
  const client = createClient(settings(server.url), limit.around);
  const made = Array.from({ length: posts }, (_, n) => client.post(path`/projects/${n}/hooks`, {}));
  expect((await Promise.all(made)).every(({ status }) => status === 201)).toBe(true);
}

test.each([
  [60, 60],
  [600, 60],
  [20, 10],
  [5, 60],
])("a limit of %d in %d s that every answer tells is hardly ever hit", async (most, seconds) => {
  const limit = new Limit(surroundings(quiet), most, seconds, "always");
  await run(Math.min(most * 5, 300), limit);
  expect(limit.refusedAgain).toBe(0);
  // Before the first answer the limit is unknown: what goes out until then may already be too much.
  expect(limit.refused).toBeLessThanOrEqual(Math.max(0, 16 - most));
});

test("the windows are used to the full", async () => {
  const around = surroundings(quiet);
  const start = around.now();
  await run(300, new Limit(around, 60, 60, "always"));
  expect((around.now() - start) / 60_000).toBeLessThan(5.2);
});

test("a limit that only refusals tell is hit in one window only", async () => {
  const limit = new Limit(surroundings(quiet), 60, 60, "when refused");
  await run(300, limit);
  expect(limit.refused).toBeGreaterThan(0);
  expect(limit.refused).toBeLessThanOrEqual(16);
  expect(limit.refusedAgain).toBe(0);
});

test("with Retry-After alone every request gets through", async () => {
  await run(100, new Limit(surroundings(quiet), 30, 60, "Retry-After only"));
});

test("a long wait is told once, not by every request", async () => {
  const around = surroundings(quiet);
  await run(70, new Limit(around, 60, 60, "always"));
  expect(around.told).toHaveLength(1);
  expect(around.told[0]).toMatch(/^GitLab's rate limit is reached: going on in \d+ s$/);
});

test("another limit for other requests does not hold these back", async () => {
  const around = surroundings(quiet);
  const reset = String(Math.ceil(around.now() / 1000) + 60);
  server = await serve(({ url }, response) => {
    const slow = url.includes("import");
    const limits = { "ratelimit-name": slow ? "imports" : "api", "ratelimit-remaining": slow ? "0" : "500" };
    const date = new Date(around.now()).toUTCString();
    return json(response, 200, {}, { ...limits, "ratelimit-reset": reset, date });
  });
  const client = createClient(settings(server.url), around);
  await client.get(path`/projects/${1}/hooks`);
  await client.get(path`/projects/${1}/import`);
  await client.get(path`/projects/${2}/hooks`);
  expect(around.slept).toEqual([]);
  await client.get(path`/projects/${2}/import`);
  expect(around.slept).toHaveLength(1);
});

test("a clock that is wrong by an hour changes nothing", async () => {
  const around = surroundings(quiet);
  const start = around.now();
  const ahead = { ...around, now: () => around.now() + 3_600_000 };
  const limit = new Limit(around, 20, 60, "always");
  server = await serve(limit.answer);
  const client = createClient(settings(server.url), ahead);
  await Promise.all(Array.from({ length: 50 }, (_, n) => client.post(path`/projects/${n}/hooks`, {})));
  expect(limit.refused).toBe(0);
  expect(around.now() - start).toBeLessThan(3 * 62_000);
});

test("a limit that ends later than a request may take is left to GitLab to tell", async () => {
  const around = surroundings(quiet);
  const reset = String(Math.ceil(around.now() / 1000) + 86_400);
  const headers = { "ratelimit-remaining": "0", "ratelimit-reset": reset };
  server = await serve((_, response, count) => json(response, count === 1 ? 200 : 429, {}, headers));
  const client = createClient(settings(server.url), around);
  await client.get(path`/x`);
  await expect(client.get(path`/x`)).rejects.toMatchObject({ status: 429 });
  expect(around.slept).toEqual([]);
});
