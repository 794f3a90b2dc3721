import * as gitlab from "../../provider";
import { findTargets } from "../../provider/cli/import/discover/targets";
import { readConfiguration } from "../../provider/config/settings";
import { connectionFor } from "../../provider/operations/connection";
import { check } from "../../provider/operations/check";
import { withSecrets } from "../../provider/program/secrets";
import { definitionOf } from "../contract/support/cases";
import { ManagedResource, type Props } from "../contract/support/managed-resource";
import { asProgram } from "../contract/support/program";
import { ProviderFixture, unique, type TestParent } from "../contract/support/provider-fixture";

const long = "x".repeat(1_000_000);

/** Texts that try to be more than a text. */
const hostile: Readonly<Record<string, string>> = {
  newline: "acme/shop\n/../../users",
  header: "acme/shop HTTP/1.1\r\nX-Evil: 1\r\n\r\n",
  nul: "acme/shop\0",
  rightToLeft: "acme/\u202Epohs",
  megabyte: `acme/${long}`,
  proto: "__proto__",
  constructor: "constructor",
  up: "../users",
  upInside: "acme/../../users",
  encodedUp: "%2e%2e%2fusers",
  halfEncodedUp: "..%2fusers",
  twiceEncodedUp: "%252e%252e%252fusers",
  trailingDots: "acme/shop..",
  dots: "...",
  backslashes: "..\\..\\users",
  query: "acme/shop?sudo=root",
  fragment: "42#",
  semicolon: "42;/../users",
  otherHost: "//evil.example/api/v4",
  url: "https://evil.example/projects/42",
  half: "acme/\uD800",
};

const texts = Object.entries(hostile);
const hook = definitionOf("ProjectHook");
const plainUrl = "https://ci.example.com/";
const env = { ...process.env };
/** How many requests were looked at. */
let looked = 0;

let fixture: ProviderFixture;
let place: TestParent;

beforeAll(async () => {
  fixture = await ProviderFixture.start({}, { "gitlab:retries": 0 });
  place = await fixture.createParent("project");
  process.env.GITLAB_BASE_URL = fixture.sandbox.url;
  process.env.GITLAB_TOKEN = fixture.sandbox.token;
  await asProgram();
});

afterAll(async () => {
  process.env = env;
  await fixture.stop();
});

/** Paths below the API, as they went over the wire. */
function asked(): string[] {
  return fixture.sandbox.control.requests().map(({ path }) => path.replace("/api/v4", ""));
}

function isBelow(path: string, start: RegExp | string): boolean {
  if (typeof start !== "string") return start.test(path);
  return path === start || path.startsWith(`${start}/`) || path.startsWith(`${start}?`);
}

/**
 * Runs what meets a hostile text, and requires that it is refused clearly or done, and that nothing is asked for but
 * paths that begin with one of those given.
 */
async function contained(
  allowed: readonly (RegExp | string)[],
  task: () => Promise<unknown>,
): Promise<"done" | "refused"> {
  fixture.sandbox.control.log.clear();
  const outcome = await task().then(
    () => "done" as const,
    (error: unknown) => {
      requireClear((error as Error).message);
      return "refused" as const;
    },
  );
  for (const path of asked()) {
    looked += 1;
    expect([path.slice(0, 300), allowed.some((start) => isBelow(path, start))]).toEqual([path.slice(0, 300), true]);
  }
  return outcome;
}

function encoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, "\uFFFD"));
}

