import { definitionOf } from "./support/cases";
import { ManagedResource, type Props } from "./support/managed-resource";
import { InitFailed } from "./support/provider-process";
import { ProviderFixture, unique } from "./support/provider-fixture";

const project = definitionOf("Project");
const importUrl = "https://bot:canary-import@git.example.com/shop.git";

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start({}, { "gitlab:retries": 1 });
});

afterAll(async () => {
  await fixture.stop();
});

async function made(args: Props, mark?: string): Promise<ManagedResource> {
  const managed = new ManagedResource(fixture, project);
  await managed.up(args, mark);
  return managed;
}

/** Every project below a full path. */
function countOf(path: string): number {
  const { world } = fixture.sandbox.control;
  return world.state.projects.filter((each) => world.projectPath(each) === path).length;
}

async function halfMade(args: Props): Promise<{ managed: ManagedResource; error: InitFailed }> {
  const managed = new ManagedResource(fixture, project);
  const error = await managed.up(args).then(
    () => new Error("it did not fail"),
    (caught: unknown) => caught,
  );
  if (!(error instanceof InitFailed)) throw error;
  fixture.errors.push(...error.reasons);
  return { managed, error };
}

describe("the namespace", () => {
  test.each([9, "9", "acme", "ACME", "groups/9", "groups/acme"])("%p is the group acme", async (namespace) => {
    const managed = await made({ path: unique("form"), namespace });
    expect(managed.outputs).toMatchObject({ namespace, namespaceId: 9, namespacePath: "acme", namespaceKind: "group" });
    for (const other of [9, "acme", "groups/9"]) {
      const { result, requests } = await fixture.recordRequests(() =>
        managed.diff({ path: managed.inputs.path, namespace: other }),
      );
      expect([other, result, requests]).toEqual([other, { changes: false, replaces: [] }, []]);
    }
    await managed.refresh();
    expect(managed.inputs.namespace).toBe(namespace);
  });

  test("is the token's own where none is given, and a user's by name", async () => {
    const own = await made({ path: unique("own") });
    expect(own.outputs).toMatchObject({ namespacePath: "root", namespaceKind: "user" });
    const named = await made({ path: unique("own"), namespace: "root" });
    expect(named.outputs).toMatchObject({ namespace: "root", namespaceId: 1, namespaceKind: "user" });
  });

  test("of another user, as administrators can choose", async () => {
    fixture.sandbox.control.setToken({ token: "of-jane", role: "developer", username: "jane" });
    const [user] = (await fixture.api("GET", "/users?username=jane")) as { id: number }[];
    const args = { name: unique("theirs"), userId: user?.id };
    const making = await fixture.recordRequests(() => made(args));
    expect(making.requests).toEqual([`POST /projects/user/${user?.id}`]);
    expect(making.result.outputs).toMatchObject({ namespacePath: "jane", namespaceKind: "user" });
    expect(await making.result.up(args)).toBe("same");
  });

  test("that nobody sees is an error", async () => {
    const message = await fixture.errorOf(() => made({ path: "x", namespace: "nowhere" }));
    expect(message).toMatch(/^GET \/namespaces\/nowhere: 404 Namespace Not Found\. /);
  });
});

test("what an edit alone can set follows in one request", async () => {
  const path = unique("both");
  const args = { path, namespace: 9, description: "x", ciDefaultGitDepth: 5, keepLatestArtifact: false };
  const making = await fixture.recordRequests(() => made(args));
  expect(making.requests.filter((request) => !request.startsWith("GET"))).toEqual([
    "POST /projects",
    `PUT /${making.result.id}`,
  ]);
  expect(making.result.outputs).toMatchObject(args);
});

