import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { call, open, type Session } from "./client";

const HOOK = { url: "https://a.example.com" };

let session: Session;
const api: Session["api"] = (...args) => session.api(...args);

beforeEach(async () => {
  session = await open();
});

afterEach(async () => {
  await session.sandbox.stop();
});

test("pages with GitLab's headers", async () => {
  for (let count = 0; count < 5; count += 1) await api("POST", "/projects/42/hooks", HOOK);
  const middle = await api("GET", "/projects/42/hooks?page=2&per_page=2");
  expect((middle.json as unknown as { id: number }[]).map(({ id }) => id)).toEqual([3, 4]);
  const header = (name: string): string | null => middle.headers.get(name);
  expect(["x-page", "x-per-page", "x-next-page", "x-prev-page", "x-total", "x-total-pages"].map(header)).toEqual([
    "2",
    "2",
    "3",
    "1",
    "5",
    "3",
  ]);
  const page = (number: number): string =>
    `<${session.sandbox.url}/api/v4/projects/42/hooks?page=${number}&per_page=2>`;
  expect(header("link")).toBe(
    `${page(1)}; rel="prev", ${page(3)}; rel="next", ${page(1)}; rel="first", ${page(3)}; rel="last"`,
  );
  const last = await api("GET", "/projects/42/hooks?page=3&per_page=2");
  expect([last.headers.get("x-next-page"), last.headers.get("link")?.includes('rel="next"')]).toEqual(["", false]);
});

test("page sizes are clamped, and nonsense refused", async () => {
  expect((await api("GET", "/projects?per_page=500")).headers.get("x-per-page")).toBe("100");
  for (const bad of ["0", "-1"]) {
    const reply = await api("GET", `/projects?per_page=${bad}`);
    expect([reply.status, reply.json]).toEqual([400, { error: "per_page does not have a valid value" }]);
  }
  expect((await api("GET", "/projects?page=501&per_page=100")).json.error).toContain("maximum allowed offset of 50000");
  expect((await api("GET", "/projects/42/integrations")).headers.get("x-page")).toBeNull();
});

test("form bodies are read like JSON", async () => {
  const response = await fetch(`${session.sandbox.url}/api/v4/projects/42/hooks`, {
    method: "POST",
    headers: { "PRIVATE-TOKEN": session.sandbox.token },
    body: new URLSearchParams([
      ["url", "https://a.example.com/{a}"],
      ["push_events", "false"],
      ["url_variables[][key]", "a"],
      ["url_variables[][value]", "1"],
      ["url_variables[][key]", "b"],
      ["url_variables[][value]", "2"],
    ]),
  });
  expect(await response.json()).toMatchObject({ push_events: false, url_variables: [{ key: "a" }, { key: "b" }] });
});

test("the log holds API requests in order, without tokens", async () => {
  await api("POST", "/projects/42/hooks", HOOK);
  await session.control("GET", "/objects");
  await call(`${session.sandbox.url}/api/v4/nowhere?private_token=hush&page=2`, "GET", undefined, {});
  const log = await session.control("GET", "/requests");
  expect(log.json).toEqual([
    { method: "POST", path: "/api/v4/projects/42/hooks", parameters: Object.keys(HOOK), status: 201 },
    { method: "GET", path: "/api/v4/nowhere?private_token=[MASKED]&page=2", parameters: [], status: 404 },
  ]);
  expect((await session.control("DELETE", "/requests")).status).toBe(204);
  expect((await session.control("GET", "/requests")).json).toEqual([]);
});

test("an address without a route is a 404 of the API, and outside of it a way to the sign-in page", async () => {
  const at = (path: string, method = "GET") => call(`${session.sandbox.url}${path}`, method, undefined, {});
  const [none, method, former, page, signIn] = [
    await at("/api/v4/projects/acme/shop"),
    await at("/api/v4/projects/42/hooks", "PUT"),
    await at("/api/v3/projects/42"),
    await at("/gitlab/api/v4/projects/42"),
    await at("/users/sign_in"),
  ];
  expect([none.status, none.json]).toEqual([404, { error: "404 Not Found" }]);
  expect([method.status, method.json]).toEqual([404, { error: "404 Not Found" }]);
  expect([former.status, former.json]).toEqual([410, { error: expect.stringMatching(/^API V3/) as string }]);
  expect([page.status, page.headers.get("location")]).toEqual([302, `${session.sandbox.url}/users/sign_in`]);
  expect([page, signIn].map(({ headers }) => headers.get("content-type"))).toEqual(
    ["html", "html"].map(() => "text/html; charset=utf-8"),
  );
  expect(signIn.status).toBe(200);
});

