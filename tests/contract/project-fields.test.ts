import type { FieldInfo } from "../../provider/core/schema";
import { definitionOf } from "./support/cases";
import { alike, blank } from "./support/comparison";
import { ManagedResource, visible, type Props } from "./support/managed-resource";
import { allSettings, compatibleSettings, projectSample, settingsOfProject } from "./support/project-samples";
import { ProviderFixture, unique } from "./support/provider-fixture";

const project = definitionOf("Project");

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start();
  // A project can be no more visible than its group.
  await fixture.api("PUT", "/groups/9", { visibility: "public" });
});

afterAll(async () => {
  await fixture.stop();
});

async function made(args: Props): Promise<{ managed: ManagedResource; all: Props }> {
  const all = { namespace: "acme", path: unique("fields"), ...args };
  const managed = new ManagedResource(fixture, project);
  await managed.up(all);
  return { managed, all };
}

/** What GitLab shows of a field. */
async function shown(managed: ManagedResource, { wire, meta }: FieldInfo): Promise<unknown> {
  const answer = (await fixture.api("GET", `/${managed.id}`)) as Props;
  return answer[meta.shownAs ?? wire];
}

function without(args: Props, name: string): Props {
  return Object.fromEntries(Object.entries(args).filter(([key]) => key !== name));
}

test("with every attribute that its licence allows, it is made, read back and left alone", async () => {
  const making = await fixture.logsDuring(async () => {
    const { managed, all } = await made(allSettings());
    expect(Object.keys(all).length).toBeGreaterThan(75);
    expect(managed.outputs).toMatchObject(all);
    expect(managed.outputs).not.toHaveProperty("__untaken");
    expect(await fixture.recordRequests(() => managed.up(all))).toEqual({ result: "same", requests: [] });
    const { inputs, outputs } = managed;
    expect(await fixture.recordRequests(() => managed.refresh())).toEqual({
      result: "there",
      requests: [`GET /${managed.id}`],
    });
    expect(visible(managed.inputs)).toEqual(visible(inputs));
    expect(managed.outputs).toEqual(outputs);
    expect(await fixture.recordRequests(() => managed.up(all))).toEqual({ result: "same", requests: [] });
  });
  expect(making).toEqual([]);
});

test("each field changes, by one request with that field alone", async () => {
  const { managed, all } = await made(allSettings());
  let args = all;
  for (const info of compatibleSettings()) {
    args = { ...args, [info.name]: projectSample(info, 1) };
    fixture.sandbox.control.log.clear();
    expect([info.name, await managed.up(args)]).toEqual([info.name, "update"]);
    const [request, ...others] = fixture.sandbox.control.requests();
    expect([info.name, request?.method, others]).toEqual([info.name, "PUT", []]);
    expect([info.name, managed.outputs[info.name]]).toEqual([info.name, args[info.name]]);
    expect([info.name, await managed.up(args)]).toEqual([info.name, "same"]);
  }
  await managed.refresh();
  expect(await managed.up(args)).toBe("same");
});

/** What needs an argument, and is removed with it. */
const dependents: Readonly<Record<string, string>> = {
  description: "cicdCatalogEnabled",
  mergeRequestTitleRegex: "mergeRequestTitleRegexDescription",
  mergeRequestTitleRegexDescription: "mergeRequestTitleRegex",
};

test("each field goes back to GitLab's default when it is removed", async () => {
  const { managed, all } = await made(allSettings());
  const { managed: fresh } = await made({});
  for (const info of compatibleSettings().filter(({ meta }) => !meta.noReset)) {
    const args = without(without(all, info.name), dependents[info.name] ?? info.name);
    // It has gone with the one before it.
    const step = info.name === "mergeRequestTitleRegexDescription" ? "same" : "update";
    expect([info.name, await managed.up(args)]).toEqual([info.name, step]);
    const [now, initial] = [await shown(managed, info), await shown(fresh, info)];
    expect([info.name, blank(info, info.name === "containerExpirationPolicy" ? (now as Props).enabled : now)]).toEqual([
      info.name,
      blank(info, info.name === "containerExpirationPolicy" ? (initial as Props).enabled : initial),
    ]);
    await managed.refresh();
    expect([info.name, managed.inputs[info.name], await managed.up(args)]).toEqual([info.name, undefined, "same"]);
  }
});