describe("a path that is taken", () => {
  test("is left to whom it belongs, with the option to take it over", async () => {
    const first = await made({ path: unique("taken"), namespace: 9 });
    const path = String(first.outputs.path);
    const message = await fixture.errorOf(() => made({ path, namespace: "acme" }));
    expect(message).toMatch(/^POST \/projects: 400 .*has already been taken/);
    expect(message).toContain(`acme/${path} already exists: to take it over, add { import: "${first.id}" } to`);
    expect(countOf(`acme/${path}`)).toBe(1);
  });

  test.each(["number", "full path", "REST path", "REST path with a number"])(
    "is taken over by its %s",
    async (form) => {
      const path = unique("found");
      const { id } = (await fixture.api("POST", "/projects", { path, namespace_id: 9, description: "theirs" })) as {
        id: number;
      };
      const marks: Record<string, string> = {
        number: String(id),
        "full path": `acme/${path}`,
        "REST path": `projects/acme/${path}`,
        "REST path with a number": `projects/${id}`,
      };
      const args = { path, namespace: "acme", description: "ours", topics: ["x"] };
      const lines = await fixture.logsDuring(() => new ManagedResource(fixture, project).checked(args, marks[form]));
      expect(lines.map(({ message }) => message)).toEqual([
        `Project will take over projects/${id}, changing description, topics.`,
      ]);
      const managed = await made(args, marks[form]);
      expect(managed.id).toBe(`projects/${id}`);
      expect(managed.outputs).toMatchObject(args);
      expect(countOf(`acme/${path}`)).toBe(1);
      expect(await fixture.recordRequests(() => managed.up(args, marks[form]))).toEqual({
        result: "same",
        requests: [],
      });
    },
  );

  test("by one that is marked for deletion, on a GitLab that keeps its name, is refused with the ways out", async () => {
    const { id } = (await fixture.api("POST", "/projects", { path: "held", namespace_id: 9 })) as { id: number };
    await fixture.api("DELETE", `/projects/${id}`);
    const row = fixture.sandbox.control.world.state.projects.find((each) => each.id === id);
    fixture.sandbox.control.addFault({
      method: "POST",
      path: "^/projects$",
      status: 400,
      body: { message: { base: ["The project is still being deleted. Please try again later."] } },
    });
    expect(row?.markedForDeletionOn).not.toBeNull();
    const message = await fixture.errorOf(() => made({ path: "held", namespace: 9 }));
    expect(message).toContain(`(projects/${id}) is marked for deletion and holds the name`);
    expect(message).toContain("set restoreOnCreate to true");
  });
});

describe("restoreOnCreate", () => {
  test("brings back what is marked for deletion, and brings it to what the program says", async () => {
    const path = unique("phoenix");
    const first = await made({ path, namespace: 9, description: "old", issuesAccessLevel: "private" });
    await first.destroy();
    const args = { path, namespace: 9, description: "new", restoreOnCreate: true };
    const again = await made(args);
    expect(again.id).toBe(first.id);
    expect(again.outputs).toMatchObject({ ...args, issuesAccessLevel: "private", archived: false });
    expect(again.outputs.projectPath).toBe(`acme/${path}`);
    expect(await again.up(args)).toBe("same");
  });

  test("makes a new one where there is none", async () => {
    const args = { path: unique("fresh"), namespace: 9, restoreOnCreate: true };
    const managed = await made(args);
    expect(await managed.up(args)).toBe("same");
  });

  test("unset leaves the marked one alone", async () => {
    const path = unique("left");
    const first = await made({ path, namespace: 9 });
    await first.destroy();
    const second = await made({ path, namespace: 9 });
    expect(second.id).not.toBe(first.id);
    expect(await first.refresh()).toBe("gone");
  });

  test("does not stand for adopting a marked one, which says why nothing is there", async () => {
    const first = await made({ path: unique("marked"), namespace: 9 });
    await fixture.api("DELETE", `/${first.id}`);
    const problems = await new ManagedResource(fixture, project).problems({ name: "x" }, first.id);
    expect(problems).toEqual([
      `import: ${first.id} does not exist, because GitLab has marked it for deletion. Restore it there first. ` +
        "Remove the import option to create a new one.",
    ]);
  });
});

