import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { providerText } from "../../provider/core/definition";
import { definitionOf } from "./support/cases";
import { ManagedResource, type Props } from "./support/managed-resource";
import { InitFailed } from "./support/provider-process";
import { ProviderFixture, unique } from "./support/provider-fixture";

const project = definitionOf("Project");
const hook = definitionOf("ProjectHook");
const url = "https://ci.example.com/hook";

let fixture: ProviderFixture;
let folder: string;

beforeAll(async () => {
  fixture = await ProviderFixture.start({}, { "gitlab:retries": 1 });
  folder = mkdtempSync(path.join(tmpdir(), "pictures-"));
});

afterAll(async () => {
  await fixture.stop();
  rmSync(folder, { recursive: true });
});

async function made(args: Props, definition = project): Promise<ManagedResource> {
  const managed = new ManagedResource(fixture, definition);
  await managed.up(args);
  return managed;
}

function rowOf({ id }: ManagedResource) {
  return fixture.sandbox.control.world.state.projects.find((each) => `projects/${each.id}` === id);
}

function writes(requests: readonly string[]): string[] {
  return requests.filter((request) => !request.startsWith("GET"));
}

test("a new name and path edit in place, and hooks stay with the project", async () => {
  const args = { path: unique("shop"), namespace: 9 };
  const managed = await made(args);
  const attached = await made({ project: managed.id, url }, hook);
  const renamed = { ...args, path: unique("store"), name: unique("Store ") };
  const { result, requests } = await fixture.recordRequests(() => managed.up(renamed));
  expect([result, requests]).toEqual(["update", [`PUT /${managed.id}`]]);
  expect(managed.outputs).toMatchObject({ ...renamed, projectPath: `acme/${renamed.path}` });
  expect(managed.outputs.webUrl).toMatch(new RegExp(`/acme/${renamed.path}$`));
  expect(await attached.diff({ project: managed.id, url })).toEqual({ changes: false, replaces: [] });
  // The project has just told its new path, so nothing is looked up.
  const next = { project: `acme/${renamed.path}`, url };
  const following = await fixture.recordRequests(() => attached.up(next));
  expect(following).toEqual({ result: "update", requests: [`PUT /${attached.id}`] });
  expect(attached.outputs.projectPath).toBe(`acme/${renamed.path}`);
});

test("a hook on a project that was just made looks nothing up", async () => {
  const managed = await made({ path: unique("shop"), namespace: 9 });
  const { requests } = await fixture.recordRequests(() => made({ project: managed.id, url }, hook));
  expect(requests).toEqual([`GET /${managed.id}/hooks`, `POST /${managed.id}/hooks`]);
});

test("another namespace moves the project, and moves it back when somebody else did", async () => {
  const args = { path: unique("moving"), namespace: "acme", description: "x" };
  const managed = await made(args);
  const next = { ...args, namespace: "globex", description: "y" };
  expect(await managed.diff(next)).toEqual({ changes: true, replaces: [] });
  const { requests } = await fixture.recordRequests(() => managed.up(next));
  expect(writes(requests)).toEqual([`PUT /${managed.id}/transfer`, `PUT /${managed.id}`]);
  expect(managed.outputs).toMatchObject({ ...next, namespaceId: 11, projectPath: `globex/${args.path}` });
  expect(await managed.up(next)).toBe("same");
  await fixture.api("PUT", `/${managed.id}/transfer`, { namespace: "acme/platform" });
  await managed.refresh();
  expect(managed.inputs.namespace).toBe(10);
  expect(managed.outputs).toMatchObject({ namespacePath: "acme/platform" });
  expect(await managed.up(next)).toBe("update");
  expect(managed.outputs).toMatchObject({ namespace: "globex", projectPath: `globex/${args.path}` });
});

