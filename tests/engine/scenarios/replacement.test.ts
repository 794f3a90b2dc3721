import { GitLab, Scenario } from "./support/scenario";

const before = `
const project = "acme/shop";
const hook = (name, url, more, opts) => new gitlab.ProjectHook(name, { project, url, ...more }, opts);
hook("adopted-replaced", "https://one.example.com", {}, { import: "projects/42/hooks/1" });
hook("adopted-renamed", "https://two.example.com", {}, { import: "acme/shop:2" });
hook("adopted-moved", "https://three.example.com", {}, { import: "projects/acme/shop/hooks/3" });
hook("replaced", "https://four.example.com");
hook("renamed", "https://five.example.com");
hook("twin-a", "https://six.example.com", { token: "canary-a" });
hook("twin-b", "https://six.example.com", { token: "canary-b" });
new gitlab.integrations.Slack("slack", { project, webhook: "https://hooks.slack.com/services/1" });
`;

const after = before
  .replace('"adopted-renamed"', '"adopted-renamed-new"')
  .replace('"renamed"', '"renamed-new"')
  .replace('"https://three.example.com", {}', '"https://three.example.com", { project: "acme/web" }');

describe("replacing and renaming", () => {
  let gitlab: GitLab;
  let scenario: Scenario;

  beforeAll(async () => {
    gitlab = await GitLab.start();
    scenario = Scenario.on(gitlab);
    for (const name of ["one", "two", "three"]) {
      await gitlab.api("POST", "/projects/42/hooks", { url: `https://${name}.example.com`, push_events: true });
    }
  });

  afterAll(() => gitlab.stop());

  /** The hooks of a project on GitLab: their addresses by number. */
  async function hooks(project: number): Promise<Map<number, string>> {
    const list = (await gitlab.api("GET", `/projects/${project}/hooks`)) as unknown as { id: number; url: string }[];
    return new Map(list.map(({ id, url }) => [id, new URL(url).hostname.split(".")[0] ?? ""]));
  }

  const numberOf = (name: string): number => Number(/\d+$/.exec(scenario.stored(name).id ?? "")?.[0]);

  describe("a program's first up", () => {
    let preview: string;

    beforeAll(async () => {
      preview = (await scenario.preview(before)).output;
      gitlab.requests();
      await scenario.up();
    });

    it("says before what it will take over", () => {
      for (const id of [1, 2, 3]) {
        expect(preview).toContain(`ProjectHook will take over projects/42/hooks/${id}, changing nothing`);
      }
    });

    it("takes over what exists, by any form of its ID", () => {
      expect(["adopted-replaced", "adopted-renamed", "adopted-moved"].map(numberOf)).toEqual([1, 2, 3]);
    });

    it("makes two hooks that differ in nothing but their token", async () => {
      const [a, b] = [numberOf("twin-a"), numberOf("twin-b")];
      expect(a).not.toBe(b);
      const sent = [a, b].map((id) => gitlab.sandbox.control.delivery(id).headers["X-Gitlab-Token"]);
      expect(sent).toEqual(["canary-a", "canary-b"]);
      expect([...(await hooks(42)).values()].filter((name) => name === "six")).toHaveLength(2);
    });
  });

  describe("an up that replaces and renames", () => {
    let old: Readonly<Record<"replaced" | "renamed", number>>;
    let steps: readonly string[];
    let output: string;

    beforeAll(async () => {
      old = { replaced: numberOf("replaced"), renamed: numberOf("renamed") };
      const changed = { webhook: "https://hooks.slack.com/services/1", push_events: false };
      await gitlab.api("PUT", "/projects/42/integrations/slack", changed);
      gitlab.requests();
      ({ steps, output } = await scenario.up(after, { replace: ["adopted-replaced", "replaced", "slack"] }));
    });

    it("keeps an adopted hook that is replaced", async () => {
      expect(steps).toContain("delete-replaced adopted-replaced");
      expect(numberOf("adopted-replaced")).toBe(1);
      expect((await hooks(42)).get(1)).toBe("one");
      expect(output).toContain("projects/42/hooks/1: kept, managed by another resource of this program");
    });

    it("keeps an adopted hook that is renamed", async () => {
      expect(steps).toEqual(expect.arrayContaining(["create adopted-renamed-new", "delete adopted-renamed"]));
      expect(numberOf("adopted-renamed-new")).toBe(2);
      expect((await hooks(42)).get(2)).toBe("two");
    });

    it("makes a new hook where an adopted one moves to another project, and deletes the old one", async () => {
      expect(scenario.stored("adopted-moved").id).toMatch(/^projects\/43\/hooks\/\d+$/);
      expect([...(await hooks(43)).values()]).toEqual(["three"]);
      expect((await hooks(42)).has(3)).toBe(false);
    });

    it("makes a new hook where a plain one is replaced or renamed, and deletes the old one", async () => {
      const now = await hooks(42);
      for (const [name, id] of [
        ["replaced", old.replaced],
        ["renamed-new", old.renamed],
      ] as const) {
        expect(numberOf(name)).not.toBe(id);
        expect(now.has(id)).toBe(false);
        expect(now.has(numberOf(name))).toBe(true);
      }
    });

    it("deletes an integration before it makes the new one", async () => {
      expect(steps.filter((step) => step.endsWith(" slack"))).toEqual([
        "delete-replaced slack",
        "replace slack",
        "create-replacement slack",
      ]);
      expect(await gitlab.api("GET", "/projects/42/integrations/slack")).toMatchObject({
        active: true,
        push_events: true,
      });
      // What somebody changed in it would keep a new one from being made in its place; this one is being replaced.
      expect(output).toMatch(
        /slack is already active and differs in pushEvents\..+Unless this program is replacing it/,
      );
      const path = "/projects/42/integrations/slack";
      expect(gitlab.requests().filter((request) => request.endsWith(path))).toEqual([
        // The check of a replacement has no old inputs.
        `GET ${path}`,
        `DELETE ${path}`,
        `GET ${path}`,
        `PUT ${path}`,
      ]);
    });

    it("leaves nothing to do, and a destroy leaves nothing", async () => {
      expect((await scenario.up()).steps).toEqual([]);
      await scenario.destroy();
      expect(gitlab.sandbox.control.objects()).toMatchObject({ hooks: 0, integrations: 0 });
    });
  });
});