describe.each([
  ["cut after the work", { cut: "after" }],
  ["cut before the work", { cut: "before" }],
  ["502 after the work", { status: 502, when: "after" }],
] as const)("a POST that is %s", (_how, fault) => {
  test.each([{ namespace: 9 }, { namespace: "acme" }, {}])("makes one project in %j", async (where) => {
    const name = unique("Lost and Found ");
    fixture.sandbox.control.addFault({ method: "POST", path: "^/projects$", ...fault });
    const args = { name, ...where, description: "x", ciDefaultGitDepth: 7 };
    const managed = await made(args);
    expect(managed.outputs).toMatchObject(args);
    const { projects } = fixture.sandbox.control.world.state;
    expect(projects.filter((each) => each.name === name)).toHaveLength(1);
    expect(await managed.up(args)).toBe("same");
  });
});

test("a lost POST does not take over what was there before", async () => {
  const path = unique("older");
  const { id } = (await fixture.api("POST", "/projects", { path, namespace_id: 9 })) as { id: number };
  const row = fixture.sandbox.control.world.state.projects.find((each) => each.id === id);
  Object.assign(row ?? {}, { createdAt: "2025-01-15T09:30:00.000Z" });
  fixture.sandbox.control.addFault({ method: "POST", path: "^/projects$", cut: "before" });
  const message = await fixture.errorOf(() => made({ path, namespace: 9 }));
  expect(message).toContain(`to take it over, add { import: "projects/${id}" }`);
});

describe("a create that fails halfway", () => {
  test("keeps the project, and the next up does the rest", async () => {
    const args = {
      path: unique("half"),
      namespace: 9,
      description: "x",
      ciDefaultGitDepth: 7,
      permanentlyRemove: true,
    };
    fixture.sandbox.control.addFault({ method: "PUT", path: "^/projects/\\d+$", status: 422, body: { message: "no" } });
    const { managed, error } = await halfMade(args);
    expect(error.reasons).toEqual([
      expect.stringMatching(/^PUT \/projects\/\d+: 422 no.*the next `pulumi up` finishes the setup/),
    ]);
    expect(error.properties).toMatchObject({ description: "x", permanentlyRemove: true, __incomplete: true });
    expect(error.properties.__provider).toContain('handler("Project")');
    expect(await managed.up(args)).toBe("update");
    expect(managed.outputs).toMatchObject(args);
    expect(managed.outputs).not.toHaveProperty("__incomplete");
    expect(await managed.up(args)).toBe("same");
  });

  test("shows after a refresh what is missing", async () => {
    const args = { path: unique("half"), namespace: 9, ciDefaultGitDepth: 7 };
    fixture.sandbox.control.addFault({ method: "PUT", path: "^/projects/\\d+$", status: 422, body: { message: "no" } });
    const { managed } = await halfMade(args);
    expect(await managed.refresh()).toBe("there");
    expect(managed.outputs.ciDefaultGitDepth).toBe(20);
    expect(await managed.up(args)).toBe("update");
    expect(managed.outputs).toMatchObject(args);
  });

  test("can be destroyed", async () => {
    fixture.sandbox.control.addFault({ method: "PUT", path: "^/projects/\\d+$", status: 422, body: { message: "no" } });
    const { managed } = await halfMade({ path: unique("half"), namespace: 9, ciDefaultGitDepth: 7 });
    await managed.destroy();
    expect(await managed.refresh()).toBe("gone");
  });
});

