// Puts the pages of the site together in pages/: the documents of docs/, and a page for each class.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { placeOf, referenceIndex, referencePage } from "./reference.mjs";

const site = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(site);
const docs = path.join(root, "docs");
const pages = path.join(site, "pages");

const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));

/** The address of the project's repository. */
export const repository = manifest.repository.url.replace(/^git\+/, "").replace(/\.git$/, "");

/** What `pulumi-gitlab schema` prints. */
export function readSchema() {
  const command = path.join(root, "bin/pulumi-gitlab.js");
  return JSON.parse(
    execFileSync(process.execPath, [command, "schema"], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 }),
  );
}

/** Writes every page anew. */
export function assemble() {
  rmSync(pages, { recursive: true, force: true });
  mkdirSync(pages, { recursive: true });
  for (const file of readdirSync(docs).filter((name) => name.endsWith(".md"))) {
    const text = readFileSync(path.join(docs, file), "utf8");
    write(file === "_index.md" ? "index.md" : file, file === "_index.md" ? home(text) : page(text));
  }
  if (existsSync(path.join(docs, "images"))) {
    const isPicture = (source) => !source.endsWith(".json");
    cpSync(path.join(docs, "images"), path.join(pages, "images"), { recursive: true, filter: isPicture });
  }
  const schema = readSchema();
  write("reference/index.md", referenceIndex(schema));
  for (const resource of schema.resources) write(`${placeOf(resource)}.md`, referencePage(resource, schema));
}

function write(file, text) {
  const target = path.join(pages, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
}

/** A document whose links hold here: what is not in docs/ is in the repository. */
function page(text) {
  const { title, description, body } = parts(text);
  const heading = title === undefined || /^# /m.test(body) ? "" : `# ${title}\n\n`;
  const front = description === undefined ? "" : `---\ndescription: ${JSON.stringify(description)}\n---\n\n`;
  return front + relinked(heading + body);
}

/** The first page: what it is and where to begin, large, and the document below. */
function home(text) {
  const { description, body } = parts(text);
  const [lead = "", ...rest] = body.split(/^(?=## )/m);
  return `---
layout: home
title: pulumi-gitlab-dynamic
titleTemplate: ":title"
description: ${JSON.stringify(description)}
hero:
  name: pulumi-gitlab-dynamic
  text: GitLab's settings as code
  tagline: Integrations, webhooks, push rules, notification settings and projects as Pulumi resources, in TypeScript.
  actions:
    - { theme: brand, text: The first hook, link: /first-hook }
    - { theme: alt, text: Importing, link: /taking-over }
    - { theme: alt, text: Reference, link: /reference/index }
---

<div class="vp-doc home-text">

${relinked(lead + rest.join(""))}

</div>
`;
}

function parts(text) {
  const [, front = "", body = text] = /^---\n([^]*?)\n---\n([^]*)$/.exec(text) ?? [];
  return {
    title: /^title: (.*)$/m.exec(front)?.[1],
    description: /^meta_desc: (.*)$/m.exec(front)?.[1],
    body: body.trimStart(),
  };
}

function relinked(text) {
  return text.replace(/\]\(\.\.\/([^)\s]*)\)/g, (_, place) => {
    const [file = ""] = place.split("#");
    const kind = path.extname(file) === "" && file !== "LICENSE" ? "tree" : "blob";
    return `](${repository}/${kind}/main/${place})`;
  });
}
