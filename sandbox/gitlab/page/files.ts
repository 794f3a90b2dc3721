import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A file of the page as it is served. */
export interface PageFile {
  readonly type: string;
  readonly content: Buffer;
}

// They are served as they are in the repository. This file runs in sandbox/dist/gitlab/page.
const folder = join(__dirname, "../../../gitlab/page/assets");

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

const NAMES = new Set([
  "index.html",
  "page.css",
  "parts.css",
  "icon.svg",
  "app.mjs",
  "deliveries.mjs",
  "dom.mjs",
  "editor.mjs",
  "log.mjs",
  "place.mjs",
  "server.mjs",
  "tree.mjs",
]);

/** A file of the page by its name, undefined when there is none. */
export function pageFile(name: string): PageFile | undefined {
  const type = TYPES[name.slice(name.lastIndexOf(".") + 1)];
  if (!NAMES.has(name) || type === undefined) return undefined;
  return { type, content: readFileSync(join(folder, name)) };
}

/**
 * Headers of everything that the page consists of: nothing from elsewhere, nothing inline, no frame around it, and no
 * text that becomes markup.
 *
 * @param files the address of the folder that scripts and styles come from
 */
export function pageHeaders(files: string): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    `script-src ${files}`,
    `style-src ${files}`,
    `img-src ${files}`,
    `connect-src ${files}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ];
  return {
    "Content-Security-Policy": policy.join("; "),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
  };
}
