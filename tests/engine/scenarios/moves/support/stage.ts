import type { Outcome, Request } from "../../support/driver";
import { GitLab, Scenario } from "../../support/scenario";
import { cutAtWrite } from "./cut";
import type { Kind } from "./kinds";
import { endOf, startOf, type Move, type Start } from "./moves";
import { problemsOf } from "./problems";
import { programOf, type Place } from "./program";
import { Rewind } from "./rewind";

/** How the first run of a move ends; one that does not end well is followed by an `up` that does. */
export type Ending =
  | { readonly how: "clean" }
  | { readonly how: "another fails" }
  /** At the nth request that writes. */
  | { readonly how: "interrupt" | "kill"; readonly at: number };

/** A stack before a move, and what GitLab holds. */
interface Started {
  readonly rewind: Rewind;
  readonly places: ReadonlyMap<Kind, Place>;
}

const OTHER = "unrelated";
const NOT_TODAY = "not today";

/** A GitLab on which every kind has a project of its own, with a stack for each start. */
export class Stage {
  readonly #started = new Map<Start, Started>();
  readonly #writes = new Map<Move, number>();

  private constructor(readonly gitlab: GitLab) {}

  static async open(): Promise<Stage> {
    return new Stage(await GitLab.start());
  }

  close(): Promise<void> {
    return this.gitlab.stop();
  }

  /** Moves everything, ends as told, and says what is wrong afterwards, all kinds at once. */
  async problems(move: Move, ending: Ending): Promise<string[]> {
    const { gitlab } = this;
    const { rewind, places } = this.#started.get(move.start) ?? (await this.#start(move.start));
    await rewind.restore();
    const { scenario } = rewind;
    const declarations = endOf(move);
    const request: Request = { kind: "up", ...move.request?.(declarations) };
    scenario.workspace.write(programOf(declarations, places, `acme/${OTHER}`));
    const problems = await this.#end(scenario, move, ending, request);
    const { world } = gitlab.sandbox.control;
    const after = { world, writes: gitlab.writes(), resources: scenario.resources() };
    problems.push(...declarations.flatMap((declaration) => problemsOf(declaration, move, places, after)));
    for (const kind of ["up", "refresh"] as const) {
      const outcome = await scenario.run({ kind });
      problems.push(...failureOf(`the next ${kind}`, outcome));
      problems.push(...outcome.steps.map((step) => `the next ${kind}: ${step}`));
    }
    return problems;
  }

  /** How many requests that write the clean run of a move has sent; undefined before there was one. */
  writesOf(move: Move): number | undefined {
    return this.#writes.get(move);
  }

  async #end(scenario: Scenario, move: Move, ending: Ending, request: Request): Promise<string[]> {
    const { sandbox } = this.gitlab;
    if (ending.how === "clean") {
      const problems = failureOf("up", await scenario.run(request));
      this.#writes.set(move, sandbox.control.requests().filter(({ method }) => method !== "GET").length);
      if (request.target === undefined) return problems;
    } else if (ending.how === "another fails") {
      const project = sandbox.control.scopeOf(`projects/acme/${OTHER}`).id;
      const [method, path, body] = ["POST", `^/projects/(?:${project}|acme%2F${OTHER})/hooks$`, { message: NOT_TODAY }];
      const calledOff = sandbox.control.addFault({ method, path, body, status: 400, times: 1000 });
      const { ok, output } = await scenario.run(request);
      calledOff();
      if (ok || !output.includes(NOT_TODAY)) return [`the up that was to fail: ${ok ? "ok" : errorsIn(output)}`];
    } else {
      const cut = cutAtWrite(sandbox.control, ending.at);
      await scenario.cut(request, ending.how, cut.reached).finally(cut.over);
      if (move.deletesFirst) await scenario.run({ kind: "refresh" });
    }
    return failureOf("the up after it", await scenario.run({ kind: "up" }));
  }

  async #start(start: Start): Promise<Started> {
    const { gitlab } = this;
    const { control } = gitlab.sandbox;
    control.reset();
    const declarations = startOf(start);
    const places = new Map<Kind, Place>();
    for (const { kind } of declarations) {
      const { id: project, path } = await gitlab.project(kind.name);
      if (kind.isImported) await gitlab.api("POST", `/projects/${project}/hooks`, kind.args(path)[0]);
      places.set(kind, { project, path, rows: kind.rows(control.world, project) });
    }
    await gitlab.project(OTHER);
    const scenario = Scenario.on(gitlab);
    await scenario.up(programOf(declarations, places));
    for (const [kind, { project, path }] of places)
      places.set(kind, { project, path, rows: kind.rows(control.world, project) });
    const started = { rewind: await Rewind.keep(scenario, gitlab), places };
    this.#started.set(start, started);
    return started;
  }
}

function failureOf(what: string, { ok, output }: Outcome): string[] {
  return ok ? [] : [`${what} fails: ${errorsIn(output)}`];
}

function errorsIn(output: string): string {
  const lines = output.split("\n").filter((line) => /^\s+error: /.test(line));
  return lines.map((line) => line.trim()).join(" ") || output;
}
