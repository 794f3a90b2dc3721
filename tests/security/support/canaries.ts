import type { Definition } from "../../../provider/core/definition";
import { fieldsOf, type FieldInfo, type Scope } from "../../../provider/core/schema";
import type { Props } from "../../contract/support/managed-resource";
import { sampleOf, settable } from "../../contract/support/samples";

/** A secret that is found again wherever it goes. */
export interface Canary {
  /** `integrations.Slack.webhook`. */
  readonly field: string;
  readonly value: string;
  /** Pieces that stand nowhere else; each is a leak by itself. */
  readonly needles: readonly string[];
  /** Whether the package knows the field as a secret; of others, only the program can. */
  readonly known: boolean;
}

let count = 0;

/** A text in two halves, with characters between them that every encoding writes in another way. */
function canaryText(): string {
  const number = String(++count).padStart(5, "0");
  return `canaryleft${number}xq/?&"<é>'#{ }+canaryright${number}xq`;
}

/** The same for fields of some form: a letter word that fits into addresses, names and tags. */
function canaryWord(): string {
  return `canaryword${String(++count).padStart(5, "0")}xq`;
}

/** A value of a field that no other field has. */
function valueOf(definition: Definition, info: FieldInfo): unknown {
  if (info.type === "map") return { "X-Canary": canaryText(), Second: canaryText() };
  if (info.type === "list") return [canaryText()];
  if (info.type !== "text") return sampleOf(definition, info, 0);
  const word = canaryWord();
  // GitLab splits recipients at white space, and takes few signs in IDs of services.
  const special: Readonly<Record<string, string>> = {
    recipients: `irc://irc.example.com/#${word}`,
    jiraCloudAppServiceIds: word,
  };
  const forms = [
    special[info.name] ?? canaryText(),
    `https://discord.com/api/webhooks/1/${word}`,
    `https://${word}.example.com/path/${word}-of-the-key?key=${word}&a=%2F`,
    `https://${word}.example.com/issues/:id`,
    `${word}@example.com`,
    word,
    `${word}:value`,
  ];
  return forms.find((form) => info.schema.safeParse(form).success) ?? sampleOf(definition, info, 0);
}

/** Every text in a value, at any depth. */
export function* textsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "object" && value !== null) for (const item of Object.values(value)) yield* textsIn(item);
}

/** The pieces of a text that tell it: the halves of a canary, else every long line, as of a private key. */
function needlesOf(text: string): string[] {
  const words = text.match(/canary(?:left|right|word)\d{5}xq/gi);
  return words
    ? [...new Set(words)]
    : text.split(/\r?\n|\\n/).filter((line) => line.length >= 24 && !line.startsWith("-----"));
}

/** Arguments with a canary in every field that can hold one, and the canaries. */
export function plant(definition: Definition, scope: Scope): { args: Props; canaries: Canary[] } {
  const canaries: Canary[] = [];
  const infos = settable(definition, scope);
  const args = Object.fromEntries(
    infos.map((info) => {
      const value = valueOf(definition, info);
      for (const text of textsIn(value)) {
        const needles = needlesOf(text);
        const isOwn = info.secret || needles.some((needle) => needle.startsWith("canary"));
        if (isOwn && needles.length > 0 && info.type !== "enum")
          canaries.push({ field: `${definition.name}.${info.name}`, value: text, needles, known: info.secret });
      }
      return [info.name, value];
    }),
  );
  return { args, canaries };
}

/** How many secret fields a definition has at a scope, to be compared with what was planted. */
export function secretFields(definition: Definition, scope: Scope): string[] {
  return [...fieldsOf(definition.fields).values()]
    .filter(({ secret, meta, access }) => secret && access !== "local" && (meta.scopes ?? [scope]).includes(scope))
    .map(({ name }) => `${definition.name}.${name}`);
}

/** The ways in which a server may write a text that it repeats. */
export const spellings: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => JSON.stringify(text).slice(1, -1),
  encodeURIComponent,
  (text) =>
    encodeURIComponent(text)
      .replace(/%../g, (code) => code.toLowerCase())
      .replaceAll("%20", "+"),
  (text) => Buffer.from(text).toString("base64"),
  (text) => Buffer.from(text).toString("base64url"),
  (text) =>
    text
      .replace(/&/g, "&amp;")
      .replace(/</g, "&lt;")
      .replace(/>/g, "&gt;")
      .replace(/"/g, "&quot;")
      .replace(/'/g, "&#39;"),
  (text) =>
    `{"${JSON.stringify(text)
      .slice(1, -1)
      .replace(/#(?=[{$@])/g, "\\#")}"=>["is invalid"]}`,
];

/** The words that fields hold, which one pass over a text finds whatever their number. */
const words = /canary(?:left|right|word)\d{5}xq/gi;

/** What a piece looks like in base64, wherever in the encoded text it begins: all but what its neighbours decide. */
function encodings(piece: string): string[] {
  const bytes = Buffer.from(piece);
  return [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    const whole = (shift + bytes.length) % 3 === 0;
    return encoded.slice([0, 2, 3][shift], whole ? undefined : -1);
  });
}

const encodedWord = new RegExp(encodings("canary").join("|"));

/** What a text says in base64. A text without the beginning of a word is not decoded. */
function decoded(text: string): string[] {
  if (!encodedWord.test(text)) return [];
  const runs = (text.match(/[A-Za-z0-9+/_-]{20,}/g) ?? []).filter((run) => encodedWord.test(run));
  return runs.flatMap((run) => [0, 1, 2, 3].map((shift) => Buffer.from(run.slice(shift), "base64").toString("latin1")));
}

/** Looks for canaries in everything that a run leaves, and keeps count. */
export class Scanner {
  readonly #canaries: Canary[] = [];
  /** The fields of words. */
  readonly #words = new Map<string, string>();
  /** The fields of pieces that are no words, as lines of private keys, in clear and in base64. */
  readonly #pieces = new Map<string, string>();
  readonly hits: string[] = [];
  places = 0;

  add(canaries: readonly Canary[]): void {
    this.#canaries.push(...canaries);
    for (const { needles, field } of canaries) {
      for (const needle of needles) {
        if (needle.search(words) === 0) this.#words.set(needle.toLowerCase(), field);
        else for (const piece of [needle, ...encodings(needle)]) this.#pieces.set(piece, field);
      }
    }
  }

  get planted(): number {
    return this.#canaries.length;
  }

  get fields(): ReadonlySet<string> {
    return new Set(this.#canaries.map(({ field }) => field));
  }

  /** Notes every canary that stands in a text, by the field it belongs to and the place. */
  scan(place: string, text: string): void {
    this.places += 1;
    for (const reading of [text, ...decoded(text)]) {
      for (const { 0: word, index } of reading.matchAll(words)) {
        this.#note(this.#words.get(word.toLowerCase()), place, reading, index);
      }
      for (const [piece, field] of this.#pieces) {
        const at = reading.indexOf(piece);
        if (at >= 0) this.#note(field, place, reading, at);
      }
    }
  }

  #note(field: string | undefined, place: string, text: string, at: number): void {
    if (field !== undefined) this.hits.push(`${field} in ${place}: ${excerpt(text, at)}`);
  }
}

function excerpt(text: string, at: number): string {
  return text.slice(Math.max(0, at - 60), at + 30).replace(/\s+/g, " ");
}
