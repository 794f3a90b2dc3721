/** Names of classes in brackets: `[[:alpha:]]`. */
// prettier-ignore
const posixClasses = [
  "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper", "word",
  "xdigit",
];

/** Unicode's general categories, under the only names that RE2 takes. */
// prettier-ignore
const categories = [
  "C", "Cc", "Cf", "Co", "Cs", "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me", "Mn", "N", "Nd", "Nl", "No", "P", "Pc",
  "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S", "Sc", "Sk", "Sm", "So", "Z", "Zl", "Zp", "Zs",
];

/** What other engines begin with `(?`, by what follows. */
const lacking: readonly (readonly [string, string])[] = [
  ["<=", "look-behind such as (?<=...)"],
  ["<!", "look-behind such as (?<!...)"],
  ["=", "look-ahead such as (?=...)"],
  ["!", "look-ahead such as (?!...)"],
  [">", "atomic groups such as (?>...)"],
  ["#", "comments such as (?#...)"],
  ["(", "conditions such as (?(1)...)"],
  ["|", "branch resets such as (?|...)"],
  ["P=", "back-references such as (?P=name)"],
  ["P>", "recursion such as (?P>name)"],
  ["R", "recursion such as (?R)"],
  ["&", "recursion such as (?&name)"],
];

/** The most that a part of a pattern may be repeated, repetitions of repetitions included. */
const mostRepetitions = 1000;

class SyntaxProblem extends Error {}

function fail(problem: string): never {
  throw new SyntaxProblem(problem);
}

/** What stands between two parentheses so far. */
interface Group {
  /** How often the last part is repeated, undefined where nothing stands that could be. */
  last: number | undefined;
  /** The most that any part is repeated. */
  most: number;
}

/**
 * What keeps a pattern from being a regular expression in RE2's syntax, which GitLab demands: it has no look-around and no
 * back-references, among others.
 *
 * @returns a part of a sentence, without any text of the pattern; undefined for what GitLab takes
 */
export function re2Problem(pattern: string): string | undefined {
  try {
    new Reader(pattern).read();
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxProblem) return error.message;
    throw error;
  }
}

/** Reads a pattern as RE2's own parser does, as far as it can fail. */
class Reader {
  readonly #text: readonly string[];
  readonly #names = new Set<string>();
  readonly #groups: Group[] = [{ last: undefined, most: 1 }];
  #at = 0;
  /** Whether the part just read is a repetition, which cannot be repeated without parentheses. */
  #wasRepetition = false;
  /** Whether no `:]` follows any more, so that a long pattern is not searched for it again and again. */
  #isPosixOver = false;

  constructor(pattern: string) {
    this.#text = Array.from(pattern);
  }

  read(): void {
    while (this.#at < this.#text.length) {
      const isRepetition = this.#readRepetition();
      if (!isRepetition) this.#readPart();
      this.#wasRepetition = isRepetition;
    }
    if (this.#groups.length > 1) fail("a ( has no )");
  }

  #readPart(): void {
    const char = this.#text[this.#at];
    this.#at += 1;
    if (char === "(") this.#open();
    else if (char === ")") this.#close();
    else if (char === "|") this.#group.last = undefined;
    else {
      if (char === "[") this.#readClass();
      else if (char === "\\" && this.#readQuoted()) return;
      else if (char === "\\") this.#readEscape();
      this.#group.last = 1;
    }
  }

  get #group(): Group {
    return this.#groups.at(-1) ?? fail("a ) has no (");
  }

  #has(text: string): boolean {
    for (let index = 0; index < text.length; index += 1) {
      if (this.#text[this.#at + index] !== text[index]) return false;
    }
    return true;
  }

  /** The text up to an end, which is passed over; undefined where there is none. */
  #until(end: string): string | undefined {
    const from = this.#at;
    for (; this.#at < this.#text.length; this.#at += 1) {
      if (!this.#has(end)) continue;
      const found = this.#text.slice(from, this.#at).join("");
      this.#at += end.length;
      return found;
    }
    this.#at = from;
    return undefined;
  }

  #open(): void {
    if (this.#has("?")) {
      this.#at += 1;
      const found = lacking.find(([start]) => this.#has(start));
      if (found) fail(`RE2 has no ${found[1]}`);
      if (this.#has("P<") || this.#has("<")) this.#readName();
      else if (!this.#readFlags()) return;
    }
    this.#groups.push({ last: undefined, most: 1 });
  }

  #readName(): void {
    this.#at += this.#has("<") ? 1 : 2;
    const name = this.#until(">");
    if (name === undefined || !/^[\p{L}\p{M}\p{N}\p{Pc}]+$/u.test(name)) {
      fail("the name of a group must be of letters, digits and _, in < and >");
    }
    if (this.#names.has(name)) fail("two groups have the same name");
    this.#names.add(name);
  }

  /** Whether a group begins, and not only other flags for what follows. */
  #readFlags(): boolean {
    const rest = this.#text.slice(this.#at, this.#at + 16).join("");
    const [flags, end] = /^(?:[imsU]*|[imsU]*-[imsU]+)([:)])/.exec(rest) ?? fail("RE2 has no flags but i, m, s and U");
    this.#at += flags.length;
    return end === ":";
  }

