import type { Settings } from "../config/settings";
import { currentOperation } from "../core/operation";
import { parseUrl } from "../core/parse-url";
import { toError } from "./to-error";
import type { RateLimiter, Clock } from "./rate-limiter";
import { readable, type ApiPath, type Query } from "./path";
import { askedWait, backoff, triesAfter } from "./retry";
import type { RequestPlan, GitLabResponse } from "./types";
import type { Answer, Attempt, Failure } from "./transport";

/** What all requests of one client share. */
export interface ClientContext {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly attempt: Attempt;
  /** Sends a request to another server, without anything that GitLab alone may know. */
  readonly attemptElsewhere: (url: URL) => Attempt;
  readonly rateLimiter: RateLimiter;
  /** Whether any answer has come yet. */
  isKnown: boolean;
}

/** Milliseconds after which one attempt counts as lost; GitLab itself gives up after 60 s. */
const longestAttempt = 90_000;
/** A line tells of waits longer than this many milliseconds. */
const worthTelling = 3_000;
const mostRedirects = 5;
/** A quick request of our own that explains a failure. */
const look = { method: "GET", query: {}, body: undefined, retries: 1 } as const;

/** Sends a request and repeats it within the limits of the configuration, until GitLab has answered for good. */
export async function send(context: ClientContext, plan: RequestPlan): Promise<GitLabResponse> {
  const { clock, settings, rateLimiter } = context;
  let url = addressOf(settings.baseUrl, plan.path, plan.query);
  let redirects = 0;
  let end: number | undefined;
  for (let repetition = 0; ;) {
    await currentOperation()?.beforeRequest(plan);
    await rateLimiter.turn(kindOf(plan));
    // Waiting for the first turn is our own doing and not GitLab's delay: the clock starts after it.
    end ??= clock.now() + settings.timeout * 1000;
    const sent = clock.now();
    const outcome = await sendOnce(context, plan, url, end);
    const target = redirectTarget(outcome, plan, url, settings.baseUrl) ?? storageTarget(outcome, plan, url);
    if (target !== undefined && redirects++ < mostRedirects) {
      url = target;
      continue;
    }
    if (outcome.kind === "good") return outcome.response;
    const wait = waitAfter(outcome, context, plan, repetition);
    if (wait === undefined || clock.now() + wait > end) {
      const given = { outcome, tries: repetition + 1, elapsed: clock.now() - sent };
      throw await toError(settings, plan, given, (path) => send(context, { ...look, path }));
    }
    repetition += 1;
    await pause(context, plan, outcome, wait, repetition);
  }
}

/** Requests that one of GitLab's rate limits counts together look alike but for names and ids. */
function kindOf({ method, path }: RequestPlan): string {
  return `${method} ${path.replace(/\/[^/]*(?:%2F|\d)[^/]*/g, "/:")}`;
}

function addressOf(baseUrl: string, path: ApiPath, query: Query): string {
  const url = new URL(baseUrl + path);
  if (url.origin + url.pathname !== baseUrl + path)
    throw new Error("a GitLab path must not change on its way to the server");
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) for (const item of value) url.searchParams.append(`${name}[]`, String(item));
    else if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url.href;
}

type Outcome = { readonly kind: "good"; readonly response: GitLabResponse } | Answer | Failure;

async function sendOnce(context: ClientContext, plan: RequestPlan, url: string, end: number): Promise<Outcome> {
  const { clock, settings, rateLimiter } = context;
  // A third of the whole leaves time to try again after an answer that never comes.
  const limit = Math.min(longestAttempt, settings.timeout * (1000 / 3), Math.max(1000, end - clock.now()));
  const { method, body, consumer } = plan;
  const quiet = setTimeout(
    () => {
      // A consumer tells of its progress itself.
      if (!consumer) clock.status(`GitLab: no response yet to ${method} ${readable(plan.path)}, waiting for it`);
    },
    Math.min(worthTelling, limit / 2),
  );
  let outcome: Answer | Failure | undefined;
  try {
    const attempt = isOn(settings.baseUrl, url) ? context.attempt : context.attemptElsewhere(new URL(url));
    const sent = clock.now();
    outcome = await attempt({ method, url, body, consumer }, limit);
    tell(plan, outcome, clock.now() - sent);
  } finally {
    clearTimeout(quiet);
    // Even where a consumer throws: a request that never ends would keep others waiting.
    rateLimiter.finished(kindOf(plan), outcome?.kind === "answer" ? outcome : undefined);
  }
  context.isKnown ||= outcome.kind === "answer";
  if (outcome.kind === "failure" || (outcome.status >= 300 && outcome.status !== 304)) return outcome;
  return read(outcome);
}

