import { secret } from "gitlab-sandbox/drivers";
import { changesOf, openScenario, succeeding, type Scenario } from "../../support/scenario";

/** How many projects the group has: more with `FLEET_PROJECTS=500`, which takes minutes. */
const count = Number(process.env.FLEET_PROJECTS ?? 12);

/** Milliseconds for one step. */
const limit = 120_000 + count * 3_000;

let scenario: Scenario;
/** The group's projects, in the order in which they were made. */
let ids: readonly number[];

beforeAll(async () => {
  scenario = await openScenario({
    program: "examples/fleet",
    project: "gitlab-fleet",
    config: {
      "gitlab-fleet:group": "fleet",
      "gitlab-fleet:hookToken": secret("clear-hook-token"),
      "gitlab-fleet:mattermostWebhook": secret("https://mattermost.example.com/hooks/clear-mattermost"),
    },
  });
  const group = await api("POST", "groups", { name: "Fleet", path: "fleet" });
  const below = await api("POST", "groups", { name: "Below", path: "below", parent_id: group.id });
  const made: number[] = [];
  for (let index = 0; index < count; index++) {
    const namespace = index % 10 === 9 ? below.id : group.id;
    made.push((await api("POST", "projects", { name: `service-${index}`, namespace_id: namespace })).id);
  }
  ids = made;
}, limit);

afterAll(async () => {
  await scenario.close();
});

async function api(method: string, path: string, body?: object): Promise<{ id: number }> {
  const response = await fetch(`${scenario.sandbox.url}/api/v4/${path}`, {
    method,
    headers: { Authorization: `Bearer ${scenario.sandbox.token}`, "Content-Type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  expect(response.ok).toBe(true);
  return (await response.json()) as { id: number };
}

/** What happens to the resources of a project. */
function ofProject(op: string, id: number): string[] {
  return [
    `${op} ProjectHook ci-${id}`,
    `${op} ProjectPushRule rules-${id}`,
    `${op} integrations.Mattermost alerts-${id}`,
  ];
}

describe("the example of a fleet", () => {
  let next = 0;

  it(
    "gives every project of the group its resources",
    async () => {
      const first = changesOf(await succeeding(scenario.driver.up()));
      expect(first).toEqual(ids.flatMap((id) => ofProject("create", id)).sort());
      expect(scenario.sandbox.control.objects()).toMatchObject({ hooks: count, integrations: count, pushRules: count });
    },
    limit,
  );

  it(
    "previews of a project that comes its own resources alone, whatever else was renamed",
    async () => {
      const group = await api("GET", "groups/fleet");
      next = (await api("POST", "projects", { name: "another", namespace_id: group.id })).id;
      await api("PUT", `projects/${ids[1] ?? 0}`, { path: "renamed", name: "renamed" });
      scenario.forget();
      expect(changesOf(await succeeding(scenario.driver.preview()))).toEqual(ofProject("create", next));
      expect(scenario.writes()).toEqual([]);
    },
    limit,
  );

  it(
    "takes those of a project that goes away, and of no other",
    async () => {
      const [gone = 0] = ids;
      await api("POST", `projects/${gone}/archive`);
      expect(changesOf(await succeeding(scenario.driver.preview()))).toEqual(
        [...ofProject("create", next), ...ofProject("delete", gone)].sort(),
      );
    },
    limit,
  );
});
