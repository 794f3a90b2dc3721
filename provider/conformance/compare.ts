import type { RecordedCall, Recording } from "./record";

/** What two GitLabs do otherwise. */
export interface Difference {
  readonly kind:
    | "class"
    | "request"
    | "status"
    | "answer"
    | "error text"
    | "field"
    | "default"
    | "normalised value"
    | "value"
    | "time";
  /** `PUT /projects/:id/integrations/slack`, or the class that only one of them has: where it was seen first. */
  readonly request: string;
  /** All requests in which it was seen. */
  readonly requests: readonly string[];
  /** Path of the answer's field, where it is about one. */
  readonly field?: string;
  readonly here: string;
  readonly there: string;
  /** What it was seen with, such as `integrations.Slack in a project`. */
  readonly subjects: readonly string[];
  /** The step in which it was seen first. */
  readonly step: string;
}

type Found = Omit<Difference, "requests" | "subjects"> & { readonly subject: string };

/** Every difference between what two GitLabs answered in runs of the same kind. */
export function differences(here: Recording, there: Recording): Difference[] {
  const [ours, theirs] = [bySubject(here), bySubject(there)];
  const slow = slownessOf(here);
  const found: Found[] = [];
  for (const [subject, calls] of ours) {
    const others = theirs.get(subject);
    if (others) found.push(...between(subject, calls, others, slow));
    else found.push(oneSided(subject, "tried", "not tried"));
  }
  for (const subject of theirs.keys()) if (!ours.has(subject)) found.push(oneSided(subject, "not tried", "tried"));
  return grouped(found);
}

/** A difference as one line. `other` is what the other one is called: `the emulator`. */
export function differenceLine(difference: Difference, other: string): string {
  const { kind, request, requests, field, here, there, subjects, step } = difference;
  if (kind === "class") return `${kind}: ${request}: ${here}; ${other}: ${there}`;
  const about = field === undefined ? request : `${field} of ${andMore(request, requests)}`;
  return `${kind}: ${about}: ${here}; ${other}: ${there} (${andMore(subjects[0] ?? "", subjects)}, ${step})`;
}

function andMore(first: string, all: readonly string[]): string {
  return all.length > 1 ? `${first} and ${all.length - 1} more` : first;
}

function bySubject({ calls }: Recording): Map<string, RecordedCall[]> {
  const found = new Map<string, RecordedCall[]>();
  for (const call of calls) found.set(call.subject, [...(found.get(call.subject) ?? []), call]);
  return found;
}

function oneSided(subject: string, here: string, there: string): Found {
  return { kind: "class", request: subject, here, there, subject, step: "the run" };
}

/** Tells whether a call takes much longer than most of its recording. */
function slownessOf({ calls }: Recording): (call: RecordedCall) => boolean {
  const sorted = calls.map(({ tenths }) => tenths).sort((one, other) => one - other);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const limit = Math.max(10, 5 * median);
  return ({ tenths }) => tenths >= limit;
}

function between(
  subject: string,
  ours: readonly RecordedCall[],
  theirs: readonly RecordedCall[],
  isSlow: (call: RecordedCall) => boolean,
): Found[] {
  const sent = new Set<string>();
  const found: Found[] = [];
  for (const [one, other] of aligned(ours, theirs)) {
    const { request, step } = one ?? other ?? { request: "", step: "" };
    const add = (kind: Difference["kind"], here: string, there: string, field?: string) => {
      found.push({ kind, request, here, there, subject, step, ...(field === undefined ? {} : { field }) });
    };
    for (const name of one?.sent ?? other?.sent ?? []) sent.add(name);
    if (!one) add("request", "not sent", "sent");
    else if (!other) add("request", `sent, and answered ${one.status}`, "not sent");
    else compareCalls(one, other, sent, isSlow, add);
  }
  return found;
}

function compareCalls(
  one: RecordedCall,
  other: RecordedCall,
  sent: ReadonlySet<string>,
  isSlow: (call: RecordedCall) => boolean,
  add: (kind: Difference["kind"], here: string, there: string, field?: string) => void,
): void {
  if (one.status !== other.status) add("status", statusText(one), statusText(other));
  if (one.answer.form !== other.answer.form) add("answer", one.answer.form, other.answer.form);
  const isComparable = one.status === other.status && one.answer.form === other.answer.form;
  if (isComparable && one.answer.error !== other.answer.error) {
    add("error text", one.answer.error ?? "none", other.answer.error ?? "none");
  }
  if (isSlow(one) && !isSlow(other) && other.tenths * 2 < one.tenths)
    add("time", `${one.tenths / 10} s`, `${other.tenths / 10} s`);
  if (one.answer.fields && other.answer.fields) compareFields(one.answer.fields, other.answer.fields, sent, add);
}

