import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { readSchema } from "../assemble.mjs";
import { placeOf } from "../reference.mjs";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const { resources } = readSchema();
const pages = readdirSync(dist, { recursive: true }).filter((file) => file.endsWith(".html"));
const textOf = (page) => readFileSync(path.join(dist, page), "utf8");

/** What can be jumped to in a page. */
const anchors = new Map(
  pages.map((page) => [page, new Set([...textOf(page).matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id))]),
);

test("each class has a page with each of its arguments and outputs", () => {
  assert.equal(resources.length >= 61, true);
  for (const resource of resources) {
    const page = `${placeOf(resource)}.html`;
    assert.ok(existsSync(path.join(dist, page)), `no page for ${resource.class}`);
    const text = textOf(page);
    for (const name of [...resource.scopes, ...Object.keys(resource.fields)]) {
      assert.match(
        text,
        new RegExp(`<h4 id="${name.toLowerCase()}[^"]*"[^>]*><code>${name}</code>`),
        `${page}: ${name}`,
      );
    }
    for (const name of Object.keys(resource.outputs)) assert.match(text, new RegExp(`<code>${name}</code>`), page);
    for (const part of ["example", "arguments", "outputs", "import"]) assert.ok(anchors.get(page)?.has(part), page);
    assert.ok(text.includes(`href="${resource.page}"`), `${page}: GitLab's page`);
  }
});

test("no link of the site leads nowhere, and none depends on the folder that the site lies in", () => {
  assert.equal(pages.length > resources.length + 15, true);
  for (const page of pages) {
    const links = [...textOf(page).matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, link]) =>
      link.replaceAll("&amp;", "&"),
    );
    for (const link of links.filter((found) => !/^(?:https:|data:)/.test(found))) {
      assert.ok(!link.startsWith("/"), `${page}: ${link}`);
      const [place, anchor = ""] = link.split("#");
      const target = place === "" ? page : path.posix.join(path.posix.dirname(page), decodeURIComponent(place));
      const file = path.join(dist, target);
      assert.ok(existsSync(file) && statSync(file).isFile(), `${page}: ${link}`);
      if (anchor === "" || !target.endsWith(".html")) continue;
      assert.ok(anchors.get(target)?.has(decodeURIComponent(anchor)), `${page}: ${link}`);
    }
  }
});
