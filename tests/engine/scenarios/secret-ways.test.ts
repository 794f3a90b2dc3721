import { fieldsOf } from "../../../provider/core/schema";
import { definitionOf } from "../../contract/support/cases";
import { Scanner } from "../../security/support/canaries";
import { Programs, withSecrets, type Program } from "../../security/support/ways";
import { report } from "../../security/support/runs";
import { onCli } from "./support/driver";
import { GitLab, Scenario } from "./support/scenario";

/*
 * Every way on which a secret can come to the engine: as it is, inside an Output, out of a transform, in a fleet. The long
 * form, which is also that of a real CLI, takes every class on every way.
 */
const isLong = process.env.LONG_TESTS === "1" || onCli;
const some = ["ProjectHook", "integrations.Slack"];
const definitions = isLong ? withSecrets : some.map(definitionOf);
// Outside of a process of its own, the SDK loses what transforms mark as secret.
const apart = true;

if (isLong) jest.setTimeout(1_800_000);

const inLongForm = isLong ? it : it.skip;

const scanner = new Scanner();
let gitlab: GitLab;
let scenario: Scenario;
let versions: readonly [Program, Program];
let printed = 0;

beforeAll(async () => {
  gitlab = await GitLab.start();
  scenario = Scenario.on(gitlab);
  const programs = await Programs.on(gitlab, definitions, gitlab.sandbox.url);
  versions = [programs.next(), programs.next()];
  for (const { canaries } of versions) scanner.add(canaries);
});

afterAll(() => gitlab.stop());

/** What GitLab drops. */
const ignored = new Set(
  withSecrets.flatMap(({ name, fields }) =>
    [...fieldsOf(fields).values()].filter(({ access }) => access === "ignored").map((info) => `${name}.${info.name}`),
  ),
);

/** Looks at everything that the last operation printed and left: a later one may overwrite it. */
function requireClean(step: string): void {
  scanner.scan(`${step}: printed`, scenario.printed.slice(printed));
  printed = scenario.printed.length;
  for (const [file, text] of scenario.workspace.leftovers()) scanner.scan(`${step}: ${file}`, text);
  expect(scanner.hits).toEqual([]);
}

const changes = ({ steps }: { readonly steps: readonly string[] }): string[] =>
  steps.filter((step) => !step.startsWith("read "));

it("shows none in a preview of what is new", async () => {
  const { output } = await scenario.preview(versions[0].text, { apart });
  expect(output).toContain("[secret]");
  requireClean("preview");
});

it("keeps all of them from whatever an up prints and writes, and GitLab gets them", async () => {
  await scenario.up(undefined, { apart });
  requireClean("up");
  const { world } = gitlab.sandbox.control;
  const known = JSON.stringify(world.state);
  const sent = versions[0].canaries.filter(({ field }) => !ignored.has(field));
  const missing = sent.filter(({ value }) => !known.includes(JSON.stringify(value).slice(1, -1)));
  expect(missing.map(({ field }) => field)).toEqual([]);
});

it("finds nothing to do in the next preview, and shows none in its JSON", async () => {
  const outcome = await scenario.preview(undefined, { apart, json: true });
  expect(JSON.parse(outcome.output.slice(outcome.output.indexOf("{")))).toHaveProperty("steps");
  expect(changes(outcome)).toEqual([]);
  requireClean("preview --json");
});

inLongForm("shows none of those that change", async () => {
  const outcome = await scenario.preview(versions[1].text, { apart });
  expect(changes(outcome).length).toBeGreaterThan(definitions.length);
  requireClean("preview of changes");
});

inLongForm("nor in the JSON of that preview, and the up writes none", async () => {
  await scenario.preview(undefined, { apart, json: true });
  requireClean("preview --json of changes");
  await scenario.up(undefined, { apart });
  requireClean("up of changes");
});

inLongForm("keeps them in a refresh, which finds no drift, and in a destroy", async () => {
  expect((await scenario.refresh()).steps).toEqual([]);
  requireClean("refresh");
  await scenario.destroy();
  requireClean("destroy");
  report(`${scanner.planted} canaries planted, ${scanner.places} places scanned, ${scanner.hits.length} hits`);
});
