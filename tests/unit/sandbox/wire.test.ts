import { open, type Session } from "./client";

let session: Session;
const api: Session["api"] = (...args) => session.api(...args);

beforeAll(async () => {
  session = await open({ tokens: [{ token: "owner", role: "owner" }] });
});

beforeEach(() => {
  session.sandbox.control.reset();
});

afterAll(async () => {
  await session.sandbox.stop();
});

const at = (version: string, edition = "ee"): void => {
  session.sandbox.control.configure({ version: edition === "ee" ? `${version}.0-ee` : `${version}.0` });
};
const hooks = "/projects/42/hooks";
const url = "https://a.example.com/x";

describe("booleans", () => {
  test.each([1, "1", "true", "TRUE", "t", "yes", "y", "on"])("%p is true", async (push_events) => {
    expect((await api("POST", hooks, { url, push_events })).json.push_events).toBe(true);
  });

  test.each([0, "0", "false", "False", "f", "no", "n", "off"])("%p is false", async (push_events) => {
    expect((await api("POST", hooks, { url, push_events })).json.push_events).toBe(false);
  });

  test.each([2, -1, 0.5, "2", "maybe", [true], {}])("%p is neither", async (push_events) => {
    const reply = await api("POST", hooks, { url, push_events });
    expect([reply.status, reply.json]).toEqual([400, { error: "push_events is invalid" }]);
  });
});

describe("variables in the address of a hook", () => {
  test.each(["{one}", "{one1}", "{one-two}", "{a.b_c-9}"])("%s is one", async (part) => {
    const address = `https://a.example.com/${part}`;
    const unknown = await api("POST", hooks, { url: address });
    expect([unknown.status, unknown.json]).toEqual([422, { error: "Invalid url given" }]);
    const variable = { key: part.slice(1, -1), value: "v" };
    const made = await api("POST", hooks, { url: address, url_variables: [variable] });
    expect([made.status, made.json.url]).toEqual([201, address]);
    expect(session.sandbox.control.delivery(made.json.id as number).url).toBe("https://a.example.com/v");
  });

  test.each(["{}", "{1one}", "{one%20two}", "{one!}", "{one", "{one1a}", "{-one}", "{{}}", "{a..b}"])(
    "%s is none, but a part of the address",
    async (part) => {
      const address = `https://a.example.com/?q=${part}`;
      const made = await api("POST", hooks, { url: address });
      expect([made.status, made.json.url]).toEqual([201, address]);
      expect(session.sandbox.control.delivery(made.json.id as number).url).toBe(address);
    },
  );

  test("is no variable for being inside other braces", async () => {
    const values = { url: "https://a.example.com/{{one}}", url_variables: [{ key: "one", value: "v" }] };
    const made = await api("POST", hooks, values);
    expect(session.sandbox.control.delivery(made.json.id as number).url).toBe("https://a.example.com/{v}");
  });
});

describe("events of hooks by version", () => {
  test("deploy tokens came with 18.10", async () => {
    const sent = { url, resource_deploy_token_events: true };
    at("18.9");
    const old = await api("POST", hooks, sent);
    expect(old.status).toBe(201);
    expect(old.json).not.toHaveProperty("resource_deploy_token_events");
    const test = `${hooks}/${old.json.id as number}/test/resource_deploy_token_events`;
    expect((await api("POST", test)).json).toEqual({ error: "trigger does not have a valid value" });
    at("18.10");
    expect((await api("POST", hooks, sent)).json.resource_deploy_token_events).toBe(true);
    expect((await api("POST", test)).status).toBe(201);
  });

  test("Duo's callbacks came with 19.4, behind a feature flag", async () => {
    const sent = { url, duo_flow_callback_enabled: true };
    at("19.3");
    expect((await api("POST", hooks, sent)).json).not.toHaveProperty("duo_flow_callback_enabled");
    at("19.4");
    expect((await api("POST", hooks, sent)).status).toBe(400);
    expect((await api("POST", hooks, { url })).json.duo_flow_callback_enabled).toBe(false);
    session.sandbox.control.configure({ featureFlags: ["duo_flow_callback_hooks"] });
    expect((await api("POST", hooks, sent)).json.duo_flow_callback_enabled).toBe(true);
  });
});