/** Short, on one line, with nothing hidden in it, and not what broke in our code. */
function requireClear(message: string): void {
  expect(message.length).toBeLessThan(20_000);
  expect(message).not.toMatch(/[^\P{C}\n]|[\p{Zl}\p{Zp}]/u);
  expect(message).not.toMatch(/not a function|not iterable|call stack|undefined|\[object|\n\s+at /);
  expect(message.length).toBeGreaterThan(10);
}

describe.each(texts)("%s", (_name, text) => {
  const own = encoded(text);

  test("as a project or group is refused, or stays one part of a path", async () => {
    const allowed = [`/projects/${own}`, `/groups/${own}`];
    const least = { url: plainUrl };
    expect(await contained(allowed, () => new ManagedResource(fixture, hook).up({ project: text, ...least }))).toBe(
      "refused",
    );
    for (const project of [text, `projects/${text}`]) {
      await contained(allowed, () => gitlab.getProject({ project }));
      await contained(allowed, () => gitlab.getProjectHooks({ project }));
    }
    expect(await contained(allowed, () => gitlab.getGroupHooks({ group: text }))).toBe("refused");
  });

  test("as an ID to import or to read is refused, or names a project that is not there", async () => {
    const ids = [text, `${text}:7`, `projects/${text}/hooks/7`, `projects/${place.id}/hooks/${text}`];
    // Slashes at both ends are no part of a name.
    const trimmed = encoded(text.trim().replace(/^\/+|\/+$/g, ""));
    const allowed = [`/projects/${own}`, `/projects/${trimmed}`, `/projects/${place.id}`];
    for (const id of ids) {
      const args = { project: place.id, url: plainUrl };
      expect(await contained(allowed, () => new ManagedResource(fixture, hook).up(args, id))).toBe("refused");
      expect(
        await contained(allowed, () => fixture.provider.read(id, new ManagedResource(fixture, hook).news({}))),
      ).toBe("refused");
    }
  });

  test("as an argument of a data function stays one part of a path, or of a query", async () => {
    const below = `/projects/${place.id}`;
    const { id: project } = place;
    await contained([`${below}/integrations/${own}`], () => gitlab.getIntegration({ project, slug: text }));
    const hookId = text as unknown as number;
    await contained([`${below}/hooks/${own}`], () => gitlab.getProjectHook({ project, hookId }));
    await contained([`${below}/hooks`], () =>
      gitlab.testProjectHook({ project, hookId: 1, trigger: text as "push_events" }),
    );
    await contained(["/projects"], () => gitlab.getProjects({ search: text.slice(0, 3000) }));
    await contained([`/users/${own}`], () => gitlab.getUserProjects({ user: text }));
  });

  test("as a target of the import command is refused, or names a project or group that is not there", async () => {
    const { settings } = readConfiguration(() => undefined, { ...process.env, GITLAB_RETRIES: "0" });
    if (!settings) throw new Error("not configured");
    for (const scope of ["project", "group"] as const) {
      const selection = { project: [], group: [], recursive: false, archived: true, [scope]: [text] };
      await contained([`/${scope}s/${own}`, "/version"], async () => {
        const { parents, skipped } = await findTargets(connectionFor(settings), selection);
        expect([parents, skipped.length]).toEqual([[], 1]);
        skipped.forEach(({ where, reason }) => {
          requireClear(`${where}: ${reason}`);
        });
      });
    }
  });

  test("as a path, name or namespace of a new project is refused, or stays one part of a path", async () => {
    const twin = new RegExp(`^/(?:projects|groups|namespaces)/${own.replace(/[.*()]/g, "\\$&")}(?:$|\\?)`);
    const ofNew = [/^\/projects(?:\?[^/]*)?$/, /^\/projects\/(?!42\b)\d+(?:\?[^/]*)?$/, /^\/users?(?:\/\d+)?$/];
    const inGroup = [`/projects/${encoded(`acme/${text}`)}`, "/groups/acme"];
    for (const args of [{ path: text, namespace: "acme" }, { name: text }, { path: unique("p"), namespace: text }]) {
      const managed = new ManagedResource(fixture, definitionOf("Project"));
      await contained([...ofNew, ...inGroup, twin], () => managed.up(args));
    }
  });

  test("as texts of a hook arrives as data, or is refused", async () => {
    const root = `/projects/${place.id}`;
    for (const more of [
      { url: `https://ci.example.com/${text}` },
      { name: text, description: text },
      { token: text, pushEventsBranchFilter: text },
      { customHeaders: { "X-A": text.slice(0, 2000) } },
    ]) {
      const managed = new ManagedResource(fixture, hook);
      const outcome = await contained([root], () => managed.up({ project: place.id, url: plainUrl, ...more }));
      if (outcome === "refused") continue;
      const { name } = more as { readonly name?: string };
      const there = (await fixture.api("GET", `/${managed.id}`)) as Props;
      if (name !== undefined) expect(there.name === name).toBe(true);
      await managed.destroy();
    }
  });

  test("as a key of a map, or as the name of an argument, is refused by its check", () => {
    for (const map of ["customHeaders", "urlVariables"]) {
      const args: Props = { project: 42, url: plainUrl, [map]: Object.fromEntries([[text, "x"]]) };
      const { problems } = check(hook, {}, args);
      const isName = /^[A-Za-z]+$/.test(text);
      expect(problems.length > 0).toBe(!isName);
      problems.forEach(requireClear);
    }
    const { problems } = check(hook, {}, { project: 42, url: plainUrl, ...Object.fromEntries([[text, "x"]]) });
    expect(problems).toHaveLength(1);
    problems.forEach(requireClear);
  });
});

test("the key __proto__, which would be lost on the way to the engine, is refused in the program", () => {
  const [whole, map] = ['{ "__proto__": {}, "project": 42 }', '{ "customHeaders": { "__proto__": "x" } }'];
  const given = [whole, map].map((text) => JSON.parse(text) as Props);
  const tried = given.map((args) => () => withSecrets(hook, args));
  expect(tried[0]).toThrow("ProjectHook: must not have the key __proto__");
  expect(tried[1]).toThrow("ProjectHook: customHeaders: must not have the key __proto__");
});

test("no key of a map keeps it from the engine: the SDK writes each argument as a text, too", () => {
  const map = Object.fromEntries(["toString", "valueOf", "constructor"].map((key) => [key, "x"]));
  const given = { customHeaders: map, urlVariables: Object.assign(Object.create(null) as object, map), plain: map };
  for (const value of Object.values(withSecrets(hook, given))) {
    expect(() => String(value)).not.toThrow();
    expect(Object.keys(value as object)).toEqual(Object.keys(map));
  }
  const unmarked: unknown = map;
  expect(() => String(unmarked)).toThrow("primitive value");
});

test("all of that was more than talk: requests went out, and each was looked at", () => {
  expect(looked).toBeGreaterThan(200);
});