function statusText({ status, answer }: RecordedCall): string {
  if (status === 0) return "no answer";
  const { error = "" } = answer;
  return error.startsWith(`${status} `) ? error : `${status} ${error}`.trimEnd();
}

function compareFields(
  one: Readonly<Record<string, string>>,
  other: Readonly<Record<string, string>>,
  sent: ReadonlySet<string>,
  add: (kind: Difference["kind"], here: string, there: string, field?: string) => void,
): void {
  for (const field of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const [here, there] = [one[field], other[field]];
    if (here === there) continue;
    if (here === undefined || there === undefined) {
      // Of what is null or empty, the fields inside are missing.
      if (!hasAncestor(here === undefined ? one : other, field))
        add("field", here ?? "absent", there ?? "absent", field);
    } else {
      add(kindOf(field, here, there, sent), here, there, field);
    }
  }
}

function hasAncestor(fields: Readonly<Record<string, string>>, field: string): boolean {
  const parts = field.split(/(?=\[\])|\./);
  return parts.some((_, index) => index > 0 && fields[parts.slice(0, index).join(".")] !== undefined);
}

function kindOf(field: string, here: string, there: string, sent: ReadonlySet<string>): Difference["kind"] {
  if (here.includes("<as sent") || there.includes("<as sent")) return "normalised value";
  return sent.has(field.slice(field.lastIndexOf(".") + 1)) ? "value" : "default";
}

/** Pairs the calls of two recordings of one class: by step, and in each step in their order, with what is missing on one side. */
function* aligned(
  ours: readonly RecordedCall[],
  theirs: readonly RecordedCall[],
): Generator<readonly [RecordedCall | undefined, RecordedCall | undefined]> {
  const steps = new Set([...ours, ...theirs].map(({ step }) => step));
  for (const step of steps) {
    const isHere = (call: RecordedCall) => call.step === step;
    yield* paired(ours.filter(isHere), theirs.filter(isHere));
  }
}

/** The longest common sequence of requests keeps its order; the rest stands alone. */
function* paired(
  ours: readonly RecordedCall[],
  theirs: readonly RecordedCall[],
): Generator<readonly [RecordedCall | undefined, RecordedCall | undefined]> {
  const length = commonLengths(ours, theirs);
  const at = (i: number, j: number) => length[i]?.[j] ?? 0;
  let [i, j] = [0, 0];
  while (i < ours.length || j < theirs.length) {
    const [one, other] = [ours[i], theirs[j]];
    const isSame = one?.request === other?.request;
    const isOurs = isSame || !other || (one !== undefined && at(i + 1, j) >= at(i, j + 1));
    const isTheirs = isSame || !isOurs;
    yield [isOurs ? one : undefined, isTheirs ? other : undefined];
    i += isOurs ? 1 : 0;
    j += isTheirs ? 1 : 0;
  }
}

function commonLengths(ours: readonly RecordedCall[], theirs: readonly RecordedCall[]): number[][] {
  const table = ours.map(() => new Array<number>(theirs.length + 1).fill(0));
  table.push(new Array<number>(theirs.length + 1).fill(0));
  for (let i = ours.length - 1; i >= 0; i--) {
    for (let j = theirs.length - 1; j >= 0; j--) {
      const row = table[i] ?? [];
      const isSame = ours[i]?.request === theirs[j]?.request;
      row[j] = isSame ? (table[i + 1]?.[j + 1] ?? 0) + 1 : Math.max(table[i + 1]?.[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return table;
}

/** What is alike is one difference, however often and with however many requests and classes it was seen. */
function grouped(found: readonly Found[]): Difference[] {
  const groups = new Map<string, Difference & { requests: string[]; subjects: string[] }>();
  for (const { subject, ...difference } of found) {
    const { kind, field, request, here, there } = difference;
    // Of a field that one of them lacks, its values say nothing.
    const what = kind === "field" ? [here === "absent"] : [here, there];
    const key = JSON.stringify([kind, field?.replace(/^\[\]\./, "") ?? request, ...what]);
    const group = groups.get(key) ?? { ...difference, requests: [], subjects: [] };
    groups.set(key, group);
    if (!group.subjects.includes(subject)) group.subjects.push(subject);
    if (!group.requests.includes(request)) group.requests.push(request);
  }
  return [...groups.values()];
}
