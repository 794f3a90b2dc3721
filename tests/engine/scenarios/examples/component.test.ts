import { startSandbox, type Sandbox } from "gitlab-sandbox";
import { secret } from "gitlab-sandbox/drivers";
import { changesOf, openScenario, succeeding, type Scenario } from "../../support/scenario";

let other: Sandbox;
let scenario: Scenario;

beforeAll(async () => {
  other = await startSandbox();
  scenario = await openScenario({
    program: "examples/component",
    project: "gitlab-component",
    config: {
      "gitlab-component:mattermostWebhook": secret("https://mattermost.example.com/hooks/clear-mattermost"),
      "gitlab-component:otherUrl": other.url,
      "gitlab-component:otherToken": secret(other.token),
    },
  });
});

afterAll(async () => {
  await scenario.close();
  await other.stop();
});

const created = [
  "create ProjectPushRule shop-rules",
  "create ProjectPushRule site-rules",
  "create ProjectPushRule web-rules",
  "create ProjectShare shop-reviewers",
  "create acme.gitlab:StandardProject shop",
  "create acme.gitlab:StandardProject site",
  "create acme.gitlab:StandardProject web",
  "create integrations.Mattermost shop-alerts",
  "create integrations.Mattermost site-alerts",
  "create integrations.Mattermost web-alerts",
  "create pulumi.providers:pulumi-nodejs other",
];

describe("the example of a component", () => {
  it("gives each project the standard, on the GitLab that its component is given", async () => {
    expect(changesOf(await succeeding(scenario.driver.up()))).toEqual(created);
    expect(scenario.sandbox.control.objects()).toMatchObject({ integrations: 2, pushRules: 2 });
    expect(other.control.objects()).toMatchObject({ integrations: 1, pushRules: 1 });
    expect(scenario.sandbox.control.world.project(42)?.shares).toMatchObject([{ groupId: 11, access: 20 }]);
  });

  it("has nothing to do in a second up, and asks neither GitLab for anything", async () => {
    scenario.forget();
    other.control.log.clear();
    expect(changesOf(await succeeding(scenario.driver.up()))).toEqual([]);
    expect([...scenario.requests(), ...other.control.requests()]).toEqual([]);
  });

  it("takes everything away on both", async () => {
    await succeeding(scenario.driver.destroy());
    expect(scenario.sandbox.control.objects()).toMatchObject({ integrations: 0, pushRules: 0 });
    expect(other.control.objects()).toMatchObject({ integrations: 0, pushRules: 0 });
  });
});
