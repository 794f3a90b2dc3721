/** The longest line, in characters, and the spaces of one step: what Prettier does without a configuration. */
const width = 80;
const step = "  ";

/**
 * A piece of a program that can be laid out in one line or in several, as Prettier does it.
 *
 * - `concat`: one piece after another.
 * - `group`: in one line if it fits there, and nothing in it demands a break.
 * - `indent`: lines that begin in it stand one step further in.
 * - `line`: a line break, or `flat` where its group is in one line. A `hard` one breaks every group around it.
 * - `broken`: a text for groups in several lines alone, such as the comma after the last item.
 * - `suffix`: a text for the end of the line, such as a comment.
 */
export type Doc =
  | string
  | { readonly kind: "concat"; readonly parts: readonly Doc[] }
  | { readonly kind: "group"; readonly content: Doc; readonly isBroken: boolean }
  | { readonly kind: "indent"; readonly content: Doc }
  | { readonly kind: "line"; readonly flat: string; readonly isHard: boolean }
  | { readonly kind: "broken"; readonly text: string }
  | { readonly kind: "suffix"; readonly text: string };

/** A space, or a line break. */
export const line: Doc = { kind: "line", flat: " ", isHard: false };
/** Nothing, or a line break. */
export const softline: Doc = { kind: "line", flat: "", isHard: false };
/** A line break. */
export const hardline: Doc = { kind: "line", flat: "", isHard: true };
/** The comma after the last item of a list in several lines. */
export const lastComma: Doc = { kind: "broken", text: "," };

/** One piece after another. */
export function concat(...parts: readonly Doc[]): Doc {
  return { kind: "concat", parts };
}

/** A piece that is in one line if it fits there, unless it is to be `broken` anyway. */
export function group(content: Doc, { broken = false }: { broken?: boolean } = {}): Doc {
  return { kind: "group", content, isBroken: broken || demandsBreak(content) };
}

/** A piece whose lines stand one step further in. */
export function indent(content: Doc): Doc {
  return { kind: "indent", content };
}

/** A comment at the end of the line, which breaks the groups around it. */
export function suffix(text: string): Doc {
  return { kind: "suffix", text };
}

/** Pieces with a separator between them. */
export function join(separator: Doc, parts: readonly Doc[]): Doc {
  return concat(...parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part])));
}

/** Pieces between brackets: in one line, or a line each. */
export function bracketed(open: string, parts: readonly Doc[], close: string, padding: Doc = softline): Doc {
  if (parts.length === 0) return open + close;
  return concat(open, indent(concat(padding, join(concat(",", line), parts))), lastComma, padding, close);
}

function demandsBreak(doc: Doc): boolean {
  if (typeof doc === "string") return doc.includes("\n");
  switch (doc.kind) {
    case "concat":
      return doc.parts.some(demandsBreak);
    case "group":
      return doc.isBroken;
    case "indent":
      return demandsBreak(doc.content);
    case "line":
      return doc.isHard;
    case "broken":
      return false;
    case "suffix":
      return true;
  }
}

interface Piece {
  readonly doc: Doc;
  readonly depth: number;
  readonly isFlat: boolean;
}

/** Lays a piece out. */
export function printed(doc: Doc): string {
  const out: string[] = [];
  const suffixes: string[] = [];
  const pending: Piece[] = [{ doc, depth: 0, isFlat: false }];
  let column = 0;
  const write = (text: string) => {
    out.push(text);
    column = text.includes("\n") ? text.length - text.lastIndexOf("\n") - 1 : column + text.length;
  };
  for (let piece = pending.pop(); piece; piece = pending.pop()) {
    const { doc: current, depth, isFlat } = piece;
    if (typeof current === "string") write(current);
    else if (current.kind === "suffix") suffixes.push(current.text);
    else if (current.kind === "line" && !isFlat) {
      write(suffixes.splice(0).join(""));
      write(`\n${step.repeat(depth)}`);
    } else pending.push(...opened(current, piece, width - column, pending));
  }
  write(suffixes.join(""));
  // An empty line has no spaces.
  return out.join("").replace(/^ +$/gm, "");
}

/** What a piece consists of, the last part first. */
function opened(doc: Exclude<Doc, string>, piece: Piece, room: number, rest: readonly Piece[]): Piece[] {
  const { depth, isFlat } = piece;
  switch (doc.kind) {
    case "concat":
      return doc.parts.map((part) => ({ doc: part, depth, isFlat })).reverse();
    case "group": {
      const inner = { doc: doc.content, depth, isFlat: true };
      return [isFlat || (!doc.isBroken && fits(inner, room, rest)) ? inner : { ...inner, isFlat: false }];
    }
    case "indent":
      return [{ doc: doc.content, depth: depth + 1, isFlat }];
    case "line":
      return [{ doc: doc.flat, depth, isFlat }];
    case "broken":
      return isFlat ? [] : [{ doc: doc.text, depth, isFlat }];
    case "suffix":
      return [];
  }
}

/** Whether a piece and what follows it up to the next possible break have room in the line. */
function fits(first: Piece, room: number, rest: readonly Piece[]): boolean {
  const pending = [first];
  let [left, next] = [room, rest.length];
  while (left >= 0) {
    const piece = pending.pop() ?? rest[--next];
    if (!piece) return true;
    const { doc, isFlat, depth } = piece;
    if (typeof doc === "string") {
      if (doc.includes("\n")) return left >= doc.indexOf("\n");
      left -= doc.length;
    } else if (doc.kind === "line") {
      if (!isFlat) return true;
      left -= doc.flat.length;
    } else if (doc.kind === "concat") {
      for (const part of [...doc.parts].reverse()) pending.push({ doc: part, depth, isFlat });
    } else if (doc.kind === "group") pending.push({ doc: doc.content, depth, isFlat: isFlat && !doc.isBroken });
    else if (doc.kind === "indent") pending.push({ doc: doc.content, depth, isFlat });
    else if (doc.kind === "broken" && !isFlat) left -= doc.text.length;
  }
  return false;
}