test("each drift shows in its property, and is mended", async () => {
  const { managed, all } = await made(allSettings());
  const before = visible(managed.inputs);
  for (const info of compatibleSettings().filter(({ access }) => access === "readable")) {
    const value = projectSample(info, 1);
    const wire = info.meta.codec?.encode?.(value) ?? value;
    await fixture.api("PUT", `/${managed.id}`, { [info.wire]: wire });
    await managed.refresh();
    const drifted = Object.keys(before).filter((key) => !alike(managed.inputs[key], before[key]));
    expect(drifted).toEqual([info.name]);
    expect([info.name, await managed.up(all)]).toEqual([info.name, "update"]);
    await managed.refresh();
    expect(visible(managed.inputs)).toEqual(before);
  }
});

test.each(settingsOfProject().filter(({ meta }) => meta.replacedBy !== undefined))(
  "$name, a former name, excludes the new one and is followed by it",
  async (info) => {
    const twin = info.meta.replacedBy ?? "";
    const value = projectSample(info, 0);
    const { managed, all } = await made({ [info.name]: value });
    expect(managed.outputs[info.name]).toEqual(value);
    await managed.refresh();
    expect(await managed.up(all)).toBe("same");
    const other = compatibleSettings().find(({ name }) => name === twin);
    const next = other && projectSample(other, 0);
    expect(await managed.problems({ ...all, [twin]: next })).toEqual([
      `${info.name}: is replaced by ${twin}; remove ${info.name}`,
    ]);
    const moved = { ...without(all, info.name), [twin]: next };
    expect(await managed.up(moved)).toBe("update");
    expect(managed.outputs[twin]).toEqual(next);
    await managed.refresh();
    expect(await managed.up(moved)).toBe("same");
  },
);

test("what the licence lacks is said once, kept out of the drift, and sent no more", async () => {
  const { licence } = fixture.sandbox.control.world.settings;
  fixture.sandbox.control.configure({ licence: [] });
  try {
    const wanted = { mergeTrainsEnabled: true, issuesTemplate: "Steps:", requirementsAccessLevel: "private" };
    let found: Awaited<ReturnType<typeof made>> | undefined;
    const lines = await fixture.logsDuring(async () => (found = await made(wanted)));
    if (!found) throw new Error("not made");
    const { managed, all } = found;
    expect(lines.map(({ severity, message }) => [severity, message])).toEqual([
      [
        "warning",
        expect.stringContaining(
          `${managed.id}: GitLab ignored requirementsAccessLevel, issuesTemplate, mergeTrainsEnabled.`,
        ) as string,
      ],
    ]);
    expect(await managed.up(all)).toBe("same");
    expect(await managed.refresh()).toBe("there");
    expect(await managed.up(all)).toBe("same");
    const again = await fixture.logsDuring(() => managed.up({ ...all, description: "x" }));
    expect(again).toEqual([]);
  } finally {
    fixture.sandbox.control.configure({ licence });
  }
});

test("a mirror as it used to be set up, whose two ways to choose branches exclude each other", async () => {
  const mirror = { importUrl: "https://bot:canary-pull@git.example.com/shop.git", mirror: true };
  const options = { mirrorTriggerBuilds: true, mirrorOverwritesDivergedBranches: true, mirrorUserId: 1 };
  const { managed, all } = await made({ ...mirror, ...options, onlyMirrorProtectedBranches: true });
  expect(managed.outputs).toMatchObject({ ...all, importStatus: "finished" });
  expect(managed.outputs).not.toHaveProperty("__untaken");
  await managed.refresh();
  expect(await managed.up(all)).toBe("same");
  expect(await managed.problems({ ...all, mirrorBranchRegex: "^main$" })).toEqual([
    "onlyMirrorProtectedBranches: excludes mirrorBranchRegex; remove one of the two",
  ]);
  const next = { ...without(all, "onlyMirrorProtectedBranches"), mirrorBranchRegex: "^main$" };
  expect(await managed.up(next)).toBe("update");
  expect(managed.outputs).toMatchObject({ mirrorBranchRegex: "^main$", onlyMirrorProtectedBranches: false });
  expect(await managed.up(next)).toBe("same");
  const spoken = await fixture.allOutput();
  expect(spoken).not.toContain("canary-pull");
});