test("a group that was renamed is the same namespace; its new path is looked up once", async () => {
  const { id } = (await fixture.api("POST", "/groups", { name: "oldname", path: "oldname" })) as { id: number };
  const managed = await made({ path: "inside", namespace: "oldname" });
  await fixture.api("PUT", `/groups/${id}`, { path: "newname" });
  const args = { path: "inside", namespace: "newname" };
  const { result, requests } = await fixture.recordRequests(() => managed.up(args));
  expect([result, requests]).toEqual(["update", ["GET /groups/newname", `GET /${managed.id}`]]);
  expect(managed.outputs).toMatchObject({
    namespace: "newname",
    namespacePath: "newname",
    projectPath: "newname/inside",
  });
  const next = managed.copy(await fixture.withNewProcess());
  expect(await next.fixture.recordRequests(() => next.up(args))).toEqual({ result: "same", requests: [] });
  await next.fixture.stop("sandbox");
});

test("a failure after the move keeps the move, and the next up does the rest", async () => {
  const args = { path: unique("moving"), namespace: "acme", description: "x" };
  const managed = await made(args);
  const next = { ...args, namespace: "globex", description: "y" };
  fixture.sandbox.control.addFault({ method: "PUT", path: `^/${managed.id}$`, status: 422, body: { message: "no" } });
  const error: unknown = await managed.up(next).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(InitFailed);
  expect(managed.outputs).toMatchObject({ namespaceId: 11, description: "x" });
  const { requests } = await fixture.recordRequests(() => managed.up(next));
  expect(writes(requests)).toEqual([`PUT /${managed.id}`]);
  expect(managed.outputs).toMatchObject({ description: "y", projectPath: `globex/${args.path}` });
  expect(await managed.up(next)).toBe("same");
});

test("archived is set, drifts and is taken back; what is archived is first opened for changes", async () => {
  const args = { path: unique("archive"), namespace: 9 };
  const managed = await made({ ...args, archived: true });
  expect(rowOf(managed)?.archived).toBe(true);
  expect(managed.outputs).toMatchObject({ archived: true, runnersToken: expect.any(String) as string });
  expect(await managed.up({ ...args, archived: true })).toBe("same");
  await fixture.api("POST", `/${managed.id}/unarchive`);
  await managed.refresh();
  expect(managed.inputs.archived).toBe(false);
  expect(await managed.up({ ...args, archived: true })).toBe("update");
  const { requests } = await fixture.recordRequests(() => managed.up({ ...args, description: "open" }));
  expect(writes(requests)).toEqual([`POST /${managed.id}/unarchive`, `PUT /${managed.id}`]);
  expect(rowOf(managed)?.archived).toBe(false);
});

test("an archiving whose answer is lost is done again", async () => {
  fixture.sandbox.control.addFault({ method: "POST", path: "/archive$", cut: "after" });
  const managed = await made({ path: unique("archive"), namespace: 9, archived: true });
  expect(rowOf(managed)?.archived).toBe(true);
});

describe("the picture", () => {
  const png = (content: string): string => {
    const file = path.join(folder, `${unique("logo")}.png`);
    writeFileSync(file, content);
    return file;
  };

  test("is sent from its file, again when its content changes, and removed", async () => {
    const file = png("first");
    const args = { path: unique("picture"), namespace: 9, avatar: file };
    const managed = await made(args);
    expect(Buffer.from(rowOf(managed)?.avatar?.content ?? "", "base64").toString()).toBe("first");
    expect(managed.outputs.avatarUrl).toMatch(/logo/);
    expect(await managed.up(args)).toBe("same");
    const before = managed.inputs.avatarHash;
    writeFileSync(file, "second");
    const { requests } = await fixture.recordRequests(() => managed.up(args));
    expect(requests).toEqual([`PUT /${managed.id}`]);
    expect(managed.inputs.avatarHash).not.toBe(before);
    expect(Buffer.from(rowOf(managed)?.avatar?.content ?? "", "base64").toString()).toBe("second");
    await managed.refresh();
    expect(await managed.up(args)).toBe("same");
    expect(await managed.up({ path: args.path, namespace: 9 })).toBe("update");
    expect(rowOf(managed)?.avatar).toBeUndefined();
    expect(await managed.up({ path: args.path, namespace: 9 })).toBe("same");
  });

  test("that somebody removed is sent again", async () => {
    const args = { path: unique("picture"), namespace: 9, avatar: png("first") };
    const managed = await made(args);
    await fixture.api("PUT", `/${managed.id}`, { avatar: "" });
    await managed.refresh();
    expect(managed.inputs).not.toHaveProperty("avatar");
    expect(await managed.up(args)).toBe("update");
    expect(rowOf(managed)?.avatar).toBeDefined();
  });

  test("that GitLab refuses leaves the project half-made, and another one finishes it", async () => {
    const args = { path: unique("picture"), namespace: 9, avatar: png("bad") };
    const managed = new ManagedResource(fixture, project);
    const body = { message: { avatar: ["file format is not supported"] } };
    fixture.sandbox.control.faults.add({ method: "PUT", path: "/projects/", status: 400, body });
    const error: unknown = await managed.up(args).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      reasons: [expect.stringMatching(/^PUT \/projects\/\d+: 400 avatar file format/) as string],
    });
    fixture.sandbox.control.faults.clear();
    expect(await managed.up({ ...args, avatar: png("good") })).toBe("update");
    expect(rowOf(managed)?.avatar).toBeDefined();
  });
});

