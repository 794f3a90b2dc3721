// Draws what a command printed as an SVG that looks the same everywhere: a dark terminal, whatever the page around it.

const [size, lineHeight, padding, bar] = [13, 19, 18, 34];
const charWidth = 0.602 * size;
const colours = {
  back: "#16181d",
  edge: "#30343d",
  text: "#d7dae0",
  dim: "#9097a3",
  green: "#7ee2a0",
  yellow: "#f2cc60",
  blue: "#8cb8ff",
};

/**
 * The text of an SVG.
 *
 * @param {{ command: string, lines: readonly string[], title: string }} picture what was typed, what was printed, and
 *   what the picture shows, for those who cannot see it
 */
export function terminalPicture({ command, lines, title }) {
  const all = [`$ ${command}`, ...lines];
  const width = Math.ceil(Math.max(...all.map((line) => line.length)) * charWidth + 2 * padding);
  const height = bar + all.length * lineHeight + padding;
  const texts = all.map((line, index) => textOf(line, bar + (index + 1) * lineHeight - 5));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">`,
    `<title id="title">${escaped(title).replaceAll("\u00a0", " ")}</title>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="${colours.back}" stroke="${colours.edge}"/>`,
    ...[0, 1, 2].map((dot) => `<circle cx="${padding + 5 + dot * 18}" cy="18" r="5" fill="${colours.edge}"/>`),
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${size}">`,
    ...texts,
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

function textOf(line, y) {
  const spans = partsOf(line).map(
    ({ text, colour, bold }) =>
      `<tspan fill="${colours[colour]}"${bold ? ' font-weight="bold"' : ""}>${escaped(text)}</tspan>`,
  );
  // The length is given, so that a font of another width does not push the line out of the picture.
  const length = line === "" ? "" : ` textLength="${(line.length * charWidth).toFixed(1)}"`;
  return `<text x="${padding}" y="${y}"${length} lengthAdjust="spacingAndGlyphs">${spans.join("")}</text>`;
}

/** A line in pieces of one colour each. */
function partsOf(line) {
  if (line.startsWith("$ ")) return [part("$ ", "dim"), part(line.slice(2), "text", true)];
  if (/^\s*\[urn=/.test(line)) return [part(line, "dim")];
  if (/^\s*\+ /.test(line)) return [part(line, "green", /\(create\)|to create/.test(line))];
  if (/^\S.*:$/.test(line)) return [part(line, "blue", true)];
  return line.split(/(\[secret\])/).map((text) => part(text, text === "[secret]" ? "yellow" : "text"));
}

function part(text, colour, bold = false) {
  return { text, colour, bold };
}

/** Text for an SVG. Its spaces do not break, since viewers put several ordinary ones together. */
function escaped(text) {
  const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", " ": "\u00a0" };
  return text.replace(/[&<>" ]/g, (character) => entities[character]);
}
