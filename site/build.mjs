// Builds the site into dist/: static files that work from any folder of a web server.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vitepress";
import { assemble } from "./assemble.mjs";
import { relativeData } from "./relative-base.mjs";

const site = path.dirname(fileURLToPath(import.meta.url));

assemble();
await build(site);
const chunks = path.join(site, "dist/assets/chunks");
for (const name of readdirSync(chunks).filter((file) => file.startsWith("metadata."))) {
  const file = path.join(chunks, name);
  writeFileSync(file, relativeData(readFileSync(file, "utf8")));
}
console.log(
  `The site is in ${path.relative(process.cwd(), path.join(site, "dist"))}: serve that folder from anywhere.`,
);
