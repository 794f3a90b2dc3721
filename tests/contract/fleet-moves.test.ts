import { definitionOf } from "./support/cases";
import { Fleeted } from "./support/fleeted";
import { Managed } from "./support/managed";
import { hooksOf } from "./support/many";
import { Setting, type Place } from "./support/setting";

let setting: Setting;

beforeAll(async () => {
  setting = await Setting.start();
});

afterAll(async () => {
  await setting.stop();
});

const hook = definitionOf("ProjectHook");
const slack = definitionOf("integrations.Slack");
const webhook = "https://hooks.slack.com/services/canary0secret0hook";

function idsOf(fleet: Fleeted): Record<string, string> {
  return fleet.outputs.ids as Record<string, string>;
}

function hooksIn({ id }: Place) {
  return setting.sandbox.control.world.state.hooks.filter(({ scope }) => scope.kind === "project" && scope.id === id);
}

describe("from single resources to a fleet and back, in one run each", () => {
  test("hooks", async () => {
    const place = await setting.place("project");
    const args = { project: place.path, url: "https://ci.example.com/single", token: "canary0secret0token" };
    const single = new Managed(setting, hook);
    await single.up(args);
    const run = await setting.restarted();
    const fleet = new Fleeted(run, hook);
    await fleet.up({ only: args });
    const old = single.copy(run);
    expect(await setting.watch(() => old.destroy())).toMatchObject({ requests: [] });
    expect(idsOf(fleet)).toEqual({ only: single.id });
    await run.stop("sandbox");
    const back = await setting.restarted();
    const again = new Managed(back, hook);
    await again.up(args, single.id);
    const left = Object.assign(new Fleeted(back, hook), { id: fleet.id, inputs: fleet.inputs, outputs: fleet.outputs });
    expect((await setting.watch(() => left.up({}))).requests).toEqual([]);
    expect(again.id).toBe(single.id);
    expect(hooksIn(place)).toHaveLength(1);
    await back.stop("sandbox");
  });

  test("integrations, without an import", async () => {
    const place = await setting.place("project");
    const args = { project: place.path, webhook, username: "us" };
    const single = new Managed(setting, slack);
    await single.up(args);
    const run = await setting.restarted();
    const fleet = new Fleeted(run, slack);
    await fleet.up({ only: args });
    await single.copy(run).destroy();
    await run.stop("sandbox");
    const back = await setting.restarted();
    const again = new Managed(back, slack);
    await again.up(args);
    const left = Object.assign(new Fleeted(back, slack), {
      id: fleet.id,
      inputs: fleet.inputs,
      outputs: fleet.outputs,
    });
    await left.destroy();
    expect(await again.refresh()).toBe("there");
    await back.stop("sandbox");
  });

  test("a removed entry stays on GitLab with retainOnDelete", async () => {
    const place = await setting.place("project");
    const fleet = new Fleeted(setting, hook);
    await fleet.up(hooksOf([place.path]));
    await fleet.up({}, { __retain: true });
    expect(hooksIn(place)).toHaveLength(1);
    expect(idsOf(fleet)).toEqual({});
  });
});
