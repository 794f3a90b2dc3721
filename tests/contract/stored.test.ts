import type { Sandbox } from "gitlab-sandbox";
import { fieldsOf } from "../../provider/core/schema";
import { definitionOf } from "./support/cases";
import { forms, createAs, single } from "./support/declaration-forms";
import { ManagedResource, type Props } from "./support/managed-resource";
import { leastArgs } from "./support/samples";
import { ProviderFixture, unique } from "./support/provider-fixture";
import { tamper } from "./support/stored";

const project = definitionOf("Project");
const hook = definitionOf("ProjectHook");
const jira = definitionOf("integrations.Jira");
const url = "https://ci.example.com/hook";

type Project = NonNullable<ReturnType<Sandbox["control"]["world"]["project"]>>;

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start();
});

afterAll(async () => {
  await fixture.stop();
});

async function made(args: Props): Promise<{ managed: ManagedResource; all: Props }> {
  const all = { namespace: "acme", path: unique("stored"), ...args };
  const managed = new ManagedResource(fixture, project);
  await managed.up(all);
  return { managed, all };
}

function rowOf(managed: ManagedResource): Project {
  const row = fixture.sandbox.control.world.project(Number(managed.id.split("/")[1]));
  if (row === undefined) throw new Error(`nothing is at ${managed.id}`);
  return row;
}

async function warnings(task: () => Promise<unknown>): Promise<string[]> {
  const lines = await fixture.logsDuring(task);
  return lines.filter(({ severity }) => severity === "warning").map(({ message }) => message);
}

describe("a value that GitLab keeps in another form", () => {
  test.each<[string, Props, (row: Project) => void]>([
    ["topics", { topics: ["Zeta", "alpha", "Ops Team", "alpha", " one, TWO "] }, (row) => (row.topics = [])],
    ["tagList", { tagList: ["Zeta", "alpha ", "Alpha"] }, (row) => (row.topics = ["zeta"])],
    ["name", { name: `${unique("Shop ")}  ` }, (row) => (row.name = "Other")],
  ])("%s is what the program says, and is seen to drift", async (name, args, change) => {
    let found: Awaited<ReturnType<typeof made>> | undefined;
    expect(await warnings(async () => (found = await made(args)))).toEqual([]);
    const { managed, all } = found ?? (await made(args));
    expect(managed.outputs[name]).toEqual(args[name]);
    await managed.refresh();
    expect(managed.inputs[name]).toEqual(args[name]);
    expect(await fixture.recordRequests(() => managed.up(all))).toEqual({ result: "same", requests: [] });
    change(rowOf(managed));
    await managed.refresh();
    expect(managed.inputs[name]).not.toEqual(args[name]);
    expect(await managed.up(all)).toBe("update");
    await managed.refresh();
    expect(managed.inputs[name]).toEqual(args[name]);
  });

  test("keys of projects in Jira, of which GitLab keeps each once and stripped", async () => {
    const place = await fixture.createParent("project");
    const args = { ...leastArgs(jira, "project"), projectKeys: ["A", "A ", "", "B"] };
    expect(
      await warnings(async () => {
        const managed = await createAs(single, fixture, jira, place, args);
        await managed.refresh();
        expect(managed.inputs.projectKeys).toEqual(args.projectKeys);
        const info = fieldsOf(jira.fields).get("projectKeys");
        if (info) tamper(fixture, managed.id, info, ["B", "A"]);
        await managed.refresh();
        expect(managed.inputs.projectKeys).toEqual(["B", "A"]);
        expect(await managed.up({ project: place.id, ...args })).toBe("update");
      }),
    ).toEqual([]);
  });
});

describe("the default branch of a project without a commit", () => {
  test("is no drift until the first push, and then it is one", async () => {
    let found: Awaited<ReturnType<typeof made>> | undefined;
    expect(await warnings(async () => (found = await made({ defaultBranch: "trunk" })))).toEqual([]);
    const { managed, all } = found ?? (await made({}));
    await managed.refresh();
    expect(managed.inputs.defaultBranch).toBe("trunk");
    expect(await fixture.recordRequests(() => managed.up(all))).toEqual({ result: "same", requests: [] });
    Object.assign(rowOf(managed), { hasContent: true, branches: ["trunk"] });
    await managed.refresh();
    expect(managed.inputs.defaultBranch).toBe("main");
    expect(await managed.up(all)).toBe("update");
    expect(rowOf(managed).defaultBranch).toBe("trunk");
  });
});

