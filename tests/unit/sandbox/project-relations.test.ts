import { open, type Session } from "./client";

let session: Session;
const api: Session["api"] = (...args) => session.api(...args);
const codes = async (method: string, paths: readonly string[], body?: unknown): Promise<number[]> => {
  const seen = [];
  for (const path of paths) seen.push((await api(method, path, body)).status);
  return seen;
};

beforeAll(async () => {
  session = await open({
    tokens: [
      { token: "dev", role: "developer" },
      { token: "outsider", role: "none", access: { globex: "owner" } },
    ],
  });
});

beforeEach(() => {
  session.sandbox.control.reset();
});

afterAll(async () => {
  await session.sandbox.stop();
});

test("a project is shared with a group once, and shows it", async () => {
  const share = { group_id: 11, group_access: 30, expires_at: "2999-01-02", member_role_id: 7 };
  const made = await api("POST", "/projects/42/share", share);
  expect([made.status, made.json]).toMatchObject([201, { project_id: 42, ...share }]);
  expect((await api("GET", "/projects/42")).json.shared_with_groups).toEqual([
    {
      group_id: 11,
      group_name: "Globex",
      group_full_path: "globex",
      group_access_level: 30,
      expires_at: "2999-01-02",
      member_role_id: 7,
    },
  ]);
  const again = await api("POST", "/projects/42/share", share);
  expect([again.status, again.json.message]).toEqual([409, "Group already shared with this group"]);
  expect(await codes("DELETE", ["/projects/42/share/11", "/projects/42/share/11"])).toEqual([204, 404]);
  expect((await api("DELETE", "/projects/42/share/11")).json.message).toBe("404 Group Link Not Found");
});

test("sharing is refused to unknown groups, unknown levels, groups above and where it is locked", async () => {
  const share = (body: Record<string, unknown>, token?: string) => api("POST", "/projects/42/share", body, token);
  expect((await share({})).json.error).toBe("group_id is missing, group_access is missing");
  expect((await share({ group_id: 11, group_access: 33 })).json.error).toBe("group_access does not have a valid value");
  expect((await share({ group_id: 99, group_access: 30 })).json).toEqual({ message: "Not Found" });
  expect((await share({ group_id: 9, group_access: 30 })).status).toBe(409);
  expect((await share({ group_id: 11, group_access: 30 }, "dev")).status).toBe(403);
  await api("PUT", "/groups/9", { share_with_group_lock: true });
  const locked = await share({ group_id: 11, group_access: 30 });
  expect([locked.status, locked.json.message]).toEqual([400, "The project sharing with group is disabled"]);
});

test("an expired share is gone", async () => {
  const share = { group_id: 11, group_access: 30, expires_at: "2001-01-02" };
  await api("POST", "/projects/42/share", share);
  expect((await api("GET", "/projects/42")).json.shared_with_groups).toEqual([]);
});

test("groups around a project: above it, invited, and those that could be", async () => {
  const paths = async (path: string): Promise<unknown> =>
    ((await api("GET", path)).json as unknown as { full_path: string }[]).map((group) => group.full_path);
  expect(await paths("/projects/45/share_locations")).toEqual(["globex"]);
  await api("POST", "/projects/45/share", { group_id: 11, group_access: 20 });
  expect(await paths("/projects/45/share_locations")).toEqual([]);
  expect(await paths("/projects/45/groups")).toEqual(["acme", "acme/platform"]);
  expect(await paths("/projects/45/groups?with_shared=true&skip_groups[]=9")).toEqual(["acme/platform", "globex"]);
  expect(await paths("/projects/45/groups?with_shared=true&shared_min_access_level=30&search=glo")).toEqual([]);
  expect(await paths("/projects/45/invited_groups")).toEqual(["globex"]);
  for (const query of ["relation[]=inherited", "min_access_level=40", "search=acme"]) {
    expect(await paths(`/projects/45/invited_groups?${query}`)).toEqual([]);
  }
});

test("a fork is made in the background, once per path", async () => {
  await api("POST", "/projects/42/star");
  const made = await api("POST", "/projects/42/fork", { namespace_path: "globex", name: "Copy", path: "copy" });
  expect(made.json).toMatchObject({
    path_with_namespace: "globex/copy",
    import_status: "scheduled",
    forked_from_project: { id: 42 },
    mr_default_target_self: false,
    empty_repo: true,
    star_count: 0,
  });
  const id = made.json.id as number;
  const statuses = [];
  for (let read = 0; read < 2; read += 1) statuses.push((await api("GET", `/projects/${id}`)).json.import_status);
  expect(statuses).toEqual(["started", "finished"]);
  const again = await api("POST", "/projects/42/fork", { namespace_id: 11, name: "Copy", path: "copy" });
  expect([again.status, again.json.message]).toMatchObject([409, { path: ["has already been taken"] }]);
  expect((await api("GET", "/projects/42")).json.forks_count).toBe(1);
});

