import { definitionOf } from "./support/cases";
import { ManagedFleet } from "./support/managed-fleet";
import { ManagedResource } from "./support/managed-resource";
import { hooksOf } from "./support/many";
import { ProviderFixture, type TestParent } from "./support/provider-fixture";

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start();
});

afterAll(async () => {
  await fixture.stop();
});

const hook = definitionOf("ProjectHook");
const slack = definitionOf("integrations.Slack");
const webhook = "https://hooks.slack.com/services/canary0secret0hook";

function idsOf(fleet: ManagedFleet): Record<string, string> {
  return fleet.outputs.ids as Record<string, string>;
}

function hooksIn({ id }: TestParent) {
  return fixture.sandbox.control.world.state.hooks.filter(({ scope }) => scope.kind === "project" && scope.id === id);
}

describe("from single resources to a fleet and back, in one run each", () => {
  test("hooks", async () => {
    const place = await fixture.createParent("project");
    const args = { project: place.path, url: "https://ci.example.com/single", token: "canary0secret0token" };
    const single = new ManagedResource(fixture, hook);
    await single.up(args);
    const run = await fixture.withNewProcess();
    const fleet = new ManagedFleet(run, hook);
    await fleet.up({ only: args });
    const old = single.copy(run);
    expect(await fixture.recordRequests(() => old.destroy())).toMatchObject({ requests: [] });
    expect(idsOf(fleet)).toEqual({ only: single.id });
    await run.stop("sandbox");
    const back = await fixture.withNewProcess();
    const again = new ManagedResource(back, hook);
    await again.up(args, single.id);
    const left = Object.assign(new ManagedFleet(back, hook), {
      id: fleet.id,
      inputs: fleet.inputs,
      outputs: fleet.outputs,
    });
    expect((await fixture.recordRequests(() => left.up({}))).requests).toEqual([]);
    expect(again.id).toBe(single.id);
    expect(hooksIn(place)).toHaveLength(1);
    await back.stop("sandbox");
  });

  test("integrations, without an import", async () => {
    const place = await fixture.createParent("project");
    const args = { project: place.path, webhook, username: "us" };
    const single = new ManagedResource(fixture, slack);
    await single.up(args);
    const run = await fixture.withNewProcess();
    const fleet = new ManagedFleet(run, slack);
    await fleet.up({ only: args });
    await single.copy(run).destroy();
    await run.stop("sandbox");
    const back = await fixture.withNewProcess();
    const again = new ManagedResource(back, slack);
    await again.up(args);
    const left = Object.assign(new ManagedFleet(back, slack), {
      id: fleet.id,
      inputs: fleet.inputs,
      outputs: fleet.outputs,
    });
    await left.destroy();
    expect(await again.refresh()).toBe("there");
    await back.stop("sandbox");
  });

  test("a removed entry stays on GitLab with retainOnDelete", async () => {
    const place = await fixture.createParent("project");
    const fleet = new ManagedFleet(fixture, hook);
    await fleet.up(hooksOf([place.path]));
    await fleet.up({}, { __retain: true });
    expect(hooksIn(place)).toHaveLength(1);
    expect(idsOf(fleet)).toEqual({});
  });
});