test("a fault answers for so many requests, with status, headers and body", async () => {
  await session.control("POST", "/faults", {
    method: "POST",
    path: "/hooks$",
    skip: 1,
    times: 2,
    status: 503,
    headers: { "Retry-After": "3" },
    body: { message: "busy" },
  });
  const replies = [];
  for (let count = 0; count < 4; count += 1) replies.push(await api("POST", "/projects/42/hooks", HOOK));
  expect(replies.map(({ status }) => status)).toEqual([201, 503, 503, 201]);
  expect([replies[1]?.json, replies[1]?.headers.get("retry-after")]).toEqual([{ message: "busy" }, "3"]);
  expect(session.sandbox.control.objects().hooks).toBe(2);
});

test("a fault may come when the work is done", async () => {
  await session.control("POST", "/faults", { path: "hooks", status: 502, body: "Bad gateway", when: "after" });
  const reply = await api("POST", "/projects/42/hooks", HOOK);
  expect([reply.status, reply.text, session.sandbox.control.objects().hooks]).toEqual([502, "Bad gateway", 1]);
});

test.each([
  ["before", 0],
  ["after", 1],
  ["half", 1],
] as const)("a connection cut %s leaves %i hooks", async (cut, made) => {
  await session.control("POST", "/faults", { method: "POST", cut });
  await expect(api("POST", "/projects/42/hooks", HOOK)).rejects.toThrow();
  expect(session.sandbox.control.objects().hooks).toBe(made);
  expect(session.sandbox.control.requests()).toMatchObject([
    { method: "POST", path: "/api/v4/projects/42/hooks", status: 0 },
  ]);
  expect((await api("GET", "/projects/42/hooks")).status).toBe(200);
});

test.each([
  ["before", 0],
  ["after", 1],
] as const)("a request that hangs %s the work leaves %i hooks", async (hang, made) => {
  await session.control("POST", "/faults", { method: "POST", hang });
  const url = `${session.sandbox.url}/api/v4/projects/42/hooks`;
  const options = {
    method: "POST",
    headers: { "PRIVATE-TOKEN": session.sandbox.token },
    signal: AbortSignal.timeout(200),
  };
  await expect(fetch(url, { ...options, body: new URLSearchParams(HOOK) })).rejects.toThrow("timeout");
  expect(session.sandbox.control.objects().hooks).toBe(made);
  expect(session.sandbox.control.requests().map(({ status }) => status)).toEqual([0]);
});

test("the work may be done after the answer", async () => {
  await session.control("POST", "/faults", { method: "POST", when: "later", delay: 100, status: 504 });
  expect((await api("POST", "/projects/42/hooks", HOOK)).status).toBe(504);
  expect(session.sandbox.control.objects().hooks).toBe(0);
  for (let tries = 0; session.sandbox.control.objects().hooks === 0 && tries < 200; tries++) await sleep(20);
  expect(session.sandbox.control.objects().hooks).toBe(1);
});

test("every step of a request can be watched", async () => {
  await api("GET", "/version");
  const seen: string[] = [];
  const end = session.sandbox.control.watch(({ phase, call, request }) => {
    seen.push(`${call} ${request.method} ${phase}, ${session.sandbox.control.objects().hooks} hooks`);
  });
  await api("POST", "/projects/42/hooks", HOOK);
  await api("DELETE", "/projects/42/hooks/1");
  end();
  await api("GET", "/version");
  expect(seen).toEqual([
    "1 POST arrived, 0 hooks",
    "1 POST done, 1 hooks",
    "1 POST answered, 1 hooks",
    "2 DELETE arrived, 1 hooks",
    "2 DELETE done, 0 hooks",
    "2 DELETE answered, 0 hooks",
  ]);
});

test("a delay only delays, and faults can be called off", async () => {
  await session.control("POST", "/faults", { delay: 150 });
  const started = performance.now();
  expect((await api("GET", "/version")).status).toBe(200);
  expect(performance.now() - started).toBeGreaterThan(140);
  await session.control("POST", "/faults", { status: 500 });
  await session.control("DELETE", "/faults");
  expect((await api("GET", "/version")).status).toBe(200);
  expect((await session.control("POST", "/faults", { stauts: 500 })).status).toBe(400);
});

