import { definitionOf, made } from "./support/cases";
import { ManagedResource, type Props } from "./support/managed-resource";
import { ProviderFixture, type TestParent } from "./support/provider-fixture";
import { rowOf } from "./support/stored";

const mirror = definitionOf("ProjectPullMirror");
const url = "https://git.example.com/acme/shop.git";
const credentials = { authUser: "canary0user", authPassword: "canary0password" };

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start({}, { "gitlab:retries": 0 });
});

afterEach(() => {
  fixture.sandbox.control.configure({ version: "19.4.0-ee" });
});

afterAll(async () => {
  await fixture.stop();
});

function projectOf(place: TestParent): Props {
  return fixture.sandbox.control.world.project(place.id) as unknown as Props;
}

function problems(args: Props): Promise<string[]> {
  return new ManagedResource(fixture, mirror).problems({ project: 42, ...args });
}

test.each([
  [
    "https://canary0user:canary0password@git.example.com/x.git",
    /^url: must not contain credentials: give them as authUser/,
  ],
  ["https://canary0user@git.example.com/x.git", /^url: must not contain credentials/],
  ["ssh://git:canary0password@git.example.com/x.git", /^url: must not contain credentials/],
  ["ftp://git.example.com/x.git", /^url: must be a URL that starts with https/],
])("%s is refused, unquoted", async (given, expected) => {
  const told = await problems({ url: given });
  expect(told).toEqual([expect.stringMatching(expected)]);
  expect(told.join()).not.toContain("canary");
});

test("an SSH address has its user in it", async () => {
  const place = await fixture.createParent("project");
  const own = { url: "ssh://git@git.example.com/acme/shop.git" };
  const managed = await made(fixture, mirror, place, own);
  await managed.refresh();
  expect(managed.inputs).toMatchObject(own);
});

test("a pattern and protected branches exclude each other, in the preview", async () => {
  const both = { url, onlyMirrorProtectedBranches: true, mirrorBranchRegex: "^main$" };
  expect(await problems(both)).toEqual(["mirrorBranchRegex: excludes onlyMirrorProtectedBranches: give one of them"]);
});

test("from one of the two to the other and back, GitLab never gets both in one request", async () => {
  const place = await fixture.createParent("project");
  const managed = await made(fixture, mirror, place, { url, mirrorBranchRegex: "^main$" });
  const base = { project: place.id, url };
  const over = await fixture.recordRequests(() => managed.up({ ...base, onlyMirrorProtectedBranches: true }));
  expect(over).toEqual({ result: "update", requests: [`PUT /${managed.id}`, `PUT /${managed.id}`] });
  expect(rowOf(fixture, managed.id)).toMatchObject({ onlyProtectedBranches: true, branchRegex: null });
  expect(await managed.up({ ...base, mirrorBranchRegex: "^v" })).toBe("update");
  expect(rowOf(fixture, managed.id)).toMatchObject({ onlyProtectedBranches: false, branchRegex: "^v" });
});

test("the second of two requests that fails leaves it half-made, and the next up finishes it", async () => {
  const place = await fixture.createParent("project");
  const managed = await made(fixture, mirror, place, { url, mirrorBranchRegex: "^main$" });
  const args = { project: place.id, url, onlyMirrorProtectedBranches: true };
  const fault = { method: "PUT", path: `/${managed.id}$`, status: 403, body: { message: "403 Forbidden" } };
  fixture.sandbox.control.addFault({ ...fault, skip: 1 });
  expect(await fixture.errorOf(() => managed.up(args))).toContain(`PUT /${managed.id}: 403 Forbidden`);
  expect(rowOf(fixture, managed.id)).toMatchObject({ onlyProtectedBranches: false, branchRegex: null });
  expect(await managed.up(args)).toBe("update");
  expect(rowOf(fixture, managed.id)).toMatchObject({ onlyProtectedBranches: true, branchRegex: null });
});

test("credentials are sent, never shown, and missed when they are gone", async () => {
  const place = await fixture.createParent("project");
  const managed = await made(fixture, mirror, place, { url, ...credentials });
  expect(projectOf(place).importCredentials).toEqual({ user: "canary0user", password: "canary0password" });
  await managed.refresh();
  expect(managed.inputs).toMatchObject({ url, ...credentials });
  expect(managed.outputs).toMatchObject({ authUserPresent: true, authPasswordPresent: true });
  delete projectOf(place).importCredentials;
  await managed.refresh();
  expect(managed.inputs).not.toHaveProperty("authPassword");
  expect(await managed.up({ project: place.id, url, ...credentials })).toBe("update");
  expect(projectOf(place).importCredentials).toEqual({ user: "canary0user", password: "canary0password" });
});

test("credentials that the program does not know survive a change of something else", async () => {
  const place = await fixture.createParent("project");
  const id = `projects/${place.id}/mirror/pull`;
  await fixture.api("PUT", `/${id}`, { url, enabled: true, auth_user: "theirs", auth_password: "theirs" });
  const managed = new ManagedResource(fixture, mirror);
  await managed.up({ project: place.id, url }, place.path);
  expect(await managed.up({ project: place.id, url, mirrorTriggerBuilds: true })).toBe("update");
  expect(projectOf(place).importCredentials).toEqual({ user: "theirs", password: "theirs" });
  const lines = await fixture.logsDuring(() =>
    managed.diff({ project: place.id, url: `${url}/other`, mirrorTriggerBuilds: true }),
  );
  expect(lines.map(({ message }) => message)).toEqual([
    expect.stringContaining("url changes, and the program does not give authUser and authPassword"),
  ]);
});

