import { providerText, type Definition } from "../../provider/core/definition";
import { collectionIn, definitionOf, made } from "./support/cases";
import { ManagedResource, type Props } from "./support/managed-resource";
import { ProviderFixture, type TestParent } from "./support/provider-fixture";
import { rowOf } from "./support/stored";

const share = definitionOf("ProjectShare");
const fork = definitionOf("ProjectForkRelation");
const globex = { number: 11, path: "globex" };
const site = { number: 47, path: "globex/site" };

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start({}, { "gitlab:retries": 0 });
});

afterAll(async () => {
  await fixture.stop();
});

/** A fault in the next POST that makes a link of a place. */
function failing(place: TestParent, fault: object, times = 1): void {
  fixture.sandbox.control.addFault({ method: "POST", path: `^/projects/${place.id}/(share|fork)`, times, ...fault });
}

async function shared(place: TestParent, args: Props = {}): Promise<ManagedResource> {
  return made(fixture, share, place, { groupId: globex.number, groupAccess: "developer", ...args });
}

describe("the group of a share", () => {
  test("may be named by number, path and ID: it is one group, and nothing is looked up", async () => {
    const place = await fixture.createParent("project");
    const managed = await shared(place);
    for (const groupId of [11, "11", "groups/11", "globex", "Globex", "groups/globex"]) {
      const args = { project: place.id, groupId, groupAccess: "developer" };
      const { result, requests } = await fixture.recordRequests(() => managed.diff(args));
      expect([groupId, result, requests]).toEqual([groupId, { changes: false, replaces: [] }, []]);
    }
    expect(managed.outputs).toMatchObject({ groupNumber: 11, groupPath: "globex" });
  });

  test("by its path is looked up once, and stays written as it is", async () => {
    const place = await fixture.createParent("project");
    const managed = await shared(place, { groupId: globex.path });
    expect(managed.id).toBe(`projects/${place.id}/share/11`);
    await managed.refresh();
    expect(managed.inputs).toMatchObject({ groupId: globex.path, groupAccess: "developer" });
    expect(managed.outputs).toMatchObject({ groupId: globex.path, groupNumber: 11 });
  });

  test("that is another one, or none, is a replacement; one that is not known yet is no change", async () => {
    const place = await fixture.createParent("project");
    const managed = await shared(place);
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const diff = (groupId: unknown) => managed.diff({ project: place.id, groupId, groupAccess: "developer" });
    expect(await diff("acme/platform")).toMatchObject({ replaces: ["groupId"] });
    expect(await diff("nowhere")).toMatchObject({ replaces: ["groupId"] });
    expect(await diff(unknown)).toEqual({ changes: false, replaces: [] });
  });
});

describe("the role of a share", () => {
  test.each([
    ["guest", 10],
    ["planner", 15],
    ["reporter", 20],
    ["maintainer", 40],
    ["owner", 50],
    ["minimal", 5],
    [30, 30],
  ])("%s is sent as %d, and either way of writing it is the same", async (groupAccess, number) => {
    const place = await fixture.createParent("project");
    const managed = await shared(place, { groupAccess });
    expect(rowOf(fixture, managed.id)).toMatchObject({ access: number });
    await managed.refresh();
    expect(managed.inputs).toMatchObject({ groupAccess });
    expect(await managed.up({ project: place.id, groupId: 11, groupAccess: number })).toBe("same");
  });

  test("none that GitLab has is refused before anything is asked", async () => {
    const args = { project: 42, groupId: 11, groupAccess: "boss" };
    expect(await new ManagedResource(fixture, share).problems(args)).toEqual([
      "groupAccess: must be no one, minimal, guest, planner, reporter, developer, maintainer, owner or a number",
    ]);
  });
});

describe("the end of a share", () => {
  test("is a day, and not one that has passed", async () => {
    const problems = (expiresAt: string) =>
      new ManagedResource(fixture, share).problems({ project: 42, groupId: 11, groupAccess: 30, expiresAt });
    expect(await problems("2099-02-30")).toEqual(["expiresAt: must be a day such as 2027-09-26"]);
    expect(await problems("2020-01-01")).toEqual([
      "expiresAt: has passed: give a later day, or remove the share from the program",
    ]);
    expect(await problems("2099-02-28")).toEqual([]);
  });

  test("does not stop a program whose share has ended: a refresh finds it gone", async () => {
    const place = await fixture.createParent("project");
    const managed = await shared(place, { expiresAt: "2099-01-01" });
    Object.assign(rowOf(fixture, managed.id) ?? {}, { expiresAt: "2020-01-01" });
    const args = { project: place.id, groupId: 11, groupAccess: 30, expiresAt: "2020-01-01" };
    expect(await managed.problems(args)).toEqual([]);
    expect(await managed.refresh()).toBe("gone");
  });
});

