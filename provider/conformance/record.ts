import { isObject } from "../core/json";
import { anonymousError, anonymousFields, SentValues, type AnonymousFields } from "./anonymize";
import { engineSubject, runSubject, type Call } from "./observer";
import type { Run } from "./run";

/** What an answer was, and what it said. */
export interface RecordedAnswer {
  /** `json`, or what came in its place: `page` is HTML. */
  readonly form: "json" | "page" | "text" | "empty" | "none";
  /** A refusal's texts. */
  readonly error?: string;
  readonly fields?: AnonymousFields;
}

/** One request of a run, with nothing in it of whoever runs the GitLab. */
export interface RecordedCall {
  /** `integrations.Slack in a project`, or `the run`. */
  readonly subject: string;
  readonly step: string;
  /** `PUT /projects/:id/integrations/slack`. */
  readonly request: string;
  /** 0 where no answer came. */
  readonly status: number;
  /** Names of the parameters that were sent. */
  readonly sent: readonly string[];
  readonly answer: RecordedAnswer;
  /** Tenths of a second that it took. */
  readonly tenths: number;
}

/** What a run asked and was answered. */
export interface Recording {
  readonly version: string;
  readonly edition: string;
  readonly calls: readonly RecordedCall[];
}

/** A run as a recording: no name, no token and no address of the GitLab is in it. */
export function recordingOf({ calls, facts, names }: Run): Recording {
  const { version, edition } = facts.instance;
  const sentFor = new Map<string, SentValues>();
  return {
    version,
    edition,
    calls: calls.filter(isAboutClasses).map((call) => {
      const sent = sentFor.get(call.subject) ?? new SentValues(names);
      sentFor.set(call.subject, sent);
      return recorded(call, sent);
    }),
  };
}

/** What is asked first is about the user and the user's groups, and programs send the same requests in any order. */
function isAboutClasses({ subject, step }: Call): boolean {
  return subject !== engineSubject && !(subject === runSubject && (step === "ask" || step === "look"));
}

function recorded(call: Call, sent: SentValues): RecordedCall {
  const { subject, step, method, path, outcome } = call;
  const body = parsed(call.sent ?? "");
  if (method !== "GET") sent.note(body);
  return {
    subject,
    step,
    request: `${method} ${template(path)}`,
    status: outcome.status ?? 0,
    sent: isObject(body) ? Object.keys(body) : [],
    answer: answerOf(outcome.status, outcome.text, sent),
    tenths: Math.round(outcome.elapsed / 100),
  };
}

function answerOf(status: number | undefined, text: string, sent: SentValues): RecordedAnswer {
  if (status === undefined) return { form: "none" };
  if (text.trim() === "") return { form: "empty" };
  if (/^\s*</.test(text)) return { form: "page" };
  const answer = parsed(text);
  if (answer === undefined) return { form: "text", ...(status >= 400 ? { error: anonymousError(text, sent) } : {}) };
  if (status >= 400) return { form: "json", error: anonymousError(answer, sent) };
  return { form: "json", fields: anonymousFields(answer, sent) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A path without numbers and names. */
function template(path: string): string {
  const parts = path.split("/");
  return parts
    .map((part, index) => {
      if (/^\d+$/.test(part)) return ":id";
      const isName =
        part.includes("%") || (index === 2 && /^(?:projects|groups|users|namespaces)$/.test(parts[1] ?? ""));
      return isName ? ":path" : part;
    })
    .join("/");
}

/**
 * A recording as the text of a file: a line for each request, and one for each answer that is unlike those before it.
 *
 * @param differences from another recording, a line each
 */
export function recordingText({ calls, ...about }: Recording, differences: readonly string[] = []): string {
  const answers: string[] = [];
  const places = new Map<string, number>();
  const lines = calls.map(({ answer, ...call }) => {
    const text = JSON.stringify(answer);
    const place = places.get(text) ?? answers.push(text) - 1;
    places.set(text, place);
    return JSON.stringify({ ...call, answer: place });
  });
  const list = (items: readonly string[]) => (items.length === 0 ? "[]" : `[\n${items.join(",\n")}\n]`);
  const compared =
    differences.length === 0 ? "" : `"differences": ${list(differences.map((line) => JSON.stringify(line)))},\n`;
  return `{\n"recording": 1,\n"about": ${JSON.stringify(about)},\n${compared}"answers": ${list(answers)},\n"calls": ${list(lines)}\n}\n`;
}

/**
 * Reads the text of such a file.
 *
 * @throws Error when it is none
 */
export function recordingFrom(text: string): Recording {
  const file = parsed(text) as
    | {
        readonly recording?: unknown;
        readonly about: Omit<Recording, "calls">;
        readonly answers: readonly RecordedAnswer[];
        readonly calls: readonly (Omit<RecordedCall, "answer"> & { readonly answer: number })[];
      }
    | undefined;
  if (file?.recording !== 1) throw new Error("the file is no recording of a conformance run");
  const calls = file.calls.map((call) => ({ ...call, answer: file.answers[call.answer] ?? { form: "none" as const } }));
  return { ...file.about, calls };
}
