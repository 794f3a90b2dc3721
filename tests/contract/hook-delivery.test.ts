import { startGitLab, type GitLabFixture } from "./support/gitlab-fixture";
import type { Props } from "./support/provider-process";
import { receiver, type Receiver } from "./support/receiver";

let gitlab: GitLabFixture;
let first: Receiver;
let second: Receiver;

beforeAll(async () => {
  gitlab = await startGitLab({ allowLocalRequests: true, hookTestsPerMinute: 0 });
  first = await receiver();
  second = await receiver();
});

afterAll(async () => {
  await gitlab.stop();
  await first.stop();
  await second.stop();
});

/** What the receiver must get from a hook with these arguments. */
function expectedOf(args: Props): { host: string; path: string; token: string | undefined; headers: Props } {
  const variables = (args.urlVariables ?? {}) as Record<string, string>;
  let url = String(args.url);
  for (const [key, value] of Object.entries(variables)) url = url.replaceAll(`{${key}}`, value);
  const headers = Object.entries((args.customHeaders ?? {}) as Record<string, string>);
  const { origin, pathname } = new URL(url);
  return {
    host: origin,
    path: pathname,
    token: args.token as string | undefined,
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
  };
}

/** Has GitLab deliver, and answers with what arrived. */
async function delivered(id: string): Promise<ReturnType<typeof expectedOf>> {
  first.deliveries.length = 0;
  second.deliveries.length = 0;
  const { status } = await gitlab.api("POST", `/${id}/test/push_events`);
  expect(status).toBe(201);
  const [host, deliveries] =
    first.deliveries.length > 0 ? [first.url, first.deliveries] : [second.url, second.deliveries];
  expect(first.deliveries.length + second.deliveries.length).toBe(1);
  const [delivery] = deliveries;
  const { path = "", headers = {} } = delivery ?? {};
  const own = Object.entries(headers).filter(([name]) => /^x-(?!gitlab)/.test(name));
  const token = headers["x-gitlab-token"]?.toString();
  return { host, path, token, headers: Object.fromEntries<unknown>(own) };
}

const full = () => ({
  url: `${first.url}/{room}/{key}`,
  token: "first-token",
  customHeaders: { "X-Team": "shop", "X-Stage": "live" },
  urlVariables: { room: "blue", key: "k1" },
});
const plain = () => ({ url: `${first.url}/plain`, token: "first-token", customHeaders: full().customHeaders });
const unused = () => ({ ...full(), url: `${first.url}/plain` });

type Change = (before: Props) => Props;
const without =
  (name: string): Change =>
  (before) =>
    Object.fromEntries(Object.entries(before).filter(([key]) => key !== name));

interface Row {
  readonly what: string;
  readonly from: () => Props;
  readonly change: Change;
  readonly step: "update" | "replace";
}

