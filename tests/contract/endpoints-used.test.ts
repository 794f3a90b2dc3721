import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LoggedRequest } from "gitlab-sandbox";
import * as provider from "../../provider";
import catalog from "../catalog.json";
import { startGitLab, type GitLabFixture } from "./support/gitlab-fixture";
import { asProgram } from "./support/program";
import { receiver, type Receiver } from "./support/receiver";
import type { Props } from "./support/resource-state";

/** One documented call. Calls with the same path are told apart by parameters that only one of them has. */
interface Endpoint {
  /** `PUT /projects/:id, avatar (line 1453)` */
  readonly title: string;
  readonly method: string;
  readonly pattern: RegExp;
  /** A request has one of these, where there are any. */
  readonly marks: readonly string[];
  /** A request has none of these: they are the marks of the other calls with the path. */
  readonly foreign: readonly string[];
}

function endpointsOf({ endpoints }: typeof catalog): Endpoint[] {
  const pathOf = (path: string) => path.replace(/\?.*/, "");
  const sameCall = (one: (typeof endpoints)[number]) =>
    endpoints.filter(({ method, path }) => method === one.method && pathOf(path) === pathOf(one.path));
  const marksOf = (endpoint: (typeof endpoints)[number]): string[] => {
    const [usual] = sameCall(endpoint);
    if (usual === endpoint) return [];
    const inPath = [...endpoint.path.matchAll(/[?&](\w+)\[/g)].map(([, name = ""]) => name);
    const own = endpoint.params.filter(({ name }) => !usual?.params.some((other) => other.name === name));
    const required = endpoint.params.filter((param) => param.required === true);
    return [...new Set([...inPath, ...[...own, ...required].map(({ name }) => name)])];
  };
  return endpoints.map((endpoint) => {
    const { method, path, line } = endpoint;
    const marks = marksOf(endpoint);
    const others = sameCall(endpoint).filter((other) => other !== endpoint);
    return {
      title: `${method} ${[pathOf(path), ...marks].join(", ")} (line ${line})`,
      method,
      pattern: patternOf(pathOf(path)),
      marks,
      foreign: others.flatMap(marksOf).filter((mark) => !marks.includes(mark)),
    };
  });
}

function patternOf(path: string): RegExp {
  return new RegExp(`^/api/v4${path.replace(/:\w+/g, "[^/?]+")}(\\?|$)`);
}

function isUse({ method, pattern, marks, foreign }: Endpoint, request: LoggedRequest): boolean {
  const has = (name: string) => request.parameters.includes(name);
  if (request.method !== method || !pattern.test(request.path) || foreign.some(has)) return false;
  return marks.length === 0 || marks.some(has);
}

const endpoints = endpointsOf(catalog);

/** What else is used: it tells where things are, or has a document of its own. */
const elsewhere = [
  "/groups/:id",
  "/groups/:id/push_rule",
  "/projects/:id/hooks/:hook_id/custom_headers/:key",
  "/projects/:id/hooks/:hook_id/events",
  "/projects/:id/hooks/:hook_id/events/:event_id/resend",
  "/projects/:id/hooks/:hook_id/url_variables/:key",
  "/projects/:id/mirror/pull",
].map(patternOf);

let gitlab: GitLabFixture;
let target: Receiver;
let folder: string;
/** Requests of the test itself. */
const own = new Set<LoggedRequest>();
const env = { ...process.env };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "endpoints-"));
  writeFileSync(join(folder, "logo.png"), Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"));
  gitlab = await startGitLab({ allowLocalRequests: true });
  target = await receiver();
  process.env.GITLAB_BASE_URL = gitlab.sandbox.url;
  process.env.GITLAB_TOKEN = gitlab.sandbox.token;
  await asProgram();
});

afterAll(async () => {
  process.env = env;
  rmSync(folder, { recursive: true });
  await gitlab.stop();
  await target.stop();
});

/** A request past the package, which does not count. */
async function api(method: string, path: string): Promise<void> {
  const before = gitlab.sandbox.control.requests().length;
  expect((await gitlab.api(method, path)).status).toBeLessThan(300);
  for (const request of gitlab.sandbox.control.requests().slice(before)) own.add(request);
}

/** Through all the engine's calls; `then` is the arguments after the first. */
async function throughItsLife(name: string, first: Props, ...then: Props[]): Promise<void> {
  const life = gitlab.resource(name);
  await life.up(first);
  for (const args of then) expect([args, await life.up(args)]).toEqual([args, "update"]);
  await life.refresh();
  await life.destroy();
}

