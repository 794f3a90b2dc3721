/** The longest line, in characters, and the spaces of one step: what Prettier does without a configuration. */
const width = 80;
const step = "  ";
/** Up to this length, with its colon, a property's name stays on the line of its text: a break would gain too little. */
const shortName = step.length + 3;

/** A text as TypeScript, in the quotes that need fewer escapes. */
export function quoted(text: string): string {
  if (isMultiline(text)) return template(text);
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

function template(text: string): string {
  return `\`${text.replaceAll("\\", "\\\\").replaceAll("`", "\\`").replaceAll("${", "\\${")}\``;
}

/** A name of a property, in quotes where it needs them. */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

/** An expression in pieces, so that it can be broken over lines where it is too long for one. */
export type Expression =
  | { readonly kind: "word"; readonly text: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | { readonly kind: "setting"; readonly name: string }
  | { readonly kind: "map"; readonly entries: readonly (readonly [string, Expression])[] };

/**
 * One line of an object, with its comma; several where it is too long.
 *
 * @param indent the spaces before it
 */
export function property(name: string, value: Expression, indent: string): string[] {
  if (value.kind === "word" && value.text === name) return [`${indent}${name},`];
  return assigned(`${propertyName(name)}:`, value, indent, ",");
}

/**
 * A statement that makes an object of a class, whose last argument is an object literal.
 *
 * @param first the class and the arguments before the last
 * @param last the lines of the last argument, given the spaces before them
 */
export function construction(
  [name, ...first]: readonly [name: string, ...first: string[]],
  last: (indent: string) => readonly string[],
): string[] {
  const flat = `new ${[`${name}(${first[0] ?? ""}`, ...first.slice(1), "{"].join(", ")}`;
  if (flat.length <= width) return [flat, ...last(step), "});"];
  const broken = first.map((argument) => `${step}${argument},`);
  return [`new ${name}(`, ...broken, `${step}{`, ...last(step + step), `${step}},`, ");"];
}

/** The declaration of a constant. */
export function constant(name: string, value: Expression, indent = ""): string[] {
  return assigned(`const ${name} =`, value, indent, ";");
}

function assigned(left: string, value: Expression, indent: string, end: string): string[] {
  const inner = indent + step;
  const flat = `${indent}${left} ${flatOf(value)}${end}`;
  const fits = flat.length <= width;
  switch (value.kind) {
    case "word":
      return [flat];
    case "text":
      if (fits || isMultiline(value.text) || left.length <= shortName) return [flat];
      return [`${indent}${left}`, `${inner}${quoted(value.text)}${end}`];
    case "setting":
      if (fits) return [flat];
      return [`${indent}${left} config.requireSecret(`, `${inner}${quoted(value.name)},`, `${indent})${end}`];
    case "list":
      if (fits) return [flat];
      return [`${indent}${left} [`, ...value.items.map((item) => `${inner}${quoted(item)},`), `${indent}]${end}`];
    case "map": {
      const lines = value.entries.flatMap(([key, item]) => property(key, item, inner));
      return [`${indent}${left} {`, ...lines, `${indent}}${end}`];
    }
  }
}

function flatOf(value: Expression): string {
  switch (value.kind) {
    case "word":
      return value.text;
    case "text":
      return quoted(value.text);
    case "setting":
      return `config.requireSecret(${quoted(value.name)})`;
    case "list":
      return `[${value.items.map(quoted).join(", ")}]`;
    case "map":
      return "";
  }
}

/**
 * A comment, broken over lines at spaces.
 *
 * Line breaks and other control characters in the text become spaces, so that no text of GitLab's can end the comment.
 */
export function comment(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = `${indent}//`;
  for (const word of text
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, " ")
    .split(" ")
    .filter((part) => part !== "")) {
    const longer = `${line} ${word}`;
    if (longer.length > width && line !== `${indent}//`) {
      lines.push(line);
      line = `${indent}// ${word}`;
    } else line = longer;
  }
  return [...lines, line];
}