const rows: readonly Row[] = [
  {
    what: "another URL, variables in use",
    from: full,
    change: (b) => ({ ...b, url: `${second.url}/{room}/{key}` }),
    step: "replace",
  },
  {
    what: "another path, variables in use",
    from: full,
    change: (b) => ({ ...b, url: `${first.url}/v2/{key}/{room}` }),
    step: "replace",
  },
  {
    what: "a variable in use",
    from: full,
    change: (b) => ({ ...b, urlVariables: { room: "red", key: "k1" } }),
    step: "replace",
  },
  {
    what: "a variable in use and the URL at once, with the same result",
    from: full,
    change: (b) => ({ ...b, url: `${first.url}/blue/{key}`, urlVariables: { key: "k1" } }),
    step: "update",
  },
  {
    what: "a variable more, not in use",
    from: full,
    change: (b) => ({ ...b, urlVariables: { room: "blue", key: "k1", spare: "s" } }),
    step: "update",
  },
  {
    what: "a header removed",
    from: full,
    change: (b) => ({ ...b, customHeaders: { "X-Team": "shop" } }),
    step: "update",
  },
  {
    what: "every header removed",
    from: full,
    change: (b) => ({ ...b, customHeaders: {} }),
    step: "update",
  },
  {
    what: "the headers no longer in the program",
    from: full,
    change: without("customHeaders"),
    step: "update",
  },
  {
    what: "a header changed and one added",
    from: full,
    change: (b) => ({ ...b, customHeaders: { "X-Team": "web", "X-Stage": "live", "X-More": "m" } }),
    step: "update",
  },
  { what: "the token rotated", from: full, change: (b) => ({ ...b, token: "second-token" }), step: "update" },
  { what: "the token removed", from: full, change: without("token"), step: "update" },
  {
    what: "everything at once, variables in use",
    from: full,
    change: () => ({
      url: `${second.url}/{room}`,
      token: "second-token",
      customHeaders: { "X-Other": "o" },
      urlVariables: { room: "red" },
    }),
    step: "replace",
  },
  { what: "another URL, no variables", from: plain, change: (b) => ({ ...b, url: `${second.url}/y` }), step: "update" },
  {
    what: "another URL, token and header",
    from: plain,
    change: () => ({ url: `${second.url}/y`, token: "second-token", customHeaders: { "X-Stage": "test" } }),
    step: "update",
  },
  {
    what: "variables where there were none",
    from: plain,
    change: (b) => ({ ...b, url: `${second.url}/{room}`, urlVariables: { room: "red" } }),
    step: "update",
  },
  {
    what: "a URL that uses its variables no longer, though they stay",
    from: full,
    change: (b) => ({ ...b, url: `${second.url}/plain` }),
    step: "update",
  },
  {
    what: "a URL without its variables",
    from: full,
    change: (b) => ({ ...without("urlVariables")(b), url: `${second.url}/plain` }),
    step: "update",
  },
  {
    what: "a variable that is not in use",
    from: unused,
    change: (b) => ({ ...b, urlVariables: { room: "red", key: "k1" } }),
    step: "update",
  },
  {
    what: "a variable that is not in use removed",
    from: unused,
    change: (b) => ({ ...b, urlVariables: { room: "blue" } }),
    step: "update",
  },
];

