import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { settingsScript } from "../../../provider/cli/import/render/set-config";
import { summaryOf, summaryText } from "../../../provider/cli/import/report/summary";
import { selection, targets } from "./import/support/program";
import { shellWord } from "../../../provider/cli/shell";

const hostile = [
  "plain-1.2_x",
  "with space",
  "it's",
  'a "quote"',
  "$(touch made)",
  "`touch made`",
  "$HOME",
  "~",
  "~root",
  "a;touch made",
  "a&&touch made",
  "a|b>c",
  "*",
  "#a",
  "!!",
  "=ls",
  "two\nlines",
  "back\\slash",
  "ünïcode",
  "-L",
];

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), "shell-")));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What a POSIX shell prints in the folder. */
function sh(command: string): string {
  return execFileSync("/bin/sh", ["-c", command], { cwd: folder, encoding: "utf8" });
}

test.each([...hostile, ""])("%j is one word to a shell, and nothing else", (text) => {
  expect(sh(`printf '[%s]' ${shellWord(text)}`)).toBe(`[${text}]`);
  expect(readdirSync(folder)).toEqual([]);
});

test.each(hostile)("the printed `cd` leads into the folder %j", (name) => {
  mkdirSync(path.join(folder, name));
  const about = { files: ["index.ts"], extended: [], toAdd: {}, lines: 1, seconds: 1, fleets: 0, targets, env: false };
  const text = summaryText(summaryOf({ parents: [], settings: [] }, { ...about, folder: name }), selection);
  const [, command = ""] = /^ {2}(cd .*?) && npm install && pulumi stack init dev$/ms.exec(text) ?? [];
  expect(sh(`${command} && pwd -P`)).toBe(`${path.join(folder, name)}\n`);
  expect(readdirSync(folder)).toEqual([name]);
});

test("the script that stores the settings does nothing but that, whatever a GitLab calls its things", () => {
  const settings = [{ name: "a$(touch made)", uses: ["webhook of Slack acme/shop\ntouch made"] }];
  const gitlab = "https://gitlab.example.com/'; touch made; '$(touch made)";
  const script = settingsScript(settings, { gitlab, token: true });
  const printed = sh(`pulumi() { printf '<%s>' "$@"; }\n${script}`);
  expect(printed).toContain("<gitlab:baseUrl><https://gitlab.example.com/'; touch made; '$(touch made)>");
  expect(printed).toContain("<--secret><a$(touch made)>");
  expect(readdirSync(folder)).toEqual([]);
});
