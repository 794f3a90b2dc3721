import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PlaceView } from "../../../../sandbox/gitlab/page/view";
import type { TreeItem, TreeView } from "../../../../sandbox/gitlab/page/tree";
import { call, open, type Session } from "../client";
import { ask, listen, type Answer } from "./browser";

let session: Session;
const api: Session["api"] = (...args) => session.api(...args);

beforeEach(async () => {
  session = await open();
});

afterEach(async () => {
  await session.sandbox.stop();
});

const data = (path: string): string => `${session.sandbox.url}/-/sandbox/page/data/${path}`;

async function read<T>(path: string): Promise<T> {
  const { status, text } = await ask(data(path));
  expect(status).toBe(200);
  return JSON.parse(text) as T;
}

const place = (key: string): Promise<PlaceView> => read(key);

/** What the page does when somebody presses a button. */
function byHand(method: string, path: string, body?: unknown): Promise<Answer> {
  const { origin } = new URL(session.sandbox.url);
  return ask(data(path), { method, headers: { Origin: origin }, ...(body === undefined ? {} : { body }) });
}

/** A request of one client, which names itself. */
function as(client: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const { url, token } = session.sandbox;
  return call(`${url}/api/v4${path}`, method, body, {
    Authorization: `Bearer ${token}`,
    "User-Agent": `${client}/1.0 x`,
  });
}

function flat(items: readonly TreeItem[]): TreeItem[] {
  return items.flatMap((item) => [item, ...flat(item.children)]);
}

test("groups and projects are a tree, with what is set up in them counted", async () => {
  await api("POST", "/projects/42/hooks", { url: "https://a.example.com" });
  await api("PUT", "/projects/42/integrations/asana", { api_key: "k" });
  await api("POST", "/projects/42/push_rule", { prevent_secrets: true });
  const { items, totals } = await read<TreeView>("tree");
  expect(items.map(({ path, children }) => [path, children.map(({ title }) => title)])).toEqual([
    ["acme", ["platform", "api", "shop", "web"]],
    ["globex", ["billing", "site"]],
    ["root", ["dotfiles"]],
  ]);
  expect(flat(items).find(({ key }) => key === "projects/42")).toMatchObject({
    hooks: 1,
    integrations: 1,
    hasPushRule: true,
  });
  expect(totals).toEqual({ groups: 3, projects: 8, hooks: 1, integrations: 1 });
});

test("of many projects so many are in the tree that a browser can take them, those with changes first", async () => {
  const { lastId } = session.sandbox.control.seedProjects({ count: 3000, group: "acme" });
  await api("POST", `/projects/${lastId}/hooks`, { url: "https://a.example.com" });
  const all = await read<TreeView>("tree");
  expect([all.shown, all.found]).toEqual([400, 3008]);
  expect(
    flat(all.items)
      .filter(({ marks }) => marks > 0)
      .map(({ key }) => key),
  ).toEqual([`projects/${lastId}`]);
  const { path } = await place(`projects/${lastId}`);
  const searched = await read<TreeView>(`tree?search=${encodeURIComponent(path.toUpperCase())}`);
  expect(flat(searched.items).map(({ kind }) => kind)).toEqual(["group", "project"]);
});

test("what the last run made and changed is marked until the next one writes", async () => {
  await as("pulumi", "POST", "/projects/42/hooks", { url: "https://a.example.com" });
  await as("pulumi", "PUT", "/projects/42/integrations/asana", { api_key: "k" });
  const first = await place("projects/42");
  expect([first.hooks[0]?.mark, first.integrations[0]?.mark]).toMatchObject([
    { what: "made", by: "pulumi", isByHand: false },
    { what: "made", by: "pulumi" },
  ]);
  await as("pulumi", "GET", "/projects/42/hooks");
  expect((await place("projects/42")).hooks[0]?.mark?.what).toBe("made");
  session.sandbox.control.log.clear();
  await as("pulumi", "PUT", "/projects/42/hooks/1", { push_events: false });
  const second = await place("projects/42");
  expect([second.hooks[0]?.mark?.what, second.integrations[0]?.mark]).toEqual(["changed", undefined]);
});

