import { open, type Session } from "./client";

let session: Session;
const api: Session["api"] = (...args) => session.api(...args);

beforeAll(async () => {
  session = await open({ tokens: [{ token: "dev", role: "developer" }] });
});

beforeEach(() => {
  session.sandbox.control.reset();
});

afterAll(async () => {
  await session.sandbox.stop();
});

const root = "/projects/42/remote_mirrors";
const url = "https://joe:s3cret@git.example.com/a.git";

test("a push mirror is made switched off, and never shows its login", async () => {
  const made = await api("POST", root, { url });
  expect([made.status, made.json]).toEqual([
    201,
    {
      id: 1,
      enabled: false,
      url: "https://*****:*****@git.example.com/a.git",
      update_status: "none",
      last_update_at: null,
      last_update_started_at: null,
      last_successful_update_at: null,
      last_error: null,
      only_protected_branches: false,
      keep_divergent_refs: false,
      auth_method: "password",
      host_keys: [],
      mirror_branch_regex: null,
    },
  ]);
  expect((await api("GET", `${root}/1`)).json).toEqual(made.json);
  expect((await api("GET", root)).json).toEqual([made.json]);
  expect((await api("GET", "/projects/43/remote_mirrors")).text).toBe("[]");
});

test("everything but its address can be changed, and it can be removed", async () => {
  await api("POST", root, { url });
  const edited = await api("PUT", `${root}/1`, {
    enabled: true,
    keep_divergent_refs: true,
    url: "https://b.example.com",
  });
  expect([edited.status, edited.json]).toEqual([
    200,
    expect.objectContaining({
      enabled: true,
      keep_divergent_refs: true,
      url: expect.stringContaining("a.git") as unknown,
    }),
  ]);
  expect((await api("PUT", `${root}/1`, { only_protected_branches: true })).json.only_protected_branches).toBe(true);
  const pattern = await api("PUT", `${root}/1`, { mirror_branch_regex: "v.*" });
  expect(pattern.json).toMatchObject({ mirror_branch_regex: "v.*", only_protected_branches: false });
  expect((await api("DELETE", `${root}/1`)).status).toBe(204);
  expect((await api("DELETE", `${root}/1`)).json).toEqual({ message: "404 Not found" });
});

test("an update runs in the background, of a mirror that is switched on", async () => {
  await api("POST", root, { url });
  const off = await api("POST", `${root}/1/sync`);
  expect([off.status, off.json.message]).toEqual([400, expect.stringContaining("Cannot proceed")]);
  await api("PUT", `${root}/1`, { enabled: true });
  expect((await api("POST", `${root}/1/sync`)).status).toBe(204);
  const seen = [];
  for (let read = 0; read < 2; read += 1) seen.push((await api("GET", `${root}/1`)).json.update_status);
  expect(seen).toEqual(["started", "finished"]);
});

test.each([
  [{}, { error: "url is missing" }],
  [{ url: "gopher://x" }, { message: { url: [expect.stringContaining("Only allowed schemes")] } }],
  [{ url: "http://127.0.0.1/x" }, { message: { url: [expect.stringContaining("localhost")] } }],
  [
    { url, mirror_branch_regex: "a", only_protected_branches: true },
    { error: expect.stringContaining("exclusive") as unknown },
  ],
  [{ url, mirror_branch_regex: "[" }, { message: { mirror_branch_regex: ["not valid RE2 syntax"] } }],
  [{ url, auth_method: "none" }, { error: "auth_method does not have a valid value" }],
])("%j is refused", async (body, refusal) => {
  const reply = await api("POST", root, body);
  expect([reply.status, reply.json]).toEqual([400, refusal]);
});

test("keys and host keys by version, and who may ask", async () => {
  await api("POST", root, { url: "ssh://git@git.example.com/a.git", auth_method: "ssh_public_key" });
  await api("POST", root, { url });
  expect((await api("GET", `${root}/1/public_key`)).json.public_key).toMatch(/^ssh-rsa /);
  expect((await api("GET", `${root}/2/public_key`)).json).toEqual({ message: "404 Not Found" });
  session.sandbox.control.configure({ version: "17.8.0-ee" });
  expect((await api("GET", `${root}/1/public_key`)).json).toEqual({ error: "404 Not Found" });
  expect((await api("GET", `${root}/1`)).json).not.toHaveProperty("host_keys");
  expect((await api("GET", root, undefined, "dev")).status).toBe(401);
});