describe.each(forms)("%s", (_, form) => {
  /** A hook of which GitLab answers a write of these arguments with other values, and then has them. */
  async function storing(args: Props, values: Props) {
    const place = await fixture.createParent("project");
    const declared = await createAs(form, fixture, hook, place, { url });
    const answer = (await fixture.api("GET", `/${declared.id}`)) as Props;
    const body = { ...answer, ...values };
    fixture.sandbox.control.addFault({ method: "PUT", path: `/${declared.id}$`, status: 200, body });
    const all = { project: place.id, url, ...args };
    const said = await warnings(() => declared.up(all));
    const infos = [...fieldsOf(hook.fields).values()];
    const set = (wire: string, value: unknown) => {
      const info = infos.find((each) => each.wire === wire);
      if (info) tamper(fixture, declared.id, info, value);
    };
    for (const [wire, value] of Object.entries(values)) set(wire, value);
    return { declared, all, said, set };
  }

  test("a value stored in a form that nobody knew of is told by its name, and is drift as soon as it changes", async () => {
    const { declared, all, said, set } = await storing(
      { name: "Canary Name ", description: "Canary Text", branchFilterStrategy: "regex" },
      { name: "Canary Name", description: "canary text", branch_filter_strategy: "all_branches" },
    );
    expect(said).toEqual([
      `${declared.title}: GitLab stored name without spaces at its ends, description in another case, ` +
        "branchFilterStrategy as all_branches. Not reported again until you change it.",
    ]);
    expect(declared.outputs).not.toHaveProperty("__untaken");
    await declared.refresh();
    expect(await declared.up(all)).toBe("same");
    expect(declared.inputs).toMatchObject({ name: "Canary Name ", description: "Canary Text" });
    set("description", "somebody else's");
    await declared.refresh();
    expect(declared.inputs).toMatchObject({ name: "Canary Name ", description: "somebody else's" });
    expect(await declared.up(all)).toBe("update");
  });

  test("a field that still has the value from before was not taken, and is drift as soon as it changes", async () => {
    const { declared, all, said, set } = await storing(
      { issuesEvents: true, branchFilterStrategy: "regex", name: "x" },
      { issues_events: false, branch_filter_strategy: "wildcard", name: "x" },
    );
    expect(said).toEqual([
      expect.stringContaining(`${declared.title}: GitLab ignored branchFilterStrategy, issuesEvents. The likely`),
    ]);
    expect(declared.outputs.__untaken).toEqual(["branchFilterStrategy", "issuesEvents"]);
    await declared.refresh();
    expect(await declared.up(all)).toBe("same");
    set("branch_filter_strategy", "all_branches");
    await declared.refresh();
    expect(declared.inputs).toMatchObject({ issuesEvents: true, branchFilterStrategy: "all_branches" });
    // The next write is taken, and what it brings is drift when somebody takes it back.
    expect(await warnings(() => declared.up(all))).toEqual([]);
    expect(declared.outputs).not.toHaveProperty("__untaken");
    set("issues_events", false);
    await declared.refresh();
    expect(declared.inputs.issuesEvents).toBe(false);
  });
});

test("what a state of an older version holds for not taken is compared again with the next refresh", async () => {
  const { managed, all } = await made({ topics: ["Zeta", "alpha"], description: "x" });
  managed.outputs = { ...managed.outputs, __untaken: ["topics", "description"] };
  await managed.refresh();
  expect(managed.outputs).not.toHaveProperty("__untaken");
  expect(managed.inputs).toMatchObject({ topics: ["Zeta", "alpha"], description: "x" });
  expect(await managed.up(all)).toBe("same");
  managed.outputs = { ...managed.outputs, __untaken: ["topics"] };
  rowOf(managed).topics = [];
  await managed.refresh();
  expect(managed.inputs.topics ?? []).toEqual([]);
  expect(await managed.up(all)).toBe("update");
  expect(rowOf(managed).topics).toEqual(["Zeta", "alpha"]);
});

describe("parts of an object argument", () => {
  const full = {
    enabled: true,
    cadence: "7d",
    keepN: 5,
    olderThan: "30d",
    nameRegexDelete: "dev-.*",
    nameRegexKeep: "v.*",
  };
  const policyOf = async (managed: ManagedResource) =>
    ((await fixture.api("GET", `/${managed.id}`)) as { container_expiration_policy: Props })
      .container_expiration_policy;

  test("that the program names no more go back to what GitLab has by itself", async () => {
    const { managed, all } = await made({ containerExpirationPolicy: full });
    const { keepN, nameRegexKeep, cadence, ...rest } = full;
    const args = { ...all, containerExpirationPolicy: rest };
    expect([keepN, nameRegexKeep, cadence]).toEqual([5, "v.*", "7d"]);
    expect(await managed.up(args)).toBe("update");
    expect(await policyOf(managed)).toMatchObject({
      keep_n: null,
      name_regex_keep: null,
      cadence: "1d",
      older_than: "30d",
    });
    await managed.refresh();
    expect(managed.inputs.containerExpirationPolicy).toEqual(rest);
    expect(await managed.up(args)).toBe("same");
  });

  test("go back with the whole argument", async () => {
    const { managed, all } = await made({ containerExpirationPolicy: full });
    const { containerExpirationPolicy, ...args } = all;
    expect(containerExpirationPolicy).toEqual(full);
    expect(await managed.up(args)).toBe("update");
    expect(await policyOf(managed)).toMatchObject({
      enabled: false,
      keep_n: null,
      name_regex_keep: null,
      cadence: "1d",
    });
  });

  test("that the program never named stay as somebody set them", async () => {
    const { managed, all } = await made({ containerExpirationPolicy: { enabled: true, cadence: "7d", keepN: 5 } });
    await fixture.api("PUT", `/${managed.id}`, { container_expiration_policy_attributes: { older_than: "60d" } });
    await managed.refresh();
    expect(await managed.up({ ...all, containerExpirationPolicy: { enabled: true, cadence: "7d" } })).toBe("update");
    expect(await policyOf(managed)).toMatchObject({ keep_n: null, older_than: "60d" });
  });

  test("are told apart when one of them is stored otherwise", async () => {
    const { managed, all } = await made({ containerExpirationPolicy: { enabled: false, keepN: 5 } });
    const answer = (await fixture.api("GET", `/${managed.id}`)) as Props;
    const body = { ...answer, container_expiration_policy: { enabled: false, keep_n: 25 } };
    fixture.sandbox.control.addFault({ method: "PUT", path: `/${managed.id}$`, status: 200, body });
    const next = { ...all, containerExpirationPolicy: { enabled: false, keepN: 50 } };
    expect(await warnings(() => managed.up(next))).toEqual([
      expect.stringContaining("GitLab stored containerExpirationPolicy.keepN otherwise."),
    ]);
  });
});

test("no text of the program stands in what was said", async () => {
  const spoken = await fixture.allOutput();
  expect(spoken).not.toMatch(/canary/i);
});
