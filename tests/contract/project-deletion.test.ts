import { definitionOf } from "./support/cases";
import { ManagedResource, type Props } from "./support/managed-resource";
import { ProviderFixture, unique } from "./support/provider-fixture";

const project = definitionOf("Project");

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start({}, { "gitlab:retries": 1 });
});

afterEach(() => {
  fixture.sandbox.control.configure({ deletionDelay: 7, removalTime: 0 });
});

afterAll(async () => {
  await fixture.stop();
});

async function made(args: Props = {}): Promise<ManagedResource> {
  const managed = new ManagedResource(fixture, project);
  await managed.up({ path: unique("end"), namespace: 9, ...args });
  return managed;
}

function rowOf({ id }: ManagedResource) {
  return fixture.sandbox.control.world.state.projects.find((each) => `projects/${each.id}` === id);
}

test("a deletion marks the project, which is gone to a refresh, and its path is free", async () => {
  const managed = await made();
  const copy = managed.copy();
  const { requests } = await fixture.recordRequests(() => managed.destroy());
  expect(requests).toEqual([`DELETE /${managed.id}`, `GET /${managed.id}`]);
  expect(rowOf(managed)?.markedForDeletionOn).not.toBeNull();
  await copy.destroy();
  expect(await copy.refresh()).toBe("gone");
  const again = await made({ path: managed.outputs.path });
  expect(again.id).not.toBe(copy.id);
});

test("permanentlyRemove removes it for good, under the name that marking gave it", async () => {
  const managed = await made({ permanentlyRemove: true });
  const { requests } = await fixture.recordRequests(() => managed.destroy());
  expect(requests).toEqual([
    `DELETE /${managed.id}`,
    `GET /${managed.id}`,
    `DELETE /${managed.id}`,
    `GET /${managed.id}`,
  ]);
  expect(rowOf(managed)).toBeUndefined();
  await managed.destroy();
});

test("permanentlyRemove finishes what somebody marked before", async () => {
  const managed = await made({ permanentlyRemove: true });
  await fixture.api("DELETE", `/${managed.id}`);
  await managed.destroy();
  expect(rowOf(managed)).toBeUndefined();
});

test("permanentlyRemove counts once an up has stored it, which changes nothing on GitLab", async () => {
  const managed = await made();
  const args = { path: managed.outputs.path, namespace: 9, permanentlyRemove: true };
  const { result, requests } = await fixture.recordRequests(() => managed.up(args));
  expect([result, requests]).toEqual(["update", [`GET /${managed.id}`]]);
  await managed.destroy();
  expect(rowOf(managed)).toBeUndefined();
});

test("a GitLab that deletes at once needs no second step", async () => {
  fixture.sandbox.control.configure({ deletionDelay: 0 });
  const managed = await made({ permanentlyRemove: true });
  const { requests } = await fixture.recordRequests(() => managed.destroy());
  expect(requests).toEqual([`DELETE /${managed.id}`, `GET /${managed.id}`]);
  expect(rowOf(managed)).toBeUndefined();
});

test("a removal that takes its time is waited for", async () => {
  fixture.sandbox.control.configure({ removalTime: 600 });
  const managed = await made({ permanentlyRemove: true });
  await managed.destroy();
  expect((await fixture.request("GET", `/${managed.id}`)).status).toBe(404);
});

test("a deletion that takes longer than it may is an error, and can be asked for again", async () => {
  const managed = await made({ deleteTimeout: 1 });
  const still = {
    id: Number(managed.outputs.projectId),
    path_with_namespace: "acme/shop",
    marked_for_deletion_on: null,
  };
  fixture.sandbox.control.addFault({ method: "GET", path: `^/${managed.id}$`, status: 200, body: still, times: 20 });
  const message = await fixture.errorOf(() => managed.destroy());
  expect(message).toMatch(/^projects\/\d+: the deletion is not done after 1 s\. .*deleteTimeout/);
  fixture.sandbox.control.faults.clear();
  await managed.destroy();
  expect(await managed.refresh()).toBe("gone");
});

test("archiveOnDestroy archives and deletes nothing", async () => {
  const managed = await made({ archiveOnDestroy: true });
  const { requests } = await fixture.recordRequests(() => managed.destroy());
  expect(requests).toEqual([`POST /${managed.id}/archive`]);
  expect(rowOf(managed)).toMatchObject({ archived: true, markedForDeletionOn: null });
});

test.each([{}, { permanentlyRemove: true }, { archiveOnDestroy: true }])(
  "a project that is gone is deleted without an error: %j",
  async (args) => {
    const managed = await made(args);
    await fixture.api("DELETE", `/${managed.id}`);
    const { path_with_namespace: full } = (await fixture.api("GET", `/${managed.id}`)) as Record<string, string>;
    await fixture.api("DELETE", `/${managed.id}`, { permanently_remove: true, full_path: full });
    await managed.destroy();
    expect(await managed.refresh()).toBe("gone");
  },
);

test("a deletion whose answer is lost, and one that breaks after the mark, come to an end", async () => {
  const managed = await made({ permanentlyRemove: true });
  fixture.sandbox.control.addFault({ method: "DELETE", path: `^/${managed.id}$`, cut: "after" });
  await managed.destroy();
  expect(rowOf(managed)).toBeUndefined();
});

test("a refusal that has another reason is an error", async () => {
  const managed = await made();
  const body = { message: "Project cannot be deleted now" };
  fixture.sandbox.control.addFault({ method: "DELETE", path: `^/${managed.id}$`, status: 400, body });
  expect(await fixture.errorOf(() => managed.destroy())).toBe(
    `DELETE /${managed.id}: 400 Project cannot be deleted now`,
  );
});

test("what another resource of the run took over is kept", async () => {
  const first = await made({ permanentlyRemove: true });
  const next = await fixture.withNewProcess();
  const second = new ManagedResource(next, project);
  await second.up({ path: first.outputs.path, namespace: 9 }, first.id);
  const lines = await next.logsDuring(() => first.copy(next).destroy());
  expect(lines.map(({ message }) => message)).toEqual([
    `${first.id}: kept, managed by another resource of this program.`,
  ]);
  expect(await second.refresh()).toBe("there");
  await next.stop("sandbox");
});

test("a token that lost its role on the group keeps the project in state", async () => {
  const managed = await made();
  fixture.sandbox.control.setToken({ token: "unseeing", role: "maintainer", access: { acme: "none" } });
  const blind = managed.copy(await fixture.withNewProcess({ "gitlab:token": "unseeing" }));
  const lines = await blind.fixture.logsDuring(async () => {
    expect(await blind.refresh()).toBe("there");
  });
  expect(lines.map(({ message }) => message)).toEqual([
    expect.stringContaining(`${managed.id}: kept in state, because the group 9 answers 404.`),
  ]);
  await blind.fixture.stop("sandbox");
});

test("a project of a user is gone when it answers 404", async () => {
  const managed = await made({ namespace: "root", permanentlyRemove: true });
  const copy = managed.copy();
  await managed.destroy();
  expect(await copy.refresh()).toBe("gone");
});
