import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";

const scripts = path.resolve(__dirname, "../../scripts");

/** What a script says is out of date. */
async function outOfDate(script: string): Promise<string> {
  try {
    await promisify(execFile)(process.execPath, [path.join(scripts, script), "--check"]);
    return "";
  } catch (error) {
    return (error as { stderr: string }).stderr;
  }
}

it.each([
  ["the picture in the README shows what its program previews", "write-picture.mjs"],
  ["the tables of the documents are those of the definitions", "write-tables.mjs"],
])("%s", async (_, script) => {
  expect(await outOfDate(script)).toBe("");
});
