import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { allFacts } from "../../../../sandbox/gitlab/facts";
import { shownPath, shownUrl, shownValue } from "../../../../sandbox/gitlab/page/masking";
import { ADMIN, open, type Session } from "../client";
import { ask, listen } from "./browser";

let session: Session;

const canary = (name: string): string => `canary-${name}-9c2f`;

/** Sets up whatever can hold a secret, at a project and a group. */
async function setUp(receiver: string): Promise<void> {
  const { control } = session.sandbox;
  for (const { slug, fields, scopes } of allFacts(session.sandbox.control.world.settings)) {
    const secrets = fields.filter(
      ({ secret, writeOnly, name }) => secret === true || writeOnly === true || /token|password|key$/.test(name),
    );
    const urls = fields.filter(({ name }) => /url$|hostname|server/.test(name));
    const values = Object.fromEntries([
      ...urls.map(({ name }) => [
        name,
        `https://${canary("user")}:${canary("password")}@a.example.com/x?k=${canary("query")}`,
      ]),
      ...secrets.map(({ name }) => [name, canary(name)]),
    ]) as Record<string, string>;
    for (const scope of scopes)
      control.seedIntegration({ scope: scope === "project" ? "projects/42" : "groups/9", slug, values });
  }
  const hook = {
    url: `http://${canary("user")}:${canary("password")}@${receiver}/{key}?token=${canary("query")}#${canary("fragment")}`,
    token: canary("token"),
    signing_token: `whsec_${Buffer.from(canary("signing").padEnd(32, "x")).toString("base64")}`,
    url_variables: [{ key: "key", value: canary("variable") }],
    custom_headers: [{ key: "X-Team", value: canary("header") }],
    custom_webhook_template: `{"a": "${canary("template")}"}`,
  };
  control.configure({ allowLocalRequests: true });
  for (const place of ["/projects/42", "/groups/9"]) {
    expect((await session.api("POST", `${place}/hooks`, hook)).status).toBe(201);
    await session.api("POST", `${place}/hooks/1/test/push_events`);
  }
  // One that is really sent, which `fetch` does not do with a login in the address.
  const sent = { ...hook, url: `http://${receiver}/x?token=${canary("query")}`, url_variables: [] };
  expect((await session.api("POST", "/projects/42/hooks", { ...sent, custom_webhook_template: null })).status).toBe(
    201,
  );
  expect((await session.api("POST", "/projects/42/hooks/3/test/push_events")).status).toBe(422);
  const chat = `https://hooks.slack.com/services/T0/B0/${canary("chat")}`;
  expect((await session.api("POST", "/projects/42/hooks", { url: chat, name: `see ${hook.url}` })).status).toBe(201);
}

/** Requests that carry secrets where none belong. */
async function askWithSecrets(): Promise<void> {
  const { url } = session.sandbox;
  for (const path of [
    `/projects/42?private_token=${ADMIN}`,
    `/projects/42?%70rivate_%74oken=${ADMIN}`,
    `/projects/42?job_token=${canary("job")}`,
    `/projects?search=${canary("search")}`,
    `/projects?page=${canary("page")}`,
    `/projects?${canary("bare")}`,
    `/projects/${ADMIN}`,
    `/projects/${encodeURIComponent(ADMIN)}/hooks/glpat-${canary("path")}`,
  ]) {
    await ask(`${url}/api/v4${path}`, { headers: { "PRIVATE-TOKEN": ADMIN } });
  }
  await ask(`${url}/api/v4/projects/42?url=${canary("url")}`, {
    headers: { Authorization: `Basic ${Buffer.from(`x:${ADMIN}`).toString("base64")}`, "User-Agent": "a b" },
  });
}

