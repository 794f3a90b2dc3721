import { definitionOf, pathIn } from "./support/cases";
import { ManagedResource } from "./support/managed-resource";
import { ProviderFixture } from "./support/provider-fixture";
import { rowOf } from "./support/stored";

const hook = definitionOf("ProjectHook");
const asana = definitionOf("integrations.Asana");
const rules = definitionOf("ProjectPushRule");
const url = "https://ci.example.com/hook";

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start({}, { "gitlab:retries": 0 });
});

afterAll(() => fixture.stop());

const encoded = (path: string) => path.replaceAll("/", "%2F");

test("a hook in a project by its path is a list and a POST, and every further one a POST", async () => {
  const place = await fixture.createParent("project");
  const hooks = [
    new ManagedResource(fixture, hook),
    new ManagedResource(fixture, hook),
    new ManagedResource(fixture, hook),
  ];
  const { requests } = await fixture.recordRequests(async () => {
    for (const [index, one] of hooks.entries()) await one.up({ project: place.path, url: `${url}/${index}` });
  });
  const where = `/projects/${encoded(place.path)}/hooks`;
  expect(requests).toEqual([
    `GET ${where}`,
    `POST ${where}`,
    `POST /projects/${place.id}/hooks`,
    `POST /projects/${place.id}/hooks`,
  ]);
  expect(hooks.map(({ id }) => id)).toEqual(
    hooks.map((one) => `projects/${place.id}/hooks/${String(one.outputs.hookId)}`),
  );
  expect(hooks[0]?.outputs).toMatchObject({ projectId: place.id, projectPath: place.path });
});

test("a hook in a project by a former path is made where the project is now", async () => {
  const place = await fixture.createParent("project");
  await fixture.api("PUT", `/projects/${place.id}`, { path: `${place.path.split("/").at(-1) ?? ""}-moved` });
  const one = new ManagedResource(fixture, hook);
  await one.up({ project: place.path, url });
  expect(one.id).toMatch(new RegExp(`^projects/${place.id}/hooks/\\d+$`));
});

test("an integration is a look-up of the project, a look and a PUT", async () => {
  const place = await fixture.createParent("project");
  const { requests } = await fixture.recordRequests(() =>
    new ManagedResource(fixture, asana).up({ project: place.path, apiKey: "canary0key" }),
  );
  expect(requests).toEqual([
    `GET /projects/${encoded(place.path)}`,
    `GET /projects/${place.id}/integrations/asana`,
    `PUT /projects/${place.id}/integrations/asana`,
  ]);
});

describe("taking over what equals the program", () => {
  async function written(taking: () => Promise<unknown>): Promise<string[]> {
    const { requests } = await fixture.recordRequests(taking);
    return requests.filter((request) => !request.startsWith("GET"));
  }

  test("sends nothing, and the next up neither", async () => {
    const place = await fixture.createParent("project");
    const { id } = (await fixture.api("POST", `/projects/${place.id}/hooks`, { url })) as { id: number };
    await fixture.api("POST", `/projects/${place.id}/push_rule`, { prevent_secrets: true });
    const one = new ManagedResource(fixture, hook);
    const two = new ManagedResource(fixture, rules);
    const taking = async () => {
      await one.up({ project: place.id, url }, pathIn(hook, place, id));
      await two.up({ project: place.id, preventSecrets: true });
    };
    expect(await written(taking)).toEqual([]);
    expect([one.id, two.id]).toEqual([pathIn(hook, place, id), pathIn(rules, place)]);
    expect(await written(() => one.up({ project: place.id, url }))).toEqual([]);
    await one.destroy();
    expect(rowOf(fixture, pathIn(hook, place, id))).toBeUndefined();
  });

  test("sends what GitLab does not show, and a preview says so", async () => {
    const place = await fixture.createParent("project");
    const { id } = (await fixture.api("POST", `/projects/${place.id}/hooks`, { url })) as { id: number };
    const args = { project: place.id, url, customHeaders: { "X-A": "canary0header" } };
    await fixture.api("PUT", `/projects/${place.id}/hooks/${id}/custom_headers/X-A`, { value: "theirs" });
    const lines = await fixture.logsDuring(() =>
      new ManagedResource(fixture, hook).checked(args, pathIn(hook, place, id)),
    );
    expect(lines.map(({ message }) => message)).toEqual([
      `ProjectHook will take over ${pathIn(hook, place, id)}, changing nothing that GitLab shows. ` +
        "GitLab does not show customHeaders: what is there is overwritten.",
    ]);
    expect(await written(() => new ManagedResource(fixture, hook).up(args, pathIn(hook, place, id)))).toEqual([
      `PUT /projects/${place.id}/hooks/${id}`,
    ]);
  });

  test("sends what differs", async () => {
    const place = await fixture.createParent("project");
    const { id } = (await fixture.api("POST", `/projects/${place.id}/hooks`, { url })) as { id: number };
    const one = new ManagedResource(fixture, hook);
    const taking = () => one.up({ project: place.id, url, pushEvents: false }, pathIn(hook, place, id));
    expect(await written(taking)).toEqual([`PUT /projects/${place.id}/hooks/${id}`]);
  });
});