  #close(): void {
    const { most } = this.#groups.pop() ?? fail("a ) has no (");
    const outer = this.#groups.at(-1) ?? fail("a ) has no (");
    outer.last = most;
    outer.most = Math.max(outer.most, most);
  }

  #readRepetition(): boolean {
    const times = this.#readTimes();
    if (times === undefined) return false;
    const group = this.#group;
    if (this.#wasRepetition) fail("a repetition such as * or + follows another one; RE2 has no possessive ones");
    if (group.last === undefined) fail("a repetition such as * or + has nothing before it");
    if (this.#has("?")) this.#at += 1;
    group.last *= times;
    if (group.last > mostRepetitions) fail("RE2 repeats nothing more than 1,000 times");
    group.most = Math.max(group.most, group.last);
    return true;
  }

  /** By how much a repetition makes a pattern larger; undefined where none stands. */
  #readTimes(): number | undefined {
    if (this.#has("*") || this.#has("+") || this.#has("?")) {
      this.#at += 1;
      return 1;
    }
    if (!this.#has("{")) return undefined;
    const rest = this.#text.slice(this.#at, this.#at + 64).join("");
    const [whole, low, comma, high] = /^\{(0|[1-9]\d*)(,?)(0|[1-9]\d*)?\}/.exec(rest) ?? [];
    // Anything else in braces means itself.
    if (whole === undefined || (comma === "" && high !== undefined)) return undefined;
    this.#at += whole.length;
    const least = Number(low);
    const most = high === undefined ? least : Number(high);
    if (most < least) fail("the numbers of a repetition in braces are in the wrong order");
    if (most > mostRepetitions) fail("RE2 repeats nothing more than 1,000 times");
    return Math.max(1, most);
  }

  /** Whether `\Q` begins a text that means itself up to `\E`. */
  #readQuoted(): boolean {
    if (!this.#has("Q")) return false;
    this.#at += 1;
    const from = this.#at;
    const quoted = this.#until("\\E");
    if (quoted === undefined) this.#at = this.#text.length;
    if (quoted !== "" && this.#at > from) this.#group.last = 1;
    return true;
  }

  /** Outside of brackets, after a backslash. */
  #readEscape(): void {
    const char = this.#text[this.#at];
    if (char !== undefined && "AbBzCdDsSwW".includes(char)) this.#at += 1;
    else if (char === "p" || char === "P") this.#readProperty();
    else this.#readCharacter();
  }

  #readProperty(): void {
    this.#at += 1;
    let name = this.#text[this.#at] ?? fail("a pattern cannot end in \\p");
    this.#at += 1;
    if (name === "{") name = (this.#until("}") ?? fail("a \\p{ has no }")).replace(/^\^/, "");
    if (!categories.includes(name) && name !== "Any" && !isScript(name)) {
      fail("a \\p does not name a category or script of Unicode as RE2 does");
    }
  }

  /** After a backslash: what stands for one character. @returns its number */
  #readCharacter(): number {
    const char = this.#text[this.#at] ?? fail("a pattern cannot end in a backslash");
    this.#at += 1;
    const rest = this.#text.slice(this.#at, this.#at + 10).join("");
    const [digits] = (char === "0" ? /^[0-7]{0,2}/ : /^(?=[0-7])[0-7]{1,2}/).exec(rest) ?? [];
    if (/[0-7]/.test(char) && digits !== undefined) {
      this.#at += digits.length;
      return Number.parseInt(char + digits, 8);
    }
    if (/\d/.test(char) || char === "k") fail("RE2 has no back-references such as \\1");
    if (char === "x") return this.#readHex(rest);
    const control = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 }[char];
    if (control !== undefined) return control;
    if (/[A-Za-z\u0080-\u{10ffff}]/u.test(char)) fail("a backslash stands before a letter that means nothing to RE2");
    return char.charCodeAt(0);
  }

  #readHex(rest: string): number {
    const [whole, short, long] = /^(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]+)\})/.exec(rest) ?? [];
    const code = Number.parseInt(short ?? long ?? "", 16);
    if (whole === undefined || code > 0x10ffff)
      fail("\\x must have two hex digits, or the number of a character in braces");
    this.#at += whole.length;
    return code;
  }

  #readClass(): void {
    if (this.#has("^")) this.#at += 1;
    for (let isFirst = true; isFirst || !this.#has("]"); isFirst = false) {
      if (this.#at >= this.#text.length) fail("a [ has no ]");
      this.#readClassPart();
    }
    this.#at += 1;
  }

  #readClassPart(): void {
    if (!this.#isPosixOver && this.#has("[:") && this.#readPosix()) return;
    if (this.#has("\\p") || this.#has("\\P")) {
      this.#at += 1;
      this.#readProperty();
    } else if (["\\d", "\\D", "\\s", "\\S", "\\w", "\\W"].some((text) => this.#has(text))) {
      this.#at += 2;
    } else {
      this.#readRange();
    }
  }

  #readPosix(): boolean {
    const from = this.#at;
    this.#at += 2;
    const name = this.#until(":]");
    if (name === undefined) {
      this.#at = from;
      this.#isPosixOver = true;
    } else if (!posixClasses.includes(name.replace(/^\^/, ""))) fail("a class in [: and :] does not exist in RE2");
    return name !== undefined;
  }

  #readRange(): void {
    const low = this.#readClassCharacter();
    const next = this.#text[this.#at + 1];
    if (!this.#has("-") || next === undefined || next === "]") return;
    this.#at += 1;
    if (this.#readClassCharacter() < low) fail("a range in brackets is in the wrong order");
  }

  #readClassCharacter(): number {
    const char = this.#text[this.#at] ?? fail("a [ has no ]");
    this.#at += 1;
    return char === "\\" ? this.#readCharacter() : (char.codePointAt(0) ?? 0);
  }
}

function isScript(name: string): boolean {
  try {
    return /^\w+$/.test(name) && new RegExp(`\\p{Script=${name}}`, "u").source !== "";
  } catch {
    return false;
  }
}
