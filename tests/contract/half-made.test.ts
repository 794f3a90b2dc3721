import { definitionOf } from "./support/cases";
import { forms, createAs, type DeclaredObject, type DeclarationForm } from "./support/declaration-forms";
import { ManagedResource } from "./support/managed-resource";
import { InitFailed } from "./support/provider-process";
import { ProviderFixture } from "./support/provider-fixture";
import { rowOf } from "./support/stored";

const hook = definitionOf("ProjectHook");
const url = "https://ci.example.com/hook";

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start({}, { "gitlab:retries": 0 });
});

afterAll(async () => {
  await fixture.stop();
});

/** A hook with headers, and an update of it whose second call fails. */
async function halfMade(
  form: DeclarationForm,
): Promise<{ managed: DeclaredObject; error: InitFailed; wanted: Record<string, unknown> }> {
  const place = await fixture.createParent("project");
  const first = { customHeaders: { Old: "canary-old", Kept: "canary-kept" }, name: "one" };
  const managed = await createAs(form, fixture, hook, place, { url, ...first });
  fixture.sandbox.control.addFault({
    method: "DELETE",
    path: "/custom_headers/Old$",
    status: 403,
    body: { message: "403 canary-kept Forbidden" },
  });
  const wanted = {
    project: place.id,
    url,
    customHeaders: { Kept: "canary-kept", New: "canary-new" },
    pushEvents: false,
  };
  const error = await managed.up(wanted).then(
    () => new Error("it did not fail"),
    (caught: unknown) => caught,
  );
  if (!(error instanceof InitFailed)) throw error;
  return { managed, error, wanted };
}

describe.each(forms)("%s", (_, form) => {
  test("a later call that fails keeps what is done, the marks and the provider", async () => {
    const { managed, error } = await halfMade(form);
    expect(error.id).toBe(managed.resource.id);
    expect(error.reasons.at(-1)).toMatch(
      /^(entries\["the one"\]: )?DELETE \/projects\/\d+\/hooks\/\d+\/custom_headers\/Old: 403 \[customHeaders\] Forbidden\. The token's user may not/,
    );
    expect(error.properties.__provider).toBe(managed.resource.inputs.__provider);
    expect(managed.outputs).toMatchObject({
      url,
      pushEvents: false,
      customHeaders: { Old: "canary-old", Kept: "canary-kept" },
      __managed: ["customHeaders", "name", "project", "pushEvents", "url"],
      __claim: expect.any(String) as string,
      __gitlab: `${fixture.sandbox.url}/api/v4`,
    });
  });

  test("the next up finishes it", async () => {
    const { managed, wanted } = await halfMade(form);
    expect(await managed.up(wanted)).toBe("update");
    expect(rowOf(fixture, managed.id)).toMatchObject({
      customHeaders: { Kept: "canary-kept", New: "canary-new" },
      flags: { push_events: false },
      name: "",
    });
    expect(await managed.up(wanted)).toBe("same");
  });

  test("a refresh shows what is there, and the up after it mends the rest", async () => {
    const { managed, wanted } = await halfMade(form);
    expect(await managed.refresh()).toBe("there");
    expect(Object.keys(managed.inputs.customHeaders as object).sort()).toEqual(["Kept", "New", "Old"]);
    expect(await managed.up(wanted)).toBe("update");
    expect(rowOf(fixture, managed.id)?.customHeaders).toEqual({ Kept: "canary-kept", New: "canary-new" });
  });

  test("it can be destroyed", async () => {
    const { managed } = await halfMade(form);
    await managed.destroy();
    expect(rowOf(fixture, managed.id)).toBeUndefined();
  });

  test("a field that was removed in the same step is not forgotten", async () => {
    const { managed, wanted } = await halfMade(form);
    expect(managed.outputs.__managed).toContain("name");
    await managed.refresh();
    await managed.up(wanted);
    expect(rowOf(fixture, managed.id)?.name ?? "").toBe("");
  });

  test("a first call that fails changes nothing, in state either", async () => {
    const place = await fixture.createParent("project");
    const managed = await createAs(form, fixture, hook, place, { url });
    const before = structuredClone(managed.outputs);
    fixture.sandbox.control.addFault({
      method: "PUT",
      path: `/${managed.id}$`,
      status: 422,
      body: { error: "Invalid url given" },
    });
    const message = await fixture.errorOf(() => managed.up({ project: place.id, url: "https://other.example.com/" }));
    expect(message).toMatch(new RegExp(`PUT /${managed.id}: 422 Invalid url given$`));
    expect(managed.outputs).toEqual(before);
  });

  test("an update that may have been done is done over, also when the program goes back", async () => {
    const place = await fixture.createParent("project");
    const managed = await createAs(form, fixture, hook, place, { url, token: "canary-token" });
    fixture.sandbox.control.addFault({ method: "PUT", path: `/${managed.id}$`, cut: "after" });
    const message = await fixture.errorOf(() =>
      managed.up({ project: place.id, url: "https://other.example.com/", token: "canary-token" }),
    );
    expect(message).toMatch(/PUT .* the response was lost .* GitLab may or may not have done it\./);
    expect(rowOf(fixture, managed.id)?.url).toBe("https://other.example.com/");
    expect(await managed.up({ project: place.id, url, token: "canary-token" })).toBe("update");
    expect(rowOf(fixture, managed.id)).toMatchObject({ url, token: "canary-token" });
  });
});

test("an adoption that fails halfway is kept as well", async () => {
  const place = await fixture.createParent("project");
  const body = { url, custom_headers: [{ key: "Stray", value: "v" }] };
  const { id } = (await fixture.api("POST", `/projects/${place.id}/hooks`, body)) as { id: number };
  fixture.sandbox.control.addFault({
    method: "DELETE",
    path: "/custom_headers/Stray$",
    status: 403,
    body: { message: "no" },
  });
  const managed = new ManagedResource(fixture, hook);
  const wanted = { project: place.id, url, customHeaders: { Own: "canary-own" } };
  await fixture.errorOf(() => managed.up(wanted, `${place.path}:${id}`));
  expect(managed.id).toBe(`projects/${place.id}/hooks/${id}`);
  expect(await managed.up(wanted)).toBe("update");
  expect(rowOf(fixture, managed.id)?.customHeaders).toEqual({ Own: "canary-own" });
});

test("no secret stands in any reason", async () => {
  for (const [, form] of forms) await halfMade(form);
  const spoken = await fixture.allOutput();
  for (const secret of fixture.secrets) expect(spoken).not.toContain(secret);
});
