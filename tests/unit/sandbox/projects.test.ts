import { open, type Reply, type Session } from "./client";

let session: Session;
const api: Session["api"] = (...args) => session.api(...args);

beforeAll(async () => {
  session = await open({
    tokens: [
      { token: "dev", role: "developer" },
      { token: "keeper", role: "maintainer" },
    ],
  });
});

beforeEach(() => {
  session.sandbox.control.reset();
});

afterAll(async () => {
  await session.sandbox.stop();
});

const make = async (body: Record<string, unknown>): Promise<number> => {
  const reply = await api("POST", "/projects", body);
  expect([reply.status, reply.text.slice(0, 200)]).toEqual([201, expect.any(String)]);
  return reply.json.id as number;
};

const send = async (method: string, path: string, form: FormData): Promise<Reply> => {
  const response = await fetch(`${session.sandbox.url}/api/v4${path}`, {
    method,
    headers: { "PRIVATE-TOKEN": session.sandbox.token },
    body: form,
  });
  const text = await response.text();
  return { status: response.status, text, json: JSON.parse(text) as Reply["json"], headers: response.headers };
};

const picture = (bytes: number, name = "dk.png"): FormData => {
  const form = new FormData();
  form.set("avatar", new Blob([Buffer.alloc(bytes, 7)], { type: "image/png" }), name);
  return form;
};

test("what is given on creation comes back, what is not has its default", async () => {
  const id = await make({
    name: "My Shop",
    namespace_id: 9,
    topics: ["b", "a", "b"],
    build_timeout: 7200,
    merge_method: "ff",
    pages_access_level: "public",
    container_expiration_policy_attributes: { enabled: true, keep_n: 5, name_regex_delete: "x.*" },
  });
  expect((await api("GET", `/projects/${id}`)).json).toMatchObject({
    path: "my-shop",
    topics: ["a", "b"],
    tag_list: ["a", "b"],
    build_timeout: 7200,
    merge_method: "ff",
    pages_access_level: "public",
    container_expiration_policy: {
      enabled: true,
      keep_n: 5,
      name_regex: "x.*",
      name_regex_delete: "x.*",
      cadence: "1d",
    },
    squash_option: "default_off",
    ci_default_git_depth: 20,
    empty_repo: true,
  });
});

test("edit-only parameters are no parameters of a creation, and the other way round", async () => {
  const id = await make({ name: "One", ci_default_git_depth: 5, repository_object_format: "sha256" });
  expect((await api("GET", `/projects/${id}`)).json).toMatchObject({
    ci_default_git_depth: 20,
    repository_object_format: "sha256",
  });
  const only = await api("PUT", `/projects/${id}`, { repository_object_format: "sha1", bogus: 1 });
  expect([only.status, only.json.error]).toEqual([400, expect.stringContaining("at least one parameter")]);
});

test("deprecated names are translated both ways", async () => {
  const edited = await api("PUT", "/projects/42", {
    issues_enabled: false,
    packages_enabled: false,
    emails_disabled: true,
    public_builds: false,
    tag_list: "x, y",
    restrict_user_defined_variables: true,
  });
  expect(edited.json).toMatchObject({
    issues_access_level: "disabled",
    package_registry_access_level: "disabled",
    emails_enabled: false,
    public_jobs: false,
    topics: ["x", "y"],
    ci_pipeline_variables_minimum_override_role: "maintainer",
  });
  const back = await api("PUT", "/projects/42", {
    issues_access_level: "private",
    package_registry_access_level: "enabled",
    emails_enabled: true,
    topics: [],
    ci_pipeline_variables_minimum_override_role: "developer",
  });
  expect(back.json).toMatchObject({
    issues_enabled: true,
    packages_enabled: true,
    emails_disabled: false,
    tag_list: [],
    restrict_user_defined_variables: false,
  });
});

test("what the licence does not cover is taken and dropped", async () => {
  await session.control("PUT", "/settings", { licence: [] });
  const edited = await api("PUT", "/projects/42", {
    approvals_before_merge: 2,
    issues_template: "t",
    lfs_enabled: false,
  });
  expect([edited.status, edited.json.lfs_enabled]).toEqual([200, false]);
  for (const key of ["approvals_before_merge", "issues_template", "mirror"])
    expect(edited.json).not.toHaveProperty(key);
  await session.control("PUT", "/settings", { licence: ["merge_request_approvers"] });
  expect((await api("GET", "/projects/42")).json.approvals_before_merge).toBe(0);
});

