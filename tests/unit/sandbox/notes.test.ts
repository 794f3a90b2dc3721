import { open, type Session } from "./client";

let session: Session;
const api: Session["api"] = (...args) => session.api(...args);
const path = "/projects/42/merge_requests/1/notes";

beforeAll(async () => {
  session = await open({
    tokens: [
      { token: "dev", role: "developer" },
      { token: "guest", role: "guest" },
    ],
  });
});

afterAll(async () => {
  await session.sandbox.stop();
});

test("a comment is made, listed, read and edited by its author", async () => {
  const made = await api("POST", path, { body: "one" }, "dev");
  expect([made.status, made.json.body]).toEqual([201, "one"]);
  const where = `${path}/${String(made.json.id)}`;
  const edited = await api("PUT", where, { body: "two" }, "dev");
  expect([edited.status, edited.json.body]).toEqual([200, "two"]);
  expect((await api("GET", where)).json).toMatchObject({ body: "two", author: { username: "developer" } });
  await api("POST", path, { body: "three" });
  const bodies = async (query: string) => JSON.parse((await api("GET", path + query)).text) as { body: string }[];
  expect((await bodies("?sort=asc")).map(({ body }) => body)).toEqual(["two", "three"]);
  expect((await bodies("")).map(({ body }) => body)).toEqual(["three", "two"]);
});

test("others may not edit it, and what is missing is not there", async () => {
  const { json } = await api("POST", path, { body: "mine" });
  expect((await api("PUT", `${path}/${String(json.id)}`, { body: "theirs" }, "dev")).status).toBe(403);
  expect((await api("POST", path, { body: "x" }, "guest")).status).toBe(403);
  expect((await api("POST", path, {})).json).toEqual({ error: "body is missing" });
  expect((await api("POST", path, { body: " " })).status).toBe(400);
  expect((await api("PUT", `${path}/999`, { body: "x" })).json).toEqual({ message: "404 Not found" });
  expect((await api("GET", "/projects/42/merge_requests/2/notes")).status).toBe(404);
});
