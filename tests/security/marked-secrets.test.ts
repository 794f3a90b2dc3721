import { providerText, type Definition } from "../../provider/core/definition";
import { fieldsOf, type Scope } from "../../provider/core/schema";
import { fleetName, isFleetable } from "../../provider/fleet/kinds";
import { definitionsByName } from "../../provider/resources/definitions";
import { definitionOf } from "../contract/support/cases";
import { ManagedFleet } from "../contract/support/managed-fleet";
import { ManagedResource, type Props } from "../contract/support/managed-resource";
import { inClear, secret } from "../contract/support/provider-process";
import { ProviderFixture } from "../contract/support/provider-fixture";
import { plant, Scanner } from "./support/canaries";

const all = [...definitionsByName().values()].map((definition): [string, Definition, Scope] => [
  definition.name,
  definition,
  definition.scopes[0] ?? "project",
]);
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const token = "canaryword90002xq";

let fixture: ProviderFixture;
/** The last answer, as the engine gets it. */
let answer: Props;
const scanner = new Scanner();

beforeAll(async () => {
  fixture = await ProviderFixture.start();
  fixture.provider.onAnswer = (properties) => {
    answer = properties;
    scanner.scan("an answer", JSON.stringify(inClear(properties)));
  };
});

afterEach(() => {
  expect(scanner.hits).toEqual([]);
});

afterAll(() => fixture.stop());

/** Arguments as a check is to answer with them. */
function marked(definition: Definition, args: Props): Props {
  const fields = fieldsOf(definition.fields);
  const each = Object.entries(args).map(([name, value]): [string, unknown] => {
    if (fields.get(name)?.secret !== true) return [name, value];
    if (typeof value !== "object" || value === null) return [name, secret(value)];
    return [name, Object.fromEntries(Object.entries(value).map(([key, item]) => [key, secret(item)]))];
  });
  return Object.fromEntries(each);
}

function planted(definition: Definition, scope: Scope): Props {
  const { args, canaries } = plant(definition, scope);
  scanner.add(canaries.filter(({ known }) => known));
  return args;
}

describe.each(all)("%s", (_name, definition, scope) => {
  test("a check marks every secret, the values of maps one by one, and nothing else", async () => {
    const args = planted(definition, scope);
    const mark = "projects/42/hooks/7";
    await fixture.provider.check(
      { url: "x" },
      { ...new ManagedResource(fixture, definition).news(args), __import: mark },
    );
    expect(answer).toEqual({
      ...marked(definition, args),
      ...(definition.kind === "integration" && !("useInheritedSettings" in args)
        ? { useInheritedSettings: false }
        : {}),
      ...(definition.kind === "pullMirror" && !("enabled" in args) ? { enabled: true } : {}),
      __import: mark,
      __managed: answer.__managed,
      __provider: providerText(definition),
    });
    expect(answer.__managed).toEqual(expect.arrayContaining(Object.keys(args)));
  });

  test("what is not known yet stays as it is", async () => {
    const secrets = [...fieldsOf(definition.fields).values()].filter((info) => info.secret);
    const given = secrets.map(({ name, type }) => [name, type === "map" ? { known: "x", later: unknown } : unknown]);
    await fixture.provider.check({}, new ManagedResource(fixture, definition).news(Object.fromEntries(given) as Props));
    for (const { name, type } of secrets)
      expect(answer[name]).toEqual(type === "map" ? { known: secret("x"), later: unknown } : unknown);
  });
});

test.each(all.filter(([, definition]) => isFleetable(definition)))(
  "a fleet of %s: every entry is marked as a resource of its own is",
  async (_name, definition, scope) => {
    const [a, b] = [planted(definition, scope), planted(definition, scope)];
    const __provider = providerText({ name: fleetName(definition) });
    await fixture.provider.check({}, { entries: { a, b, later: unknown }, __provider });
    expect(answer).toEqual({
      entries: { a: marked(definition, a), b: marked(definition, b), later: unknown },
      __provider,
    });
    await fixture.provider.check({}, { entries: unknown, __provider });
    expect(answer.entries).toBe(unknown);
  },
);

test("a fleet refuses what a transform adds to it beside its entries", async () => {
  const fleet = new ManagedFleet(fixture, definitionOf("ProjectHook"));
  const news = { ...fleet.news({ a: { project: 42, url: "https://ci.example.com" } }), token };
  const { failures } = await fixture.provider.check({}, news);
  expect(failures).toEqual(["token: a Fleet has no such argument; set it in the entries"]);
});

test("what a fleet knows of its entries is marked, whatever is done", async () => {
  scanner.add([{ field: "token", value: token, needles: [token], known: true }]);
  const fleet = new ManagedFleet(fixture, definitionOf("ProjectHook"));
  const entry = { project: 42, url: "https://ci.example.com", token, customHeaders: { "X-A": token } };
  await fleet.up({ a: entry });
  expect(answer.__entries).toEqual(secret(fleet.outputs.__entries));
  await fleet.up({ a: { ...entry, name: "other" } });
  expect(answer.__entries).toEqual(secret(fleet.outputs.__entries));
  await fleet.refresh();
  expect(answer.entries).toMatchObject({ a: { token: secret(token), customHeaders: { "X-A": secret(token) } } });
  await fleet.destroy();
});

test("outputs that are credentials by themselves are marked, and what GitLab hides is not", async () => {
  const project = new ManagedResource(fixture, definitionOf("Project"));
  await project.up({ name: "credentials", namespace: 9 });
  expect(answer.runnersToken).toEqual(secret(project.outputs.runnersToken));
  const hook = new ManagedResource(fixture, definitionOf("ProjectHook"));
  await hook.up({ project: 42, url: "https://ci.example.com", customHeaders: { "X-A": token } });
  await fixture.api("PUT", `/${hook.id}/custom_headers/X-B`, { value: "theirs" });
  await hook.refresh();
  expect(answer.customHeaders).toEqual({ "X-A": secret(token), "X-B": "(set outside this program)" });
  await project.destroy();
});