function tell(plan: RequestPlan, outcome: Answer | Failure, elapsed: number): void {
  const isAnswer = outcome.kind === "answer";
  currentOperation()?.afterRequest(plan, {
    ...(isAnswer ? { status: outcome.status } : {}),
    headers: isAnswer ? outcome.headers : {},
    text: isAnswer ? outcome.text : outcome.reason,
    elapsed,
  });
}

/** Whether an address is one of the GitLab that is configured, which alone may know the token. */
function isOn(baseUrl: string, url: string): boolean {
  return url.startsWith(`${baseUrl}/`) || new URL(url).origin === new URL(baseUrl).origin;
}

function read({ status, headers, text }: Answer): Outcome {
  if (text.trim() === "") return { kind: "good", response: { status, headers, body: undefined } };
  try {
    return { kind: "good", response: { status, headers, body: JSON.parse(text) as unknown } };
  } catch {
    const isJson = /json/i.test(headers["content-type"] ?? "");
    // JSON that breaks off is half an answer; a page of HTML will be the same next time.
    if (isJson) return { kind: "failure", sent: true, lasting: false, reason: `the answer (${status}) is incomplete` };
    const reason = `${status}, but with ${/^\s*</.test(text) ? "a web page" : "a text"} instead of GitLab's JSON`;
    const hint = "Is gitlab:baseUrl the address of GitLab itself? A sign-in page or a proxy may be in the way.";
    return { kind: "failure", sent: true, lasting: true, reason, hint, code: "NO_JSON" };
  }
}

/** Where a moved project is found now, if that is below the same base URL: credentials go nowhere else. */
function redirectTarget(outcome: Outcome, { method }: RequestPlan, from: string, baseUrl: string): string | undefined {
  if (outcome.kind !== "answer" || method !== "GET" || ![301, 302, 307, 308].includes(outcome.status)) return undefined;
  const target = parseUrl(outcome.headers.location ?? "", from);
  if (!target) return undefined;
  const base = new URL(baseUrl);
  if (target.origin !== base.origin || !target.pathname.startsWith(`${base.pathname}/`)) return undefined;
  if (target.username !== "" || target.password !== "") return undefined;
  if (target.search === "") target.search = new URL(from).search;
  return target.href;
}

/** Where GitLab keeps a file that is asked for: perhaps in a storage of its own, which takes no credentials. */
function storageTarget(outcome: Outcome, { consumer }: RequestPlan, from: string): string | undefined {
  if (!consumer || outcome.kind !== "answer" || ![301, 302, 303, 307, 308].includes(outcome.status)) return undefined;
  const target = parseUrl(outcome.headers.location ?? "");
  if (!target) return undefined;
  if (target.username !== "" || target.password !== "") return undefined;
  const isAsSafe = target.protocol === "https:" || (target.protocol === "http:" && from.startsWith("http:"));
  return isAsSafe && target.origin !== new URL(from).origin ? target.href : undefined;
}

/** Milliseconds to wait before the next try; undefined when there is none. */
function waitAfter(
  outcome: Answer | Failure,
  { clock, isKnown }: ClientContext,
  plan: RequestPlan,
  repetition: number,
): number | undefined {
  if (repetition >= triesAfter(outcome, { ...plan, isKnown })) return undefined;
  const asked = outcome.kind === "answer" ? askedWait(outcome, clock.now()) : undefined;
  return asked === undefined || asked === 0 ? backoff(repetition, clock.random) : asked;
}

async function pause(
  { clock, rateLimiter }: ClientContext,
  plan: RequestPlan,
  outcome: Answer | Failure,
  wait: number,
  repetition: number,
): Promise<void> {
  if (outcome.kind === "answer" && outcome.status === 429) {
    rateLimiter.hold(kindOf(plan), wait);
    return;
  }
  if (wait > worthTelling) {
    const what = outcome.kind === "answer" ? `GitLab answered ${outcome.status}` : `GitLab: ${outcome.reason}`;
    clock.status(`${what}: trying again in ${Math.ceil(wait / 1000)} s (${repetition} of ${plan.retries})`);
  }
  await clock.sleep(wait);
}
