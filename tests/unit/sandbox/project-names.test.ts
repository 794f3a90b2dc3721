import { open, type Reply, type Session } from "./client";

let session: Session;
const api: Session["api"] = (...args) => session.api(...args);

beforeAll(async () => {
  session = await open();
});

beforeEach(() => {
  session.sandbox.control.reset();
});

afterAll(async () => {
  await session.sandbox.stop();
});

const post = (body: Record<string, unknown>): Promise<Reply> =>
  api("POST", "/projects", { namespace_id: 11, visibility: "private", ...body });

const LEGAL = /non-accented letters|Cannot start with .-., end in ..git. or end in ..atom./;

test.each([
  ["Blue.Sky", "Blue.Sky"],
  ["MyTool", "MyTool"],
  ["my_tool-2", "my_tool-2"],
  ["My Tool v2.0", "my-tool-v2-0"],
  ["Größe", "grosse"],
  ["ÄÖÜ äöü é", "aou-aou-e"],
  ["Straße + Ærø", "strasse-aero"],
  ["Łódź – Þór", "lodz-thor"],
  ["Gro\u0308\u00dfe", "grosse"],
  ["日本 Tool", "tool"],
  ["a  --  b", "a-b"],
  ["🚀 Launch!", "launch"],
])("a project made with the name %s alone has the path %s", async (name, path) => {
  const reply = await post({ name: name.replace("!", "") });
  expect([reply.status, reply.json.path]).toEqual([201, path]);
});

test("a name without a letter that Rails can spell makes no path", async () => {
  const reply = await post({ name: "日本" });
  expect([reply.status, reply.json.message]).toEqual([
    400,
    { path: expect.arrayContaining(["can't be blank"]) as string[] },
  ]);
});

test("a project made with a path alone is named after it", async () => {
  expect((await post({ path: "Blue.Sky" })).json).toMatchObject({ name: "Blue.Sky", path: "Blue.Sky" });
  expect((await post({ name: "", path: "green" })).json).toMatchObject({ name: "green", path: "green" });
});

test.each(["a--b", "a_", "-a", "_a", ".a", "a.", "a._b", "a b", "ä", "a.git", "a.atom", ""])(
  "%p is no legal path",
  async (path) => {
    const made = await post({ name: "Some name", path: path === "" ? "日" : path });
    expect([made.status, made.text]).toEqual([400, expect.stringMatching(LEGAL)]);
    const edited = await api("PUT", "/projects/42", { path });
    expect([edited.status, edited.text]).toEqual([400, expect.stringMatching(LEGAL)]);
    expect((await api("GET", "/projects/42")).json.path).toBe("shop");
  },
);

test("a name that looks like a path stays one, also where GitLab then refuses it", async () => {
  expect((await post({ name: "a--b" })).status).toBe(400);
  expect((await post({ name: "a--b c" })).json.path).toBe("a-b-c");
});

test("two names that come to one path exclude each other", async () => {
  expect((await post({ name: "Blue Sky" })).json.path).toBe("blue-sky");
  const twin = await post({ name: "Blue  sky" });
  expect([twin.status, twin.json.message]).toEqual([
    400,
    expect.objectContaining({ path: ["has already been taken"] }) as unknown,
  ]);
  expect((await post({ name: "Blue.Sky" })).json.path).toBe("Blue.Sky");
});

test("names are stored without spaces at their ends", async () => {
  const made = await post({ name: "  Tool " });
  expect(made.json).toMatchObject({ name: "Tool", path: "tool" });
  const path = `/projects/${made.json.id as number}`;
  expect((await api("PUT", path, { name: " Other\t" })).json.name).toBe("Other");
  expect((await api("PUT", path, { name: "  " })).json).toEqual({ message: { name: ["can't be blank"] } });
});

test("topics are trimmed, split at commas and unique whatever their case", async () => {
  const made = await post({ name: "T", topics: [" Zeta", "alpha, Ops Team ", "ALPHA", "", "Zeta"] });
  expect(made.json.topics).toEqual(["Ops Team", "Zeta", "alpha"]);
  expect((await post({ name: "U", topics: "b,a , B" })).json.topics).toEqual(["a", "b"]);
});

test("a topic that the instance has is taken in its spelling", async () => {
  await post({ name: "T", topics: ["kubernetes"] });
  const made = await post({ name: "U", topics: ["Kubernetes", "Helm"] });
  expect(made.json.topics).toEqual(["Helm", "kubernetes"]);
  const edited = await api("PUT", `/projects/${made.json.id as number}`, { topics: ["HELM"] });
  expect(edited.json.topics).toEqual(["Helm"]);
});

test("the default branch of a project without a commit counts for its first push", async () => {
  const made = await post({ name: "Empty", default_branch: "trunk" });
  const path = `/projects/${made.json.id as number}`;
  expect(made.json.default_branch).toBe("main");
  for (const branch of ["trunk", "other"]) {
    const refused = await api("PUT", path, { default_branch: branch });
    expect([refused.status, refused.json.message]).toEqual([
      400,
      { base: [`Could not change HEAD: branch '${branch}' does not exist`] },
    ]);
  }
  await session.control("PUT", path, { push: "feature" });
  expect((await api("GET", path)).json).toMatchObject({ default_branch: "feature", empty_repo: false });
  await session.control("PUT", path, { push: "trunk" });
  expect((await api("GET", path)).json.default_branch).toBe("trunk");
  expect((await api("PUT", path, { default_branch: "feature" })).json.default_branch).toBe("feature");
});
