import * as gitlab from "../../../provider";
import { snakeCase } from "../../../provider/core/schema";
import catalog from "../../catalog.json";
import { json, serve, type Answering, type Running } from "../client/server";

let server: Running;
const env = { ...process.env };

async function answering(answer: Answering): Promise<void> {
  server = await serve(answer);
  process.env.GITLAB_BASE_URL = server.url;
  process.env.GITLAB_TOKEN = "glpat-canary-token";
}

afterEach(async () => {
  process.env = { ...env };
  await server.close();
});

/** Every argument of a function, so that the compiler names one that is missing here. */
type Every<A> = { readonly [K in keyof A]-?: NonNullable<A[K]> };

const time = "2026-01-02T03:04:05Z";
const sorting = { orderBy: "updated_at", sort: "asc", simple: true } as const;
const filters = {
  ...sorting,
  archived: false,
  membership: true,
  minAccessLevel: 40,
  owned: true,
  search: "a b",
  starred: true,
  statistics: true,
  updatedAfter: time,
  updatedBefore: time,
  visibility: "private",
  withCustomAttributes: true,
  withIssuesEnabled: true,
  withMergeRequestsEnabled: true,
} as const;
const range = { idAfter: 1, idBefore: 9, withProgrammingLanguage: "Ruby" };

const everyProject: Every<gitlab.GetProjectsArgs> = {
  ...filters,
  ...range,
  imported: true,
  includeHidden: true,
  includePendingDelete: true,
  lastActivityAfter: time,
  lastActivityBefore: time,
  repositoryChecksumFailed: true,
  wikiChecksumFailed: true,
  repositoryStorage: "default",
  searchNamespaces: true,
  topic: ["one", "two"],
  topicId: 3,
  customAttributes: { location: "Antarctica", role: "Developer" },
};
const everyOfUser: Every<gitlab.GetUserProjectsArgs> = { user: "root", ...filters, ...range };
const everyContributed: Every<gitlab.GetContributedProjectsArgs> = { user: 1, ...sorting };
const everyStarred: Every<gitlab.GetStarredProjectsArgs> = { user: "root", ...filters };
const everyFork: Every<gitlab.GetProjectForksArgs> = { project: 42, ...filters };
const everyUser: Every<gitlab.GetProjectUsersArgs> = { project: 42, search: "a", skipUsers: [1, 2] };
const everyGroup: Every<gitlab.GetProjectGroupsArgs> = {
  project: 42,
  search: "a",
  withShared: true,
  sharedMinAccessLevel: 30,
  sharedVisibleOnly: true,
  skipGroups: [1, 2],
};
const searched: Every<gitlab.ProjectSearchArgs> = { project: 42, search: "a" };
const one: Every<gitlab.GetProjectArgs> = { project: 42, license: true, statistics: true, withCustomAttributes: true };

interface Case {
  readonly path: string;
  readonly ask: () => Promise<unknown>;
  readonly args: object;
}

const cases: readonly Case[] = [
  { path: "/projects", args: everyProject, ask: () => gitlab.getProjects(everyProject) },
  { path: "/users/:user_id/projects", args: everyOfUser, ask: () => gitlab.getUserProjects(everyOfUser) },
  {
    path: "/users/:user_id/contributed_projects",
    args: everyContributed,
    ask: () => gitlab.getContributedProjects(everyContributed),
  },
  { path: "/users/:user_id/starred_projects", args: everyStarred, ask: () => gitlab.getStarredProjects(everyStarred) },
  { path: "/projects/:id/forks", args: everyFork, ask: () => gitlab.getProjectForks(everyFork) },
  { path: "/projects/:id/users", args: everyUser, ask: () => gitlab.getProjectUsers(everyUser) },
  { path: "/projects/:id/groups", args: everyGroup, ask: () => gitlab.getProjectGroups(everyGroup) },
  { path: "/projects/:id/share_locations", args: searched, ask: () => gitlab.getProjectShareLocations(searched) },
  { path: "/projects/:id/transfer_locations", args: searched, ask: () => gitlab.getProjectTransferLocations(searched) },
  { path: "/projects/:id/starrers", args: searched, ask: () => gitlab.getProjectStarrers(searched) },
  { path: "/projects/:id", args: one, ask: () => gitlab.getProject(one) },
];

