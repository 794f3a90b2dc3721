import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { definitionOf, made } from "./support/cases";
import { ManagedResource } from "./support/managed-resource";
import { ProviderFixture } from "./support/provider-fixture";

const hook = definitionOf("ProjectHook");
const asana = definitionOf("integrations.Asana");
const url = "https://ci.example.com/hook";

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start({}, { "gitlab:retries": 0 });
});

afterAll(() => fixture.stop());

test("a refused write in an archived project says that it is archived", async () => {
  const place = await fixture.createParent("project");
  await fixture.api("POST", `/projects/${place.id}/archive`);
  const { result, requests } = await fixture.recordRequests(() =>
    fixture.errorOf(() => made(fixture, asana, place, { apiKey: "canary0key" })),
  );
  expect(result).toBe(
    `PUT /projects/${place.id}/integrations/asana: 403 Forbidden. ${place.path} is archived: unarchive it, or remove the resource.`,
  );
  expect(requests.at(-1)).toBe(`GET /projects/${place.id}`);
});

test("an integration that the instance does not allow is said to be that", async () => {
  const place = await fixture.createParent("project");
  fixture.sandbox.control.configure({ unavailableIntegrations: ["asana"] });
  const refused = () => made(fixture, asana, place, { apiKey: "canary0key" });
  expect(await fixture.errorOf(refused)).toContain(
    "This GitLab allows only some integrations, and asana is none of them: an administrator can allow it",
  );
  fixture.sandbox.control.setToken({ token: "maintainer", role: "maintainer" });
  const weak = await fixture.withNewProcess({ "gitlab:token": "maintainer", "gitlab:retries": 0 });
  expect(await weak.errorOf(() => made(weak, asana, place, { apiKey: "canary0key" }))).toContain(
    "This GitLab does not offer the integration: its administrator may allow only some (allowed_integrations)",
  );
  fixture.sandbox.control.configure({ unavailableIntegrations: [] });
  await weak.stop("sandbox");
});

test.each([
  ["expired", "gitlab:token has expired: make a new one. "],
  ["revoked", "gitlab:token was revoked: make a new one. "],
] as const)("a token that is %s says so, and no full stop is doubled", async (state, expected) => {
  const place = await fixture.createParent("project");
  const managed = await made(fixture, hook, place, { url });
  fixture.sandbox.control.setToken({ token: `late0${state}`, role: "owner", state });
  const late = await fixture.withNewProcess({ "gitlab:token": `late0${state}` });
  const copy = managed.copy(late);
  const message = await late.errorOf(() => copy.up({ project: place.id, url, name: "two" }));
  expect(message).toContain(expected);
  expect(message).not.toContain("..");
  await late.stop("sandbox");
});

test("an address that knows no project and no version is no GitLab", async () => {
  const server = createServer((_, response) => {
    response.writeHead(404, { "content-type": "application/json" }).end('{"message":"404 Not found"}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const lost = await fixture.withNewProcess({ "gitlab:baseUrl": address, "gitlab:retries": 0 });
  const message = await lost.errorOf(() => new ManagedResource(lost, hook).up({ project: "acme/shop", url }));
  expect(message).toContain(
    `gitlab:baseUrl is not a GitLab: ${address} knows nothing of GET /version (404). Check the address`,
  );
  await lost.stop("sandbox");
  server.close();
});
