import { GitLab, Scenario } from "./support/scenario";

const paths = ["acme/shop", "acme/web", "acme/api", "acme/platform/gateway"];

/** A fleet of hooks, in which `change` may say something else of `entries`. */
const program = (change = "", options = ""): string => `
const entries = Object.fromEntries(${JSON.stringify(paths)}.flatMap((project) => Array.from({ length: 25 }, (_, n) =>
  [project + "/" + n, { project, url: "https://ci.example.com/hooks/" + n, token: "canary" + n + "tokenOf20Letters" }])));
${change}
const fleet = new gitlab.Fleet("fleet", gitlab.ProjectHook, entries, { ${options} });
return { ids: fleet.ids, numbers: fleet.hookIds };
`;

describe("a fleet of a hundred hooks", () => {
  let gitlab: GitLab;
  let scenario: Scenario;

  beforeAll(async () => {
    gitlab = await GitLab.start();
    scenario = Scenario.on(gitlab);
  });

  afterAll(() => gitlab.stop());

  const urlOf = (key: string): string | undefined => {
    const { ids } = scenario.stored("fleet").outputs as { ids: Record<string, string> };
    const number = Number(/\d+$/.exec(ids[key] ?? "")?.[0]);
    return gitlab.sandbox.control.world.state.hooks.find(({ id }) => id === number)?.url;
  };

  it("is made as one resource, and the next up and a refresh find nothing to do", async () => {
    expect((await scenario.up(program())).steps).toEqual(["create fleet"]);
    expect(gitlab.sandbox.control.objects().hooks).toBe(100);
    gitlab.requests();
    expect((await scenario.up()).steps).toEqual([]);
    expect(gitlab.requests()).toEqual([]);
    expect((await scenario.refresh()).steps).toEqual([]);
    expect(gitlab.requests().filter((request) => !/^GET \/projects\/\d+\/hooks$/.test(request))).toEqual([]);
  });

  it("takes at most 700 bytes of state for an entry, and no secret in clear", () => {
    const stored = { version: 3, checkpoint: { latest: { resources: [scenario.stored("fleet")] } } };
    expect(JSON.stringify(stored, undefined, 4).length / 100).toBeLessThanOrEqual(700);
    for (const text of scenario.workspace.leftovers().values()) expect(text).not.toContain("canary");
  });

  it("changes one entry with one PUT", async () => {
    gitlab.requests();
    const { output } = await scenario.up(program('entries["acme/shop/3"].url = "https://new.example.com";'));
    expect(gitlab.requests()).toEqual([expect.stringMatching(/^PUT \/projects\/42\/hooks\/\d+$/)]);
    expect(output).toContain("1 of 100 hooks: ~ acme/shop/3 (url)");
  });

  it("ignores a change of one entry's property where it is told to", async () => {
    const ignoring = `ignoreChanges: ['entries["acme/shop/3"].url']`;
    const change = 'entries["acme/shop/3"].url = entries["acme/shop/4"].url = "https://newer.example.com";';
    await scenario.up(program(change, ignoring));
    expect([urlOf("acme/shop/3"), urlOf("acme/shop/4")]).toEqual([
      "https://new.example.com",
      "https://newer.example.com",
    ]);
  });

  it("keeps what is done when an entry fails, and does the rest in the next up", async () => {
    const [method, path] = ["POST", "/hooks$"];
    gitlab.sandbox.control.addFault({ method, path, status: 400, body: { message: "no" } });
    const two = 'for (const key of ["x", "y"]) entries[key] = { project: 47, url: "https://ci.example.com/" + key };';
    const { output } = await scenario.failing("up", program(two));
    expect(output).toMatch(/entries\["[xy]"\]: POST \/projects\/47\/hooks: 400 no/);
    expect(gitlab.sandbox.control.objects().hooks).toBe(101);
    expect((await scenario.up()).steps).toEqual(["update fleet"]);
    expect(gitlab.sandbox.control.objects().hooks).toBe(102);
  });

  it("is emptied by a destroy", async () => {
    await scenario.destroy();
    expect(gitlab.sandbox.control.objects().hooks).toBe(0);
    expect(scenario.printed).not.toContain("canary");
  });
});
