import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { filesIn, writeFiles } from "../../../../provider/cli/import/write/files";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "files-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("a set of files is written, in a folder that is made", () => {
  const target = path.join(folder, "new/one");
  writeFiles(
    target,
    new Map([
      ["index.ts", "1"],
      ["set-config.sh", "2"],
    ]),
  );
  expect(readdirSync(target).sort()).toEqual(["index.ts", "set-config.sh"]);
  expect(readFileSync(path.join(target, "index.ts"), "utf8")).toBe("1");
  expect(statSync(path.join(target, "set-config.sh")).mode & 0o111).not.toBe(0);
  expect(filesIn(target, ["index.ts", "import.json"])).toEqual(["index.ts"]);
});

test("when one cannot be written, nothing remains of the others", () => {
  // The folder's name for the temporary file of the second one.
  mkdirSync(path.join(folder, `.import.json.${process.pid}.tmp`));
  const files = new Map([
    ["index.ts", "1"],
    ["import.json", "2"],
  ]);
  expect(() => {
    writeFiles(folder, files);
  }).toThrow();
  expect(filesIn(folder, ["index.ts", "import.json"])).toEqual([]);
  expect(readdirSync(folder)).not.toContain(`.index.ts.${process.pid}.tmp`);
});
