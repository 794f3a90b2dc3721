import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { Sandbox } from "gitlab-sandbox";
import * as gitlab from "../../provider";
import { asProgram, known, sandboxOfProgram, type Api, type ProgramSandbox } from "./support/program";

let sandbox: Sandbox;
let api: Api;
let stop: ProgramSandbox["stop"];
const at = { project: "acme/shop" };

beforeEach(async () => {
  ({ sandbox, api, stop } = await sandboxOfProgram());
});

afterEach(() => stop());

/** The writes so far, as `POST /projects/42/fork`. */
function writes(): string[] {
  return sandbox.control
    .requests()
    .filter(({ method }) => method !== "GET")
    .map(({ method, path }) => `${method} ${path.replace("/api/v4", "").replace("acme%2Fshop", "42")}`);
}

/** Options with which nothing is waited for long. */
function hasty(): gitlab.InvokeOptions {
  return { provider: new gitlab.Provider("hasty", { baseUrl: sandbox.url, token: sandbox.token, timeout: 5 }) };
}

describe("starring", () => {
  test("changes something once", async () => {
    const first = await gitlab.starProject(at);
    expect([first.changed, first.project?.starCount]).toEqual([true, 1]);
    expect(await gitlab.starProject(at)).toEqual({ changed: false });
    expect((await known(gitlab.unstarProjectOutput({ project: pulumi.output(42) }))).value.changed).toBe(true);
    expect(await gitlab.unstarProject(at)).toEqual({ changed: false });
    await expect(gitlab.starProject({ project: "no/such" })).rejects.toMatchObject({ status: 404 });
  });
});

describe("archiving and restoring", () => {
  test("changes something once, and asks for nothing that is done", async () => {
    expect(await gitlab.archiveProject(at)).toMatchObject({ changed: true, project: { id: 42, archived: true } });
    expect(await gitlab.archiveProject(at)).toMatchObject({ changed: false, project: { archived: true } });
    expect((await known(gitlab.unarchiveProjectOutput(at))).value).toMatchObject({ project: { archived: false } });
    expect(await gitlab.unarchiveProject(at)).toMatchObject({ changed: false });
    expect(await gitlab.restoreProject(at)).toMatchObject({ changed: false });
    await api("DELETE", "/projects/42");
    const restored = await gitlab.restoreProject({ project: 42 });
    expect(restored).toMatchObject({ changed: true, project: { pathWithNamespace: "acme/shop" } });
    expect(writes()).toEqual([
      "POST /projects/42/archive",
      "POST /projects/42/unarchive",
      "DELETE /projects/42",
      "POST /projects/42/restore",
    ]);
  });

  test("looks at the project when an answer is lost, and asks for nothing twice", async () => {
    sandbox.control.addFault({ method: "POST", path: "archive", cut: "after" });
    expect(await gitlab.archiveProject(at)).toMatchObject({ changed: true, project: { archived: true } });
    sandbox.control.addFault({ method: "POST", path: "archive", cut: "before" });
    await expect(gitlab.unarchiveProject(at, hasty())).rejects.toBeInstanceOf(gitlab.LostAnswerError);
    expect(writes()).toEqual(["POST /projects/42/archive", "POST /projects/42/unarchive"]);
  });
});

describe("forking", () => {
  test("waits until the repository is there, and finds it there the next time", async () => {
    const { changed, project } = await gitlab.forkProject({ ...at, namespace: "globex", path: "copy", name: "Copy" });
    expect([changed, project?.pathWithNamespace, project?.importStatus]).toEqual([true, "globex/copy", "finished"]);
    expect(project?.forkedFromProject?.id).toBe(42);
    const again = await gitlab.forkProject({ ...at, namespace: 11, path: "copy" });
    expect([again.changed, again.project?.id]).toEqual([false, project?.id]);
    expect((await gitlab.getProjectForks(at)).map(({ id }) => id)).toEqual([project?.id]);
    for await (const { id } of gitlab.eachProjectFork(at)) expect(id).toBe(project?.id);
  });

  test("does not wait when told so, and by default forks to the token's user", async () => {
    const args = { project: pulumi.output(42), wait: false, description: "mine", visibility: "private" } as const;
    const { value } = await known(gitlab.forkProjectOutput(args));
    expect(value.project).toMatchObject({
      pathWithNamespace: "root/shop",
      description: "mine",
      importStatus: "scheduled",
    });
    expect(await gitlab.forkProject(at)).toMatchObject({ changed: false, project: { pathWithNamespace: "root/shop" } });
  });

  test("a lost answer leads to the fork, and to no second request", async () => {
    sandbox.control.addFault({ method: "POST", path: "fork", cut: "after" });
    const fork = await gitlab.forkProject({ ...at, namespace: "globex" });
    expect(fork).toMatchObject({ changed: true, project: { pathWithNamespace: "globex/shop" } });
    sandbox.control.addFault({ method: "POST", path: "fork", cut: "before" });
    await expect(gitlab.forkProject(at, hasty())).rejects.toBeInstanceOf(gitlab.LostAnswerError);
    expect(writes()).toEqual(["POST /projects/42/fork", "POST /projects/42/fork"]);
  });

  test("another project in the way is an error with the way out, and so is a namespace that is none", async () => {
    await expect(gitlab.forkProject({ ...at, namespace: "acme", path: "web" })).rejects.toMatchObject({
      status: 409,
      hint: expect.stringMatching(/another path and name, or another namespace/) as string,
    });
    await expect(gitlab.forkProject({ ...at, namespace: "no/such" })).rejects.toMatchObject({ status: 404 });
  });

  test("a copy that fails or takes too long is an error that names the fork", async () => {
    sandbox.control.configure({ imports: { polls: 1, milliseconds: 0, error: "no space left" } });
    await expect(gitlab.forkProject({ ...at, namespace: "globex" })).rejects.toThrow(
      /^The fork globex\/shop \(projects\/\d+\) was created, but copying its repository failed: no space left/,
    );
    sandbox.control.configure({ imports: { polls: 1000, milliseconds: 0, error: null } });
    await expect(gitlab.forkProject({ ...at, timeout: 1 })).rejects.toThrow(/is not finished after 1 s\. Wait longer/);
  });
});