test.each(cases)("GET $path takes every parameter that is documented, and no other", async ({ path, args, ask }) => {
  await answering((_, response) => json(response, 200, path === "/projects/:id" ? {} : []));
  await ask();
  const documented = catalog.endpoints.find((endpoint) => endpoint.method === "GET" && endpoint.path === path);
  const names = documented?.params.map(({ name }) => name).filter((name) => name !== "id" && name !== "user_id");
  const { pathname, searchParams } = new URL(server.seen[0]?.url ?? "", server.url);
  expect(pathname).toBe(
    `/api/v4${path.replace(":id", "42").replace(":user_id", "user" in args ? String(args.user) : "")}`,
  );
  const sent = [...new Set([...searchParams.keys()].map((name) => name.replace(/\[.*/, "")))];
  const ours = new Set(["per_page", "custom_attributes"]);
  expect(sent.filter((name) => !ours.has(name)).sort()).toEqual(names?.sort());
  for (const [name, value] of Object.entries(args) as [string, unknown][]) {
    if (["user", "project", "customAttributes", "topic"].includes(name)) continue;
    const given = Array.isArray(value)
      ? searchParams.getAll(`${snakeCase(name)}[]`)
      : searchParams.get(snakeCase(name));
    expect([name, given]).toEqual([name, Array.isArray(value) ? value.map(String) : String(value)]);
  }
});

test("topics go as one text, and custom attributes each by its key", async () => {
  await answering((_, response) => json(response, 200, []));
  await gitlab.getProjects({ topic: ["one", "two"], customAttributes: { location: "Antarctica", role: "Developer" } });
  expect(decodeURIComponent(server.seen[0]?.url ?? "")).toBe(
    "/api/v4/projects?per_page=100&topic=one,two&custom_attributes[location]=Antarctica&custom_attributes[role]=Developer" +
      "&order_by=id&sort=desc&pagination=keyset",
  );
});

const project = (id: number) => ({ id, path_with_namespace: `acme/${id}`, _links: { merge_requests: "x" } });

describe("paging", () => {
  const paging = () => new URL(server.seen[0]?.url ?? "", server.url).searchParams;

  test.each([
    ["without an order", {}, "keyset", "id", "desc"],
    ["by id", { orderBy: "id", sort: "asc" }, "keyset", "id", "asc"],
    ["by name", { orderBy: "name" }, null, "name", null],
    ["with a time of update", { updatedAfter: time }, null, "updated_at", null],
    ["with a time of update, by name", { updatedAfter: time, orderBy: "name" }, null, "name", null],
  ] as const)("%s", async (_, args, pagination, orderBy, sort) => {
    await answering((_seen, response) => json(response, 200, [project(1)]));
    expect(await gitlab.getProjects(args)).toEqual([
      { id: 1, pathWithNamespace: "acme/1", links: { mergeRequests: "x" } },
    ]);
    expect([paging().get("pagination"), paging().get("order_by"), paging().get("sort")]).toEqual([
      pagination,
      orderBy,
      sort,
    ]);
  });

  test("follows the link to the next page by id", async () => {
    await answering((seen, response) => {
      const url = new URL(seen.url, server.url);
      const before = Number(url.searchParams.get("id_before") ?? 4);
      url.searchParams.set("id_before", String(before - 1));
      const link = { link: `<https://external.test${url.pathname}${url.search}>; rel="next"` };
      json(response, 200, before > 1 ? [project(before - 1)] : [], before > 1 ? link : {});
    });
    expect((await gitlab.getUserProjects({ user: "root" })).map(({ id }) => id)).toEqual([3, 2, 1]);
  });

  test("by offset, a project that a new one pushes to the next page comes once", async () => {
    await answering((_seen, response, count) => {
      const link = `<https://external.test/api/v4/projects?order_by=name&page=2>; rel="next"`;
      if (count === 1) json(response, 200, [project(2), project(1)], { link });
      else json(response, 200, [project(1), project(0)]);
    });
    expect((await gitlab.getProjects({ orderBy: "name" })).map(({ id }) => id)).toEqual([2, 1, 0]);
  });

  test("beyond the limit of offsets, the error names the ways out", async () => {
    await answering((_seen, response, count) => {
      const error =
        "Offset pagination has a maximum allowed offset of 50000 for requests that return objects of type Project. " +
        "Remaining records can be retrieved using keyset pagination.";
      if (count % 2 === 0) json(response, 405, { error });
      else json(response, 200, [project(1)], { link: `<x/?order_by=name&page=501>; rel="next"` });
    });
    await expect(gitlab.getProjects({ orderBy: "name" })).rejects.toThrow(
      /^GET \/projects: GitLab lists no more than 50,000 projects in an order by name\. Leave out orderBy .* idAfter/,
    );
    await expect(gitlab.getProjectForks({ project: "acme/shop" })).rejects.toThrow(
      /^GET \/projects\/acme\/shop\/forks: GitLab lists no more than 50,000 projects in an order\. Narrow the list: with/,
    );
  });
});
