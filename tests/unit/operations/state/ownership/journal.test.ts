import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { FileJournal } from "../../../../../provider/operations/state/ownership/journal";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ownership-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Lines of a journal but for those that processes open it with. */
function linesOf(journal: FileJournal): readonly unknown[] {
  return journal.news().filter((line) => !Object.hasOwn(line as object, "opened"));
}

function file(): string {
  return join(folder, readdirSync(folder)[0] ?? "");
}

/** A process that has ended. */
function ended(): number {
  return spawnSync(process.execPath, ["-e", ""]).pid;
}

test("what one process appends, the other reads in the same order", () => {
  const one = new FileJournal("127.0.0.1:1234", folder);
  const two = new FileJournal("127.0.0.1:1234", folder);
  one.append({ n: 1 });
  two.append({ n: 2 });
  one.append({ n: 3 });
  expect(linesOf(one)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  expect(linesOf(two)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  expect(linesOf(one)).toEqual([]);
});

test("a line that is half written is read once it is whole", () => {
  const journal = new FileJournal("127.0.0.1:1234", folder);
  linesOf(journal);
  appendFileSync(file(), '{"n":');
  expect(linesOf(journal)).toEqual([]);
  appendFileSync(file(), "1}\n");
  expect(linesOf(journal)).toEqual([{ n: 1 }]);
});

test("a run at another address has a journal of its own", () => {
  new FileJournal("127.0.0.1:1234", folder).append({ n: 1 });
  expect(linesOf(new FileJournal("127.0.0.1:4321", folder))).toEqual([]);
});

test.each([
  ["ended", ended(), hostname()],
  ["ran on another host", process.pid, "elsewhere"],
])("what processes left that %s is of an earlier run", (_, pid, host) => {
  new FileJournal("127.0.0.1:1234", folder).close();
  rmSync(file());
  const name = new FileJournal("127.0.0.1:1234", folder);
  name.close();
  rmSync(file());
  const path = join(folder, "made.jsonl");
  appendFileSync(path, `${JSON.stringify({ opened: { pid, host }, from: 0 })}\n{"n":1}\n`, { mode: 0o600 });
  // The file of the address, with what the other process left.
  const journal = journalWith(path);
  expect(linesOf(journal)).toEqual([]);
  journal.append({ n: 2 });
  expect(linesOf(new FileJournal("127.0.0.1:1234", folder))).toEqual([{ n: 2 }]);
});

/** A journal whose file begins with the content of another. */
function journalWith(path: string): FileJournal {
  new FileJournal("127.0.0.1:1234", folder).close();
  const own = readdirSync(folder)
    .map((each) => join(folder, each))
    .find((each) => each !== path);
  if (own === undefined) throw new Error("no journal");
  rmSync(own);
  spawnSync("mv", [path, own]);
  return new FileJournal("127.0.0.1:1234", folder);
}

test("the file is the user's alone, and no link is followed", () => {
  new FileJournal("127.0.0.1:1234", folder);
  const path = file();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  chmodSync(path, 0o666);
  expect(() => new FileJournal("127.0.0.1:1234", folder)).toThrow("belongs to somebody else");
  rmSync(path);
  symlinkSync("/dev/null", path);
  expect(() => new FileJournal("127.0.0.1:1234", folder)).toThrow("ELOOP");
});

test("journals that are a week old are removed", () => {
  new FileJournal("127.0.0.1:1234", folder).close();
  const [old = ""] = readdirSync(folder);
  utimesSync(join(folder, old), 0, 0);
  new FileJournal("127.0.0.1:4321", folder).close();
  expect(readdirSync(folder)).not.toContain(old);
});
