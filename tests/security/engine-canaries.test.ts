import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { Folders, run, troublesIn } from "../engine/import/support/command";
import { GitLab, Scenario, TOKEN } from "../engine/scenarios/support/scenario";
import { definitionsByName } from "../../provider/resources/definitions";
import { isOffered } from "../contract/support/cases";
import { newest } from "../contract/support/provider-fixture";
import { Between, type Passing, type Reply } from "./support/between";
import { Scanner, secretFields, spellings, textsIn, type Canary } from "./support/canaries";
import { everything, homes, type Everything } from "./support/everything";
import { report } from "./support/runs";

const scanner = new Scanner();
/** A program that is written from GitLab cannot know what another one made a secret. */
const ofKnown = new Scanner();

const folders = new Folders();
let gitlab: GitLab;
let between: Between;
let scenario: Scenario;
let versions: readonly [Everything, Everything];
let printed = 0;

beforeAll(async () => {
  [gitlab, between] = [await GitLab.start(newest), await Between.start()];
  between.target = gitlab.sandbox.url;
  scenario = Scenario.on(gitlab, { "gitlab:baseUrl": between.url });
  const all = await homes(gitlab);
  versions = [everything(all), everything(all)];
  const token: Canary = { field: "gitlab:token", value: TOKEN, needles: [TOKEN.slice("glpat-".length)], known: true };
  const canaries = [token, ...versions.flatMap((version) => version.canaries)];
  scanner.add(canaries);
  ofKnown.add(canaries.filter(({ known }) => known));
});

afterAll(async () => {
  folders.remove();
  await gitlab.stop();
  await between.stop();
});

/** Looks at everything that the last operation left: a later one may overwrite it. */
function requireClean(step: string): void {
  scanner.scan(`${step}: printed`, scenario.printed.slice(printed));
  printed = scenario.printed.length;
  for (const [file, text] of scenario.workspace.leftovers()) scanner.scan(`${step}: ${path.basename(file)}`, text);
  const addresses = gitlab.sandbox.control.requests().map((request) => request.path);
  scanner.scan(`${step}: requests`, addresses.join("\n"));
  expect([...scanner.hits, ...ofKnown.hits]).toEqual([]);
}

test("every secret field of every definition holds a canary", () => {
  const expected = [...definitionsByName().values()]
    .filter(isOffered)
    .flatMap((definition) => secretFields(definition, definition.scopes[0] ?? "project"));
  expect(expected.filter((field) => !scanner.fields.has(field))).toEqual([]);
});

test("a preview and an up", async () => {
  await scenario.preview(versions[0].text);
  requireClean("preview");
  await scenario.up();
  const integrations = [...definitionsByName().values()].filter(({ kind }) => kind === "integration").filter(isOffered);
  expect(gitlab.sandbox.control.objects()).toMatchObject({ integrations: integrations.length, hooks: 5 });
  requireClean("up");
});

test("an import of what the program made", async () => {
  const out = folders.make();
  const args = [
    "import",
    "--group",
    "acme",
    "--recursive",
    "--no-inactive",
    "--only",
    "hooks,integrations,push-rules,notifications",
  ];
  const ended = await run(gitlab.sandbox, [...args, "--format", "pulumi", "--out", out]);
  const { status, stdout, stderr } = ended;
  expect([status, troublesIn(ended)]).toEqual([0, ""]);
  for (const text of [stdout, stderr]) ofKnown.scan("import: printed", text);
  for (const { name } of readdirSync(out, { withFileTypes: true }).filter((entry) => entry.isFile()))
    ofKnown.scan(`import: ${name}`, readFileSync(path.join(out, name), "latin1"));
  requireClean("import");
});

/** An answer that repeats every text of the request, each in another spelling. */
function echo({ method, body }: Passing): Reply | undefined {
  if (method === "GET" || body === "") return undefined;
  const texts = [...textsIn(JSON.parse(body))].map((text, n) => spellings[n % spellings.length]?.(text) ?? text);
  return { status: 422, type: "application/json", text: JSON.stringify({ message: { base: texts, url: texts } }) };
}

test("an up that is refused with every value of the request in the answer", async () => {
  const { output } = await between.meddling({ instead: echo }, () => scenario.failing("up", versions[1].text));
  expect(output).toMatch(/(PUT|POST) \/\S+: 422 .*\[\w+\]/);
  requireClean("refused up");
});

test("an up of which GitLab refuses the hooks, quoting what they were given", async () => {
  gitlab.sandbox.control.world.settings.echoValues = true;
  const urls = versions[1].canaries.filter(({ field }) => field === "ProjectHook.url").map(({ value }) => value);
  const local = (text: string, url: string) => text.replace(url, url.replace(/^https:..[^/]+/, "https://127.0.0.1"));
  const { output } = await scenario.failing("up", urls.reduce(local, versions[1].text));
  expect(output).toMatch(/PUT \/projects\/\d+\/hooks\/\d+: 422 .*\[url\]/);
  requireClean("up with refused hooks");
});

test("a refresh", async () => {
  await scenario.refresh();
  requireClean("refresh");
});

test("a destroy", async () => {
  await scenario.destroy();
  requireClean("destroy");
  const [places, hits] = [scanner.places + ofKnown.places, [...scanner.hits, ...ofKnown.hits]];
  report(`${scanner.planted} canaries planted, ${places} places scanned, ${hits.length} hits`);
});
