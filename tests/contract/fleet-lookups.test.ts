import { definitionOf } from "./support/cases";
import { ManagedFleet } from "./support/managed-fleet";
import { hooksOf } from "./support/many";
import { ProviderFixture } from "./support/provider-fixture";

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start();
});

afterEach(() => {
  fixture.sandbox.control.faults.clear();
});

afterAll(async () => {
  await fixture.stop();
});

const hook = definitionOf("ProjectHook");

/** Puts projects in place and hands back their paths. */
function seeded(group: string, count: number): string[] {
  fixture.sandbox.control.seedProjects({ group, count });
  return Array.from({ length: count }, (_, n) => `${group}/service-${n + 1}`);
}

/** Makes a hook in each project, of which the process knows none yet, and hands back what was asked but for hooks. */
async function lookUpsOf(paths: readonly string[]): Promise<string[]> {
  const fleet = new ManagedFleet(fixture, hook);
  const { requests } = await fixture.recordRequests(() => fleet.up(hooksOf(paths)));
  expect(Object.keys(fleet.outputs.ids ?? {})).toHaveLength(paths.length);
  expect(requests.filter((request) => request.startsWith("POST"))).toHaveLength(paths.length);
  return requests.filter((request) => !request.endsWith("/hooks"));
}

function one(path: string): string {
  return `GET /projects/${encodeURIComponent(path)}`;
}

test("the projects of a group are looked up by its list, a hundred at a time, however they are written", async () => {
  const paths = seeded("lists/many", 230);
  const shouted = paths.map((path, n) => (n % 2 === 0 ? path : path.toUpperCase()));
  expect(await lookUpsOf(shouted)).toEqual(Array(3).fill("GET /groups/lists%2Fmany/projects"));
});

test("a few projects of a group are looked up one by one", async () => {
  const paths = seeded("lists/few", 4);
  expect((await lookUpsOf(paths)).sort()).toEqual(paths.map(one).sort());
});

test("a list that shows mostly others is given up", async () => {
  const paths = seeded("lists/others", 1_000).slice(-6);
  const list = "GET /groups/lists%2Fothers/projects";
  expect((await lookUpsOf(paths)).sort()).toEqual([list, list, ...paths.map(one)].sort());
});

test("what a list does not show, since it was renamed, is looked up by itself", async () => {
  const paths = seeded("lists/renamed", 8);
  const [first = ""] = paths;
  await fixture.api("PUT", `/projects/${encodeURIComponent(first)}`, { path: "another" });
  const asked = await lookUpsOf(paths);
  expect(asked.slice(0, 2)).toEqual(["GET /groups/lists%2Frenamed/projects", one(first)]);
  // GitLab sends on from the old path to the number.
  expect(asked.slice(2).filter((request) => !/^GET \/projects\/\d+$/.test(request))).toEqual([]);
});

test("projects of a user, and of a group whose list fails, are looked up one by one", async () => {
  const paths = seeded("lists/failing", 7);
  fixture.sandbox.control.addFault({ path: "/groups/lists%2Ffailing/projects", status: 403, times: 9 });
  expect((await lookUpsOf(paths)).sort()).toEqual(["GET /groups/lists%2Ffailing/projects", ...paths.map(one)].sort());
  const { username } = (await fixture.api("GET", "/user")) as { username: string };
  const own = await Promise.all(
    Array.from({ length: 6 }, async (_, n) => {
      const made = (await fixture.api("POST", "/projects", { name: `own-${n}` })) as { path_with_namespace: string };
      return made.path_with_namespace;
    }),
  );
  expect((await lookUpsOf(own)).sort()).toEqual([`GET /groups/${username}/projects`, ...own.map(one)].sort());
});

test("what no list could hold is passed over", async () => {
  const paths = seeded("lists/strange", 6);
  const body = [null, "a", { id: "7", path_with_namespace: paths[0] }, { id: 7 }, { path_with_namespace: 8 }];
  fixture.sandbox.control.addFault({ path: "/groups/lists%2Fstrange/projects", status: 200, body });
  expect((await lookUpsOf(paths)).sort()).toEqual(["GET /groups/lists%2Fstrange/projects", ...paths.map(one)].sort());
});

test("when all entries of a project fail, the next up lists its hooks again", async () => {
  const [project = ""] = seeded("lists/refused", 1);
  const entries = hooksOf([project]);
  const fleet = new ManagedFleet(fixture, hook);
  fixture.sandbox.control.addFault({ method: "POST", path: "/hooks", status: 403 });
  await expect(fleet.up(entries)).rejects.toThrow("Nothing was created");
  await fixture.api("POST", `/projects/${encodeURIComponent(project)}/hooks`, { url: entries[project]?.url });
  const { requests } = await fixture.recordRequests(() =>
    fleet.up({ [project]: { project, url: entries[project]?.url ?? "" } }),
  );
  expect(requests).toEqual([expect.stringMatching(/^GET .*\/hooks$/)]);
});
