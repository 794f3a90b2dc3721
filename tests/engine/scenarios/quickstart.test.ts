import { openQuickstart, quickstartSecrets } from "../support/quickstart";
import { changesOf, differencesOf, stepsOf, succeeding, type Scenario } from "../support/scenario";

const resources = [
  "GroupHook audit",
  "ProjectHook deploys",
  "ProjectPushRule rules",
  "integrations.Discord beta",
  "integrations.EmailsOnPush on-call",
  "integrations.Jenkins build",
  "integrations.Jira issues",
  "integrations.Mattermost alerts",
];

const empty = { hooks: 0, integrations: 0, pushRules: 0 };

describe("the quickstart, from the first preview to destroy", () => {
  let scenario: Scenario;
  let output = "";

  beforeAll(async () => {
    scenario = await openQuickstart();
  });

  beforeEach(() => {
    scenario.forget();
  });

  afterAll(async () => {
    await scenario.close();
  });

  const run = async (operation: "preview" | "up" | "refresh" | "destroy") => {
    const outcome = await succeeding(scenario.driver[operation]());
    output += outcome.output;
    return outcome;
  };

  it("previews with one look at the token, the project, the group's hooks, and each integration and the rules", async () => {
    expect(changesOf(await run("preview"))).toEqual(resources.map((resource) => `create ${resource}`));
    expect(scenario.writes()).toEqual([]);
    expect(scenario.requests()).toHaveLength(9);
  });

  it("makes everything, with the requests that it takes and no more", async () => {
    expect(changesOf(await run("up"))).toEqual(resources.map((resource) => `create ${resource}`));
    expect(scenario.sandbox.control.objects()).toMatchObject({ hooks: 2, integrations: 5, pushRules: 1 });
    // A hook is made by the path that the program gives, where nothing has told the number yet.
    const writes = scenario.writes().map((write) => write.replace("/acme/", "/9/").replace("/acme%2Fshop/", "/42/"));
    expect(writes.sort()).toEqual([
      "POST /groups/9/hooks",
      "POST /projects/42/hooks",
      "POST /projects/42/push_rule",
      "PUT /projects/42/integrations/discord",
      "PUT /projects/42/integrations/emails-on-push",
      "PUT /projects/42/integrations/jenkins",
      "PUT /projects/42/integrations/jira",
      "PUT /projects/42/integrations/mattermost",
    ]);
    // A lookup of the project, a list per kind of hook, and a look at each integration and the rules.
    expect(scenario.requests().filter(({ method }) => method === "GET").length).toBeLessThanOrEqual(10);
  });

  it("has nothing to do in a second up, and asks GitLab for nothing", async () => {
    expect(changesOf(await run("up"))).toEqual([]);
    expect(scenario.requests()).toEqual([]);
  });

  it("finds nothing in a refresh, with one GET for each object", async () => {
    expect(changesOf(await run("refresh"))).toEqual([]);
    expect(scenario.requests()).toHaveLength(resources.length);
    expect(scenario.writes()).toEqual([]);
  });

  it("shows what was changed behind its back, property by property", async () => {
    await meddle(scenario);
    const found = await run("refresh");
    expect(changesOf(found)).toEqual(["delete integrations.Discord beta", "update ProjectHook deploys"]);
    expect(differencesOf(stepsOf(found, "deploys")[0])).toEqual([
      "pushEvents: false => true",
      "releasesEvents: true => false",
    ]);
  });

  it("mends it in the next up, and has nothing to do after that", async () => {
    expect(changesOf(await run("up"))).toEqual(["create integrations.Discord beta", "update ProjectHook deploys"]);
    expect([...scenario.writes()].sort()).toEqual([
      expect.stringMatching(/^PUT \/projects\/42\/hooks\/\d+$/),
      "PUT /projects/42/integrations/discord",
    ]);
    expect(changesOf(await run("up"))).toEqual([]);
    expect(changesOf(await run("refresh"))).toEqual([]);
  });

  it("never writes a secret in clear", async () => {
    const seen = output + JSON.stringify(await scenario.driver.export());
    for (const value of Object.values(quickstartSecrets)) expect(seen).not.toContain(value);
    expect(seen).not.toContain(scenario.sandbox.token);
  });

  it("takes everything away", async () => {
    expect(changesOf(await run("destroy"))).toEqual(resources.map((resource) => `delete ${resource}`));
    expect(scenario.sandbox.control.objects()).toMatchObject(empty);
  });
});

/** Changes the hook's events and switches Discord off, as a person would in GitLab's pages. */
async function meddle({ sandbox }: Scenario): Promise<void> {
  const hooks = (await (await call("GET", "hooks")).json()) as { id: number }[];
  await call("PUT", `hooks/${hooks[0]?.id ?? 0}`, { push_events: true, releases_events: false });
  await call("DELETE", "integrations/discord");

  async function call(method: string, path: string, body?: unknown): Promise<Response> {
    const response = await fetch(`${sandbox.url}/api/v4/projects/42/${path}`, {
      method,
      headers: { Authorization: `Bearer ${sandbox.token}`, "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect(response.ok).toBe(true);
    return response;
  }
}
