import { definitionOf, pathIn } from "./support/cases";
import { Managed } from "./support/managed";
import { Setting } from "./support/setting";
import { rowOf } from "./support/stored";

const hook = definitionOf("ProjectHook");
const asana = definitionOf("integrations.Asana");
const rules = definitionOf("ProjectPushRule");
const url = "https://ci.example.com/hook";

let setting: Setting;

beforeAll(async () => {
  setting = await Setting.start({}, { "gitlab:retries": 0 });
});

afterAll(() => setting.stop());

const encoded = (path: string) => path.replaceAll("/", "%2F");

test("a hook in a project by its path is a list and a POST, and every further one a POST", async () => {
  const place = await setting.place("project");
  const hooks = [new Managed(setting, hook), new Managed(setting, hook), new Managed(setting, hook)];
  const { requests } = await setting.watch(async () => {
    for (const [index, one] of hooks.entries()) await one.up({ project: place.path, url: `${url}/${index}` });
  });
  const where = `/projects/${encoded(place.path)}/hooks`;
  expect(requests).toEqual([
    `GET ${where}`,
    `POST ${where}`,
    `POST /projects/${place.id}/hooks`,
    `POST /projects/${place.id}/hooks`,
  ]);
  expect(hooks.map(({ id }) => id)).toEqual(hooks.map((one) => `projects/${place.id}/hooks/${String(one.outputs.hookId)}`));
  expect(hooks[0]?.outputs).toMatchObject({ projectId: place.id, projectPath: place.path });
});

test("a hook in a project by a former path is made where the project is now", async () => {
  const place = await setting.place("project");
  await setting.api("PUT", `/projects/${place.id}`, { path: `${place.path.split("/").at(-1) ?? ""}-moved` });
  const one = new Managed(setting, hook);
  await one.up({ project: place.path, url });
  expect(one.id).toMatch(new RegExp(`^projects/${place.id}/hooks/\\d+$`));
});

test("an integration is a look-up of the project, a look and a PUT", async () => {
  const place = await setting.place("project");
  const { requests } = await setting.watch(() =>
    new Managed(setting, asana).up({ project: place.path, apiKey: "canary0key" }),
  );
  expect(requests).toEqual([
    `GET /projects/${encoded(place.path)}`,
    `GET /projects/${place.id}/integrations/asana`,
    `PUT /projects/${place.id}/integrations/asana`,
  ]);
});

describe("taking over what equals the program", () => {
  async function written(taking: () => Promise<unknown>): Promise<string[]> {
    const { requests } = await setting.watch(taking);
    return requests.filter((request) => !request.startsWith("GET"));
  }

  test("sends nothing, and the next up neither", async () => {
    const place = await setting.place("project");
    const { id } = (await setting.api("POST", `/projects/${place.id}/hooks`, { url })) as { id: number };
    await setting.api("POST", `/projects/${place.id}/push_rule`, { prevent_secrets: true });
    const one = new Managed(setting, hook);
    const two = new Managed(setting, rules);
    const taking = async () => {
      await one.up({ project: place.id, url }, pathIn(hook, place, id));
      await two.up({ project: place.id, preventSecrets: true });
    };
    expect(await written(taking)).toEqual([]);
    expect([one.id, two.id]).toEqual([pathIn(hook, place, id), pathIn(rules, place)]);
    expect(await written(() => one.up({ project: place.id, url }))).toEqual([]);
    await one.destroy();
    expect(rowOf(setting, pathIn(hook, place, id))).toBeUndefined();
  });

  test("sends what GitLab does not show, and a preview says so", async () => {
    const place = await setting.place("project");
    const { id } = (await setting.api("POST", `/projects/${place.id}/hooks`, { url })) as { id: number };
    const args = { project: place.id, url, customHeaders: { "X-A": "canary0header" } };
    await setting.api("PUT", `/projects/${place.id}/hooks/${id}/custom_headers/X-A`, { value: "theirs" });
    const lines = await setting.heard(() => new Managed(setting, hook).checked(args, pathIn(hook, place, id)));
    expect(lines.map(({ message }) => message)).toEqual([
      `ProjectHook will take over ${pathIn(hook, place, id)}, changing nothing that GitLab shows. ` +
        "GitLab does not show customHeaders: what is there is overwritten.",
    ]);
    expect(await written(() => new Managed(setting, hook).up(args, pathIn(hook, place, id)))).toEqual([
      `PUT /projects/${place.id}/hooks/${id}`,
    ]);
  });

  test("sends what differs", async () => {
    const place = await setting.place("project");
    const { id } = (await setting.api("POST", `/projects/${place.id}/hooks`, { url })) as { id: number };
    const one = new Managed(setting, hook);
    const taking = () => one.up({ project: place.id, url, pushEvents: false }, pathIn(hook, place, id));
    expect(await written(taking)).toEqual([`PUT /projects/${place.id}/hooks/${id}`]);
  });
});
