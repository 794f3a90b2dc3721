import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { open, type Session } from "./client";

let session: Session;
let receiver: Server;
let received: IncomingHttpHeaders[];
let answerStatus: number;
let hook: string;

const api: Session["api"] = (...args) => session.api(...args);

beforeEach(async () => {
  received = [];
  answerStatus = 200;
  receiver = createServer((request, response) => {
    received.push(request.headers);
    request.resume();
    response.writeHead(answerStatus).end("as told");
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  session = await open({ allowLocalRequests: true });
  const created = await api("POST", "/projects/42/hooks", {
    url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`,
    token: "hush",
    custom_headers: [{ key: "X-Team", value: "shop" }],
  });
  hook = `/projects/42/hooks/${created.json.id as number}`;
});

afterEach(async () => {
  await session.sandbox.stop();
  receiver.closeAllConnections();
  receiver.close();
});

test("a test reaches the receiver with token and headers", async () => {
  const reply = await api("POST", `${hook}/test/push_events`);
  expect([reply.status, reply.json]).toEqual([201, { message: "201 Created" }]);
  expect(received[0]).toMatchObject({ "x-gitlab-token": "hush", "x-team": "shop", "x-gitlab-event": "Push Hook" });
});

test("its log shows the delivery without the token, filtered by status", async () => {
  await api("POST", `${hook}/test/push_events`);
  answerStatus = 500;
  await api("POST", `${hook}/test/issues_events`);
  const reply = await api("GET", `${hook}/events?status=successful`);
  expect(reply.headers.get("x-total")).toBe("1");
  expect(reply.text).not.toContain("hush");
  expect(reply.json).toMatchObject([{ trigger: "push_hooks", response_status: "200", response_body: "as told" }]);
  expect((await api("GET", `${hook}/events?status=500,404`)).headers.get("x-total")).toBe("1");
  expect((await api("GET", `${hook}/events?per_page=50`)).headers.get("x-per-page")).toBe("20");
});

test("a receiver's refusal is passed on, and too many of them pause the hook", async () => {
  answerStatus = 500;
  await session.control("PUT", "/settings", { hookTestsPerMinute: 0 });
  const reply = await api("POST", `${hook}/test/push_events`);
  expect([reply.status, reply.json]).toEqual([422, { message: "as told" }]);
  for (let count = 0; count < 3; count += 1) await api("POST", `${hook}/test/push_events`);
  const paused = (await api("GET", hook)).json;
  expect(paused.alert_status).toBe("temporarily_disabled");
  expect(typeof paused.disabled_until).toBe("string");
  answerStatus = 200;
  await api("POST", `${hook}/test/push_events`);
  expect((await api("GET", hook)).json).toMatchObject({ alert_status: "executable", disabled_until: null });
});

test("triggers that cannot be tested, and projects without data", async () => {
  await session.control("PUT", "/settings", { hookTestsPerMinute: 0 });
  expect((await api("POST", `${hook}/test/nonsense`)).json).toEqual({ error: "trigger does not have a valid value" });
  const deployment = await api("POST", `${hook}/test/deployment_events`);
  expect([deployment.status, deployment.json]).toEqual([422, { message: "Testing not available for this hook" }]);
  const project = (await api("POST", "/projects", { name: "Empty", namespace_id: 11 })).json.id as number;
  await api("POST", `/projects/${project}/hooks`, { url: "https://a.example.com" });
  const empty = await api("POST", `/projects/${project}/hooks/2/test/issues_events`);
  expect(empty.json).toEqual({ message: "Ensure the project has issues." });
  const group = (await api("POST", "/groups", { name: "Bare", path: "bare" })).json.id as number;
  await api("POST", `/groups/${group}/hooks`, { url: "https://a.example.com" });
  const bare = await api("POST", `/groups/${group}/hooks/3/test/push_events`);
  expect(bare.json).toEqual({ message: "Ensure the group has a project with commits." });
});

test("five tests a minute", async () => {
  for (let count = 0; count < 5; count += 1) {
    expect((await api("POST", `${hook}/test/push_events`)).status).toBe(201);
  }
  const sixth = await api("POST", `${hook}/test/push_events`);
  expect([sixth.status, sixth.json]).toEqual([
    429,
    { message: { error: "This endpoint has been requested too many times. Try again later." } },
  ]);
});

test("a delivery is sent again unless the URL has changed", async () => {
  await api("POST", `${hook}/test/push_events`);
  expect((await api("POST", `${hook}/events/1/resend`)).json).toEqual({ response_status: 200 });
  expect(received).toHaveLength(2);
  const missing = await api("POST", `${hook}/events/99/resend`);
  expect([missing.status, missing.json]).toEqual([404, { message: "404 Not found" }]);
  await api("PUT", hook, { url: "https://b.example.com" });
  const moved = await api("POST", `${hook}/events/1/resend`);
  expect(moved.json).toEqual({ message: "The hook URL has changed, and this log entry cannot be retried" });
});
