import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";

import { RECORDINGS } from "./support/recordings";

const ORIGINAL = join(__dirname, "..", "..", "..", "..", "shared", "engine-transcripts");

function files(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .map((name) => join(directory, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => relative(directory, path))
    .sort();
}

const describeWhereShared = existsSync(ORIGINAL) ? describe : describe.skip;

describeWhereShared("the copies of the recordings", () => {
  it("hold all that was recorded", () => {
    for (const file of files(ORIGINAL))
      expect([file, readFileSync(join(RECORDINGS, file), "utf8")]).toEqual([
        file,
        readFileSync(join(ORIGINAL, file), "utf8"),
      ]);
  });
});