test("nothing that the page is given has a secret in it, the request log included", async () => {
  session = await open({ tokens: [{ token: "another token/with signs", role: "guest" }] });
  const { url } = session.sandbox;
  // A receiver that repeats what it is sent, as many do in their errors.
  const receiver = createServer((incoming, answer) => {
    answer.writeHead(500, { "X-Echo": String(incoming.headers["x-team"]) });
    answer.end(JSON.stringify(incoming.headers));
  }).listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const stream = await listen(`${url}/-/sandbox/page/data/events`);
  await setUp(`127.0.0.1:${(receiver.address() as AddressInfo).port}`);
  await askWithSecrets();
  const late = await listen(`${url}/-/sandbox/page/data/events`);
  await late.next(({ event }) => event === "hello");
  const paths = [
    "tree",
    "projects/42",
    "groups/9",
    "projects/42/hooks/1/deliveries",
    "projects/42/hooks/3/deliveries",
    "groups/9/hooks/2/deliveries",
  ];
  const answers = await Promise.all(paths.map((path) => ask(`${url}/-/sandbox/page/data/${path}`)));
  expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200));
  const all = [...answers.map(({ text }) => text), stream.text(), late.text()].join("\n");
  // What is no secret is there: all hooks, every integration, and the requests.
  expect(all).toContain("https://hooks.slack.com/[MASKED]");
  expect(all).toContain("X-Team");
  expect(all).toContain('"status":"500"');
  for (const { slug } of allFacts(session.sandbox.control.world.settings)) expect(all).toContain(`"slug":"${slug}"`);
  expect(all).toContain("/api/v4/projects?search=[MASKED]");
  expect(all.match(/[^"]{0,60}canary-[\w-]+/g)).toBeNull();
  expect(all).not.toContain(ADMIN);
  receiver.close();
  receiver.closeAllConnections();
  await session.sandbox.stop();
});

test.each([
  ["https://a.example.com/hooks/{key}", "https://a.example.com/hooks/{key}"],
  ["https://u:p@a.example.com/x", "https://a.example.com/x"],
  ["https://u@x:p@a.example.com/x", "https://a.example.com/x"],
  ["https://a.example.com?a=1&b=&c", "https://a.example.com?a=[MASKED]&b=&[MASKED]"],
  ["https://a.example.com/#t", "https://a.example.com/#[MASKED]"],
  ["https://HOOKS.Slack.com./services/T/B/x", "https://HOOKS.Slack.com./[MASKED]"],
  ["https://acme.webhook.office.com:443/webhookb2/x", "https://acme.webhook.office.com:443/[MASKED]"],
  ["https://slack.com.a.example.com/x", "https://slack.com.a.example.com/x"],
  ["https://notslack.com/x", "https://notslack.com/x"],
  ["https://a.example.com/glpat-abcdefghij0123456789", "https://a.example.com/[MASKED]"],
  ["https:\\\\u:p@a.example.com", "[MASKED]"],
  ["u:p@a.example.com", "[MASKED]"],
  ["{scheme}://u:p@a.example.com/", "[MASKED]"],
  ["", ""],
])("of the address %j the page shows %j", (given, shown) => {
  expect(shownUrl(given)).toBe(shown);
});

test("texts are shown without logins in addresses and without tokens, at any depth", () => {
  const given = { a: ["see https://u:p@x/y, glpat-abcdefghij012"], b: " https://u:p@x/?q=1 ", c: 3, d: null };
  expect(shownValue(given)).toEqual({
    a: ["see https://x/y, [MASKED]"],
    b: " https://x/?q=[MASKED] ",
    c: 3,
    d: null,
  });
});

test("of paths and queries only what cannot be a secret is shown", () => {
  const url = "/api/v4/projects/a%20b?page=2&per_page=100&order_by=id&name=x&page=a.b&id_after=%70&a%20b";
  expect(shownPath(url, ["a b", "", "a"])).toBe(
    "/api/v4/projects/[MASKED]?page=2&per_page=100&order_by=id&name=[MASKED]&page=[MASKED]&id_after=[MASKED]&[MASKED]",
  );
});
