// Makes a site of VitePress work from any folder of a web server. VitePress writes addresses that begin with the folder
// the site will lie in. Here they are built with a folder that nobody has, and every place where its name comes out is
// replaced: in pages by the way up to the top, in scripts by the folder that the page was loaded from, in style sheets by
// their own folder.

/** The folder that the site is built for. */
export const placeholder = "/__site__/";

const variable = "globalThis.__siteBase";

/** A Vite plugin for the scripts and style sheets of the browser. */
export function relativeBase() {
  return {
    name: "relative-base",
    enforce: "post",
    apply: (_, { isSsrBuild }) => !isSsrBuild,
    generateBundle(options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === "chunk") file.code = withVariable(file.code, (code) => this.parse(code));
        else if (file.fileName.endsWith(".css")) {
          file.source = String(file.source).replaceAll(`${placeholder}assets/`, "./");
        }
      }
    },
  };
}

/** Every text of a script in which the placeholder stands, put together from its parts and the variable. */
function withVariable(code, parse) {
  if (!code.includes(placeholder)) return code;
  const changes = [];
  visit(parse(code), (node) => {
    if (node.type === "Literal" && typeof node.value === "string" && node.value.includes(placeholder)) {
      const pieces = node.value.split(placeholder).map((piece) => JSON.stringify(piece));
      changes.push({ ...rangeOf(node), text: `(${pieces.join(`+${variable}+`)})` });
    } else if (node.type === "TemplateElement" && node.value.raw.includes(placeholder)) {
      changes.push({ ...rangeOf(node), text: node.value.raw.replaceAll(placeholder, `\${${variable}}`) });
    }
  });
  changes.sort((a, b) => b.start - a.start);
  return changes.reduce((text, { start, end, text: next }) => text.slice(0, start) + next + text.slice(end), code);
}

function rangeOf({ start, end }) {
  return { start, end };
}

function visit(node, see) {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, see);
    return;
  }
  if (typeof node !== "object" || node === null || typeof node.type !== "string") return;
  see(node);
  for (const value of Object.values(node)) if (typeof value === "object") visit(value, see);
}

/**
 * A page of the site with addresses that hold wherever it lies.
 *
 * @param {string} html the page as VitePress wrote it
 * @param {string} page its file below the top: `reference/index.html`
 */
export function relativePage(html, page) {
  const up = "../".repeat(page.split("/").length - 1) || "./";
  const script = `<script>${variable}=new URL(${JSON.stringify(up)},location.href).pathname</script>`;
  return (
    html
      .replace("<head>", `<head>\n    ${script}`)
      // A folder's own address shows its list of files where no server looks for an index.
      .replaceAll(`href="${placeholder}"`, `href="${up}index.html"`)
      // A class of each page is made from its address, of which no style sheet knows.
      .replaceAll("___site___", "_")
      .replaceAll(placeholder, up)
  );
}

/** The script with what all pages share, which VitePress writes as JSON in a text. */
export function relativeData(code) {
  const json = /JSON\.parse\(("(?:[^"\\]|\\.)*")\)/g;
  return code.replace(json, (_, text) => `JSON.parse(${text}.replaceAll("${placeholder}",${variable}))`);
}
