import { readFileSync } from "node:fs";
import { defineConfig } from "vitepress";
import { readSchema, repository } from "../assemble.mjs";
import { classesByGroup, placeOf, shortName } from "../reference.mjs";
import { placeholder, relativeBase, relativePage } from "../relative-base.mjs";

const icon = readFileSync(new URL("../favicon.svg", import.meta.url), "utf8");

const guides = [
  ["The first hook", "first-hook"],
  ["Importing", "taking-over"],
  ["Previews in CI", "ci"],
  ["Fleets", "fleets"],
  ["Many objects", "scale"],
  ["Several GitLabs", "several-gitlabs"],
  ["Tokens", "tokens"],
  ["Secrets", "secrets"],
  ["Unit tests", "unit-tests"],
  ["Migrating", "migrating"],
];
const more = [
  ["Installation and configuration", "installation-configuration"],
  ["Resources", "resources"],
  ["Functions", "functions"],
  ["Pulumi's options", "options"],
  ["Troubleshooting", "troubleshooting"],
  ["How it works", "how-it-works"],
  ["Upgrades", "upgrading"],
  ["Questions", "faq"],
];
const linked = ([text, place]) => ({ text, link: `/${place}` });
const allClasses = { text: "All classes", link: "/reference/index" };
const reference = classesByGroup(readSchema()).map(({ title, classes }) => ({
  text: title,
  items: classes.map((resource) => ({ text: shortName(resource), link: `/${placeOf(resource)}` })),
}));

/** Runs in the browser, where nothing else of this file is. The first heading of a page is named like its file. */
function boostDocument(id) {
  const [, name, anchor] = /([^/]+)\.html#(.*)$/.exec(id) ?? [];
  return name !== undefined && name.toLowerCase() === anchor ? 8 : 1;
}

export default defineConfig({
  base: placeholder,
  lang: "en",
  title: "pulumi-gitlab-dynamic",
  description: "GitLab's integrations, webhooks, push rules, notification settings and projects as Pulumi resources.",
  // In the page itself: an address that is relative would mean another file after each change of the page.
  head: [["link", { rel: "icon", href: `data:image/svg+xml,${encodeURIComponent(icon)}` }]],
  srcDir: "pages",
  outDir: "dist",
  cacheDir: ".vitepress/cache",
  metaChunk: true,
  markdown: { theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" } },
  vite: { plugins: [relativeBase()], build: { chunkSizeWarningLimit: 2000 } },
  transformHtml: (html, id, { page }) => relativePage(html, page.replace(/\.md$/, ".html")),
  themeConfig: {
    nav: [
      { text: "Guides", link: "/first-hook", activeMatch: `^/(${guides.map(([, place]) => place).join("|")})` },
      { text: "Reference", link: "/reference/index", activeMatch: "^/reference/" },
      { text: "Troubleshooting", link: "/troubleshooting" },
    ],
    // No group can be folded: VitePress puts a button into a button for that, which not everybody can use.
    sidebar: {
      "/reference/": [{ text: "Reference", items: [allClasses] }, ...reference],
      "/": [
        { text: "Guides", items: guides.map(linked) },
        { text: "Reference", items: [...more.map(linked), allClasses] },
      ],
    },
    outline: { level: [2, 4] },
    search: {
      provider: "local",
      // A class counts for more than its arguments, of which many have the same name.
      options: {
        miniSearch: { searchOptions: { fuzzy: 0.2, prefix: true, boost: { title: 4, text: 2 }, boostDocument } },
      },
    },
    socialLinks: [{ icon: "github", link: repository, ariaLabel: "The repository" }],
    docFooter: { prev: "Before", next: "Next" },
    footer: { message: "Apache-2.0" },
  },
});
