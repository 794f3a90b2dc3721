import { clientFor, GitLabError, type ApiPath, type Client } from "../client";
import type { Settings } from "../config/settings";
import type { FieldInfo } from "../core/schema";
import { inOperation } from "../core/operation";
import type { Props } from "../operations/state/request-body";
import { formatId } from "../core/id";
import { isLinked, type Case } from "./cases";
import { Interrupted, type ObservedOperation, type Observer } from "./observer";
import { isUserError, TrialObject, type ProviderSettings } from "./object";
import { WriteRefused } from "./allowed-writes";
import type { Places } from "./places";
import type { ClassResult, Failure } from "./results";
import type { Turn } from "./sample-source";
import { Samples, settable } from "./samples";
import { isChangedBack, whyNotTried } from "./special";

/** What all trials of a run share. */
export interface TrialContext {
  readonly observer: Observer;
  readonly settings: Settings;
  /** The version of the GitLab: `19.4.0-ee`. */
  readonly version: string;
  readonly providerSettings: ProviderSettings;
  readonly places: Places;
  /** The host of the addresses that GitLab is given. */
  readonly sampleHost: string;
  /** Files with two avatars. */
  readonly avatars: readonly [string, string];
}

/** GitLab does not have what the case is about. */
export class NotAvailable extends Error {}

/** What is not as it should be, where no request failed. */
export class Mismatch extends Error {
  constructor(
    message: string,
    readonly field?: string,
  ) {
    super(message);
  }
}

/** A trial of one class at one place: what its steps need, and what they find. */
export class Trial {
  readonly client: Client;
  readonly failures: Failure[] = [];
  readonly notTaken = new Set<string>();
  /** The fields that are tried. */
  readonly infos: readonly FieldInfo[];
  readonly notTried: Record<string, string> = {};
  readonly #samples: Samples;
  #step = "";
  #operation: ObservedOperation | undefined;
  #requests = 0;

  constructor(
    readonly context: TrialContext,
    readonly subject: Case,
  ) {
    this.client = clientFor(context.settings);
    const { definition, scope } = subject;
    const all = settable(definition, definition.parentKind ? undefined : scope);
    for (const info of all) {
      const reason = whyNotTried(definition, info, context.version);
      if (reason !== undefined) this.notTried[info.name] = reason;
    }
    this.infos = all.filter(({ name }) => !(name in this.notTried));
    this.#samples = samplesFor(context);
  }

  /** A new object of the class, which is not there yet. */
  object(): TrialObject {
    return new TrialObject(this.subject.definition, this.context.providerSettings);
  }

