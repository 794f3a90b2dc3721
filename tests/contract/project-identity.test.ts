import { definitionOf } from "./support/cases";
import { ManagedResource, type Props } from "./support/managed-resource";
import { ProviderFixture, unique } from "./support/provider-fixture";

const project = definitionOf("Project");

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start({}, { "gitlab:retries": 1 });
});

afterAll(async () => {
  await fixture.stop();
});

async function made(args: Props, mark?: string): Promise<ManagedResource> {
  const managed = new ManagedResource(fixture, project);
  await managed.up({ namespace: "acme", ...args }, mark);
  return managed;
}

/** A project that somebody made in the group acme. */
async function theirs(body: Props): Promise<{ id: number; name: string; path: string }> {
  const all = { namespace_id: 9, description: "theirs", ...body };
  return (await fixture.api("POST", "/projects", all)) as { id: number; name: string; path: string };
}

function rowOf(id: number) {
  const row = fixture.sandbox.control.world.project(id);
  if (row === undefined) throw new Error(`no project ${id}`);
  return row;
}

function named(name: string): number {
  const { projects } = fixture.sandbox.control.world.state;
  return projects.filter((each) => each.owner.id === 9 && each.name === name.trim()).length;
}

/** Names that GitLab makes paths of in every way: kept, transliterated, in small letters, cut at the ends. */
const names = ["Blue.Sky", "MyTool", "Größe", "Straße 9", "My Tool v2.0", "Öl + Gas", "Ünï", "x_y", "Ends  "];

/** A name of the same kind that no other test uses. */
function own(name: string): string {
  return name.replace(/\s*$/, (end) => unique("") + end);
}

describe("restoreOnCreate", () => {
  test.each([
    ["Blue Sky", "Blue.Sky"],
    ["Blue.Sky", "Blue Sky"],
    ["Groesse", "Größe"],
    ["blue-sky", "Blue Sky"],
    ["Ops", "ops"],
  ])("leaves %j alone, which is marked for deletion, where the program says %j", async (name, wanted) => {
    const word = unique("R");
    const other = await theirs({ name: name + word });
    await fixture.api("DELETE", `/projects/${other.id}`);
    const managed = await made({ name: wanted + word, restoreOnCreate: true });
    expect(managed.id).not.toBe(`projects/${other.id}`);
    expect(rowOf(other.id)).toMatchObject({
      description: "theirs",
      name: `${other.name}-deletion_scheduled-${other.id}`,
    });
    await managed.destroy();
    expect(rowOf(other.id)).toMatchObject({ description: "theirs" });
  });

  test.each(names)("brings back what has the very name: %j", async (name) => {
    const first = await made({ name: own(name), description: "old" });
    await first.destroy();
    const args = { name: first.outputs.name, restoreOnCreate: true };
    const again = await made(args);
    expect(again.id).toBe(first.id);
    expect(again.outputs.description).toBe("old");
    expect(await again.up({ namespace: "acme", ...args })).toBe("same");
  });

  test("takes the project that is there for what it is, and not one that is marked", async () => {
    const path = unique("both");
    const marked = await theirs({ path });
    await fixture.api("DELETE", `/projects/${marked.id}`);
    const there = await theirs({ path });
    const message = await fixture.errorOf(() => made({ path, restoreOnCreate: true }));
    expect(message).toContain(`add { import: "projects/${there.id}" }`);
    expect(rowOf(marked.id).markedForDeletionOn).not.toBeNull();
  });

  test.each<[string, (path: string) => Props]>([
    ["another name", (path) => ({ path, name: "Another" })],
    ["a path in another case", (path) => ({ path: path.toUpperCase() })],
  ])("refuses what is marked at the path and differs: %s", async (_, args) => {
    const path = unique("near");
    const { id } = await theirs({ path });
    await fixture.api("DELETE", `/projects/${id}`);
    const message = await fixture.errorOf(() => made({ ...args(path), restoreOnCreate: true }));
    expect(message).toMatch(
      new RegExp(`^restoreOnCreate: acme/${path}-deletion_scheduled-${id} \\(projects/${id}\\) is marked`),
    );
    expect(rowOf(id).markedForDeletionOn).not.toBeNull();
  });

  test("looks in the namespace alone that the program names", async () => {
    const name = unique("Elsewhere ");
    const { id } = await theirs({ name });
    await fixture.api("DELETE", `/projects/${id}`);
    const managed = new ManagedResource(fixture, project);
    await managed.up({ name, restoreOnCreate: true });
    expect(managed.id).not.toBe(`projects/${id}`);
    expect(managed.outputs).toMatchObject({ namespacePath: "root", name });
  });
});

describe("a POST whose answer was lost", () => {
  test.each(names)("is found by namespace, name and time: %j", async (name) => {
    const given = own(name);
    fixture.sandbox.control.addFault({ method: "POST", path: "^/projects$", cut: "after" });
    const managed = await made({ name: given });
    expect([managed.outputs.name, named(given)]).toEqual([given, 1]);
    expect(await managed.up({ namespace: "acme", name: given })).toBe("same");
  });

  test("is not taken for another project that has the path which GitLab makes of the name", async () => {
    const word = unique("p");
    const other = await theirs({ name: `Other ${word}`, path: `blue-sky-${word}` });
    fixture.sandbox.control.addFault({ method: "POST", path: "^/projects$", cut: "before" });
    const message = await fixture.errorOf(() => made({ name: `Blue Sky ${word}` }));
    expect(message).toMatch(/has already been taken/);
    expect(message).not.toContain("import");
    expect(rowOf(other.id)).toMatchObject({ name: `Other ${word}`, description: "theirs" });
  });

  test("is not taken for a project of the name in a group below", async () => {
    const group = (await fixture.api("POST", "/groups", {
      name: "below",
      path: unique("below"),
      parent_id: 9,
    })) as Props;
    const name = unique("Sub ");
    const { id } = await theirs({ name, namespace_id: group.id });
    fixture.sandbox.control.addFault({ method: "POST", path: "^/projects$", cut: "before" });
    const managed = await made({ name });
    expect(managed.id).not.toBe(`projects/${id}`);
    expect(managed.outputs.namespacePath).toBe("acme");
  });
});

test("a name that is taken is told with the project that has it, whatever its path", async () => {
  const { id, name } = await theirs({ name: `${unique("T")} Größe.2`, path: unique("elsewhere") });
  const message = await fixture.errorOf(() => made({ name }));
  expect(message).toContain(`add { import: "projects/${id}" }`);
  const other = await fixture.errorOf(() => made({ name, path: unique("own") }));
  expect(other).toContain("already has the name or the path: to take it over, add");
});

test("an import names a project by the path that it has, and not by one that it had", async () => {
  const { id, path } = await theirs({ path: unique("former") });
  await fixture.api("PUT", `/projects/${id}`, { path: `${path}-now` });
  const args = { namespace: "acme", name: "Now" };
  const problems = await new ManagedResource(fixture, project).problems(args, `acme/${path}`);
  expect(problems).toEqual([
    `import: acme/${path} has moved to acme/${path}-now (projects/${id}). Give the path or the number that it has.`,
  ]);
  expect(await new ManagedResource(fixture, project).problems(args, `ACME/${path}-NOW`)).toEqual([]);
});
