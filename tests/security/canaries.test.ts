import { inspect } from "node:util";
import type { Definition } from "../../provider/core/definition";
import type { Scope } from "../../provider/core/schema";
import { cases, install } from "../contract/support/cases";
import { ManagedResource, type Props } from "../contract/support/managed-resource";
import { inClear, InitFailed } from "../contract/support/provider-process";
import { ProviderFixture } from "../contract/support/provider-fixture";
import { Between, type Meddling, type Passing, type Reply } from "./support/between";
import { plant, Scanner, secretFields, spellings, type Canary } from "./support/canaries";
import { isLong, report } from "./support/runs";

const scanner = new Scanner();
/** Of what answers leave in clear. Which ordinary arguments are secrets, the engine knows and no provider. */
const ofAnswers = new Scanner();
const headerCanary = "edge-canaryword90001xq";

/** In the short form each definition is tried at one of its scopes. */
const tried = cases.filter(([name, scope]) => isLong || cases.find(([other]) => other === name)?.[1] === scope);

/** Secrets of resources that the process has met before. */
const ofOthers: Canary[] = [];

let between: Between;
let fixture: ProviderFixture;

beforeAll(async () => {
  between = await Between.start();
  const token = "glpat-canaryword90000xq";
  fixture = await ProviderFixture.start(
    { token },
    {
      "gitlab:baseUrl": between.url,
      "gitlab:retries": 0,
      "gitlab:timeout": 20,
      "gitlab:headers": JSON.stringify({ "X-Edge": headerCanary }),
    },
  );
  between.target = fixture.sandbox.url;
  fixture.provider.onAnswer = (properties) => {
    ofAnswers.scan("an answer", JSON.stringify(inClear(properties)));
  };
  scanner.add([
    { field: "gitlab:token", value: token, needles: ["canaryword90000xq"], known: true },
    { field: "gitlab:headers", value: headerCanary, needles: ["canaryword90001xq"], known: true },
  ]);
});

afterAll(async () => {
  await fixture.stop();
  await between.stop();
});

/** An answer that repeats everything: what the request brought, in every spelling, and secrets of other resources. */
function echo(status: number, canaries: readonly Canary[], field: string): (request: Passing) => Reply {
  return ({ headers }) => {
    const sent = [...canaries, ...ofOthers.slice(-8)].map(({ value }) => value);
    const values = [...sent, String(headers.authorization).slice("Bearer ".length), String(headers["x-edge"])];
    const texts = values.map((value, n) => `${spellings[n % spellings.length]?.(value) ?? ""} is invalid`);
    const more = values.map((value, n) => `${spellings[(n * 3 + 1) % spellings.length]?.(value) ?? ""} is invalid`);
    const body = { [field]: { base: texts, url: [more.join(" and ")], [values[0] ?? "x"]: [texts.join("; ")] } };
    return { status, type: "application/json", text: JSON.stringify(body) };
  };
}

const writes = ({ method }: Passing): boolean => method !== "GET";

/** Runs what meets a refusal, and looks at the whole error. */
async function refused(place: string, meddling: Meddling, task: () => Promise<unknown>): Promise<void> {
  await between.meddling(meddling, async () => {
    try {
      // Without anything to change, nothing is asked that could be refused.
      if ((await task()) === "same") return;
    } catch (error) {
      const { message, stack } = error as Error;
      // What a half-made object leaves in state is stored encrypted and no message.
      const shown = error instanceof InitFailed ? error.reasons.join("\n") : inspect(error, { depth: 9 });
      scanner.scan(`${place}: error`, `${message}\n${String(stack)}\n${shown}`);
      return;
    }
    throw new Error(`${place} was not refused`);
  });
}

function only(when: (request: Passing) => boolean, instead: (request: Passing) => Reply): Meddling {
  return { instead: (request) => (when(request) ? instead(request) : undefined) };
}

