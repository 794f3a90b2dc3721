import { randomUUID } from "node:crypto";

import { onCli } from "../support/driver";
import { GitLab, Scenario } from "../support/scenario";
import { ownersOf } from "./support/owners";
import { Rewind } from "./support/rewind";

const isLong = onCli || process.env.LONG_TESTS === "1";

const first = `
const hook = new gitlab.ProjectHook("first-hook", { project: "acme/shop", url: "https://one.example.com" });
const owned = [
  hook,
  new gitlab.integrations.Slack("first-slack", { project: "acme/shop", webhook: "https://hooks.slack.com/services/1" }),
  new gitlab.ProjectPushRule("first-rules", { project: "acme/shop", denyDeleteTag: true }),
  new gitlab.ProjectNotificationSettings("first-mail", { project: "acme/shop", level: "watch" }),
  new gitlab.Fleet("first-hooks", gitlab.ProjectHook, { one: { project: "acme/web", url: "https://one.example.com" } }, { dependsOn: [hook] }),
  new gitlab.Fleet("first-slacks", gitlab.integrations.Slack, {
    one: { project: "acme/web", webhook: "https://hooks.slack.com/services/1" },
  }),
];
const shop = pulumi.output(owned[0].projectId);
const web = owned[4].ids.apply(() => 43);
`;

const slot = (id: string): string => `, import: "${id}"`;
const hook = (project: string): string =>
  `new gitlab.ProjectHook("second", { project: ${project}, url: "https://other.example.com" }, { dependsOn: owned, import: "projects/42/hooks/1" });`;
const slack = (project: string, more = ""): string =>
  `new gitlab.integrations.Slack("second", { project: ${project}, webhook: "https://hooks.slack.com/services/2" }, { dependsOn: owned${more} });`;

/** A second resource for an object, the object, and the resource that has it. */
type Case = readonly [what: string, second: string, id: string, owner: string];

/** The short form. Constructors cannot know what an output says, so that they have nothing to compare. */
const some: readonly Case[] = [
  ["a hook, its project an output", hook("shop"), "projects/42/hooks/1", "first-hook"],
  [
    "an integration",
    slack("shop", slot("projects/42/integrations/slack")),
    "projects/42/integrations/slack",
    "first-slack",
  ],
  [
    "notification settings",
    'new gitlab.ProjectNotificationSettings("second", { project: shop, level: "mention" }, { dependsOn: owned });',
    "projects/42/notification_settings",
    "first-mail",
  ],
  ["a hook of a fleet", hook("web").replace("42/hooks/1", "43/hooks/2"), "projects/43/hooks/2", "first-hooks"],
  [
    "an integration, for an entry of a fleet",
    `new gitlab.Fleet("second", gitlab.integrations.Slack, {
       entry: { project: shop, webhook: "https://hooks.slack.com/services/2" },
     }, { dependsOn: owned });`,
    "projects/42/integrations/slack",
    "first-slack",
  ],
];

/** The same, said in another way. */
const others: readonly Case[] = [
  ["a hook, its project a number", hook("42"), "projects/42/hooks/1", "first-hook"],
  ["a hook, its project an ID", hook('"projects/42"'), "projects/42/hooks/1", "first-hook"],
  ["a hook, its project a path", hook('"acme/shop"'), "projects/42/hooks/1", "first-hook"],
  [
    "push rules",
    'new gitlab.ProjectPushRule("second", { project: shop, denyDeleteTag: false, maxFileSize: 3 }, { dependsOn: owned });',
    "projects/42/push_rule",
    "first-rules",
  ],
  [
    "push rules, by import",
    `new gitlab.ProjectPushRule("second", { project: shop, maxFileSize: 3 }, { dependsOn: owned${slot("acme/shop")} });`,
    "projects/42/push_rule",
    "first-rules",
  ],
  ["an integration of a fleet", slack("web", slot("acme/web")), "projects/43/integrations/slack", "first-slacks"],
  [
    "push rules, for an entry of a fleet",
    `new gitlab.Fleet("second", gitlab.ProjectPushRule, { entry: { project: shop, maxFileSize: 3 } }, { dependsOn: owned });`,
    "projects/42/push_rule",
    "first-rules",
  ],
];

describe("a second resource for an object of the same program", () => {
  let gitlab: GitLab;
  let scenario: Scenario;
  let before: Rewind;
  let objects: string;

  beforeAll(async () => {
    gitlab = await GitLab.start();
    scenario = Scenario.on(gitlab);
    await scenario.up(first);
    before = await Rewind.keep(scenario, gitlab);
    objects = objectsNow();
  });

  beforeEach(() => before.restore());

  afterAll(() => gitlab.stop());

  function objectsNow(): string {
    const { hooks, integrations, pushRules, notifications } = gitlab.sandbox.control.world.state;
    return JSON.stringify({ hooks, integrations, pushRules, notifications }, undefined, 1);
  }

  it.each(isLong ? [...some, ...others] : some)(
    "%s: is refused with the names of both, in a preview too, and changes nothing",
    async (_what, second, id, owner) => {
      for (const kind of ["preview", "up"] as const) {
        const { output } = await scenario.failing(kind, first + second);
        // What `import` says is named as it says it.
        const object = id.split("/").slice(2).join("/");
        const isNamed = output.split("\n").some((line) => line.includes(object) && line.includes(owner));
        expect([kind, isNamed || output]).toEqual([kind, true]);
      }
      expect(gitlab.writes()).toEqual([]);
      expect(objectsNow()).toBe(objects);
      expect(ownersOf(scenario.resources(), id)).toEqual([owner]);
    },
  );

  it("is refused in whatever order the two come", async () => {
    const program = `${hook('"acme/shop"').replace("dependsOn: owned, ", "")}${first}`;
    const { output } = await scenario.failing("up", program);
    expect(output).toContain("projects/42/hooks/1");
  });

  it("lets the object stay when it leaves the program, where an old version made it", async () => {
    const deployment = structuredClone(before.deployment);
    const { resources = [] } = deployment.deployment;
    const [other] = resources
      .filter(({ urn }) => String(urn).endsWith("::first-hook"))
      .map((state) => structuredClone(state));
    const outputs = { ...(other?.outputs as object), __claim: randomUUID() };
    resources.push({ ...other, urn: String(other?.urn).replace("first-hook", "second"), outputs });
    await scenario.load(deployment);
    const { output } = await scenario.up(first);
    expect(output).toMatch(/kept, managed by/);
    expect(objectsNow()).toBe(objects);
    expect(ownersOf(scenario.resources(), "projects/42/hooks/1")).toEqual(["first-hook"]);
  });
});