describe.each([
  { name: "ProjectHook", at: { project: "acme/shop" } },
  { name: "GroupHook", at: { group: "acme" } },
])("$name", ({ name, at }) => {
  test.each(rows)("delivers what the program says before and after: $what", async ({ from, change, step }) => {
    const hook = gitlab.resource(name);
    const before = { ...at, ...from() };
    await hook.up(before);
    const id = hook.id;
    expect(await delivered(hook.id)).toEqual(expectedOf(before));

    const after: Props = { ...at, ...change(before) };
    expect(await hook.up(after)).toBe(step);
    expect(hook.id === id).toBe(step === "update");
    expect(await delivered(hook.id)).toEqual(expectedOf(after));
    const stored = gitlab.sandbox.control.world.state.hooks.find((row) => hook.id.endsWith(`/hooks/${row.id}`));
    expect(stored?.urlVariables).toEqual(after.urlVariables ?? {});

    expect(await hook.up(after)).toBe("same");
    await hook.refresh();
    expect(await hook.up(after)).toBe("same");
    // Of a replaced hook nothing is left.
    expect(gitlab.sandbox.control.objects().hooks).toBe(1);
    await hook.destroy();
  });

  test("with every event on and with every one off, a second up and a refresh change nothing", async () => {
    const hook = gitlab.resource(name);
    await hook.up({ ...at, ...plain() });
    const { json } = await gitlab.api("GET", `/${hook.id}`);
    const flags = Object.keys(json as object).filter(
      (key) => key !== "repository_update_events" && key.endsWith("_events"),
    );
    const events = flags.map((flag) => flag.replace(/_[a-z]/g, (part) => part.slice(1).toUpperCase()));
    expect(events).toHaveLength(name === "ProjectHook" ? 18 : 20);
    for (const value of [true, false]) {
      const args = { ...at, ...plain(), ...Object.fromEntries(events.map((event) => [event, value])) };
      expect(await hook.up(args)).toBe("update");
      expect(await hook.up(args)).toBe("same");
      await hook.refresh();
      expect(await hook.up(args)).toBe("same");
    }
    expect(await hook.up({ ...at, ...plain() })).toBe("update");
    expect((await gitlab.api("GET", `/${hook.id}`)).json).toMatchObject({ push_events: true, issues_events: false });
    await hook.destroy();
  });

  test("a header and a variable that somebody deleted are drift, and come back", async () => {
    const hook = gitlab.resource(name);
    const args = { ...at, ...unused() };
    await hook.up(args);
    await gitlab.api("DELETE", `/${hook.id}/custom_headers/X-Stage`);
    await gitlab.api("DELETE", `/${hook.id}/url_variables/key`);
    await hook.refresh();
    expect(hook.inputs).toMatchObject({ customHeaders: { "X-Team": "shop" }, urlVariables: { room: "blue" } });
    expect(await hook.up(args)).toBe("update");
    expect(await delivered(hook.id)).toEqual(expectedOf(args));
    await hook.destroy();
  });

  test("a variable in use that somebody changed does not stop other changes", async () => {
    const hook = gitlab.resource(name);
    await hook.up({ ...at, ...full() });
    const stored = gitlab.sandbox.control.world.state.hooks.find((row) => hook.id.endsWith(`/hooks/${row.id}`));
    if (stored) stored.urlVariables = { room: "foreign", key: "k1" };
    expect(await hook.up({ ...at, ...full(), token: "second-token" })).toBe("update");
    expect((await delivered(hook.id)).token).toBe("second-token");
    await hook.destroy();
  });

  test("a hook is taken over with its variables, unless the program has another value for one in use", async () => {
    const pairs = (map: Props) => Object.entries(map).map(([key, value]) => ({ key, value: value as unknown }));
    const { customHeaders, urlVariables, ...rest } = full();
    const { json } = await gitlab.api("POST", `/${"project" in at ? "projects/42" : "groups/9"}/hooks`, {
      ...rest,
      custom_headers: pairs({ ...customHeaders, "X-Foreign": "f" }),
      url_variables: pairs(urlVariables),
    });
    const mark = `${"project" in at ? "projects/42" : "groups/9"}/hooks/${(json as { id: number }).id}`;
    const other = { ...at, ...full(), urlVariables: { room: "red", key: "k1" }, __import: mark };
    await expect(gitlab.resource(name).up(other)).rejects.toThrow(
      /: 422 Invalid url given\. GitLab refuses another value for a URL variable in use.* remove the import option/,
    );
    // A failed adoption keeps its claim for the rest of the run.
    await gitlab.restartProcess();
    const hook = gitlab.resource(name);
    const args = { ...at, ...full(), __import: mark };
    await hook.up(args);
    expect(hook.id).toBe(mark);
    expect(await delivered(mark)).toEqual(expectedOf(args));
    expect(await hook.up(args)).toBe("same");
    await hook.destroy();
  });

  test("a secret that the program does not hold is named when the URL changes", async () => {
    const hook = gitlab.resource(name);
    const { url } = plain();
    await hook.up({ ...at, url });
    await gitlab.api("PUT", `/${hook.id}`, { token: "t", custom_headers: [{ key: "X-Foreign", value: "v" }] });
    await hook.refresh();
    await gitlab.messages();
    expect(await hook.up({ ...at, url: `${url}/2` })).toBe("update");
    expect(await gitlab.messages(1)).toEqual([
      `warning: ${hook.id}: with the URL, GitLab drops the token, the header X-Foreign, which this program does not hold.`,
    ]);
    await hook.destroy();
  });
});

test("a header that cannot be set again leaves the hook half-made, and the next up sets it", async () => {
  const hook = gitlab.resource("ProjectHook");
  await hook.up({ project: 42, ...plain() });
  const id = hook.id;
  gitlab.sandbox.control.addFault({
    method: "PUT",
    path: "/custom_headers/X-Stage$",
    status: 422,
    body: { error: "no" },
  });
  const after = { project: 42, ...plain(), url: `${second.url}/y` };
  await expect(hook.up(after)).rejects.toThrow(/custom_headers\/X-Stage: 422 no/);
  expect(hook.id).toBe(id);
  expect(await hook.up(after)).toBe("update");
  expect(await delivered(hook.id)).toEqual(expectedOf(after));
  await hook.destroy();
});
