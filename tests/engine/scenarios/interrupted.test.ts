import { GitLab, Scenario } from "./support/scenario";

const hook = (name: string, url: string, more = ""): string =>
  `new gitlab.ProjectHook("${name}", { project: "acme/shop", url: "${url}", token: "canary-token"${more} });\n`;

describe("work that was cut short", () => {
  let gitlab: GitLab;

  beforeAll(async () => {
    gitlab = await GitLab.start();
  });

  afterAll(() => gitlab.stop());

  const count = (): number => gitlab.sandbox.control.objects().hooks;

  it("by a kill during a create: the next up makes the hook and names the twin, which can be taken over", async () => {
    const scenario = Scenario.on(gitlab);
    const program = hook("hook", "https://ci.example.com");
    // Done, but answered in a way that the provider waits and asks again.
    const [method, path] = ["POST", "/hooks$"];
    gitlab.sandbox.control.addFault({ method, path, status: 429, headers: { "retry-after": "120" }, when: "after" });
    await scenario.kill(program, () => count() === 1);
    expect(scenario.names()).toEqual([]);
    const { output } = await scenario.up();
    expect(count()).toBe(2);
    const [twin] = gitlab.sandbox.control.world.state.hooks;
    const id = `projects/42/hooks/${twin?.id ?? 0}`;
    expect(output).toMatch(new RegExp(`warning: .*${id}, made .* ago, equals the one that is being created`));
    expect(output).toContain(`{ import: "${id}" }`);
    expect(output).not.toContain("canary");
    // What the warning says.
    const taking = hook("hook", "https://ci.example.com").replace("});", `}, { import: "${id}" });`);
    await scenario.up(taking, { replace: ["hook"] });
    expect(scenario.stored("hook").id).toBe(id);
    expect(gitlab.sandbox.control.world.state.hooks.map((row) => row.id)).toEqual([twin?.id]);
    expect((await scenario.up()).steps).toEqual([]);
    await scenario.destroy();
    expect(count()).toBe(0);
  });

  describe("by a failure halfway through an update", () => {
    let scenario: Scenario;
    const headers = (...keys: string[]): string =>
      `, customHeaders: { ${keys.map((key) => `"${key}": "canary-${key}"`).join(", ")} }`;
    const first = hook("half", "https://one.example.com", headers("X-A"));
    const second = hook("half", "https://two.example.com", headers("X-A", "X-B"));
    const third = hook("half", "https://three.example.com", headers("X-A", "X-B"));

    /** Lets the call after the PUT of the hook itself fail. */
    const failHeaders = (): void => {
      gitlab.sandbox.control.addFault({
        method: "PUT",
        path: "/custom_headers/",
        status: 400,
        body: { message: { value: ["canary-X-A is not wanted today"] } },
      });
    };

    beforeAll(async () => {
      scenario = Scenario.on(gitlab);
      await scenario.up(first);
    });

    it("the state has what was done, and the error says what was not", async () => {
      failHeaders();
      const { output } = await scenario.failing("up", second);
      expect(output).toMatch(/PUT \/projects\/42\/hooks\/\d+\/custom_headers\/X-A: 400 /);
      expect(output).not.toContain("canary");
      expect(output).not.toMatch(/\n\s+at .*[(/]/);
      expect(scenario.stored("half").outputs?.url).toBe("https://two.example.com");
      expect(scenario.stored("half").outputs?.__provider).toEqual(expect.stringContaining("pulumi-gitlab-dynamic"));
    });

    it("a refresh works, and the next up does the rest", async () => {
      await scenario.refresh();
      expect((await scenario.up()).steps).toEqual(["update half"]);
      const id = Number(/\d+$/.exec(scenario.stored("half").id ?? "")?.[0]);
      const { headers: sent } = gitlab.sandbox.control.delivery(id);
      expect(sent).toMatchObject({ "X-A": "canary-X-A", "X-B": "canary-X-B", "X-Gitlab-Token": "canary-token" });
      expect((await scenario.up()).steps).toEqual([]);
    });

    it("a destroy works right after it", async () => {
      failHeaders();
      await scenario.failing("up", third);
      await scenario.destroy();
      expect(count()).toBe(0);
      expect(scenario.names()).toEqual([]);
    });
  });

  it("by a failure of the last call of a create: the hook is kept, and the next up does the rest", async () => {
    const scenario = Scenario.on(gitlab);
    gitlab.sandbox.control.addFault({ method: "POST", path: "/test/", status: 422, body: { message: "canary" } });
    const program = hook("tested", "https://ci.example.com", ', testOnCreate: "push_events"');
    await scenario.failing("up", program);
    expect(count()).toBe(1);
    expect(scenario.names()).toEqual(["tested"]);
    await scenario.destroy();
    expect(count()).toBe(0);
  });
});
