import { definitionOf, made } from "./support/cases";
import { ManagedResource } from "./support/managed-resource";
import { ProviderFixture } from "./support/provider-fixture";

const hook = definitionOf("ProjectHook");
const slack = definitionOf("integrations.Slack");
const url = "https://ci.canary.example.com/hook?key=canary-query";
const webhook = "https://hooks.slack.com/services/T0/B0/canary-webhook";

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start(
    { tokens: [{ token: "developer-token", role: "developer" }] },
    { "gitlab:retries": 0 },
  );
});

afterAll(async () => {
  await fixture.stop();
});

/** The message of a create that GitLab answers in some way. */
async function answered(status: number, body: unknown, args: object = {}): Promise<string> {
  const place = await fixture.createParent("project");
  fixture.sandbox.control.addFault({ method: "POST", path: `^/projects/${place.id}/hooks$`, status, body });
  const message = await fixture.errorOf(() => made(fixture, hook, place, { url, ...args }));
  return message.replace(`/projects/${place.id}/`, "/projects/42/");
}

test("GitLab's words, after the request and its status", async () => {
  expect(await answered(400, { error: "webhook is missing" })).toBe("POST /projects/42/hooks: 400 webhook is missing");
  expect(await answered(422, { message: { url: ["is blocked", "is odd"], base: ["Too many"] } })).toBe(
    "POST /projects/42/hooks: 422 url is blocked, url is odd, Too many",
  );
  expect(await answered(404, { message: "404 Project Not Found" })).toMatch(
    /^POST \/projects\/42\/hooks: 404 Project Not Found\. /,
  );
});

test("a missing parameter reads as promised", async () => {
  const place = await fixture.createParent("project");
  const path = `/projects/${place.id}/integrations/slack`;
  fixture.sandbox.control.addFault({
    method: "PUT",
    path: `^${path}$`,
    status: 400,
    body: { error: "webhook is missing" },
  });
  const message = await fixture.errorOf(() => made(fixture, slack, place, { webhook }));
  expect(message).toBe(`PUT ${path}: 400 webhook is missing`);
});

test.each([
  [401, { message: "401 Unauthorized" }, /401 Unauthorized\. .*gitlab:token.*last `pulumi up`/s],
  [403, { message: "403 Forbidden" }, /403 Forbidden\. .*Maintainer.*scope `api`.*last `pulumi up`/s],
  [403, { error: "insufficient_scope" }, /403 insufficient_scope\. The token needs the scope `api`\./],
  [404, { message: "404 Not found" }, /404 Not found\. .*cannot see it/s],
])("%d is followed by the way out", async (status, body, expected) => {
  expect(await answered(status, body)).toMatch(expected);
});

test("a token that may not write says so at once", async () => {
  const weak = await fixture.withNewProcess({ "gitlab:token": "developer-token" });
  const message = await weak.errorOf(() => new ManagedResource(weak, hook).up({ project: 42, url }));
  expect(message).toMatch(/^(GET|POST) \/projects\/42\/hooks: 403 .*Maintainer/);
  await weak.stop("sandbox");
});

describe("whatever GitLab echoes of what was given", () => {
  const secrets = {
    token: "canary-token",
    description: "canary description, with spaces",
    customHeaders: { "X-Key": "canary header value" },
    urlVariables: { key: "canary/variable?&" },
  };

  test.each([
    ["as it is", (text: string) => text],
    ["in quotes", (text: string) => JSON.stringify(text)],
    ["percent-encoded", (text: string) => encodeURIComponent(text)],
    ["as HTML", (text: string) => text.replace(/&/g, "&amp;")],
    ["in a Ruby hash", (text: string) => `{:token=>["${text} is bad"]}`],
    ["twice", (text: string) => `${text} and ${text}`],
  ])("%s is its field's name instead", async (_form, echo) => {
    const texts = [url, secrets.token, secrets.description, secrets.customHeaders["X-Key"], secrets.urlVariables.key];
    const message = await answered(422, { error: texts.map(echo).join(" | ") }, secrets);
    expect(message).not.toContain("canary");
    for (const name of ["url", "token", "description", "customHeaders", "urlVariables"])
      expect(message).toContain(`[${name}]`);
  });

  test("the host of an address alone", async () => {
    expect(await answered(422, { error: "cannot resolve ci.canary.example.com" })).toBe(
      "POST /projects/42/hooks: 422 cannot resolve [url]",
    );
  });

  test("a short value where it stands alone, and not inside a word", async () => {
    expect(await answered(422, { error: "abc is no name, abcdef is" }, { name: "abc" })).toBe(
      "POST /projects/42/hooks: 422 [name] is no name, abcdef is",
    );
  });

  test("a long one, which GitLab's answer is cut in", async () => {
    const token = `canary-${"long".repeat(300)}`;
    expect(await answered(422, { error: `token ${token} is invalid` }, { token })).not.toContain("canary");
  });

  test("one that spans lines", async () => {
    const template = "canary one\n  canary two";
    const message = await answered(422, { error: `bad: ${template}` }, { customWebhookTemplate: template });
    expect(message).not.toContain("canary");
  });

  test("one whose spaces GitLab's answer loses", async () => {
    const description = "ca  na  ry";
    expect(await answered(422, { error: `bad: ${description}` }, { description })).toBe(
      "POST /projects/42/hooks: 422 bad: [description]",
    );
  });

  test("what the object had before", async () => {
    const place = await fixture.createParent("project");
    const managed = await made(fixture, hook, place, { url, token: "canary-before" });
    fixture.sandbox.control.addFault({
      method: "PUT",
      path: `/${managed.id}$`,
      status: 422,
      body: { error: "was canary-before, is canary-after" },
    });
    const message = await fixture.errorOf(() => managed.up({ project: place.id, url, token: "canary-after" }));
    expect(message).toBe(`PUT /${managed.id}: 422 was [token], is [token]`);
  });

  test("the token and the headers of the configuration", async () => {
    const headed = await fixture.withNewProcess({ "gitlab:headers": '{"X-Edge":"canary-edge"}', "gitlab:retries": 0 });
    headed.sandbox.control.addFault({
      method: "GET",
      path: "^/projects/43$",
      status: 403,
      body: { message: `${headed.sandbox.token} canary-edge` },
    });
    const message = await headed.errorOf(() => new ManagedResource(headed, hook).up({ project: 43, url }));
    expect(message).toContain("403 [gitlab:token] [gitlab:headers]");
    await headed.stop("sandbox");
  });

  test("names stay: projects, ids and choices out of a list", async () => {
    const message = await answered(
      422,
      { error: "project acme/shop, hook 7, wildcard" },
      { branchFilterStrategy: "wildcard" },
    );
    expect(message).toBe("POST /projects/42/hooks: 422 project acme/shop, hook 7, wildcard");
  });
});

test("an answer that is no hook is an error, not a resource", async () => {
  const message = await answered(200, { login: "here" });
  expect(message).toMatch(/hooks|no hook/);
});

test("no stack and no secret was printed", async () => {
  const spoken = await fixture.allOutput();
  expect(spoken).not.toMatch(/\n\s+at /);
  expect(spoken).not.toContain("canary");
});
