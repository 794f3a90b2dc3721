import { open, type Reply, type Session } from "./client";

let session: Session;
const api: Session["api"] = (...args) => session.api(...args);

beforeAll(async () => {
  session = await open({
    tokens: [
      { token: "dev", role: "developer" },
      { token: "outsider", role: "none", access: { globex: "maintainer" } },
    ],
  });
});

beforeEach(() => {
  session.sandbox.control.reset();
});

afterAll(async () => {
  await session.sandbox.stop();
});

const ids = ({ json }: Reply): number[] => (json as unknown as { id: number }[]).map(({ id }) => id);
const listed = async (query: string, token?: string): Promise<number[]> =>
  ids(await api("GET", `/projects?per_page=100&${query}`, undefined, token));

const ALL = [49, 48, 47, 46, 45, 44, 43, 42];

test("filters of state", async () => {
  await api("POST", "/projects/42/archive");
  await api("DELETE", "/projects/43");
  await api("PUT", "/projects/44", { issues_enabled: false, merge_requests_enabled: false });
  await api("PUT", "/projects/49", { visibility: "public" });
  await api("POST", "/projects/45/star");
  expect(await listed("")).toEqual(ALL);
  expect(await listed("archived=true")).toEqual([43, 42]);
  expect(await listed("active=false")).toEqual([43, 42]);
  expect(await listed("visibility=public")).toEqual([49]);
  expect(await listed("starred=true")).toEqual([45]);
  expect(await listed("with_issues_enabled=true")).not.toContain(44);
  expect(await listed("with_merge_requests_enabled=true")).not.toContain(44);
  expect(await listed("id_after=43&id_before=46")).toEqual([45, 44]);
});

test("filters of access", async () => {
  expect(await listed("", "outsider")).toEqual([48, 47]);
  expect(await listed("owned=true", "dev")).toEqual([]);
  expect(await listed("membership=true", "dev")).toEqual(ALL);
  expect(await listed("min_access_level=30", "dev")).toEqual(ALL);
  expect(await listed("min_access_level=40", "dev")).toEqual([]);
  expect((await api("GET", "/projects?min_access_level=41")).json.error).toBe(
    "min_access_level does not have a valid value",
  );
});

test("filters of content", async () => {
  await api("PUT", "/projects/42", { topics: ["a", "b"], description: "sells things" });
  await api("PUT", "/projects/43", { topics: ["a"] });
  await session.control("PUT", "/projects/44", { languages: { Ruby: 100 }, lastActivityAt: "2030-01-01T00:00:00Z" });
  expect(await listed("topic=a,b")).toEqual([42]);
  expect(await listed("topic=a")).toEqual([43, 42]);
  const topics = (await api("GET", "/topics?search=b")).json as unknown as { id: number }[];
  expect(await listed(`topic_id=${topics[0]?.id ?? 0}`)).toEqual([42]);
  expect(await listed("with_programming_language=ruby")).toEqual([44]);
  expect(await listed("last_activity_after=2029-01-01T00:00:00Z")).toEqual([44]);
  expect(await listed("last_activity_before=2024-01-01T00:00:00Z")).toEqual([]);
  expect(await listed("search=sells")).toEqual([42]);
  expect(await listed("search=globex")).toEqual([]);
  expect(await listed("search=globex&search_namespaces=true")).toEqual([48, 47]);
});

test("filters of time need their order", async () => {
  const alone = await api("GET", "/projects?updated_after=2029-01-01T00:00:00Z");
  expect([alone.status, alone.json.message]).toEqual([400, expect.stringContaining("must be paired")]);
  await api("PUT", "/projects/45", { description: "new" });
  expect(await listed("order_by=updated_at&updated_after=2025-06-01T00:00:00Z")).toEqual([45]);
  expect((await listed("order_by=updated_at&updated_before=2025-06-01T00:00:00Z")).length).toBe(ALL.length - 1);
});