describe("files and members", () => {
  test("uploads a file under its own name or another", async () => {
    const folder = mkdtempSync(join(tmpdir(), "upload-"));
    const file = join(folder, "logo.png");
    writeFileSync(file, "pixels");
    const logo = await gitlab.uploadProjectFile({ ...at, file });
    expect(logo).toMatchObject({ changed: true, alt: "logo" });
    expect(logo.url).toMatch(/^\/uploads\/[0-9a-f]{32}\/logo\.png$/);
    expect(logo.markdown).toBe(`![logo](${String(logo.url)})`);
    const { value } = await known(gitlab.uploadProjectFileOutput({ ...at, file, name: pulumi.output("x.txt") }));
    expect(value.url).toMatch(/x\.txt$/);
    await expect(gitlab.uploadProjectFile({ ...at, file: join(folder, "none") })).rejects.toThrow(/ENOENT/);
    rmSync(folder, { recursive: true });
  });

  test("a 200 that reports failures is a failure that names the users", async () => {
    expect(await gitlab.importProjectMembers({ ...at, from: "globex/site" })).toEqual({ changed: true });
    sandbox.control.addFault({
      path: "import_project_members",
      status: 200,
      body: { status: "error", message: { john_smith: "Too low", jane_smith: "Locked" }, total_members_count: 3 },
    });
    const failure: unknown = await gitlab.importProjectMembers({ ...at, from: 47 }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(gitlab.MemberImportError);
    expect(failure).toMatchObject({
      message:
        "POST /projects/acme/shop/import_project_members/47: 2 of 3 members were not added: " +
        "john_smith (Too low), jane_smith (Locked)",
      failures: { john_smith: "Too low", jane_smith: "Locked" },
    });
    await expect(gitlab.importProjectMembers({ ...at, from: "no/such" })).rejects.toMatchObject({ status: 404 });
    await expect(gitlab.importProjectMembers({ ...at, from: "not a path" })).rejects.toThrow(/^from: has a space/);
    expect((await known(gitlab.importProjectMembersOutput({ ...at, from: 48 }))).value.changed).toBe(true);
  });
});

describe("work on the server", () => {
  test("housekeeping that runs already is no change", async () => {
    expect(await gitlab.startHousekeeping({ ...at, task: "prune" })).toEqual({ changed: true });
    sandbox.control.addFault({ path: "housekeeping", status: 409, body: { message: "409 Conflict" } });
    expect(await gitlab.startHousekeeping(at)).toEqual({ changed: false });
    expect((await known(gitlab.startHousekeepingOutput({ project: 43 }))).value.changed).toBe(true);
  });

  test("a mirror is started, and where there is none the error says so", async () => {
    await expect(gitlab.startPullMirror(at)).rejects.toThrow(
      "POST /projects/acme/shop/mirror/pull: 400 The project is not mirrored. Set up a ProjectPullMirror",
    );
    await api("PUT", "/projects/42/mirror/pull", { enabled: true, url: "https://git.example.com/x.git" });
    expect(await gitlab.startPullMirror(at)).toEqual({ changed: true });
    expect((await known(gitlab.startPullMirrorOutput(at))).value).toEqual({ changed: true });
  });
});

const actions: readonly [string, () => Promise<gitlab.ActionResult>][] = [
  ["forkProject", () => gitlab.forkProject(at)],
  ["starProject", () => gitlab.starProject(at)],
  ["unstarProject", () => gitlab.unstarProject(at)],
  ["archiveProject", () => gitlab.archiveProject(at)],
  ["unarchiveProject", () => gitlab.unarchiveProject(at)],
  ["restoreProject", () => gitlab.restoreProject(at)],
  ["uploadProjectFile", () => gitlab.uploadProjectFile({ ...at, file: "none" })],
  ["importProjectMembers", () => gitlab.importProjectMembers({ ...at, from: 47 })],
  ["startHousekeeping", () => gitlab.startHousekeeping(at)],
  ["startPullMirror", () => gitlab.startPullMirror(at)],
];

test.each(actions)("%s does nothing in a preview and says so, and a mock answers for it", async (name, action) => {
  await asProgram({ preview: true });
  const said = jest.spyOn(pulumi.log, "info").mockResolvedValue();
  expect(await action()).toEqual({ changed: false });
  expect(said.mock.calls).toEqual([[`${name}: not done in a preview.`]]);
  said.mockRestore();
  gitlab.mockFunctions((asked) => ({ changed: true, asked }));
  expect(await action()).toEqual({ changed: true, asked: name });
  expect(sandbox.control.requests()).toEqual([]);
});