describe("an import", () => {
  const imports = (polls: number, error: string | null = null) => {
    fixture.sandbox.control.configure({ imports: { polls, milliseconds: 0, error } });
  };

  afterEach(() => {
    imports(1);
  });

  test("is waited for, and what needs it comes afterwards", async () => {
    imports(3);
    const args = { path: unique("import"), namespace: 9, importUrl, description: "x", ciDefaultGitDepth: 7 };
    const { result: managed, requests } = await fixture.recordRequests(() => made(args));
    expect(managed.outputs).toMatchObject({ ...args, importStatus: "finished" });
    expect(requests.at(-1)).toBe(`PUT /${managed.id}`);
    expect(requests.filter((request) => request === `GET /${managed.id}`).length).toBeGreaterThanOrEqual(3);
    await managed.refresh();
    expect(await managed.up(args)).toBe("same");
  });

  test("that fails is told without its password and kept; another address replaces the project", async () => {
    imports(1, "fatal: could not read from https://bot:canary-import@git.example.com/shop.git");
    const args = { path: unique("import"), namespace: 9, importUrl };
    const { managed, error } = await halfMade(args);
    expect(error.reasons[0]).toMatch(/^projects\/\d+: the import has failed: fatal: could not read from /);
    expect(error.reasons.join()).not.toContain("canary");
    expect(await fixture.errorOf(() => managed.up(args))).toMatch(/the import has failed/);
    const other = { ...args, importUrl: "https://git.example.com/other.git" };
    expect(await managed.diff(other)).toEqual({ changes: true, replaces: ["importUrl"] });
    expect(await managed.up({ path: args.path, namespace: 9 })).toBe("update");
  });

  test("that takes longer than it may is kept, and the next up waits on", async () => {
    imports(1_000_000);
    const args = { path: unique("import"), namespace: 9, importUrl, importTimeout: 1, ciDefaultGitDepth: 7 };
    const { managed, error } = await halfMade(args);
    expect(error.reasons[0]).toMatch(/the import is not finished after 1 s.*give importTimeout more seconds/);
    const row = fixture.sandbox.control.world.state.projects.find((each) => `projects/${each.id}` === managed.id);
    Object.assign(row?.job ?? {}, { polls: 0 });
    expect(await managed.up(args)).toBe("update");
    expect(managed.outputs).toMatchObject({ ...args, importStatus: "finished" });
    expect(await managed.up(args)).toBe("same");
  });

  test("says while it waits how long it has taken", async () => {
    imports(6);
    await made({ path: unique("import"), namespace: 9, importUrl });
    const lines = fixture.provider.logs.filter(({ ephemeral }) => ephemeral).map(({ message }) => message);
    expect(lines).toContainEqual(expect.stringMatching(/^projects\/\d+: waiting for the import \(\d+ s\)$/));
  });

  test("a later change of the address replaces and imports nothing", async () => {
    const args = { path: unique("import"), namespace: 9, importUrl };
    const managed = await made(args);
    const next = { ...args, importUrl: "https://bot:canary-second@git.example.com/shop.git" };
    const { result, requests } = await fixture.recordRequests(() => managed.up(next));
    expect([result, requests]).toEqual(["update", [`PUT /${managed.id}`]]);
    expect(await managed.up({ path: args.path, namespace: 9 })).toBe("update");
  });
});

test("what counts at creation alone is no replacement later, and a warning says so", async () => {
  const args = { path: unique("start"), namespace: 9, initializeWithReadme: true };
  const managed = await made(args);
  expect(await managed.up(args)).toBe("same");
  const lines = await fixture.logsDuring(() => managed.up({ path: args.path, namespace: 9, templateName: "rails" }));
  expect(lines.map(({ message }) => message)).toEqual([
    `${managed.id}: templateName applies only when a project is created, and changes nothing now. For a new one: \`pulumi up --replace\`.`,
  ]);
  expect(await managed.diff({ ...args, repositoryObjectFormat: "sha256" })).toMatchObject({
    replaces: ["repositoryObjectFormat"],
  });
});

test("no secret was printed, logged or answered in an error", async () => {
  const spoken = await fixture.allOutput();
  for (const secret of [...fixture.secrets, "canary-import", "canary-second"]) expect(spoken).not.toContain(secret);
});