  /** The arguments that say where an object lives: in the first or the second place. */
  placeArgs(turn: Turn): Props {
    const { definition, scope } = this.subject;
    const { places } = this.context;
    if (definition.parentKind) return { namespace: places.projectsGroup.id, permanentlyRemove: true };
    return { [scope]: this.#placeId(turn) };
  }

  /** The path of an object that a place has one of, or of the list of those that it has many of. */
  collection(turn: Turn): ApiPath {
    const { definition, scope } = this.subject;
    const at = { scope, parent: String(this.#placeId(turn)) };
    return `/${formatId(definition, at).replace(/\/$/, "")}` as ApiPath;
  }

  #placeId(turn: Turn): number {
    const { places } = this.context;
    if (isLinked(this.subject)) return places.linked[turn];
    return (this.subject.scope === "project" ? places.projects : places.groups)[turn];
  }

  /** Runs a task as one operation of the engine. */
  async operation<T>(task: () => Promise<T>): Promise<T> {
    const operation = this.context.observer.operation(this.subject.title, () => this.#step);
    this.#operation = operation;
    try {
      return await inOperation(operation, task);
    } finally {
      this.#requests += operation.calls.length;
    }
  }

  /**
   * Does one step and notes its failure.
   *
   * @param field the argument that it is about
   * @returns whether it went well
   */
  async step(name: string, task: () => Promise<void>, field?: string): Promise<boolean> {
    this.#step = name;
    const before = this.#operation?.calls.length ?? 0;
    try {
      await task();
      return true;
    } catch (error) {
      // The provider tells every failure in words of its own.
      if (this.context.observer.isStopped) throw new Interrupted();
      if (error instanceof NotAvailable) throw error;
      this.failures.push(this.#failureOf(error, before, field));
      return false;
    }
  }

  #failureOf(error: unknown, before: number, field: string | undefined): Failure {
    const about = error instanceof Mismatch ? (error.field ?? field) : field;
    const isKnown = isUserError(error) || [Mismatch, GitLabError, WriteRefused].some((kind) => error instanceof kind);
    const message = error instanceof Error && isKnown ? error.message : `internal error: ${String(error)}`;
    const calls = this.#operation?.calls.slice(before) ?? [];
    const call = calls.findLast(isRefusal) ?? (error instanceof Mismatch ? calls.at(-1) : undefined);
    return {
      step: this.#step,
      ...(about === undefined ? {} : { field: about }),
      message,
      ...(call
        ? {
            method: call.method,
            path: decodeURIComponent(call.path),
            ...(call.outcome.status === undefined ? {} : { status: call.outcome.status }),
          }
        : {}),
    };
  }

  /** The last answer, where it was a refusal. */
  lastRefusal(): { readonly status: number; readonly text: string } | undefined {
    const last = this.#operation?.calls.findLast(isRefusal);
    const status = last?.outcome.status;
    return last && status !== undefined ? { status, text: last.outcome.text } : undefined;
  }

  /** Notes what GitLab did not keep, as the outputs tell, and whether an argument is among it. */
  noteNotTaken({ outputs }: TrialObject): void {
    const names = outputs.__untaken;
    if (Array.isArray(names)) for (const name of names) this.notTaken.add(String(name));
  }

  /** The first or second value of a field. */
  valueOf(info: FieldInfo, turn: Turn): unknown {
    const { places, avatars } = this.context;
    if (this.subject.definition.parentKind) {
      if (info.name === "namespace") return turn === 0 ? places.projectsGroup.id : places.others[1];
      if (info.name === "avatar") return avatars[turn];
    }
    return this.#samples.valueOf(this.subject.definition, info, turn);
  }

  /** The least arguments, without those that say where the object lives. */
  leastArgs(): Props {
    const { definition, scope } = this.subject;
    if (!definition.parentKind) return this.#samples.least(definition, scope);
    return this.argsOf(this.infos.filter(({ name }) => name === "name"));
  }

  /** Every argument that is tried and that can stay, at its first value. */
  allArgs(): Props {
    return this.argsOf(this.infos.filter((info) => !isChangedBack(this.subject.definition, info)));
  }

  /** Some arguments at their first value. */
  argsOf(infos: readonly FieldInfo[]): Props {
    return Object.fromEntries(infos.map((info) => [info.name, this.valueOf(info, 0)]));
  }

  /** What the trial found. */
  result(unavailable?: string): ClassResult {
    const { definition, scope } = this.subject;
    const failed = this.failures.length > 0;
    return {
      class: definition.name,
      scope,
      result: unavailable !== undefined ? "not available" : failed ? "failed" : "passed",
      ...(unavailable === undefined ? {} : { reason: unavailable }),
      failures: this.failures,
      notTaken: [...this.notTaken].sort(),
      notTried: this.notTried,
      requests: this.#requests,
    };
  }
}

/** Each trial counts its samples by itself, so that two runs give the same values. */
function samplesFor({ sampleHost, places }: TrialContext): Samples {
  let count = 0;
  const next = () => String((count += 1));
  return new Samples({
    next,
    secretWord: "samplesecret",
    host: sampleHost,
    groups: places.others,
    projects: places.sources,
  });
}

function isRefusal({ outcome }: { readonly outcome: { readonly status?: number } }): boolean {
  return outcome.status === undefined || outcome.status >= 400;
}