test("secrets and settings of the administration are for those who may see them", async () => {
  const admin = (await api("GET", "/projects/42")).json;
  expect(admin).toMatchObject({ runners_token: expect.stringMatching(/^GR1348941/) as unknown, import_error: null });
  expect(admin.repository_storage).toBe("default");
  const keeper = (await api("GET", "/projects/42", undefined, "keeper")).json;
  expect(keeper).toHaveProperty("runners_token");
  expect(keeper).not.toHaveProperty("repository_storage");
  const dev = (await api("GET", "/projects/42", undefined, "dev")).json;
  for (const key of ["runners_token", "import_url", "build_git_strategy"]) expect(dev).not.toHaveProperty(key);
  expect(dev.permissions).toMatchObject({ group_access: { access_level: 30 } });
});

test("a maintainer edits, but names, visibility and the storage are not for them", async () => {
  expect((await api("PUT", "/projects/42", { lfs_enabled: false }, "keeper")).status).toBe(200);
  expect((await api("PUT", "/projects/42", { name: "Other" }, "keeper")).status).toBe(403);
  expect((await api("PUT", "/projects/42", { visibility: "private" }, "keeper")).status).toBe(403);
  expect((await api("PUT", "/projects/42", { repository_storage: "fast" }, "keeper")).status).toBe(200);
  expect((await api("GET", "/projects/42")).json.repository_storage).toBe("default");
  expect((await api("PUT", "/projects/42", { lfs_enabled: false }, "dev")).status).toBe(403);
});

test("names and paths are taken once per namespace", async () => {
  const path = await api("POST", "/projects", { path: "shop", name: "Other", namespace_id: 9 });
  expect([path.status, path.json.message]).toMatchObject([400, { path: ["has already been taken"] }]);
  const name = await api("POST", "/projects", { path: "other", name: "Shop", namespace_id: 9 });
  expect(name.json.message).toEqual({
    "project_namespace.name": ["has already been taken"],
    name: ["has already been taken"],
  });
  expect((await api("PUT", "/projects/43", { path: "shop" })).status).toBe(400);
  expect((await api("POST", "/projects", { path: "shop", namespace_id: 11 })).status).toBe(201);
});

test("values are checked, all at once", async () => {
  const reply = await api("PUT", "/projects/42", {
    name: "*",
    build_timeout: 5,
    ci_config_path: "/x",
    container_expiration_policy_attributes: { keep_n: 3 },
  });
  expect([reply.status, Object.keys(reply.json.message as object)]).toEqual([
    400,
    ["name", "build_timeout", "ci_config_path", "container_expiration_policy.keep_n"],
  ]);
  const kind = await api("PUT", "/projects/42", { merge_method: "magic", build_timeout: "long" });
  expect(kind.json.error).toBe("build_timeout is invalid, merge_method does not have a valid value");
  const closed = { repository_access_level: "private", builds_access_level: "private" };
  expect((await api("PUT", "/projects/42", closed)).json.message).toEqual({
    "project_feature.merge_requests_access_level": ["cannot have higher visibility level than repository access level"],
  });
  expect((await api("PUT", "/projects/42", { ...closed, merge_requests_access_level: "disabled" })).status).toBe(200);
  expect((await api("GET", "/projects/42")).json.name).toBe("Shop");
});

test("a project is seen by no more people than its group, and by those whom the instance allows", async () => {
  expect((await api("PUT", "/projects/42", { visibility: "internal" })).json.message).toEqual({
    visibility_level: ["internal is not allowed in a private group."],
  });
  await session.control("PUT", "/settings", { restrictedVisibilityLevels: ["public"] });
  const refused = await api("POST", "/projects", { name: "Open", visibility: "public" }, "dev");
  expect(refused.json.message).toEqual({
    visibility_level: ["public has been restricted by your GitLab administrator"],
  });
  expect((await api("POST", "/projects", { name: "Open", visibility: "public" })).status).toBe(201);
});

test("a namespace of one's own has a limit", async () => {
  await session.control("PUT", "/settings", { projectsLimit: 1 });
  const full = await api("POST", "/projects", { name: "Second" });
  expect([full.status, full.json.error]).toEqual([403, [expect.stringContaining("project limit is 1")]]);
  expect((await api("POST", "/projects", { name: "Second", namespace_id: 9 })).status).toBe(201);
});

