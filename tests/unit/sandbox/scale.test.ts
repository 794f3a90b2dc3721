import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { open, type Reply, type Session } from "./client";

const COUNT = 60_000;

let session: Session;
const api: Session["api"] = (...args) => session.api(...args);
const ids = ({ json }: Reply): number[] => (json as unknown as { id: number }[]).map(({ id }) => id);

beforeAll(async () => {
  session = await open({ projects: [{ count: COUNT, group: "many/of-them" }] });
});

afterAll(async () => {
  await session.sandbox.stop();
});

test("sixty thousand projects are there, and none is missed by keysets", async () => {
  expect(session.sandbox.control.objects().projects).toBe(COUNT + 8);
  const { id } = (await api("GET", "/projects/many%2Fof-them%2Fservice-60000")).json as { id: number };
  const end = await api("GET", `/projects?pagination=keyset&order_by=id&sort=asc&simple=true&id_after=${id - 1}`);
  expect([ids(end), end.headers.get("link")]).toEqual([[id], null]);
  let path: string | undefined = "/projects?pagination=keyset&order_by=id&simple=true&per_page=100";
  const seen = new Set<number>();
  for (let page = 0; page < 30 && path !== undefined; page += 1) {
    const reply: Reply = await api("GET", path);
    for (const found of ids(reply)) seen.add(found);
    path = /^<[^>]*\/api\/v4([^>]*)>; rel="next"$/.exec(reply.headers.get("link") ?? "")?.[1];
  }
  expect(seen.size).toBe(3000);
});

test("counts are skipped above ten thousand rows, and pages end at fifty thousand", async () => {
  const page = await api("GET", "/projects?simple=true&per_page=100&page=500");
  expect(page.status).toBe(200);
  expect([page.headers.get("x-total"), page.headers.get("x-total-pages"), page.headers.get("x-next-page")]).toEqual([
    null,
    null,
    "501",
  ]);
  expect(page.headers.get("link")).not.toContain('rel="last"');
  const beyond = await api("GET", "/projects?per_page=100&page=501");
  expect([beyond.status, beyond.json]).toEqual([
    405,
    {
      error:
        "Offset pagination has a maximum allowed offset of 50000 for requests that return objects of type Project. " +
        "Remaining records can be retrieved using keyset pagination.",
    },
  ]);
});

test("the list stays true while projects come and go between its pages", async () => {
  const newest = async (): Promise<number[]> => ids(await api("GET", "/projects?simple=true&per_page=2"));
  const before = await newest();
  const made = await api("POST", "/projects", { name: "Latest" });
  expect(await newest()).toEqual([made.json.id, before[0]]);
  await session.control("PUT", "/settings", { deletionDelay: 0 });
  await api("DELETE", `/projects/${made.json.id as number}`);
  expect(await newest()).toEqual(before);
});

test("a fleet comes with its hooks, and goes with a reset", async () => {
  const seeded = await session.control("PUT", "/projects", { count: 200, group: "fleet", prefix: "app-", hooks: 2 });
  const { firstId, lastId } = seeded.json as { firstId: number; lastId: number };
  expect(lastId - firstId).toBe(199);
  expect((await api("GET", "/projects/fleet%2Fapp-200/hooks")).json).toMatchObject([
    { url: "https://hooks.example.com/app-200/1" },
    { url: "https://hooks.example.com/app-200/2" },
  ]);
  await session.control("POST", "/reset");
  expect(session.sandbox.control.objects()).toMatchObject({ projects: COUNT + 8, hooks: 0 });
});

test("a sandbox that goes on from a file does not begin with its fleet again", async () => {
  const folder = mkdtempSync(join(tmpdir(), "gitlab-sandbox-"));
  const options = { stateFile: join(folder, "state.json"), projects: [{ count: 3 }] };
  try {
    for (let start = 0; start < 2; start += 1) {
      const one = await open(options);
      expect(one.sandbox.control.objects().projects).toBe(11);
      await one.api("POST", "/projects/42/star");
      await one.sandbox.stop();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
