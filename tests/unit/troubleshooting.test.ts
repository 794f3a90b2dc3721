import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";

const repository = path.resolve(__dirname, "../..");
const text = readFileSync(path.join(repository, "docs/troubleshooting.md"), "utf8");
const [ours = "", theirs = ""] = text.split("## Messages of Pulumi and npm");
const messages = (part: string): string[] => [...part.matchAll(/^### `(.*)`$/gm)].map(([, message = ""]) => message);

/** The package's source with texts that are put together from several lines written as one. */
function source(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === "dist" ? "" : source(file);
      return entry.name.endsWith(".ts") ? readFileSync(file, "utf8").replace(/["`'] \+\s*["`']/g, "") : "";
    })
    .join("\n");
}

test("troubleshooting explains messages that the package gives, each under its own words", () => {
  const all = source(path.join(repository, "provider"));
  expect(messages(ours).length).toBeGreaterThan(25);
  expect(messages(theirs).length).toBeGreaterThan(3);
  expect(messages(ours).filter((message) => !all.includes(message))).toEqual([]);
  expect([...new Set(messages(text))]).toEqual(messages(text));
});