test("filters of the administration", async () => {
  await session.control("PUT", "/projects/acme%2Fshop", {
    customAttributes: { location: "Antarctica", role: "Developer" },
    damaged: ["wiki"],
  });
  await api("PUT", "/projects/43", { repository_storage: "fast" });
  await session.control("PUT", "/settings", { deletionDelay: 0, removalTime: 60_000 });
  await api("DELETE", "/projects/48");
  expect(await listed("custom_attributes[location]=Antarctica&custom_attributes[role]=Developer")).toEqual([42]);
  expect(await listed("custom_attributes[location]=Antarctica&custom_attributes[role]=Other")).toEqual([]);
  expect(await listed("wiki_checksum_failed=true")).toEqual([42]);
  expect(await listed("repository_checksum_failed=true")).toEqual([]);
  expect(await listed("repository_storage=fast")).toEqual([43]);
  expect(await listed("")).not.toContain(48);
  expect(await listed("include_pending_delete=true")).toContain(48);
  expect(await listed("wiki_checksum_failed=true&include_pending_delete=true", "dev")).toEqual(
    ALL.filter((id) => id !== 48),
  );
  const shown = await api("GET", "/projects/42?with_custom_attributes=true");
  expect(shown.json.custom_attributes).toEqual([
    { key: "location", value: "Antarctica" },
    { key: "role", value: "Developer" },
  ]);
});

test("orders", async () => {
  await session.control("PUT", "/projects/44", { statistics: { storage_size: 9 } });
  await api("POST", "/projects/46/star");
  expect(await listed("order_by=name&sort=asc")).toEqual([44, 46, 48, 49, 45, 42, 47, 43]);
  expect(await listed("sort=asc")).toEqual(ALL.toReversed());
  expect((await listed("order_by=storage_size"))[0]).toBe(44);
  expect(await listed("order_by=storage_size", "dev")).toEqual(ALL);
  expect((await listed("order_by=star_count"))[0]).toBe(46);
  expect(await listed("order_by=similarity&search=s")).toEqual([47, 42, 49]);
  expect((await api("GET", "/projects?order_by=colour")).json.error).toBe("order_by does not have a valid value");
});

test("what a list shows", async () => {
  const first = async (query: string, token?: string): Promise<Record<string, unknown>> =>
    ((await api("GET", `/projects?${query}`, undefined, token)).json as unknown as Record<string, unknown>[])[0] ?? {};
  expect(await first("simple=true")).not.toHaveProperty("archived");
  expect(await first("")).not.toHaveProperty("runners_token");
  expect(await first("")).not.toHaveProperty("statistics");
  expect(await first("statistics=true", "dev")).toHaveProperty("statistics.storage_size", 0);
});

test("lists of a user, by id or name", async () => {
  await api("POST", "/projects", { name: "Mine" }, "dev");
  await api("POST", "/projects/42/star", undefined, "dev");
  await session.control("PUT", "/projects/43", { contributors: ["developer"] });
  expect(ids(await api("GET", "/users/root/projects"))).toEqual([49]);
  expect(ids(await api("GET", "/users/developer/projects?search=mine"))).toEqual([50]);
  expect(ids(await api("GET", "/users/developer/contributed_projects?sort=asc"))).toEqual([43, 50]);
  expect(ids(await api("GET", "/users/developer/starred_projects"))).toEqual([42]);
  expect((await api("GET", "/users/nobody/projects")).json.message).toBe("404 User Not Found");
});

test("lists of forks and of a group", async () => {
  await api("POST", "/projects/42/fork", { namespace_id: 11 });
  await api("POST", "/projects/47/share", { group_id: 9, group_access: 30 });
  expect(ids(await api("GET", "/projects/42/forks?owned=true"))).toEqual([50]);
  expect(ids(await api("GET", "/groups/9/projects"))).toEqual([47, 44, 43, 42]);
  expect(ids(await api("GET", "/groups/9/projects?with_shared=false&archived=false"))).toEqual([44, 43, 42]);
  expect(ids(await api("GET", "/groups/9/projects?include_subgroups=true&sort=asc&with_shared=false"))).toEqual([
    42, 43, 44, 45, 46,
  ]);
});

test("keysets go by id, with a link to the next page and nothing else", async () => {
  const seen: number[] = [];
  let path: string | undefined = "/projects?pagination=keyset&order_by=id&sort=asc&per_page=3";
  while (path !== undefined) {
    const page: Reply = await api("GET", path);
    expect(page.headers.get("x-total")).toBeNull();
    seen.push(...ids(page));
    path = /^<[^>]*\/api\/v4([^>]*)>; rel="next"$/.exec(page.headers.get("link") ?? "")?.[1];
  }
  expect(seen).toEqual(ALL.toReversed());
  const down = await api("GET", "/projects?pagination=keyset&order_by=id&per_page=2");
  expect(down.headers.get("link")).toContain("id_before=48");
  const refused = await api("GET", "/projects?pagination=keyset&order_by=name");
  expect([refused.status, refused.json.error]).toEqual([405, expect.stringContaining("not yet available")]);
});