test("what is done by hand after a run is marked as that, also what is deleted", async () => {
  for (const name of ["one", "two", "three"]) {
    await as("pulumi", "POST", "/projects/42/hooks", { url: "https://a.example.com", name });
  }
  await byHand("PATCH", "projects/42/hooks/1", { push_events: false });
  await byHand("DELETE", "projects/42/hooks/2");
  const { hooks, deleted } = await place("projects/42");
  expect(hooks.map(({ title, mark }) => [title, mark?.what, mark?.by])).toEqual([
    ["one", "changed", "by hand"],
    ["three", "made", "pulumi"],
  ]);
  expect(deleted).toMatchObject([{ what: "Webhook 2", mark: { what: "deleted", isByHand: true } }]);
  const { runs, items } = await read<TreeView>("tree");
  expect(runs).toMatchObject([
    { client: "pulumi", writes: 3 },
    { client: "by hand", writes: 2, isByHand: true },
  ]);
  expect(flat(items).find(({ key }) => key === "projects/42")).toMatchObject({ marks: 3, isMarkedByHand: true });
  await as("pulumi", "DELETE", "/projects/42/hooks/3");
  expect((await place("projects/42")).deleted.map(({ what, mark }) => [what, mark.by])).toEqual([
    ["Webhook 2", "by hand"],
    ["Webhook 3", "pulumi"],
  ]);
  await session.control("POST", "/reset");
  expect((await place("projects/42")).deleted).toEqual([]);
});

test("a hook that is changed by hand has the new values, and those that were not given stay", async () => {
  await api("POST", "/projects/42/hooks", { url: "https://a.example.com", token: "t", push_events: true });
  const answer = await byHand("PATCH", "projects/42/hooks/1", { push_events: false, releases_events: true });
  expect(answer.status).toBe(204);
  expect((await api("GET", "/projects/42/hooks/1")).json).toMatchObject({
    url: "https://a.example.com",
    push_events: false,
    releases_events: true,
    token_present: true,
  });
});

test("what GitLab refuses is refused with its reason, and nothing is marked", async () => {
  await api("POST", "/projects/42/hooks", { url: "https://a.example.com" });
  const answer = await byHand("PATCH", "projects/42/hooks/1", { url: "ftp://a" });
  expect([answer.status, JSON.parse(answer.text)]).toEqual([422, { error: "Invalid url given" }]);
  for (const path of ["projects/42/hooks/9", "projects/99/hooks/1", "groups/9/hooks/1", "users/1/hooks/1"]) {
    expect([path, (await byHand("DELETE", path)).status]).toEqual([path, 404]);
  }
  expect((await byHand("POST", "projects/42/integrations/slack/off")).status).toBe(404);
  expect((await byHand("POST", "groups/9/archive")).status).toBe(404);
  expect((await read<TreeView>("tree")).runs.map(({ isByHand }) => isByHand)).toEqual([false]);
});

test("an integration is switched off and on by hand with its settings kept, and a group's with those that follow it", async () => {
  await api("PUT", "/groups/9/integrations/asana", { api_key: "k", restrict_to_branch: "main" });
  expect((await byHand("POST", "groups/9/integrations/asana/off")).status).toBe(204);
  const active = async (path: string): Promise<unknown> => (await api("GET", `${path}/integrations/asana`)).json.active;
  expect([await active("/groups/9"), await active("/projects/42")]).toEqual([false, false]);
  expect((await byHand("POST", "groups/9/integrations/asana/on")).status).toBe(204);
  expect((await api("GET", "/groups/9/integrations/asana")).json).toMatchObject({
    active: true,
    properties: { restrict_to_branch: "main" },
  });
  expect((await byHand("POST", "projects/42/integrations/asana/off")).status).toBe(204);
  expect((await api("GET", "/projects/42/integrations/asana")).json).toMatchObject({ active: false, inherited: false });
});

test("an integration's settings are changed by hand, its secrets kept", async () => {
  await api("PUT", "/projects/42/integrations/asana", { api_key: "k", restrict_to_branch: "main" });
  expect((await byHand("PATCH", "projects/42/integrations/asana", { restrict_to_branch: "x" })).status).toBe(204);
  const { integrations } = await place("projects/42");
  expect(integrations).toMatchObject([{ active: true, facts: [["restrict_to_branch", "x"]] }]);
});

test("push rules are changed and deleted by hand, and a project archived", async () => {
  await api("POST", "/projects/42/push_rule", { prevent_secrets: true });
  await byHand("PATCH", "projects/42/push_rule", { prevent_secrets: false, commit_message_regex: "^feat" });
  expect((await api("GET", "/projects/42/push_rule")).json).toMatchObject({
    prevent_secrets: false,
    commit_message_regex: "^feat",
  });
  await byHand("DELETE", "projects/42/push_rule");
  expect((await api("GET", "/projects/42/push_rule")).text).toBe("null");
  expect((await place("projects/42")).deleted).toMatchObject([{ what: "Push rules" }]);
  // What is there again is not shown as deleted.
  await api("POST", "/projects/42/push_rule", { prevent_secrets: true });
  expect((await place("projects/42")).deleted).toEqual([]);
  await byHand("POST", "projects/42/archive");
  expect((await api("GET", "/projects/42")).json.archived).toBe(true);
  await byHand("POST", "projects/42/unarchive");
  expect((await api("GET", "/projects/42")).json.archived).toBe(false);
});