async function useResources(): Promise<void> {
  for (const at of [{ project: 42 }, { group: 9 }]) {
    const level = "project" in at ? "Project" : "Group";
    const url = `${target.url}/hook`;
    const maps = { customHeaders: { "X-A": "a", "X-B": "b" }, urlVariables: { a: "1", b: "2" } };
    const fewer = { customHeaders: { "X-A": "a" }, urlVariables: { a: "1" } };
    await throughItsLife(`${level}Hook`, { ...at, url, ...maps }, { ...at, url: `${url}/2`, ...maps });
    await throughItsLife(`${level}Hook`, { ...at, url, ...maps }, { ...at, url, ...fewer });
    await throughItsLife(`${level}PushRule`, { ...at, maxFileSize: 1 }, { ...at, maxFileSize: 2 });
    await throughItsLife(`${level}NotificationSettings`, { ...at, level: "watch" }, { ...at, level: "mention" });
  }
  await throughItsLife("GlobalNotificationSettings", { level: "watch" }, { level: "mention" });
  const made = { namespace: "acme", path: "made" };
  const picture = { ...made, description: "x", avatar: join(folder, "logo.png") };
  const mirrored = { ...picture, importUrl: "https://git.example.com/x.git", mirror: true };
  await throughItsLife("Project", made, { ...made, description: "x" }, picture, mirrored, {
    ...mirrored,
    namespace: "globex",
  });
  await throughItsLife("Project", { userId: 1, name: "made" });
  await throughItsLife("ProjectShare", { project: 42, groupId: 11, groupAccess: "developer" });
  await throughItsLife("ProjectForkRelation", { project: 43, forkedFrom: 42 });
  const mirror = { project: 42, url: "https://git.example.com/x.git" };
  await throughItsLife("ProjectPullMirror", mirror, { ...mirror, mirrorTriggerBuilds: true });
}

async function useHookFunctions(): Promise<void> {
  const [project, group] = [gitlab.resource("ProjectHook"), gitlab.resource("GroupHook")];
  await project.up({ project: 42, url: target.url, testOnCreate: "push_events" });
  await group.up({ group: 9, url: target.url, testOnCreate: "push_events" });
  const hook = { group: 9, hookId: Number(group.outputs.hookId) };
  const [event] = await provider.getGroupHookEvents(hook);
  await provider.resendGroupHookEvent({ ...hook, eventId: event?.id ?? 0 });
  const own = { project: 42, hookId: Number(project.outputs.hookId) };
  const [delivery] = await provider.getProjectHookEvents(own);
  await provider.resendProjectHookEvent({ ...own, eventId: delivery?.id ?? 0 });
}

async function useProjectFunctions(): Promise<void> {
  const at = { project: 42 };
  const user = { user: "root" };
  await provider.getProjectIntegrations(at);
  await provider.getProject(at);
  for (const args of [{}, { search: "shop" }, { customAttributes: { team: "shop" } }]) await provider.getProjects(args);
  await provider.getUserProjects(user);
  await provider.getContributedProjects(user);
  await provider.getStarredProjects(user);
  await provider.getProjectForks(at);
  await provider.getProjectUsers(at);
  await provider.getProjectStarrers(at);
  await provider.getProjectGroups(at);
  await provider.getProjectShareLocations(at);
  await provider.getProjectTransferLocations(at);
  await provider.getProjectLanguages(at);
  await provider.getProjectPullMirror(at);
  await provider.getProjectAvatar(at);
  await provider.getProjectStorage(at);
  await provider.downloadProjectSnapshot({ ...at, file: join(folder, "shop.tar") });
}

async function useActions(): Promise<void> {
  const at = { project: 42 };
  await provider.starProject(at);
  await provider.unstarProject(at);
  await provider.archiveProject(at);
  await provider.unarchiveProject(at);
  await api("DELETE", "/projects/44");
  await provider.restoreProject({ project: 44 });
  await provider.uploadProjectFile({ ...at, file: join(folder, "logo.png") });
  await provider.importProjectMembers({ ...at, from: 47 });
  await provider.startHousekeeping(at);
  await provider.forkProject(at);
  await gitlab.resource("ProjectPullMirror").up({ ...at, url: "https://git.example.com/x.git" });
  await provider.startPullMirror(at);
}

test("each documented call is used by a resource or a function", async () => {
  expect(endpoints).toHaveLength(68);
  await useResources();
  await useHookFunctions();
  await useProjectFunctions();
  await useActions();

  const requests = gitlab.sandbox.control.requests().filter((request) => !own.has(request));
  const unused = endpoints.filter((endpoint) => !requests.some((request) => isUse(endpoint, request)));
  expect(unused.map(({ title }) => title)).toEqual([]);
  const others = requests
    .filter((request) => !endpoints.some((endpoint) => isUse(endpoint, request)))
    .filter(({ path }) => !elsewhere.some((pattern) => pattern.test(path)));
  expect(others).toEqual([]);
});

test("tells calls with the same path apart", () => {
  const used = (method: string, path: string, ...parameters: string[]) =>
    endpoints
      .filter((endpoint) => isUse(endpoint, { method, path: `/api/v4${path}`, parameters, status: 200 }))
      .map(({ title }) => title);
  expect(used("GET", "/projects", "per_page")).toEqual(["GET /projects (line 31)"]);
  expect(used("GET", "/projects?search=x", "search", "sort")).toEqual(["GET /projects, search (line 1704)"]);
  expect(used("GET", "/projects", "custom_attributes")).toEqual(["GET /projects, custom_attributes (line 181)"]);
  expect(used("PUT", "/projects/42", "description")).toEqual(["PUT /projects/:id (line 846)"]);
  expect(used("PUT", "/projects/42", "avatar")).toEqual(["PUT /projects/:id, avatar (line 1453)"]);
  expect(used("PUT", "/projects/42", "mirror")).toEqual([expect.stringMatching(/mirror.* \(line 1909\)/)]);
  expect(used("POST", "/projects/user/3", "name")).toEqual(["POST /projects/user/:user_id (line 834)"]);
  expect(used("POST", "/elsewhere")).toEqual([]);
});