test("a change keeps what somebody else set and the program does not name", async () => {
  const place = await fixture.createParent("project");
  const managed = await shared(place);
  const own = { expiresAt: "2099-05-05", memberRoleId: 3 };
  Object.assign(rowOf(fixture, managed.id) ?? {}, own);
  const args = { project: place.id, groupId: 11, groupAccess: "developer" };
  expect(await managed.up({ ...args, memberRoleId: 4 })).toBe("update");
  expect(rowOf(fixture, managed.id)).toMatchObject({ expiresAt: "2099-05-05", memberRoleId: 4, access: 30 });
  expect(await managed.up({ ...args, groupAccess: "guest" })).toBe("update");
  expect(rowOf(fixture, managed.id)).toMatchObject({ expiresAt: "2099-05-05", memberRoleId: null, access: 10 });
});

test("another way to write what is there does not shut anybody out for a moment", async () => {
  const place = await fixture.createParent("project");
  const managed = await shared(place);
  const args = { project: place.id, groupId: "globex", groupAccess: 30 };
  const { requests } = await fixture.recordRequests(() => managed.up(args));
  expect(requests).toEqual([]);
  Object.assign(rowOf(fixture, managed.id) ?? {}, { expiresAt: "2099-05-05" });
  const naming = await fixture.recordRequests(() => managed.up({ ...args, expiresAt: "2099-05-05" }));
  expect(naming).toEqual({ result: "update", requests: [`GET /projects/${place.id}`] });
});

describe.each([
  ["share", share, { groupId: 11, groupAccess: "developer" }, { groupId: 11, groupAccess: "owner" }],
  ["fork relation", fork, { forkedFrom: 47 }, { forkedFrom: 48 }],
] as const)("a %s", (_what, definition, before, after) => {
  const post = (place: TestParent) => new RegExp(`^POST /${collectionIn(definition, place)}`);

  test("whose new one GitLab refuses is half-made: the next up finishes it", async () => {
    const place = await fixture.createParent("project");
    const managed = await made(fixture, definition, place, before);
    failing(place, { status: 403, body: { message: "403 Forbidden" } });
    const args = { project: place.id, ...after };
    const message = await fixture.errorOf(() => managed.up(args));
    expect(message).toMatch(post(place));
    expect(message).toMatch(
      /403 Forbidden\. GitLab cannot edit it, so the old one is already deleted:.*run `pulumi up`/,
    );
    expect(rowOf(fixture, managed.id)).toBeUndefined();
    expect(managed.outputs).toMatchObject({ ...before, __provider: providerText(definition) });
    expect((await managed.diff(args)).changes).toBe(true);
    expect(await managed.up(args)).toBe("update");
    expect(managed.outputs).toMatchObject(after);
    expect(rowOf(fixture, managed.id)).toBeDefined();
    expect(await managed.up(args)).toBe("same");
  });

  test("that is half-made comes back also when the program goes back to what it said before", async () => {
    const place = await fixture.createParent("project");
    const managed = await made(fixture, definition, place, before);
    failing(place, { status: 403, body: { message: "403 Forbidden" } });
    await fixture.errorOf(() => managed.up({ project: place.id, ...after }));
    expect(await managed.up({ project: place.id, ...before })).toBe("update");
    expect(rowOf(fixture, managed.id)).toBeDefined();
  });

  test("that is half-made is gone to a refresh, and can be destroyed", async () => {
    const place = await fixture.createParent("project");
    const managed = await made(fixture, definition, place, before);
    failing(place, { status: 403, body: { message: "403 Forbidden" } });
    await fixture.errorOf(() => managed.up({ project: place.id, ...after }));
    await managed.copy().destroy();
    expect(await managed.refresh()).toBe("gone");
    expect(await managed.up({ project: place.id, ...after })).toBe("create");
  });

  test.each([
    ["cut after the work", { cut: "after" }],
    ["cut before the work", { cut: "before" }],
    ["502 after the work", { status: 502, when: "after" }],
    ["503 before the work", { status: 503 }],
  ])("whose POST is %s is there, once", async (_how, fault) => {
    const place = await fixture.createParent("project");
    failing(place, fault);
    const managed = await made(fixture, definition, place, before);
    expect(rowOf(fixture, managed.id)).toBeDefined();
    expect(await managed.up({ project: place.id, ...before })).toBe("same");
    failing(place, fault);
    expect(await managed.up({ project: place.id, ...after })).toBe("update");
    expect(managed.outputs).toMatchObject(after);
    expect(rowOf(fixture, managed.id)).toBeDefined();
  });

  test("that somebody else made is left alone, with the line to take it over", async () => {
    const place = await fixture.createParent("project");
    const other = await made(fixture, definition, place, before);
    const next = await fixture.withNewProcess();
    const managed = new ManagedResource(next, definition);
    const message = await next.errorOf(() => managed.up({ project: place.id, ...after }));
    expect(message).toContain(`${other.id} is already active and differs in ${Object.keys(after).pop()}.`);
    expect(message).toContain(`{ import: "${other.id}" }`);
    await other.refresh();
    expect(other.outputs).toMatchObject(before);
    const { result, requests } = await next.recordRequests(() => managed.up({ project: place.id, ...before }));
    expect(result).toBe("create");
    expect(requests.filter((request) => !request.startsWith("GET "))).toEqual([]);
    await next.stop("sandbox");
  });

  test("that somebody else makes meanwhile is left alone too", async () => {
    const place = await fixture.createParent("project");
    const body = { message: "409 already there" };
    failing(place, { status: 409, when: "after", body });
    const managed = await made(fixture, definition, place, before);
    expect(managed.outputs).toMatchObject(before);
  });

  test("is replaced by another program's `overwriteExisting`", async () => {
    const place = await fixture.createParent("project");
    const other = await made(fixture, definition, place, before);
    const next = await fixture.withNewProcess({ "gitlab:overwriteExisting": true });
    const managed = new ManagedResource(next, definition);
    expect(await managed.up({ project: place.id, ...after })).toBe("create");
    expect([managed.id, managed.outputs]).toEqual([other.id, expect.objectContaining(after)]);
    await next.stop("sandbox");
  });
});