describe.each(["/projects/42", "/groups/9"])("the hooks of %s", (parent) => {
  test("have deliveries from 17.3 on, and resend them from 17.4 on", async () => {
    const hook = `${parent}/hooks/${(await api("POST", `${parent}/hooks`, { url })).json.id as number}`;
    expect((await api("POST", `${hook}/test/push_events`)).status).toBe(201);
    const list = (await api("GET", `${hook}/events`)).json as unknown as { id: number }[];
    const event = `${hook}/events/${list[0]?.id ?? 0}/resend`;
    expect((await api("POST", event)).json).toEqual({ response_status: 200 });
    expect((await api("POST", `${hook}/events/999/resend`)).json).toEqual({ message: "404 Not found" });
    at("17.3");
    expect((await api("GET", `${hook}/events`)).status).toBe(200);
    const early = await api("POST", event);
    expect([early.status, early.json]).toEqual([404, { error: "404 Not Found" }]);
    at("17.2");
    expect((await api("GET", `${hook}/events`)).json).toEqual({ error: "404 Not Found" });
  });

  test("answer the setting of a variable or header with 204, and are typed", async () => {
    const made = await api("POST", `${parent}/hooks`, { url });
    const hook = `${parent}/hooks/${made.json.id as number}`;
    for (const map of ["url_variables", "custom_headers"]) {
      const reply = await api("PUT", `${hook}/${map}/key`, { value: "v" });
      expect([reply.status, reply.text, reply.headers.get("content-type")]).toEqual([204, "", null]);
      expect((await api("GET", hook)).json[map]).toEqual([{ key: "key" }]);
    }
    expect(typeof made.json.alert_status).toBe("string");
  });
});

test("the list of a project's hooks has neither variables nor headers", async () => {
  await api("POST", hooks, { url, custom_headers: [{ key: "X-A", value: "1" }] });
  const [hook] = (await api("GET", hooks)).json as unknown as Record<string, unknown>[];
  expect(hook).toHaveProperty("custom_webhook_template");
  expect(Object.keys(hook ?? {}).filter((name) => /variables|headers/.test(name))).toEqual([]);
});

test("an integration's slug is a text", async () => {
  const { json } = await api("PUT", "/projects/42/integrations/asana", { api_key: "k" });
  expect(json.slug).toBe("asana");
});

test("the version tells of the agent server and the edition", async () => {
  const { json } = await api("GET", "/version");
  expect(json).toEqual({
    version: "19.4.0-ee",
    revision: expect.any(String) as string,
    kas: { enabled: false, externalUrl: null, externalK8sProxyUrl: null, version: null },
    enterprise: true,
  });
  expect((await api("GET", "/metadata")).json).toEqual(json);
  at("19.4", "ce");
  expect((await api("GET", "/version")).json.enterprise).toBe(false);
});

describe("the licence", () => {
  test("is shown to administrators", async () => {
    expect((await api("GET", "/license")).json).toMatchObject({ id: 1, plan: "ultimate", expired: false });
    expect((await api("GET", "/license/1")).json).toEqual((await api("GET", "/license")).json);
    expect((await api("GET", "/license/2")).json).toEqual({ message: "404 Not found" });
    expect((await api("GET", "/license", undefined, "owner")).json).toEqual({ message: "403 Forbidden" });
  });

  test("names the plan that the features are of, if any", async () => {
    session.sandbox.control.configure({ licence: ["push_rules"] });
    expect((await api("GET", "/license")).json.plan).toBe("premium");
    session.sandbox.control.configure({ licence: [] });
    expect([(await api("GET", "/license")).text, (await api("GET", "/licenses")).text]).toEqual(["null", "[]"]);
    at("19.4", "ce");
    expect((await api("GET", "/license")).json).toEqual({ error: "404 Not Found" });
  });
});

test.each([
  ["GET", "/projects/999", { message: "404 Project Not Found" }],
  ["GET", "/projects/acme%2Fnone/hooks", { message: "404 Project Not Found" }],
  ["PUT", "/groups/999", { message: "404 Group Not Found" }],
  ["GET", "/projects/42/hooks/999", { message: "404 Not found" }],
  ["GET", "/projects/42/integrations/asana", { message: "404 Integration Not Found" }],
  ["GET", "/projects/42/nothing", { error: "404 Not Found" }],
  ["PATCH", "/projects/42", { error: "404 Not Found" }],
  ["GET", "/", { error: "404 Not Found" }],
])("%s %s is not found, as JSON", async (method, path, body) => {
  const reply = await api(method, path);
  expect([reply.status, reply.headers.get("content-type"), reply.json]).toEqual([
    404,
    expect.stringContaining("application/json"),
    body,
  ]);
});
