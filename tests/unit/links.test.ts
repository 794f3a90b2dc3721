import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import * as path from "node:path";

const root = path.resolve(__dirname, "../..");
const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
  readonly files: readonly string[];
  readonly homepage: string;
  readonly bugs: string;
  readonly repository: { readonly url: string };
};
const repository = manifest.repository.url.replace(/^git\+/, "").replace(/\.git$/, "");
const raw = `${repository.replace("https://github.com/", "https://raw.githubusercontent.com/")}/main/`;

const documents = ["", "docs", "docs/images", "sandbox", ...foldersIn("examples")].flatMap((folder) =>
  readdirSync(path.join(root, folder))
    .filter((file) => file.endsWith(".md"))
    .map((file) => path.posix.join(folder, file)),
);

function foldersIn(folder: string): string[] {
  const entries = readdirSync(path.join(root, folder), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => `${folder}/${entry.name}`);
}

/** A document without its code, in which nothing is a link. */
function prose(document: string): string {
  const text = readFileSync(path.join(root, document), "utf8");
  return text.replace(/^(`{3,})[^]*?^\1/gm, "").replace(/(?<!`)`[^`\n]+`(?!`)/g, "code");
}

function linksIn(document: string): string[] {
  const text = prose(document);
  const patterns = [
    /\]\(\s*<?([^)>\s]+)>?(?:\s+"[^"]*")?\s*\)/g,
    /^\s*\[[^\]]+\]:\s*<?(\S+?)>?$/gm,
    /<(https?:[^>]+)>/g,
    /\b(?:href|src)="([^"]*)"/g,
  ];
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, target = ""]) => target));
}

/** The anchors of a document as GitHub makes them out of headings. */
function anchorsIn(document: string): Set<string> {
  const anchors = new Set<string>();
  const text = readFileSync(path.join(root, document), "utf8").replace(/^(`{3,})[^]*?^\1/gm, "");
  for (const [, heading = ""] of text.matchAll(/^#+ (.*)$/gm)) {
    const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll("`", "");
    const base = words
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-");
    let anchor = base;
    for (let count = 1; anchors.has(anchor); count++) anchor = `${base}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** The file of the repository that a link of a document leads to, or undefined for one that leads to another place. */
function targetOf(document: string, link: string): { readonly file: string; readonly anchor: string } | undefined {
  const [address = "", anchor = ""] = link.split("#");
  const [place = ""] = address.split("?");
  if (place.startsWith(raw)) return { file: place.slice(raw.length), anchor };
  const inRepository = /^\/(?:blob|tree)\/main\/(.*)$/.exec(
    place.startsWith(repository) ? place.slice(repository.length) : "",
  );
  if (inRepository) return { file: inRepository[1] ?? "", anchor };
  if (/^[a-z]+:/.test(place)) return undefined;
  return { file: place === "" ? document : path.posix.join(path.posix.dirname(document), place), anchor };
}

/** What is wrong with a link, or undefined. */
function problemOf(document: string, link: string): string | undefined {
  const target = targetOf(document, link);
  if (!target) {
    if (!link.startsWith("https://")) return `${link}: is no https address`;
    return link.startsWith(`${repository}/`) ? `${link}: no file of the branch main` : undefined;
  }
  const file = path.join(root, target.file);
  if (!existsSync(file)) return `${link}: there is no ${target.file}`;
  const isFolder = statSync(file).isDirectory();
  if (link.includes("/blob/main/") && isFolder) return `${link}: a folder needs /tree/`;
  if (link.includes("/tree/main/") && !isFolder) return `${link}: a file needs /blob/`;
  if (target.anchor === "") return undefined;
  const isThere = target.file.endsWith(".md") && anchorsIn(target.file).has(target.anchor);
  return isThere ? undefined : `${link}: ${target.file} has no such heading`;
}

test.each(documents)("every link of %s leads somewhere", (document) => {
  const problems = linksIn(document).map((link) => problemOf(document, link));
  expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
});

test("the README has links, and those that are relative lead to files of the package", () => {
  const links = linksIn("README.md");
  expect(links.length).toBeGreaterThan(20);
  const relative = links.filter((link) => !/^(?:[a-z]+:|#)/.test(link));
  expect(relative.filter((link) => !manifest.files.includes(link.split("#")[0] ?? ""))).toEqual([]);
});

test("the package says where its repository, its page and its issues are", () => {
  expect(repository).toMatch(/^https:\/\/github\.com\/[\w-]+\/pulumi-gitlab-dynamic$/);
  expect(manifest.homepage).toBe(`${repository}#readme`);
  expect(manifest.bugs).toBe(`${repository}/issues`);
});

test.each([
  ["no-such-file.md", "there is no no-such-file.md"],
  ["SECURITY.md#no-such-heading", "no such heading"],
  [`${repository}/blob/main/docs/no-such-page.md`, "there is no docs/no-such-page.md"],
  [`${repository}/blob/main/docs`, "a folder needs /tree/"],
  [`${repository}/wiki`, "no file of the branch main"],
  [`${raw}docs/images/no-such-picture.svg?sanitize=true`, "there is no docs/images"],
  ["http://gitlab.example", "is no https address"],
])("a link to %s would be found", (link, problem) => {
  expect(problemOf("README.md", link)).toContain(problem);
});
