import { startSandbox, type Sandbox } from "gitlab-sandbox";
import { secret } from "gitlab-sandbox/drivers";
import { changesOf, openScenario, succeeding, type Scenario } from "../../support/scenario";

let community: Sandbox;
let scenario: Scenario;

beforeAll(async () => {
  community = await startSandbox({ token: "clear-community-token" });
  scenario = await openScenario({
    program: "examples/two-gitlabs",
    project: "gitlab-two-gitlabs",
    config: (company) => ({
      "gitlab-two-gitlabs:companyUrl": company.url,
      "gitlab-two-gitlabs:companyToken": secret(company.token),
      "gitlab-two-gitlabs:communityUrl": community.url,
      "gitlab-two-gitlabs:communityToken": secret(community.token),
      "gitlab-two-gitlabs:hookToken": secret("clear-hook-token"),
      "gitlab-two-gitlabs:mirrorToken": secret("clear-mirror-token"),
    }),
  });
});

afterAll(async () => {
  await scenario.close();
  await community.stop();
});

describe("the example of two GitLabs", () => {
  let output = "";

  it("makes each resource on the GitLab of its provider", async () => {
    const made = await succeeding(scenario.driver.up());
    output = made.output;
    expect(changesOf(made)).toEqual([
      "create ProjectHook releases-on-community",
      "create ProjectHook releases-on-company",
      "create ProjectPullMirror copy",
      "create ProjectPushRule rules",
      "create pulumi.providers:pulumi-nodejs community",
      "create pulumi.providers:pulumi-nodejs company",
    ]);
    const { control } = scenario.sandbox;
    expect(control.objects()).toMatchObject({ hooks: 1, pushRules: 1 });
    expect(community.control.objects()).toMatchObject({ hooks: 1, pushRules: 0 });
    expect(control.world.project(42)?.mirror).toBeUndefined();
    expect(community.control.world.project(42)).toMatchObject({
      importUrl: "https://gitlab.acme.example/acme/shop.git",
      importCredentials: { user: "mirror", password: "clear-mirror-token" },
      mirror: { enabled: true, onlyProtectedBranches: true },
    });
  });

  it("has nothing to do in a second up", async () => {
    expect(changesOf(await succeeding(scenario.driver.up()))).toEqual([]);
  });

  it("never writes a secret in clear", async () => {
    const seen = output + JSON.stringify(await scenario.driver.export());
    for (const value of ["clear-hook-token", "clear-mirror-token", scenario.sandbox.token, community.token]) {
      expect(seen).not.toContain(value);
    }
  });

  it("takes everything away on both", async () => {
    await succeeding(scenario.driver.destroy());
    expect(community.control.world.project(42)?.mirror?.enabled).toBe(false);
    for (const { control } of [scenario.sandbox, community]) {
      expect(control.objects()).toMatchObject({ hooks: 0, pushRules: 0 });
    }
  });
});
