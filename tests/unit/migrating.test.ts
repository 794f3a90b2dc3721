import { readFileSync } from "node:fs";
import * as path from "node:path";
import * as gitlab from "../../provider";

const text = readFileSync(path.join(__dirname, "../../docs/migrating.md"), "utf8");
const rows = text
  .split("\n")
  .filter((line) => /^\| (`|–)/.test(line))
  .map((line) => line.split("|").map((cell) => cell.trim()));

test("every class of the table is one of this package", () => {
  expect(rows.length).toBeGreaterThan(25);
  for (const [, , , ours = ""] of rows) {
    const [name = "", inner] = ours.replaceAll("`", "").split(".");
    const owner: unknown = inner === undefined ? gitlab : Reflect.get(gitlab, name);
    expect([ours, typeof Reflect.get(owner as object, inner ?? name)]).toEqual([ours, "function"]);
  }
});

test("every resource of theirs has one row, and both their names agree", () => {
  const theirs = rows.map(([, terraform = "", pulumi = ""]) => [terraform, pulumi] as const);
  expect(new Set(theirs.map(([terraform]) => terraform)).size).toBe(theirs.length);
  for (const [terraform, pulumi] of theirs) {
    const words = /^`gitlab_(\w+)`$/.exec(terraform)?.[1]?.split("_");
    const joined = words?.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
    if (joined !== undefined) expect(pulumi).toBe(`\`${joined}\``);
  }
});
