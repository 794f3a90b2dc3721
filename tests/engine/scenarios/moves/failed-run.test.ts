import { GitLab, Scenario } from "../support/scenario";
import { cutAtWrite } from "./support/cut";
import { ownedIn, ownersOf } from "./support/owners";
import { Rewind } from "./support/rewind";

const KEPT = /kept, managed by/;
const URN = "urn:pulumi:dev::app::pulumi-nodejs:dynamic/gitlab";

const many = `Object.fromEntries(Array.from({ length: 30 }, (_, nth) =>
  ["entry-" + nth, { project: "acme/web", url: "https://ci.example.com/" + nth }]))`;

/** The objects by the names that the first program has for them; `-new` is added to them in the second. */
const program = (suffix: string, trigger: string): string => `
const single = { project: "acme/shop", url: "https://single.example.com" };
const made = [
  new gitlab.ProjectHook("hook${suffix}", { project: "acme/shop", url: "https://one.example.com" }, { import: "projects/42/hooks/1" }),
  new gitlab.integrations.Slack("slack${suffix}", { project: "acme/shop", webhook: "https://hooks.slack.com/services/1" }),
  ${suffix === "" ? 'new gitlab.ProjectHook("single", single)' : 'new gitlab.Fleet("single-new", gitlab.ProjectHook, { single })'},
  new gitlab.ProjectHook("triggered", { project: "acme/shop", url: "https://two.example.com" }, {
    import: "projects/42/hooks/2", replacementTrigger: "${trigger}",
  }),
  new gitlab.Fleet("many${suffix}", gitlab.ProjectHook, ${many}),
  new gitlab.Project("store${suffix}", { namespace: "acme", path: "store" }${suffix === "" ? "" : ', { import: "acme/store" }'}),
];
${suffix === "" ? "" : 'new gitlab.ProjectHook("unrelated", { project: "acme/api", url: "https://ci.example.com" }, { dependsOn: made });'}
`;
const after = program("-new", "2");

const newUrns = [
  ":ProjectHook::hook-new",
  ":ProjectHook::triggered",
  ":ProjectHook::unrelated",
  "/integrations:Slack::slack-new",
  "/fleet:ProjectHook::single-new",
  "/fleet:ProjectHook::many-new",
  ":Project::store-new",
].map((end) => `${URN}${end}`);

describe("objects that get other resources in a run that comes to a bad end", () => {
  let gitlab: GitLab;
  let scenario: Scenario;
  let before: Rewind;
  let owned: readonly string[];
  let single: string;

  beforeAll(async () => {
    gitlab = await GitLab.start();
    for (const name of ["one", "two"]) {
      await gitlab.api("POST", "/projects/42/hooks", { url: `https://${name}.example.com` });
    }
    scenario = Scenario.on(gitlab);
    await scenario.up(program("", "1"));
    before = await Rewind.keep(scenario, gitlab);
    owned = ownedIn(scenario.resources());
    single = scenario.stored("single").id ?? "";
  });

  beforeEach(async () => {
    await before.restore();
    scenario.workspace.write(after);
  });

  afterAll(() => gitlab.stop());

  /** Runs `up` until the end, in which only what left the program is let go of. */
  async function expectAllKept(): Promise<void> {
    const { output } = await scenario.up();
    expect(output).toMatch(KEPT);
    const writes = gitlab.writes();
    expect(writes.filter((request) => request.startsWith("DELETE"))).toEqual([]);
    const resources = scenario.resources();
    expect(ownedIn(resources).filter((id) => !id.startsWith("projects/44/"))).toEqual(owned);
    expect(ownersOf(resources, "projects/42/hooks/1")).toEqual(["hook-new"]);
    expect(ownersOf(resources, "projects/42/hooks/2")).toEqual(["triggered"]);
    expect(ownersOf(resources, "projects/42/integrations/slack")).toEqual(["slack-new"]);
    expect(ownersOf(resources, single)).toEqual(["single-new"]);
    expect(scenario.names()).toEqual([
      "hook-new",
      "many-new",
      "single-new",
      "slack-new",
      "store-new",
      "triggered",
      "unrelated",
    ]);
    expect((await scenario.refresh()).steps).toEqual([]);
  }

  it("are all kept by the next one, where another resource failed", async () => {
    const [method, path] = ["POST", "^/projects/(?:44|acme%2Fapi)/hooks$"];
    gitlab.sandbox.control.addFault({ method, path, status: 400, body: { message: "not today" }, times: 1000 });
    expect((await scenario.failing("up")).output).toContain("not today");
    expect(ownersOf(scenario.resources(), "projects/42/hooks/1")).toEqual(["hook-new", "hook"]);
    gitlab.sandbox.control.faults.clear();
    await expectAllKept();
  });

  it("are all kept by the next one, where it was interrupted twice", async () => {
    const cut = cutAtWrite(gitlab.sandbox.control, 1);
    await scenario.cut({ kind: "up" }, "interrupt", cut.reached).finally(cut.over);
    await expectAllKept();
  });

  it("are all kept by the next one, where it was about the new resources only", async () => {
    await scenario.up(after, { target: newUrns });
    await expectAllKept();
  });
});
