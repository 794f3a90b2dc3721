import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import fc from "fast-check";
import ts from "typescript";
import { families } from "../../provider/cli/import/options";
import { runImport } from "../../provider/cli/import/run";
import { parseId } from "../../provider/core/id";
import { definitionOf } from "../contract/support/cases";
import { sandboxOfProgram } from "../contract/support/program";
import { Between, type Passing, type Reply } from "./support/between";
import { mutations, wholes, type Mutation } from "./support/mutations";
import { isLong, report, seed } from "./support/runs";

/** The requests of an import, by what they ask for. */
const asked: Readonly<Record<string, RegExp>> = {
  "a group": /^\/groups\/[^/]+$/,
  "its subgroups": /descendant_groups/,
  "its projects": /^\/groups\/\d+\/projects/,
  "a list of hooks": /\/hooks\?/,
  "a hook": /\/hooks\/\d+$/,
  "a list of integrations": /\/integrations\?/,
  "an integration": /\/integrations\/[\w-]+$/,
  "push rules": /\/push_rule$/,
  "notification settings": /notification_settings$/,
  "a project": /\/projects\/\d+$/,
  "a pull mirror": /\/mirror\/pull$/,
};

const folder = mkdtempSync(path.join(tmpdir(), "bad-import-"));
const counted = { runs: 0, refused: 0, written: 0 };
let between: Between;
let stop: () => Promise<void>;

beforeAll(async () => {
  const { sandbox, api, stop: end } = await sandboxOfProgram();
  stop = end;
  await api("POST", "/projects/42/hooks", {
    url: "https://ci.example.com",
    custom_headers: [{ key: "A", value: "b" }],
  });
  await api("PUT", "/projects/42/integrations/slack", { webhook: "https://hooks.slack.com/services/x" });
  await api("POST", "/projects/42/push_rule", { deny_delete_tag: true });
  await api("PUT", "/projects/42/notification_settings", { level: "watch" });
  between = await Between.start();
  between.target = sandbox.url;
});

afterAll(async () => {
  await between.stop();
  await stop();
  rmSync(folder, { recursive: true });
  const { runs, refused, written } = counted;
  report(`${runs} imports with bad answers (seed ${seed}): ${refused} clear errors, ${written} written`);
});

/** Runs an import in a folder of its own, of a GitLab that it has not met before; what it prints is handed back. */
async function imported(out: string): Promise<string> {
  const printed: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, "write").mockImplementation((text) => printed.push(String(text)) > 0),
  );
  const switches = {
    recursive: true,
    includeInherited: false,
    inactive: false,
    archived: true,
    flat: false,
    fleet: false,
  };
  const run = { json: true, force: true, check: false, state: [] };
  const baseUrl = `${between.url}/run-${counted.runs}`;
  const selection = { project: [], group: ["acme"], only: [...families], out, format: "pulumi" as const, baseUrl };
  try {
    await runImport({ ...selection, ...switches, ...run });
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return printed.join("");
}

const broken = /undefined|null|not a function|not iterable|call stack|NaN|\[object|Unexpected|Cannot|\n\s+at /;

/** The program can be read by a compiler, and every object in the import file has an ID that leads to one. */
function requireSound(out: string, printed: string): void {
  const files = readdirSync(out).filter((name) => name.endsWith(".ts"));
  const texts = files.map((name) => readFileSync(path.join(out, name), "utf8"));
  for (const text of texts) {
    const { diagnostics } = ts.transpileModule(text, { reportDiagnostics: true });
    expect(diagnostics).toEqual([]);
  }
  const program = texts.join("\n").replace("=== undefined", "");
  // A text that GitLab answers with may be any word.
  expect(program.replace(/"(?:[^"\\]|\\.)*"/g, "")).not.toMatch(/\bundefined\b|\bNaN\b/);
  expect(program).not.toContain("[object");
  const { skipped } = JSON.parse(printed) as { skipped: readonly { reason: string }[] };
  for (const { reason } of skipped) expect(reason).not.toMatch(broken);
  const file = JSON.parse(readFileSync(path.join(out, "import.json"), "utf8")) as { resources: readonly Resource[] };
  for (const { id, type } of file.resources) {
    const name = type.replace(/^.*gitlab(?:\/(integrations))?:/, (_, inner?: string) => (inner ? `${inner}.` : ""));
    expect([id, parseId(definitionOf(name), id)]).toEqual([id, expect.anything()]);
  }
}

interface Resource {
  readonly id: string;
  readonly type: string;
}

async function meet(mutation: Mutation, pattern: RegExp): Promise<void> {
  counted.runs += 1;
  const out = path.join(folder, String(counted.runs));
  const after = ({ path: where }: Passing, reply: Reply) => (pattern.test(where) ? mutation.apply(reply) : reply);
  try {
    const printed = await between.meddling({ after }, () => imported(out));
    requireSound(out, printed);
    counted.written += 1;
  } catch (error) {
    const { message } = error as Error;
    expect(message).not.toMatch(broken);
    expect(message).toMatch(/GET \//);
    expect(existsSync(out)).toBe(false);
    counted.refused += 1;
  }
}

test.each(Object.entries(asked))("an import reads bad answers to %s, or refuses them", async (_what, pattern) => {
  // In the short form each answer goes wrong in some of the ways, in others for each.
  const offset = Object.values(asked).indexOf(pattern);
  // What comes by halves is asked for again, many times: tests/faults has that.
  const whole = wholes.filter(({ name }) => name !== "half of it");
  const some = whole.filter((_, n) => isLong || n % 9 === offset);
  for (const mutation of some) await meet(mutation, pattern);
  const numRuns = isLong ? 150 : 1;
  await fc.assert(
    fc.asyncProperty(mutations, (mutation) => meet(mutation, pattern)),
    { numRuns, seed, endOnFailure: true },
  );
});

describe("a 404", () => {
  const own = /\/(hooks|integrations|push_rule)(\/|\?|$)/;
  const page = { status: 404, type: "text/html", text: "<html></html>", headers: { server: "nginx" } };
  const lacking = { status: 404, type: "application/json", text: JSON.stringify({ error: "404 Not Found" }) };

  async function skipped(pattern: RegExp, reply: Reply): Promise<readonly { what: string[]; reason: string }[]> {
    counted.runs += 1;
    const out = path.join(folder, String(counted.runs));
    const instead = ({ path: where }: Passing) => (pattern.test(where) ? reply : undefined);
    const printed = await between.meddling({ instead }, () => imported(out));
    return (JSON.parse(printed) as { skipped: { what: string[]; reason: string }[] }).skipped;
  }

  test("that is not GitLab's skips what it stands for and says what has answered", async () => {
    const all = await skipped(own, page);
    expect(all.map(({ what }) => what)).toContainEqual(["hooks", "integrations", "push-rules"]);
    for (const { reason } of all) {
      expect(reason).toMatch(
        /^GET \/\S+: 404 from something that is not GitLab's API \(text\/html, server: nginx\)\. Check .* in front of it$/,
      );
    }
    // One object, or a later page, is no less than all of them.
    expect(await skipped(/\/hooks\/\d+$/, page)).toMatchObject([{ what: [expect.stringMatching(/\/hooks\/\d+$/)] }]);
  });

  test("that is not GitLab's in place of all projects and groups ends the run", async () => {
    await expect(skipped(/./, page)).rejects.toThrow(
      /^nothing to import: group acme: GET \/groups\/acme: 404 from something that is not GitLab's API/,
    );
  });

  test("of calls that this GitLab does not have means that there is nothing", async () => {
    expect(await skipped(own, lacking)).toEqual([]);
  });
});