test("the default branch is there or is refused", async () => {
  const empty = await make({ name: "Empty", default_branch: "trunk" });
  expect((await api("GET", `/projects/${empty}`)).json).toMatchObject({ default_branch: "main", empty_repo: true });
  const full = await make({ name: "Full", default_branch: "trunk", initialize_with_readme: true });
  expect((await api("GET", `/projects/${full}`)).json).toMatchObject({ default_branch: "trunk", empty_repo: false });
  expect((await api("PUT", `/projects/${full}`, { default_branch: "nope" })).json.message).toEqual({
    base: ["Could not change HEAD: branch 'nope' does not exist"],
  });
});

test("an administrator makes projects for others", async () => {
  const { id } = session.sandbox.control.world.userOf({ token: "dev", role: "developer" });
  const made = await api("POST", `/projects/user/${id}`, { name: "Theirs" });
  expect([made.status, made.json.path_with_namespace, made.json.creator_id]).toEqual([201, "developer/Theirs", id]);
  expect((await api("POST", `/projects/user/${id}`, { path: "x" })).json.error).toBe("name is missing");
  expect((await api("POST", "/projects/user/999", { name: "x" })).status).toBe(404);
  expect((await api("POST", `/projects/user/${id}`, { name: "x" }, "dev")).status).toBe(403);
});

test("an import goes on in the background, and its credentials are not shown", async () => {
  await session.control("PUT", "/settings", { imports: { polls: 2, milliseconds: 0, error: null } });
  const made = await api("POST", "/projects", { name: "I", import_url: "https://joe:s3cret@git.example.com/a.git" });
  expect(made.json).toMatchObject({ import_status: "scheduled", import_url: "https://git.example.com/a.git" });
  const seen = [];
  for (let read = 0; read < 3; read += 1) {
    const { json, text } = await api("GET", `/projects/${made.json.id as number}`);
    seen.push([json.import_status, json.empty_repo]);
    expect(text).not.toContain("s3cret");
  }
  expect(seen).toEqual([
    ["started", true],
    ["started", true],
    ["finished", false],
  ]);
});

test("an import may fail, take its time, be switched off or come from nowhere", async () => {
  await session.control("PUT", "/settings", { imports: { polls: 0, milliseconds: 0, error: "2:fetch failed" } });
  const url = "https://git.example.com/a.git";
  const failed = await make({ name: "F", import_url: url });
  expect((await api("GET", `/projects/${failed}`)).json).toMatchObject({
    import_status: "failed",
    import_error: "2:fetch failed",
  });
  await session.control("PUT", "/settings", { imports: { polls: 0, milliseconds: 60_000, error: null } });
  const slow = await make({ name: "S", import_url: url });
  expect((await api("GET", `/projects/${slow}`)).json.import_status).toBe("started");
  expect((await api("POST", "/projects", { name: "L", import_url: "http://127.0.0.1/x" })).json.message).toHaveProperty(
    "import_url",
  );
  await session.control("PUT", "/settings", { importSources: [] });
  expect((await api("POST", "/projects", { name: "N", import_url: url })).status).toBe(403);
});

test("an avatar comes as a form, shows by its name and goes with an empty value", async () => {
  const set = await send("PUT", "/projects/42", picture(100));
  expect(set.json.avatar_url).toBe(`${session.sandbox.url}/uploads/-/system/project/avatar/42/dk.png`);
  const response = await fetch(`${session.sandbox.url}/api/v4/projects/42/avatar`, {
    headers: { "PRIVATE-TOKEN": session.sandbox.token },
  });
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "image/png"]);
  expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.alloc(100, 7));
  expect((await send("PUT", "/projects/42", picture(300_000))).json.message).toEqual({
    avatar: ["is too big (should be at most 200 KiB)"],
  });
  expect((await send("PUT", "/projects/42", picture(10, "notes.txt"))).status).toBe(400);
  expect((await api("PUT", "/projects/42", { avatar: "dk.png" })).json.error).toBe("avatar is invalid");
  expect((await api("PUT", "/projects/42", { avatar: "" })).json.avatar_url).toBeNull();
  expect((await api("GET", "/projects/42/avatar")).json).toEqual({ message: "404 Avatar Not Found" });
});

test("a form may bring every attribute along with the picture", async () => {
  const form = picture(10);
  form.set("name", "Formed");
  form.append("topics[]", "b");
  form.append("topics[]", "a");
  form.set("container_expiration_policy_attributes[keep_n]", "5");
  const made = await send("POST", "/projects", form);
  expect(made.json).toMatchObject({
    path: "Formed",
    topics: ["a", "b"],
    avatar_url: expect.stringContaining("dk.png") as unknown,
    container_expiration_policy: { keep_n: 5 },
  });
});