test("the throttle counts per token and answers in plain text", async () => {
  await session.control("PUT", "/settings", { rateLimit: { requests: 2, seconds: 30 } });
  await session.control("PUT", "/tokens", { token: "other", role: "developer" });
  const first = await api("GET", "/version");
  expect(first.headers.get("ratelimit-limit")).toBe("4");
  expect(first.headers.get("ratelimit-remaining")).toBe("1");
  expect(first.headers.get("retry-after")).toBeNull();
  await api("GET", "/version");
  const third = await api("GET", "/version");
  expect([third.status, third.text.trim(), third.headers.get("ratelimit-observed")]).toEqual([429, "Retry later", "3"]);
  const wait = Number(third.headers.get("retry-after"));
  expect(wait).toBeGreaterThan(25);
  expect(Number(third.headers.get("ratelimit-reset"))).toBeGreaterThan(Date.now() / 1000 + wait - 3);
  expect((await api("GET", "/version", undefined, "other")).status).toBe(200);
});

test("before 18.0 only refusals say how the throttle stands", async () => {
  await session.control("PUT", "/settings", { version: "17.11.0-ee", rateLimit: { requests: 1, seconds: 30 } });
  expect((await api("GET", "/version")).headers.get("ratelimit-remaining")).toBeNull();
  expect((await api("GET", "/version")).headers.get("ratelimit-remaining")).toBe("0");
});

test("a reset brings everything back to the start", async () => {
  const before = session.sandbox.control.objects();
  await api("POST", "/projects/42/hooks", HOOK);
  await api("POST", "/projects", { name: "Fresh" });
  await session.control("PUT", "/settings", { version: "18.0.0-ee" });
  await session.control("POST", "/reset");
  expect(session.sandbox.control.objects()).toEqual(before);
  expect((await api("GET", "/version")).json.version).toBe("19.4.0-ee");
});

test("the state file carries over, and holds no access token", async () => {
  const folder = mkdtempSync(join(tmpdir(), "gitlab-sandbox-"));
  const stateFile = join(folder, "state.json");
  try {
    const one = await open({ stateFile, tokens: [{ token: "the-other-token", role: "developer" }] });
    await one.api("POST", "/projects/42/hooks", HOOK);
    await one.sandbox.stop();
    expect(readFileSync(stateFile, "utf8")).not.toMatch(/admin-token|the-other-token/);
    const two = await open({ stateFile });
    expect((await two.api("GET", "/projects/42/hooks/1")).status).toBe(200);
    await two.sandbox.stop();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the command prints one line and stops when told", async () => {
  const main = resolve(__dirname, "../../../sandbox/bin/gitlab-sandbox.mjs");
  const child = spawn(process.execPath, [main, "--port", "0", "--token", "T"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  const { url, token } = JSON.parse(line) as { url: string; token: string };
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await call(`${url}/api/v4/user`, "GET", undefined, { "PRIVATE-TOKEN": token })).status).toBe(200);
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  expect((await exited)[0]).toBe(0);
});

test("refusals may quote what was given", async () => {
  const bad = { url: "https://a.example.com", branch_filter_strategy: "odd", token: "s3cret" };
  expect((await api("POST", "/projects/42/hooks", bad)).text).not.toContain("s3cret");
  await session.control("PUT", "/settings", { echoValues: true });
  expect((await api("POST", "/projects/42/hooks", bad)).json.error).toMatch(/valid value \(given: .*s3cret\)$/);
  const map = await api("PUT", "/projects/42", { name: "*", import_url: "https://joe:s3cret@git.example.com/a" });
  expect(JSON.stringify(map.json.message)).toContain("joe:s3cret");
  expect((await api("GET", "/projects/999")).json).toEqual({ message: "404 Project Not Found" });
});

test("latency is added to the API's answers only", async () => {
  await session.control("PUT", "/settings", { latency: 150 });
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const started = performance.now();
    await work();
    return performance.now() - started;
  };
  expect(await timed(() => api("GET", "/version"))).toBeGreaterThan(140);
  // An hour would outlast the test.
  await session.control("PUT", "/settings", { latency: 3_600_000 });
  expect((await session.control("GET", "/objects")).status).toBe(200);
});

test("the log tells calls of one path apart by the names of their parameters", async () => {
  await api("PUT", "/projects/42?license=true", { mirror: false, import_url: "https://joe:s3cret@git.example.com/a" });
  await api("GET", "/projects?custom_attributes[a]=b&search=x");
  const form = new FormData();
  form.set("avatar", "");
  await fetch(`${session.sandbox.url}/api/v4/projects/42`, {
    method: "PUT",
    headers: { "PRIVATE-TOKEN": session.sandbox.token },
    body: form,
  });
  const log = session.sandbox.control.requests();
  expect(log.map(({ parameters }) => parameters)).toEqual([
    ["license", "mirror", "import_url"],
    ["custom_attributes", "search"],
    ["avatar"],
  ]);
  expect(JSON.stringify(log)).not.toContain("s3cret");
});