/** Another value for every secret text: the arguments of the next `up`. */
async function life(definition: Definition, scope: Scope): Promise<void> {
  const { name } = definition;
  const [first, second] = [plant(definition, scope), plant(definition, scope)];
  for (const { canaries } of [first, second]) {
    scanner.add(canaries);
    ofAnswers.add(canaries.filter(({ known }) => known));
  }
  const place = await fixture.createParent(scope);
  const mark = install(fixture, definition, place);
  const managed = new ManagedResource(fixture, definition);
  const [one, other]: Props[] = [
    { [scope]: place.id, ...first.args },
    { [scope]: place.id, ...second.args },
  ];
  if (!one || !other) return;
  const wrong = Object.fromEntries(Object.entries(one).map(([key, value]) => [key, [value]] as const));
  scanner.scan(`${name}: failed check`, (await managed.problems({ ...wrong, [scope]: place.id })).join("\n"));
  // What is taken over stays claimed in this process after a failure; the next run has another.
  if (mark === undefined) {
    const meddling = only(writes, echo(400, first.canaries, "message"));
    await refused(`${name}: create, 400`, meddling, () => managed.up(one));
  }
  await managed.up(one, mark);
  await refused(
    `${name}: read, 403`,
    only(() => true, echo(403, first.canaries, "error")),
    () => managed.refresh(),
  );
  for (const [status, field] of [
    [422, "message"],
    [401, "message"],
    [500, "error"],
  ] as const) {
    const canaries = [...second.canaries, ...first.canaries];
    await refused(`${name}: update, ${status}`, only(writes, echo(status, canaries, field)), () =>
      managed.up(other, mark),
    );
  }
  await managed.up(other, mark).catch(() => undefined);
  await managed.refresh();
  await refused(`${name}: delete, 403`, only(writes, echo(403, second.canaries, "message")), async () => {
    await managed.destroy();
    // Where nothing can be deleted, nothing is asked.
    if (definition.undeletable) throw new Error("nothing to delete");
  });
  await managed.destroy();
  ofOthers.push(...first.canaries.filter(({ known }) => known));
}

test.each(tried)("%s in a %s", async (_name, scope, definition) => {
  await life(definition, scope);
  expect([...scanner.hits, ...ofAnswers.hits]).toEqual([]);
});

test("a lost answer, half an answer and a web page repeat nothing either", async () => {
  const [, scope, definition] = cases.find(([name]) => name === "integrations.Jira") ?? [];
  if (!scope || !definition) throw new Error("no such case");
  const { args, canaries } = plant(definition, scope);
  scanner.add(canaries);
  const place = await fixture.createParent(scope);
  const text = canaries.map(({ value }) => value).join(" ");
  for (const [what, reply] of [
    ["a web page", { status: 200, type: "text/html", text: `<html>${text}</html>` }],
    ["a page of a gateway", { status: 502, type: "text/html", text: `<html>${text}</html>` }],
    ["a text", { status: 502, type: "text/plain", text }],
    ["a text that is no JSON", { status: 200, type: "text/plain", text }],
    ["half of it", { status: 200, type: "application/json", text: `{"message":"${text}` }],
    [
      "a redirect",
      {
        status: 302,
        type: "",
        text: "",
        headers: { location: `https://${text.slice(0, 17)}.example.com/?${encodeURIComponent(text)}` },
      },
    ],
  ] as const) {
    const managed = new ManagedResource(fixture, definition);
    await refused(
      `Jira: ${what}`,
      only(writes, () => reply),
      () => managed.up({ [scope]: place.id, ...args }),
    );
  }
});

test("nothing of them was printed, logged or asked for in an address", async () => {
  scanner.scan("what the process printed and told the engine", await fixture.allOutput());
  scanner.scan("the requests' addresses", between.passed.map(({ path }) => path).join("\n"));
  const expected = tried.flatMap(([, scope, definition]) => secretFields(definition, scope));
  expect(expected.filter((field) => !scanner.fields.has(field))).toEqual([]);
  const [places, hits] = [scanner.places + ofAnswers.places, [...scanner.hits, ...ofAnswers.hits]];
  report(`${scanner.planted} canaries planted, ${places} places scanned, ${hits.length} hits`);
  expect(hits).toEqual([]);
});