test("a hook that is tested by hand has its delivery", async () => {
  await api("POST", "/projects/42/hooks", { url: "https://a.example.com", token: "t" });
  expect((await byHand("POST", "projects/42/hooks/1/test/push_events")).status).toBe(204);
  expect(await read("projects/42/hooks/1/deliveries")).toMatchObject([
    { trigger: "push_hooks", status: "200", isSuccess: true, url: "https://a.example.com" },
  ]);
  expect((await byHand("POST", "projects/42/hooks/1/test/nothing")).status).toBe(422);
  expect((await read<TreeView>("tree")).runs.map(({ isByHand }) => isByHand)).toEqual([false]);
});

test("open pages are told of each request as it comes, and of changes, and are let go when the sandbox stops", async () => {
  await api("GET", "/projects/42");
  const stream = await listen(data("events"));
  const { data: hello } = await stream.next(({ event }) => event === "hello");
  expect(hello).toMatchObject({ requests: [{ number: 1, method: "GET", path: "/api/v4/projects/42", status: 200 }] });
  session.sandbox.control.addFault({ path: "/hooks$", method: "POST", delay: 300 });
  const creating = as("pulumi", "POST", "/projects/42/hooks", { url: "https://a.example.com" });
  const begun = await stream.next(({ event }) => event === "requests");
  expect(begun.data).toMatchObject([{ number: 2, method: "POST", status: null, client: "pulumi" }]);
  await creating;
  const ended = await stream.next(({ event }) => event === "requests");
  expect(ended.data).toMatchObject([{ number: 2, status: 201, parameters: ["url"] }]);
  await stream.next(({ event }) => event === "change");
  await byHand("DELETE", "projects/42/hooks/1");
  await stream.next(({ event }) => event === "change");
  await session.control("PUT", "/settings", { latency: 1 });
  await stream.next(({ event }) => event === "change");
  await session.sandbox.stop();
  await stream.closed;
});

test("a request that was cut off is shown as that", async () => {
  session.sandbox.control.addFault({ path: "/hooks$", cut: "before" });
  const stream = await listen(data("events"));
  await api("POST", "/projects/42/hooks", { url: "https://a.example.com" }).catch(() => undefined);
  const { data: cut } = await stream.next(({ event, data: all }) => {
    return event === "requests" && (all as { status: number | null }[]).some(({ status }) => status === 0);
  });
  expect(cut).toMatchObject([{ method: "POST", status: 0 }]);
  stream.close();
});

test("what is done by hand is kept in the state file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-page-"));
  const file = join(folder, "state.json");
  await session.sandbox.stop();
  session = await open({ stateFile: file });
  await api("POST", "/projects/42/hooks", { url: "https://a.example.com" });
  await byHand("PATCH", "projects/42/hooks/1", { name: "renamed by hand" });
  expect(readFileSync(file, "utf8")).toContain("renamed by hand");
  rmSync(folder, { recursive: true });
});

test("with a relative root everything is below it: the page, the API, and the addresses in its answers", async () => {
  await session.sandbox.stop();
  session = await open({ root: "/tools/gitlab" });
  const { url } = session.sandbox;
  const { origin } = new URL(url);
  expect(url).toBe(`${origin}/tools/gitlab`);
  const page = await ask(`${url}/`);
  expect(page.status).toBe(200);
  expect(page.headers["content-security-policy"]).toContain(`script-src ${url}/-/sandbox/page/;`);
  for (const [, path] of page.text.matchAll(/(?:src|href)="([^"#]+)"/g)) {
    expect([path, (await ask(new URL(path ?? "", `${url}/`).href)).status]).toEqual([path, 200]);
  }
  const bare = await ask(url);
  expect([bare.status, bare.headers.location]).toEqual([302, "/tools/gitlab/"]);
  for (const path of ["/", "/api/v4/version", "/tools/gitlabx/", "/-/sandbox/page/data/tree"]) {
    expect([path, (await ask(origin + path)).status]).toEqual([path, 404]);
  }
  for (let count = 0; count < 2; count += 1) await api("POST", "/projects/42/hooks", { url: "https://a.example.com" });
  expect((await api("GET", "/projects/42/hooks?per_page=1")).headers.get("link")).toContain(
    `<${url}/api/v4/projects/42/hooks?per_page=1&page=2>; rel="next"`,
  );
  await byHand("DELETE", "projects/42/hooks/1");
  expect((await place("projects/42")).hooks).toHaveLength(1);
  await expect(open({ root: "gitlab/" })).rejects.toThrow("The root must be a path such as /gitlab");
});