test("one that is off is imported, read and switched on", async () => {
  const place = await fixture.createParent("project");
  const first = await made(fixture, mirror, place, { url });
  await fixture.api("PUT", `/${first.id}`, { enabled: false });
  expect((await fixture.request("GET", `/${first.id}`)).status).toBe(400);
  expect(await first.refresh()).toBe("there");
  expect(first.inputs).toMatchObject({ url, enabled: false });
  const next = await fixture.withNewProcess();
  const managed = new ManagedResource(next, mirror);
  await managed.up({ project: place.id, url, enabled: false }, place.path);
  expect([managed.id, managed.outputs.enabled]).toEqual([first.id, false]);
  expect(await managed.refresh()).toBe("there");
  expect(await managed.up({ project: place.id, url })).toBe("update");
  expect(rowOf(fixture, managed.id)).toMatchObject({ enabled: true });
  await next.stop("sandbox");
});

test("one that runs and differs is left alone, one that is off is not", async () => {
  const place = await fixture.createParent("project");
  const id = `projects/${place.id}/mirror/pull`;
  await fixture.api("PUT", `/${id}`, { url: "https://git.example.com/other.git", enabled: true });
  const managed = new ManagedResource(fixture, mirror);
  const message = await fixture.errorOf(() => managed.up({ project: place.id, url }));
  expect(message).toContain(`${id} is already active and differs in url. To take it over, add { import: "${id}" }`);
  await fixture.api("PUT", `/${id}`, { enabled: false });
  expect(await managed.up({ project: place.id, url })).toBe("create");
  expect(projectOf(place)).toMatchObject({ importUrl: url, mirror: { enabled: true } });
});

test("a new address edits the mirror, and deleting it switches it off", async () => {
  const place = await fixture.createParent("project");
  const managed = await made(fixture, mirror, place, { url, ...credentials });
  expect(await managed.diff({ project: place.id, url: `${url}x`, ...credentials })).toEqual({
    changes: true,
    replaces: [],
  });
  expect(await managed.up({ project: place.id, url: `${url}x`, ...credentials })).toBe("update");
  expect(projectOf(place)).toMatchObject({ importUrl: `${url}x`, importCredentials: { password: "canary0password" } });
  await managed.destroy();
  expect(rowOf(fixture, managed.id)).toMatchObject({ enabled: false });
});

test("a server before 17.6 is configured by the project's attributes", async () => {
  fixture.sandbox.control.configure({ version: "17.5.0-ee" });
  const place = await fixture.createParent("project");
  const managed = new ManagedResource(fixture, mirror);
  const args = { project: place.id, url, ...credentials, mirrorTriggerBuilds: true };
  const { requests } = await fixture.recordRequests(() => managed.up(args));
  expect(requests.slice(-2)).toEqual([`PUT /${managed.id}`, `PUT /projects/${place.id}`]);
  expect(projectOf(place)).toMatchObject({
    importUrl: url,
    importCredentials: { user: "canary0user", password: "canary0password" },
    mirror: { enabled: true, triggerBuilds: true },
  });
  expect(await managed.up(args)).toBe("same");
  await managed.refresh();
  expect(await managed.up(args)).toBe("same");
  expect(await managed.up({ ...args, authPassword: "canary0other" })).toBe("update");
  expect(projectOf(place).importCredentials).toEqual({ user: "canary0user", password: "canary0other" });
  await managed.destroy();
  expect(rowOf(fixture, managed.id)).toMatchObject({ enabled: false });
});

test("a project that answers 404 keeps its mirror in state, and its deletion warns", async () => {
  const place = await fixture.createParent("project");
  const managed = await made(fixture, mirror, place, { url });
  fixture.sandbox.control.setToken({ token: "unseeing-mirrors", role: "maintainer", access: { acme: "none" } });
  const next = await fixture.withNewProcess({ "gitlab:token": "unseeing-mirrors" });
  const copy = managed.copy(next);
  const lines = await next.logsDuring(async () => {
    expect(await copy.refresh()).toBe("there");
    await copy.destroy();
  });
  expect(lines.map(({ message }) => message)).toEqual([
    expect.stringContaining("kept in state, because its project answers 404"),
    expect.stringMatching(/already gone from GitLab, nothing to delete\. .*licence has lost mirrors/),
  ]);
  await next.stop("sandbox");
});

test("why an update failed is told without logins and without what the program gave", async () => {
  const place = await fixture.createParent("project");
  const managed = await made(fixture, mirror, place, { url, ...credentials });
  const error = `fatal: 'https://canary0user:canary0p@ssword@git.example.com/acme/shop.git' says canary0password, no https://joe:hush@other.example.com`;
  fixture.sandbox.control.configure({ imports: { polls: 0, milliseconds: 0, error } });
  try {
    await fixture.api("POST", `/${managed.id}`);
    await managed.refresh();
    expect(managed.outputs.lastError).toBe("fatal: '[url]' says [authPassword], no https://other.example.com");
    expect((await fixture.allOutput()).match(/canary0user|canary0password|hush/g)).toBeNull();
  } finally {
    fixture.sandbox.control.configure({ imports: { polls: 0, milliseconds: 0, error: null } });
  }
});

test("no secret was printed, logged or answered in an error", async () => {
  const spoken = await fixture.allOutput();
  for (const secret of fixture.secrets) expect(spoken).not.toContain(secret);
});