test("a fork needs a namespace and branch that exist, and is no more open than its source", async () => {
  const fork = (body: Record<string, unknown>) => api("POST", "/projects/42/fork", body);
  expect((await fork({ namespace_path: "nowhere" })).json.message).toBe("404 Target Namespace Not Found");
  expect((await fork({ branches: "nope" })).json.message).toBe("404 Source Branch Not Found");
  expect((await fork({ visibility: "public" })).status).toBe(409);
  await api("PUT", "/projects/42", { forking_access_level: "disabled" });
  expect((await fork({})).status).toBe(404);
  expect((await api("POST", "/projects/43/fork", { namespace: "acme" }, "outsider")).status).toBe(404);
});

test("a fork relation is made and ended between existing projects", async () => {
  expect((await api("POST", "/projects/43/fork/42")).json.forked_from_project).toMatchObject({ id: 42 });
  const again = await api("POST", "/projects/43/fork/44");
  expect([again.status, again.json.message]).toEqual([409, "Project already forked"]);
  expect((await api("POST", "/projects/44/fork/999")).json.message).toBe("404 Project Not Found");
  expect(await codes("DELETE", ["/projects/43/fork", "/projects/43/fork"])).toEqual([204, 304]);
  expect((await api("GET", "/projects/43")).json).not.toHaveProperty("forked_from_project");
});

test("a star is given once and taken back once", async () => {
  expect(await codes("POST", ["/projects/42/star", "/projects/42/star"])).toEqual([201, 304]);
  await api("POST", "/projects/42/star", undefined, "dev");
  expect((await api("GET", "/projects/42")).json.star_count).toBe(2);
  const starrers = await api("GET", "/projects/42/starrers?search=dev");
  expect(starrers.json).toMatchObject([{ user: { username: "developer" } }]);
  expect(await codes("POST", ["/projects/42/unstar", "/projects/42/unstar"])).toEqual([201, 304]);
});

test("a pull mirror is set, shown without its credentials, and kept when switched off", async () => {
  const path = "/projects/42/mirror/pull";
  const none = await api("GET", path);
  expect([none.status, none.json]).toEqual([400, { message: "The project is not mirrored" }]);
  const set = await api("PUT", path, {
    enabled: true,
    url: "https://git.example.com/a.git",
    auth_user: "joe",
    auth_password: "s3cret",
    mirror_branch_regex: "^main$",
  });
  expect(set.json).toMatchObject({ url: "https://*****:*****@git.example.com/a.git", mirror_branch_regex: "^main$" });
  expect(set.text).not.toMatch(/joe|s3cret/);
  expect((await api("GET", "/projects/42")).json).toMatchObject({
    mirror: true,
    import_url: "https://git.example.com/a.git",
    only_mirror_protected_branches: false,
  });
  const only = await api("PUT", path, { only_mirror_protected_branches: true });
  expect(only.json).toMatchObject({ only_mirror_protected_branches: true, mirror_branch_regex: null });
  expect((await api("PUT", path, { enabled: false })).json.enabled).toBe(false);
  expect(await codes("GET", [path])).toEqual([400]);
  expect((await api("PUT", path, { enabled: true })).json.url).toBe("https://*****:*****@git.example.com/a.git");
});

test("a pull mirror refuses nothing, two ways at once, and no address", async () => {
  const path = "/projects/42/mirror/pull";
  expect((await api("PUT", path, {})).json.error).toMatch(/^enabled, url, .* at least one parameter/);
  const both = { mirror_branch_regex: "x", only_mirror_protected_branches: true };
  expect((await api("PUT", path, both)).json.error).toContain("mutually exclusive");
  expect((await api("PUT", path, { enabled: true })).status).toBe(400);
  expect(typeof (await api("PUT", path, { url: "gopher://x" })).json.message).toBe("string");
  await session.control("PUT", "/settings", { version: "17.5.0-ee" });
  expect((await api("PUT", path, { url: "https://git.example.com/a.git" })).status).toBe(404);
});

test("a pull mirror is updated when asked", async () => {
  const path = "/projects/42/mirror/pull";
  expect(await codes("POST", [path])).toEqual([400]);
  await api("PUT", "/projects/42", { mirror: true, import_url: "https://joe:s3cret@git.example.com/a.git" });
  const started = await api("POST", path);
  expect([started.status, started.text]).toEqual([200, ""]);
  const statuses = [];
  for (let read = 0; read < 2; read += 1) statuses.push((await api("GET", path)).json.update_status);
  expect(statuses).toEqual(["started", "finished"]);
  await session.control("PUT", "/settings", { imports: { polls: 0, milliseconds: 0, error: "no route" } });
  await api("POST", path);
  expect((await api("GET", path)).json).toMatchObject({ update_status: "failed", last_error: "no route" });
  await api("POST", "/projects/42/archive");
  expect(await codes("POST", [path])).toEqual([403]);
  await api("POST", "/projects/42/unarchive");
  await api("PUT", "/projects/42", { mirror: false });
  expect(await codes("GET", [path])).toEqual([400]);
});

test("mirrors need their licence", async () => {
  await session.control("PUT", "/settings", { licence: [] });
  expect(await codes("GET", ["/projects/42/mirror/pull"])).toEqual([403]);
  const made = await api("POST", "/projects", { name: "M", mirror: true, import_url: "https://git.example.com/a.git" });
  expect([made.status, made.json.mirror]).toEqual([201, undefined]);
});
