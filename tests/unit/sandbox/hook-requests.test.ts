import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { open, type Session } from "./client";

let session: Session;
let receiver: Server;
let bodies: string[];
let url: string;

const api: Session["api"] = (...args) => session.api(...args);

beforeEach(async () => {
  bodies = [];
  receiver = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => (body += String(part)));
    request.on("end", () => {
      bodies.push(`${request.url ?? ""} ${body}`);
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  session = await open({ allowLocalRequests: true });
});

afterEach(async () => {
  await session.sandbox.stop();
  receiver.closeAllConnections();
  receiver.close();
});

async function hookWith(further: object): Promise<string> {
  const { status, json } = await api("POST", "/projects/42/hooks", { url, ...further });
  expect(status).toBe(201);
  return `/projects/42/hooks/${json.id as number}`;
}

test("variables are filled into the address, and fields of the payload into the template", async () => {
  const hook = await hookWith({
    url: `${url}/{room}/x`,
    url_variables: [{ key: "room", value: "blue" }],
    custom_webhook_template: '{"at":"{{project.path_with_namespace}}","id":{{project.id}},"none":"{{nothing.there}}"}',
  });
  expect((await api("POST", `${hook}/test/push_events`)).status).toBe(201);
  expect(bodies).toEqual(['/blue/x {"at":"acme/shop","id":42,"none":""}']);
});

test("a template that makes no JSON is a failed delivery", async () => {
  const hook = await hookWith({ custom_webhook_template: '{"at": {{project.path_with_namespace}}}' });
  expect((await api("POST", `${hook}/test/push_events`)).status).toBe(422);
  expect(bodies).toEqual([]);
  const log = (await api("GET", `${hook}/events`)).json as unknown as { response_status: string }[];
  expect(log[0]?.response_status).toBe("internal error");
});

test("the log hides the token and custom headers, and names events in the singular", async () => {
  const hook = await hookWith({ token: "hush", custom_headers: [{ key: "X-Team", value: "shop-team" }] });
  await api("POST", `${hook}/test/merge_requests_events`);
  const { text } = await api("GET", `${hook}/events`);
  expect(text).not.toMatch(/hush|shop-team/);
  expect(JSON.parse(text)).toMatchObject([
    {
      trigger: "merge_request_hooks",
      request_headers: { "X-Gitlab-Event": "Merge Request Hook", "X-Team": "[REDACTED]" },
    },
  ]);
});

test("what a hook would deliver is shown with every secret hashed", async () => {
  const hook = await hookWith({
    url: `${url}/{room}`,
    url_variables: [{ key: "room", value: "blue" }],
    token: "hush",
    custom_headers: [{ key: "X-Team", value: "shop-team" }],
  });
  const id = hook.split("/").at(-1) ?? "";
  const { json } = await session.control("GET", `/hooks/${id}/delivery?trigger=issues_events`);
  const sha = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;
  expect(json).toMatchObject({
    url: sha(`${url}/blue`),
    headers: { "X-Gitlab-Event": "Issue Hook", "X-Gitlab-Token": sha("hush"), "X-Team": sha("shop-team") },
  });
  expect(session.sandbox.control.delivery(Number(id)).url).toBe(`${url}/blue`);
  expect((await session.control("GET", "/hooks/99/delivery")).status).toBe(404);
});