test("topics in another order are no change", async () => {
  const args = { path: unique("topics"), namespace: 9 };
  const managed = await made({ ...args, topics: ["b", "a"] });
  await managed.refresh();
  expect(managed.inputs.topics).toEqual(["b", "a"]);
  expect(await managed.up({ ...args, topics: ["a", "b"] })).toBe("same");
  expect(await managed.up({ ...args, topics: ["a"] })).toBe("update");
});

test("the default branch waits for its branch, and is left as it is when it is removed", async () => {
  const args = { path: unique("branch"), namespace: 9, initializeWithReadme: true };
  const managed = await made({ ...args, defaultBranch: "trunk" });
  expect(managed.outputs.defaultBranch).toBe("trunk");
  const message = await fixture.errorOf(() => managed.up({ ...args, defaultBranch: "nowhere" }));
  expect(message).toMatch(/^PUT \/projects\/\d+: 400 Could not change HEAD: branch '\[defaultBranch\]' does not exist/);
  expect(await managed.up(args)).toBe("update");
  expect(rowOf(managed)?.defaultBranch).toBe("trunk");
});

test("a maintainer, who may not rename, changes what a maintainer may change", async () => {
  const args = { path: unique("rights"), name: unique("Rights "), namespace: 9, visibility: "private" };
  const managed = await made(args);
  fixture.sandbox.control.setToken({ token: "of-a-maintainer", role: "maintainer" });
  const theirs = managed.copy(await fixture.withNewProcess({ "gitlab:token": "of-a-maintainer" }));
  expect(await theirs.up({ ...args, description: "x" })).toBe("update");
  expect(await theirs.fixture.errorOf(() => theirs.up({ ...args, name: "Other" }))).toMatch(
    /^PUT \/projects\/\d+: 403 /,
  );
  await theirs.fixture.stop("sandbox");
});

test("an argument that was never set keeps what somebody gave it", async () => {
  const args = { path: unique("unset"), namespace: 9 };
  const managed = await made(args);
  await fixture.api("PUT", `/${managed.id}`, { description: "theirs", merge_method: "ff", topics: ["theirs"] });
  await managed.refresh();
  expect(managed.inputs).not.toHaveProperty("description");
  expect(managed.outputs).toMatchObject({ description: "theirs", mergeMethod: "ff", topics: ["theirs"] });
  expect(await managed.up({ ...args, squashOption: "never" })).toBe("update");
  expect(rowOf(managed)).toMatchObject({ description: "theirs", topics: ["theirs"] });
});

test("a get reads by number and by path, without a lookup besides, and holds its secrets as such", async () => {
  const managed = await made({ path: unique("get"), namespace: 9, description: "x" });
  const bare = { __provider: providerText(project) };
  for (const id of [managed.id, `projects/acme/${String(managed.outputs.path)}`]) {
    const { result, requests } = await fixture.recordRequests(() => fixture.provider.read(id, bare));
    expect(requests).toHaveLength(1);
    expect(result.inputs).toBeUndefined();
    expect(result.outputs).toMatchObject({ description: "x", projectId: managed.outputs.projectId, namespace: 9 });
    expect(await fixture.provider.read(id, result.outputs)).toEqual(result);
  }
});

test("no secret was printed, logged or answered in an error", async () => {
  const spoken = await fixture.allOutput();
  for (const secret of fixture.secrets) expect(spoken).not.toContain(secret);
});
