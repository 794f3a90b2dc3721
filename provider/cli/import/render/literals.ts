import { bracketed, concat, group, hardline, indent, join, line, type Doc } from "./doc";

/** The spaces of one step. Up to this length and a bit, a property's name stays on the line of its text. */
const shortName = 5;
const width = 80;

/** A text as TypeScript, in the quotes that need fewer escapes. */
export function quoted(text: string): string {
  if (isMultiline(text)) return `\`${templateText(text)}\``;
  const double = JSON.stringify(text);
  const [doubles, singles] = [count(text, '"'), count(text, "'")];
  if (doubles <= singles) return double;
  return `'${double.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

/** Lines read best as lines; other control characters stay visible as escapes. */
function isMultiline(text: string): boolean {
  return text.includes("\n") && !/[^\P{C}\n]/u.test(text);
}

/** A text as a part of a template. */
export function templateText(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("`", "\\`").replaceAll("${", "\\${");
}

/** A name of a property, in quotes where it needs them. */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

/** A text after a name and a colon or an equals sign: on a line of its own where it is too long for theirs. */
export function assignedText(left: string, text: string): Doc {
  const right = quoted(text);
  if (isMultiline(text) || left.length <= shortName) return `${left} ${right}`;
  return group(concat(left, indent(concat(line, right))));
}

/** An object: in one line if it fits, or a line for each property. */
export function objectOf(properties: readonly Doc[], { broken = false }: { broken?: boolean } = {}): Doc {
  return group(bracketed("{", properties, "}", line), { broken: broken && properties.length > 0 });
}

/** A call with one argument. */
export function call(callee: string, argument: Doc): Doc {
  return group(bracketed(`${callee}(`, [argument], ")"));
}

/** A list of texts. */
export function listOf(texts: readonly string[]): Doc {
  return group(bracketed("[", texts.map(quoted), "]"));
}

/**
 * A comment, broken over lines at spaces.
 *
 * Line breaks and other control characters in the text become spaces, so that no text of GitLab's can end the comment.
 */
export function comment(text: string): Doc {
  const lines: string[] = [];
  let current = "//";
  for (const word of oneLine(text).split(" ")) {
    const longer = `${current} ${word}`;
    if (longer.length > width && current !== "//") {
      lines.push(current);
      current = `// ${word}`;
    } else current = longer;
  }
  return join(hardline, [...lines, current]);
}

/** A text without line breaks and other control characters. */
export function oneLine(text: string): string {
  return text.replace(/[\p{C}\p{Z}]+/gu, " ").trim();
}
