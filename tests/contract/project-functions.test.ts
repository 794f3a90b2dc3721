import * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";
import { startSandbox, type Sandbox } from "gitlab-sandbox";
import * as gitlab from "../../provider";
import { asProgram, known, sandboxOfProgram, type Api, type ProgramSandbox } from "./support/program";

let sandbox: Sandbox;
let api: Api;
let stop: ProgramSandbox["stop"];

beforeEach(async () => {
  ({ sandbox, api, stop } = await sandboxOfProgram());
});

afterEach(() => stop());

describe("a project", () => {
  test("by its number, its path or a resource's ID, with more when asked", async () => {
    const project = await gitlab.getProject({ project: "acme/shop" });
    expect(project).toMatchObject({
      id: 42,
      pathWithNamespace: "acme/shop",
      namespace: { kind: "group", fullPath: "acme" },
      visibility: "private",
      mergeMethod: "merge",
      issuesAccessLevel: "enabled",
      markedForDeletionOn: null,
      permissions: { groupAccess: { accessLevel: 50 } },
      importUrl: null,
    });
    expect(project.links?.mergeRequests).toMatch(/\/projects\/42\/merge_requests$/);
    expect(project.statistics).toBeUndefined();
    for (const name of [42, "projects/42"]) expect((await gitlab.getProject({ project: name })).id).toBe(42);
    const more = await gitlab.getProject({ project: 42, statistics: true, license: true });
    expect(typeof more.statistics?.storageSize).toBe("number");
    await expect(gitlab.getProject({ project: "no/such" })).rejects.toMatchObject({ status: 404 });
    await expect(gitlab.getProject({ project: "not a path" })).rejects.toThrow(
      /^project: has a space: give the full path/,
    );
    await expect(gitlab.getProject({ project: "acme%2Fshop" })).rejects.toThrow(/^project: is encoded for a URL/);
  });

  test("has its secrets as secret outputs in both forms, and all else plain", async () => {
    const made = await api("POST", "/projects", {
      name: "imported",
      import_url: "https://user:hush-hush@git.example.com/x.git",
    });
    const project = await gitlab.getProject({ project: Number(made.id) });
    const [token, url] = [project.runnersToken, project.importUrl];
    if (token === undefined || !pulumi.Output.isInstance(url)) throw new Error("the sandbox shows both");
    expect(await known(token)).toMatchObject({ secret: true });
    expect(await known(url)).toMatchObject({
      secret: true,
      value: expect.stringContaining("git.example.com") as string,
    });
    const runnersToken = (await known(token)).value;
    expect(JSON.stringify({ ...project, runnersToken: undefined, importUrl: undefined })).not.toContain(runnersToken);

    const output = gitlab.getProjectOutput({ project: pulumi.output(Number(made.id)) });
    expect((await known(output.apply(({ runnersToken }) => runnersToken))).secret).toBe(true);
    expect(await known(output.pathWithNamespace)).toEqual({ value: "root/imported", secret: false });
    expect((await known(output)).secret).toBe(false);
    const listed = (await gitlab.getProjects({ search: "imported" }))[0]?.importUrl;
    expect(pulumi.Output.isInstance(listed) && (await pulumi.isSecret(listed))).toBe(true);
  });

  test("has a picture, or none", async () => {
    expect(await gitlab.getProjectAvatar({ project: 42 })).toBeUndefined();
    const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
    const form = new FormData();
    form.set("avatar", new Blob([png], { type: "image/png" }), "logo.png");
    await api("PUT", "/projects/42", form);
    const sha256 = createHash("sha256").update(png).digest("hex");
    const avatar = { contentType: "image/png", contentBase64: png.toString("base64"), sha256 };
    expect(await gitlab.getProjectAvatar({ project: "acme/shop" })).toEqual(avatar);
    expect((await known(gitlab.getProjectAvatarOutput({ project: pulumi.output(42) }))).value).toEqual(avatar);
    await expect(gitlab.getProjectAvatar({ project: 4711 })).rejects.toMatchObject({ status: 404 });
  });

  test("has languages, and a place on the disk", async () => {
    sandbox.control.changeProject("projects/42", { languages: { Ruby: 66.69, objective_c: 33.31 } });
    const languages = await gitlab.getProjectLanguages({ project: 42 });
    expect(languages).toEqual({ Ruby: 66.69, objective_c: 33.31 });
    expect((await known(gitlab.getProjectLanguagesOutput({ project: 42 }))).value).toEqual(languages);
    const storage = await gitlab.getProjectStorage({ project: 42 });
    expect(storage).toMatchObject({ projectId: 42, repositoryStorage: "default" });
    expect(storage.diskPath).toMatch(/^@hashed\//);
    expect((await known(gitlab.getProjectStorageOutput({ project: 42 }))).value).toEqual(storage);
  });

  test("has a pull mirror, one that is switched off, or none", async () => {
    const at = { project: 42 };
    expect(await gitlab.getProjectPullMirror(at)).toEqual({ enabled: false });
    await api("PUT", "/projects/42/mirror/pull", {
      enabled: true,
      url: "https://git.example.com/x.git",
      auth_user: "me",
      auth_password: "hush-hush",
    });
    const mirror = await gitlab.getProjectPullMirror(at);
    expect(mirror).toMatchObject({ enabled: true, lastError: null, mirrorTriggerBuilds: false });
    expect(mirror.url).toBe("https://*****:*****@git.example.com/x.git");
    expect((await known(gitlab.getProjectPullMirrorOutput(at))).value.enabled).toBe(true);
    sandbox.control.configure({ imports: { polls: 0, milliseconds: 0, error: "no https://me:hush@git.example.com" } });
    await api("POST", "/projects/42/mirror/pull");
    expect((await gitlab.getProjectPullMirror(at)).lastError).toBe("no https://git.example.com");
    await api("PUT", "/projects/42/mirror/pull", { enabled: false });
    expect(await gitlab.getProjectPullMirror(at)).toEqual({ enabled: false });
    await expect(gitlab.getProjectPullMirror({ project: "no/such" })).rejects.toMatchObject({ status: 404 });
  });
});

async function gathered<T extends { readonly id: number }>(list: AsyncIterable<T>): Promise<number[]> {
  const ids: number[] = [];
  for await (const { id } of list) ids.push(id);
  return ids;
}

describe("lists", () => {
  test("of projects, all and one by one", async () => {
    const ids = [49, 48, 47, 46, 45, 44, 43, 42];
    expect((await gitlab.getProjects()).map(({ id }) => id)).toEqual(ids);
    expect(await gathered(gitlab.eachProject())).toEqual(ids);
    expect((await known(gitlab.getProjectsOutput())).value.map(({ id }) => id)).toEqual(ids);
    expect((await gitlab.getProjects({ search: "shop", orderBy: "name", sort: "asc" })).map(({ id }) => id)).toEqual([
      42,
    ]);
    const inner = gitlab.getProjectsOutput({ idAfter: pulumi.output(43), idBefore: 46, sort: "asc" });
    expect((await known(inner)).value.map(({ id }) => id)).toEqual([44, 45]);
    const [simple] = await gitlab.getProjects({ simple: true, search: "shop" });
    expect([simple?.pathWithNamespace, simple?.mergeMethod]).toEqual(["acme/shop", undefined]);
  });

  test("of a user's projects", async () => {
    await api("POST", "/projects/47/star");
    const byName = { user: "root", orderBy: "name" } as const;
    expect((await gitlab.getUserProjects({ user: "root" })).map(({ id }) => id)).toEqual([49]);
    expect(await gathered(gitlab.eachUserProject({ user: 1 }))).toEqual([49]);
    expect((await gitlab.getStarredProjects({ user: "root" })).map(({ id }) => id)).toEqual([47]);
    expect(await gathered(gitlab.eachStarredProject(byName))).toEqual([47]);
    const contributed = (await gitlab.getContributedProjects(byName)).map(({ id }) => id);
    expect(await gathered(gitlab.eachContributedProject(byName))).toEqual(contributed);
    await expect(gitlab.getUserProjects({ user: "nobody" })).rejects.toMatchObject({ status: 404 });
  });

  test("of users and groups of a project", async () => {
    await api("POST", "/projects/42/star");
    await api("POST", "/projects/42/share", { group_id: 11, group_access: 30 });
    const at = { project: "acme/shop" };
    const users = await gitlab.getProjectUsers(at);
    expect(users).toMatchObject([{ id: 1, username: "root", state: "active" }]);
    expect(users[0]).toHaveProperty("webUrl");
    expect(await gathered(gitlab.eachProjectUser(at))).toEqual([1]);
    expect(await gitlab.getProjectUsers({ ...at, skipUsers: [1] })).toEqual([]);
    const [starrer] = await gitlab.getProjectStarrers(at);
    expect(starrer?.user.username).toBe("root");
    expect(Date.parse(starrer?.starredSince ?? "")).toBeGreaterThan(0);
    for await (const { user } of gitlab.eachProjectStarrer(at)) expect(user.id).toBe(1);
    expect(await gitlab.getProjectGroups(at)).toMatchObject([{ id: 9, fullPath: "acme", fullName: "Acme" }]);
    expect((await gathered(gitlab.eachProjectGroup({ ...at, withShared: true }))).sort()).toEqual([11, 9]);
    expect((await gitlab.getProjectShareLocations(at)).length).toBeGreaterThan(0);
    expect(await gathered(gitlab.eachProjectShareLocation({ ...at, search: "nothing like it" }))).toEqual([]);
    const targets = (await gitlab.getProjectTransferLocations(at)).map(({ id }) => id);
    expect(targets).toContain(11);
    expect(await gathered(gitlab.eachProjectTransferLocation({ ...at, search: "globex" }))).toEqual([11]);
  });
});

test("a page is fetched when it is needed", async () => {
  for (let number = 0; number < 95; number += 1) await api("POST", "/projects", { name: `p${number}` });
  sandbox.control.log.clear();
  for await (const { id } of gitlab.eachProject()) if (id > 0) break;
  expect(sandbox.control.requests()).toHaveLength(1);
  expect(await gathered(gitlab.eachProject())).toHaveLength(103);
  expect(sandbox.control.requests()).toHaveLength(3);
});

test("mocks answer lists, in both ways of reading them", async () => {
  gitlab.mockFunctions((name, args) => [{ id: 1, name, args }]);
  expect(await gitlab.getProjects({ archived: true })).toEqual([
    { id: 1, name: "getProjects", args: { archived: true } },
  ]);
  expect(await gathered(gitlab.eachProject())).toEqual([1]);
  const seen: unknown[] = [];
  for await (const user of gitlab.eachProjectUser({ project: 1 })) seen.push(user.name);
  expect(seen).toEqual(["eachProjectUser"]);
  expect(sandbox.control.requests()).toEqual([]);
});

test("a provider that a preview does not know yet leaves the result unknown, and a promise says why", async () => {
  await asProgram({ preview: true });
  const token = pulumi.output(Promise.resolve(pulumi.unknown as unknown as string));
  const provider = new gitlab.Provider("later", { baseUrl: sandbox.url, token });
  const output = gitlab.getProjectOutput({ project: 42 }, { provider });
  expect(await (output as unknown as { isKnown: Promise<boolean> }).isKnown).toBe(false);
  await expect(gitlab.getProject({ project: 42 }, { provider })).rejects.toThrow(/not known yet in this preview/);
  expect(sandbox.control.requests()).toEqual([]);
});

test("asks the GitLab of a provider", async () => {
  const other = await startSandbox({});
  const provider = new gitlab.Provider("other", { baseUrl: other.url, token: other.token });
  expect(await gathered(gitlab.eachProject({ search: "shop" }, { provider }))).toEqual([42]);
  expect((await gitlab.getProject({ project: 42 }, { provider })).id).toBe(42);
  const name = await known(gitlab.getProjectOutput({ project: 42 }, { provider }).name);
  expect([name.secret, other.control.requests().length, sandbox.control.requests()]).toEqual([false, 3, []]);
  await other.stop();
});