test("people and languages of a project", async () => {
  await session.control("PUT", "/projects/42", { members: { ann: "maintainer", bob: "owner" } });
  const names = async (query: string): Promise<unknown> =>
    ((await api("GET", `/projects/42/users${query}`)).json as unknown as { username: string }[]).map(
      (user) => user.username,
    );
  expect(await names("")).toEqual(["root", "developer", "ann", "bob"]);
  expect(await names("?search=an&skip_users[]=1")).toEqual(["ann"]);
  expect((await api("GET", "/projects/42/languages")).json).toEqual({ TypeScript: 81.42, Shell: 18.58 });
});

test("members are imported one by one, and each may fail", async () => {
  await session.control("PUT", "/projects/42", { members: { ann: "maintainer", bob: "owner" } });
  const done = await api("POST", "/projects/43/import_project_members/42");
  expect([done.status, done.json]).toEqual([200, { status: "success" }]);
  await session.control("PUT", "/settings", { memberImportErrors: { bob: "Email is not allowed" } });
  expect((await api("POST", "/projects/44/import_project_members/acme%2Fshop")).json).toEqual({
    status: "error",
    message: { bob: "Email is not allowed" },
    total_members_count: 2,
  });
  expect((await api("POST", "/projects/44/import_project_members/999")).json.message).toBe("404 Project Not Found");
  await session.control("PUT", "/settings", { memberImportErrors: { "*": "Import failed" } });
  expect((await api("POST", "/projects/45/import_project_members/42")).status).toBe(422);
});

test("housekeeping holds a lease", async () => {
  const run = (task?: string) => api("POST", "/projects/42/housekeeping", task === undefined ? {} : { task });
  expect((await run("sweep")).json.error).toBe("task does not have a valid value");
  expect((await run("prune")).status).toBe(201);
  const again = await run();
  expect([again.status, again.json.message]).toEqual([409, expect.stringContaining("already triggered housekeeping")]);
});

test("files of a project", async () => {
  const form = new FormData();
  form.set("file", new Blob(["hello"]), "dk.png");
  const response = await fetch(`${session.sandbox.url}/api/v4/projects/42/uploads`, {
    method: "POST",
    headers: { "PRIVATE-TOKEN": session.sandbox.token },
    body: form,
  });
  const uploaded = (await response.json()) as Record<string, string>;
  expect(response.status).toBe(201);
  expect(uploaded.url).toMatch(/^\/uploads\/[0-9a-f]{32}\/dk\.png$/);
  expect(uploaded).toMatchObject({
    full_path: `/acme/shop${uploaded.url ?? ""}`,
    markdown: `![dk](${uploaded.url ?? ""})`,
  });
  expect((await api("POST", "/projects/42/uploads", {})).json.error).toBe("file is missing");
  expect((await api("POST", "/projects/42/uploads", { file: "x" })).json.error).toBe("file is invalid");
  expect((await api("GET", "/projects/42/storage")).json).toMatchObject({
    project_id: 42,
    repository_storage: "default",
  });
  expect((await api("GET", "/projects/42/storage", undefined, "dev")).status).toBe(403);
});

test("a snapshot is a tar archive as big as the repository", async () => {
  await session.control("PUT", "/projects/42", { statistics: { repository_size: 1_000_000 } });
  const response = await fetch(`${session.sandbox.url}/api/v4/projects/42/snapshot`, {
    headers: { "PRIVATE-TOKEN": session.sandbox.token },
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(response.headers.get("content-type")).toBe("application/x-tar");
  expect(bytes.subarray(257, 262).toString()).toBe("ustar");
  expect(bytes.length % 512).toBe(0);
  expect(bytes.length).toBeGreaterThan(1_000_000);
  expect((await api("GET", "/projects/42/snapshot", undefined, "dev")).status).toBe(403);
});

test("a snapshot may break off on its way", async () => {
  await session.control("PUT", "/projects/42", { statistics: { repository_size: 1_000_000 } });
  await session.control("POST", "/faults", { path: "/snapshot$", cut: "half" });
  const response = await fetch(`${session.sandbox.url}/api/v4/projects/42/snapshot`, {
    headers: { "PRIVATE-TOKEN": session.sandbox.token },
  });
  expect(response.status).toBe(200);
  await expect(response.arrayBuffer()).rejects.toThrow();
});