describe("an import of a share", () => {
  test("takes over what differs, by the peers' ID", async () => {
    const place = await fixture.createParent("project");
    const other = await shared(place);
    const next = await fixture.withNewProcess();
    const managed = new ManagedResource(next, share);
    const args = { project: place.path, groupId: "globex", groupAccess: "maintainer" };
    const said = await next.logsDuring(() => managed.checked(args, `${place.path}:11`));
    expect(said.map(({ message }) => message)).toEqual([
      `ProjectShare will take over ${other.id}, changing groupAccess.`,
    ]);
    await managed.up(args, `${place.path}:11`);
    expect(rowOf(fixture, other.id)).toMatchObject({ access: 40 });
    await next.stop("sandbox");
  });

  test("of another group than the arguments name is an error of the preview", async () => {
    const place = await fixture.createParent("project");
    await shared(place);
    const args = { project: place.id, groupId: 10, groupAccess: "developer" };
    expect(await new ManagedResource(fixture, share).problems(args, `projects/${place.id}/share/11`)).toEqual([
      expect.stringMatching(/ends in 11, but the argument groupId names 10\./),
    ]);
  });
});

test("a fork relation names its source by number, path and ID", async () => {
  const place = await fixture.createParent("project");
  const managed = await made(fixture, fork, place, { forkedFrom: site.path });
  expect([managed.id, managed.outputs.forkedFromId]).toEqual([`projects/${place.id}/fork`, 47]);
  for (const forkedFrom of [47, "47", "projects/47", "globex/site", "Globex/Site"]) {
    expect(await managed.diff({ project: place.id, forkedFrom })).toEqual({ changes: false, replaces: [] });
  }
  expect(await managed.diff({ project: place.id, forkedFrom: "globex/billing" })).toEqual({
    changes: true,
    replaces: [],
  });
  await managed.refresh();
  expect(managed.inputs).toMatchObject({ forkedFrom: site.path });
});

test("deleting what is gone is success: a share answers 404, a fork relation 304", async () => {
  const place = await fixture.createParent("project");
  const all = [await shared(place), await made(fixture, fork, place, { forkedFrom: 47 })];
  for (const managed of all) {
    await fixture.api("DELETE", `/${managed.id}`);
    await managed.destroy();
  }
  const gone = [await shared(place), await made(fixture, fork, place, { forkedFrom: 47 })];
  fixture.sandbox.control.setToken({ token: "sees-nothing", role: "maintainer", access: { acme: "none" } });
  const next = await fixture.withNewProcess({ "gitlab:token": "sees-nothing" });
  for (const managed of gone) await managed.copy(next).destroy();
  await next.stop("sandbox");
});

const otherEnds: readonly (readonly [string, Definition, Props, end: string])[] = [
  ["a fork relation", fork, { forkedFrom: site.number }, "project 47"],
  ["a share", share, { groupId: globex.number, groupAccess: "developer" }, "group 11"],
];

test.each(otherEnds)("%s is kept in state when the token does not see the other end any more", async (...given) => {
  const [, definition, args, end] = given;
  const place = await fixture.createParent("project");
  const managed = await made(fixture, definition, place, args);
  fixture.sandbox.control.setToken({ token: "half-blind", role: "owner", access: { globex: "none" } });
  const next = await fixture.withNewProcess({ "gitlab:token": "half-blind" });
  const copy = managed.copy(next);
  const lines = await next.logsDuring(async () => {
    expect(await copy.refresh()).toBe("there");
  });
  expect(lines.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
    expect.stringContaining(`: kept in state, because the ${end} answers 404.`),
  ]);
  expect(copy.outputs).toEqual(managed.outputs);
  await next.stop("sandbox");
});
