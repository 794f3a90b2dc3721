import { open, type Session } from "../client";
import { ask, type Answer, type Question } from "./browser";

let session: Session;
let host: string;

beforeEach(async () => {
  session = await open();
  ({ host } = new URL(session.sandbox.url));
  await session.api("POST", "/projects/42/hooks", { url: "https://a.example.com" });
});

afterEach(async () => {
  await session.sandbox.stop();
});

const data = "/-/sandbox/page/data";
const files = ["/", "/-/sandbox/page/app.mjs", "/-/sandbox/page/page.css"];
const reads = [`${data}/tree`, `${data}/projects/42`, `${data}/projects/42/hooks/1/deliveries`];
const changes: readonly (readonly [method: string, path: string])[] = [
  ["PATCH", "/projects/42/hooks/1"],
  ["POST", "/projects/42/hooks/1/test/push_events"],
  ["PATCH", "/projects/42/integrations/slack"],
  ["POST", "/projects/42/integrations/slack/off"],
  ["PATCH", "/projects/42/push_rule"],
  ["DELETE", "/projects/42/push_rule"],
  ["POST", "/projects/42/archive"],
  ["DELETE", "/projects/42/hooks/1"],
];
const control: readonly (readonly [method: string, path: string])[] = [
  ["GET", "/requests"],
  ["GET", "/settings"],
  ["PUT", "/settings"],
  ["PUT", "/tokens"],
  ["POST", "/faults"],
  ["POST", "/reset"],
];

const at = (path: string, question: Question = {}): Promise<Answer> => ask(session.sandbox.url + path, question);

/** Everything that is there, so that it shows when something was changed after all. */
function stored(): string {
  return JSON.stringify([session.sandbox.control.world.state, session.sandbox.control.world.settings]);
}

test("whatever needs no token answers to names of this machine only, so that no other name can lead here", async () => {
  const before = stored();
  const { port } = new URL(session.sandbox.url);
  const foreign = ["evil.example", `evil.example:${port}`, `127.0.0.1.evil.example:${port}`, `localhost.:${port}`];
  for (const name of [
    ...foreign,
    "127.0.0.1",
    `127.0.0.1:${Number(port) + 1}`,
    `0.0.0.0:${port}`,
    `x@localhost:${port}`,
  ]) {
    const own = { Host: name, Origin: `http://${name}` };
    for (const path of [...files, ...reads, `${data}/events`]) {
      expect([name, path, (await at(path, { headers: own })).status]).toEqual([name, path, 403]);
    }
    for (const [method, path] of changes) {
      expect([name, path, (await at(data + path, { method, headers: own, body: {} })).status]).toEqual([
        name,
        path,
        403,
      ]);
    }
    for (const [method, path] of control) {
      const question = { method, headers: own, ...(method === "GET" ? {} : { body: {} }) };
      expect([name, path, (await at(`/-/sandbox${path}`, question)).status]).toEqual([name, path, 403]);
    }
  }
  expect(stored()).toBe(before);
  for (const name of [`localhost:${port}`, `LocalHost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]) {
    for (const path of [...files, ...reads]) expect((await at(path, { headers: { Host: name } })).status).toBe(200);
  }
});

test("pages of other sites read nothing", async () => {
  const foreign = [
    { Origin: "https://evil.example" },
    { Origin: "null" },
    { Origin: "http://127.0.0.1:1" },
    { Origin: `https://${host}` },
    { Origin: `http://${host}.evil.example` },
    { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script" },
    { "Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty" },
    { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe" },
  ];
  for (const headers of foreign) {
    for (const path of [...files, ...reads, `${data}/events`, "/-/sandbox/requests"]) {
      expect([headers, path, (await at(path, { headers })).status]).toEqual([headers, path, 403]);
    }
  }
  const link = { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document" };
  expect((await at("/", { headers: link })).status).toBe(200);
  expect((await at(`${data}/tree`, { headers: link })).status).toBe(403);
});

test("nobody but the page itself changes something by hand", async () => {
  const before = stored();
  const foreign: Question["headers"][] = [
    {},
    { Origin: "https://evil.example" },
    { Origin: "null" },
    { Origin: `https://${host}` },
    { Origin: `http://${host}`, "Sec-Fetch-Site": "cross-site" },
    { "Sec-Fetch-Site": "same-origin" },
  ];
  for (const headers of foreign) {
    for (const [method, path] of changes) {
      const answer = await at(data + path, { method, headers: headers ?? {}, body: { push_events: false } });
      expect([headers, path, answer.status]).toEqual([headers, path, 403]);
    }
  }
  expect(stored()).toBe(before);
  const own = { Origin: `http://${host}`, "Sec-Fetch-Site": "same-origin" };
  expect((await at(`${data}/projects/42/hooks/1`, { method: "DELETE", headers: own })).status).toBe(204);
});

test("a page of another site does not reach the control endpoints through somebody's browser", async () => {
  const before = stored();
  for (const [method, path] of control) {
    // A form needs no permission to send this.
    const question = { method, headers: { Origin: "https://evil.example" } };
    expect([path, (await at(`/-/sandbox${path}`, question)).status]).toEqual([path, 403]);
  }
  expect(stored()).toBe(before);
  expect((await session.control("POST", "/reset")).status).toBe(204);
});

test("the page loads nothing from elsewhere, nothing inline, and stands in no frame", async () => {
  for (const path of [...files, ...reads]) {
    const { headers } = await at(path);
    const policy = String(headers["content-security-policy"]);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src http://${host}/-/sandbox/page/;`);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe|\*|data:/);
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    });
  }
  const { text } = await at("/");
  expect(text).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|(src|href)="(\/|https?:)/);
});

test("only the files of the page are served", async () => {
  for (const name of ["tsconfig.json", "..%2fview.ts", "%2e%2e/%2e%2e/package.json", "page.css%00", "nothing.mjs"]) {
    expect([name, (await at(`/-/sandbox/page/${name}`)).status]).toEqual([name, 404]);
  }
});
