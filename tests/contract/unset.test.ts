import { definitionOf } from "./support/cases";
import { forms, createAs, single } from "./support/declaration-forms";
import { leastArgs } from "./support/samples";
import { ProviderFixture } from "./support/provider-fixture";
import { rowOf } from "./support/stored";

const hook = definitionOf("ProjectHook");
const slack = definitionOf("integrations.Slack");
const telegram = definitionOf("integrations.Telegram");
const url = "https://ci.example.com/hook";

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start();
});

afterAll(async () => {
  await fixture.stop();
});

describe.each(forms)("%s", (_, form) => {
  test("a field that was never set keeps what somebody gave it, in GitLab and out of the inputs", async () => {
    const place = await fixture.createParent("project");
    const managed = await createAs(form, fixture, hook, place, { url });
    await fixture.api("PUT", `/${managed.id}`, {
      issues_events: true,
      custom_headers: [{ key: "Theirs", value: "v" }],
      token: "theirs",
    });
    await managed.refresh();
    expect(managed.inputs).not.toHaveProperty("issuesEvents");
    expect(managed.outputs).toMatchObject({
      issuesEvents: true,
      // The list that a fleet reads does not show them.
      ...(form === single ? { customHeaders: { Theirs: expect.any(String) as string } } : {}),
    });
    expect(await managed.up({ project: place.id, url, name: "mine" })).toBe("update");
    expect(rowOf(fixture, managed.id)).toMatchObject({
      name: "mine",
      token: "theirs",
      customHeaders: { Theirs: "v" },
      flags: { issues_events: true },
    });
  });

  test("a field added, an unchanged up, the field removed: it is reset", async () => {
    const place = await fixture.createParent("project");
    const managed = await createAs(form, fixture, hook, place, { url });
    const base = { project: place.id, url };
    expect(await managed.up({ ...base, pushEvents: false, token: "canary-token" })).toBe("update");
    expect(await managed.up({ ...base, pushEvents: false, token: "canary-token" })).toBe("same");
    expect(await managed.up(base)).toBe("update");
    expect(rowOf(fixture, managed.id)).toMatchObject({ token: null, flags: { push_events: true } });
    expect(await managed.up(base)).toBe("same");
  });

  test("a field set to what GitLab has already is managed from then on", async () => {
    const place = await fixture.createParent("project");
    const managed = await createAs(form, fixture, hook, place, { url });
    const base = { project: place.id, url };
    await fixture.api("PUT", `/${managed.id}`, { issues_events: true });
    await managed.refresh();
    expect(await managed.up({ ...base, issuesEvents: true })).toBe("update");
    expect(await managed.up(base)).toBe("update");
    expect(rowOf(fixture, managed.id)?.flags).toMatchObject({ issues_events: false });
  });

  test("null and undefined are nothing", async () => {
    const place = await fixture.createParent("project");
    const managed = await createAs(form, fixture, hook, place, { url, name: null });
    expect(managed.inputs.__managed).toEqual(["project", "url"]);
    expect(await managed.up({ project: place.id, url, description: null, pushEvents: null })).toBe("same");
  });

  test.each([{ name: "" }, { pushEvents: true, issuesEvents: false, customHeaders: {} }])(
    "what equals GitLab's nothing needs no request of its own: %j",
    async (set) => {
      const place = await fixture.createParent("project");
      const managed = await createAs(form, fixture, hook, place, { url, ...set });
      await managed.refresh();
      expect(await managed.up({ project: place.id, url, ...set })).toBe("same");
    },
  );

  test("an integration that was once disabled begins anew, event flags included", async () => {
    const place = await fixture.createParent("project");
    const args = leastArgs(slack, "project");
    const first = await createAs(form, fixture, slack, place, {
      ...args,
      pushEvents: false,
      deploymentEvents: true,
      channel: "#x",
    });
    await first.destroy();
    const next = await createAs(form, fixture, slack, place, args);
    expect(rowOf(fixture, next.id)).toMatchObject({
      events: { push: true, deployment: false },
      values: { notify_only_broken_pipelines: true, branches_to_be_notified: "default" },
    });
  });

  test("events that some servers demand are always sent: the program's value, else the last one read, else the default", async () => {
    const place = await fixture.createParent("project");
    const args = { project: place.id, ...leastArgs(telegram, "project") };
    const managed = await createAs(form, fixture, telegram, place, { ...args, noteEvents: false });
    const events = () => rowOf(fixture, managed.id)?.events as Record<string, boolean>;
    expect(events()).toMatchObject({ note: false, push: true });
    await fixture.api("PUT", `/${managed.id}`, { ...wire(args), push_events: false });
    await managed.refresh();
    expect(managed.inputs).not.toHaveProperty("pushEvents");
    expect(await managed.up({ ...args, noteEvents: false, room: "other" })).toBe("update");
    expect(events()).toMatchObject({ note: false, push: false });
    expect(await managed.up({ ...args, room: "other" })).toBe("update");
    expect(events()).toMatchObject({ note: true, push: false });
  });

  test("a change of order in a map is none", async () => {
    const place = await fixture.createParent("project");
    const managed = await createAs(form, fixture, hook, place, {
      url,
      customHeaders: { A: "canary-one", B: "canary-two" },
    });
    expect(await managed.up({ project: place.id, url, customHeaders: { B: "canary-two", A: "canary-one" } })).toBe(
      "same",
    );
  });

  test.each([{ A: "canary-one" }, { A: "canary-one", B: "canary-two", C: "canary-three" }])(
    "a key that goes or comes in a map is a change: %j",
    async (customHeaders) => {
      const place = await fixture.createParent("project");
      const managed = await createAs(form, fixture, hook, place, {
        url,
        customHeaders: { A: "canary-one", B: "canary-two" },
      });
      expect(await managed.up({ project: place.id, url, customHeaders })).toBe("update");
      expect(rowOf(fixture, managed.id)).toMatchObject({ customHeaders });
    },
  );

  test("a secret that changes is told by its path, without its value", async () => {
    const place = await fixture.createParent("project");
    const managed = await createAs(form, fixture, hook, place, {
      url,
      token: "canary-1st",
      customHeaders: { A: "canary-2nd", B: "canary-3rd" },
    });
    const next = { project: place.id, url, token: "canary-4th", customHeaders: { A: "canary-5th", B: "canary-3rd" } };
    const lines = await fixture.logsDuring(() => managed.diff(next));
    expect(lines.map(({ severity, message }) => [severity, message])).toEqual(
      managed.changeLines(["token", "customHeaders.A"]).map((text) => ["info", text]),
    );
    expect(await managed.up(next)).toBe("update");
    expect(rowOf(fixture, managed.id)).toMatchObject({
      token: "canary-4th",
      customHeaders: { A: "canary-5th", B: "canary-3rd" },
    });
  });

  test("what GitLab does by itself is no change: status and times", async () => {
    const place = await fixture.createParent("project");
    const managed = await createAs(form, fixture, hook, place, { url });
    Object.assign(rowOf(fixture, managed.id) ?? {}, { alertStatus: "disabled", disabledUntil: null });
    await managed.refresh();
    // A fleet keeps no such outputs.
    if (form === single) expect(managed.outputs.alertStatus).toBe("disabled");
    expect(await managed.up({ project: place.id, url })).toBe("same");
  });
});

function wire(args: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { token: args.token, room: args.room, use_inherited_settings: false };
}
