import { readFileSync } from "node:fs";
import { join } from "node:path";
import { clientFor, type Client } from "../client";
import type { Settings } from "../config/settings";
import { inOperation } from "../core/operation";
import { allCases } from "./cases";
import type { ServerFacts } from "./gitlab";
import { Observer, runSubject } from "./observer";
import { RequestSpacing } from "./request-spacing";
import type { ClassResult, Results, RunReport } from "./results";
import { AllowedWrites } from "./allowed-writes";

/** What one run shares: its client, its bounds, and the eye on its requests. */
export class Session {
  readonly allowedWrites = new AllowedWrites();
  readonly observer: Observer;
  isLicensed = false;
  readonly #client: Client;

  constructor(
    readonly settings: Settings,
    requestsPerMinute: number,
    readonly signal: AbortSignal = new AbortController().signal,
  ) {
    this.observer = new Observer(new RequestSpacing(requestsPerMinute), this.allowedWrites, signal);
    this.#client = clientFor(settings);
  }

  /** Does what is not about a single class. */
  work<T>(stage: string, task: (client: Client) => Promise<T>): Promise<T> {
    return inOperation(
      this.observer.operation(runSubject, () => stage),
      () => task(this.#client),
    );
  }

  /** Goes on when the run was stopped. */
  clean<T>(task: (client: Client) => Promise<T>): Promise<T> {
    const operation = this.observer.operation(runSubject, () => "remove the group", "cleaning");
    return inOperation(operation, () => task(this.#client));
  }

  /** What the run found out. */
  report({ instance }: ServerFacts, started: Date, found: Results): RunReport {
    const order = allCases().map(({ definition, scope }) => `${definition.name} ${scope}`);
    const place = (result: ClassResult) => order.indexOf(`${result.class} ${result.scope}`);
    return {
      gitlab: instance,
      package: ownVersion(),
      node: process.versions.node,
      startedAt: started.toISOString(),
      seconds: Math.round((Date.now() - started.getTime()) / 100) / 10,
      requests: this.observer.calls.length,
      mostInAMinute: this.observer.mostInAMinute(),
      ...found,
      classes: [...found.classes].sort((one, other) => place(one) - place(other)),
    };
  }
}

function ownVersion(): string {
  const file = join(__dirname, "../../package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { readonly version: string }).version;
}
