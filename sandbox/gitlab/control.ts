import { factOf } from "./facts";
import type { FieldValue } from "./facts/fact";
import { Faults, type Fault } from "./http/faults";
import { RequestLog, type LoggedRequest, type Moment } from "./http/request-log";
import { Throttle } from "./http/throttle";
import { testData } from "./hooks/delivery";
import { requestOf, type HookRequest } from "./hooks/request";
import { propagate } from "./integrations/inheritance";
import { findRow, newRow } from "./integrations/rows";
import { type IntegrationRow } from "./integrations/row";
import { disableInvalidPolicies } from "./projects/cleanup-policies";
import { removeMarked } from "./projects/removal";
import {
  changeProject,
  seedProjects,
  type ProjectChange,
  type ProjectsSeed,
  type SeededProjects,
} from "./projects/seeding";
import type { AccessToken } from "./world/access";
import { DEFAULT_SETTINGS, effective, type Settings } from "./world/settings";
import type { Scope } from "./world/entities";
import type { State } from "./world/state";
import { World } from "./world/world";

/** An integration put in place behind the API's back. */
export interface IntegrationSeed {
  /** `instance`, `groups/9`, `groups/acme`, `projects/42` or `projects/acme/shop`. */
  readonly scope: string;
  readonly slug: string;
  /** Fields and `*_events` flags by GitLab's names; the defaults for the rest. */
  readonly values?: Readonly<Record<string, FieldValue>>;
  /** True when absent. */
  readonly active?: boolean;
  /** Whether projects and groups below take it over, as GitLab does in the background; true when absent. */
  readonly propagate?: boolean;
}

/** What is stored, counted; fresh sandboxes have zero everywhere but groups and projects. */
export interface ObjectCounts {
  readonly groups: number;
  readonly projects: number;
  readonly hooks: number;
  /** Active integrations, inherited ones and those of the instance left out. */
  readonly integrations: number;
  readonly pushRules: number;
  /** Notification settings at another than their default level. */
  readonly notificationSettings: number;
}

/** What a sandbox begins with. */
export interface Start {
  readonly settings: Partial<Settings>;
  readonly tokens: readonly AccessToken[];
  readonly integrations?: readonly IntegrationSeed[] | undefined;
  readonly projects?: readonly ProjectsSeed[] | undefined;
}

/** The levers of a sandbox that a real GitLab does not have, or has in its admin area. */
export class Control {
  readonly world: World;
  readonly faults = new Faults();
  readonly log = new RequestLog();
  readonly throttle = new Throttle();
  readonly #start: Start;

  /**
   * @param start what the sandbox begins with, and goes back to
   * @param stored state to go on from instead of the seeded one
   */
  constructor(start: Start, stored?: State) {
    this.#start = start;
    this.world = new World(effective({ ...DEFAULT_SETTINGS, ...start.settings }), stored);
    this.#begin(stored === undefined);
  }

  /** The API requests so far. */
  requests(): readonly LoggedRequest[] {
    return this.log.list();
  }

  /** Calls `listener` at every step of every later API request, before the request goes on; returns what ends it. */
  watch(listener: (moment: Moment) => void): () => void {
    return this.log.watch(listener);
  }

  /** Makes the next matching requests fail; returns what calls it off. */
  addFault(fault: Fault): () => void {
    return this.faults.add(fault);
  }

  /** Changes settings; those not given stay. */
  configure(settings: Partial<Settings>): void {
    this.world.settings = effective({ ...this.world.settings, ...settings });
    this.throttle.clear();
    this.world.featureLimiter.clear();
  }

  /** Registers a token or changes what a known one may do. */
  setToken(token: AccessToken): void {
    this.world.addToken(token);
  }

  /** Puts an integration in place, the API's rules aside. Raises an Error for an unknown scope or slug. */
  seedIntegration(seed: IntegrationSeed): IntegrationRow {
    const fact = factOf(seed.slug, this.world.settings);
    if (fact === undefined) throw new Error(`Unknown integration: ${seed.slug}`);
    const scope = this.scopeOf(seed.scope);
    const { world } = this;
    const row = findRow(world, scope, fact.slug) ?? newRow(world, scope, fact);
    row.active = seed.active ?? true;
    row.inheritFromId = null;
    row.updatedAt = world.now();
    for (const [name, value] of Object.entries(seed.values ?? {})) {
      const flag = name.replace(/_events$/, "");
      if (name.endsWith("_events")) row.events[flag] = value === true;
      else row.values[name] = value;
    }
    if (!world.state.integrations.includes(row)) world.state.integrations.push(row);
    if (scope.kind !== "project" && seed.propagate !== false) propagate(world, row);
    return row;
  }

  /** Makes many projects in one group, with hooks when asked; the API's rules aside. */
  seedProjects(seed: ProjectsSeed): SeededProjects {
    this.world.revision += 1;
    return seedProjects(this.world, seed);
  }

  /**
   * Changes what the API cannot change about a project, named as in `projects/42` or `projects/acme/shop`.
   * Raises an Error when there is none.
   */
  changeProject(name: string, change: ProjectChange): void {
    const { kind, id } = this.scopeOf(name);
    const project = kind === "project" ? this.world.project(id) : undefined;
    if (project === undefined) throw new Error(`No project at ${name}`);
    this.world.revision += 1;
    changeProject(this.world, project, change);
  }

  /** The scope behind `instance`, `groups/...` or `projects/...`. Raises an Error when there is none. */
  scopeOf(text: string): Scope {
    if (text === "instance") return { kind: "instance", id: 0 };
    const [root, rest = ""] = text.split(/\/(.*)/s);
    const { world } = this;
    const isId = /^\d+$/.test(rest);
    if (root === "groups") {
      const group = isId ? world.group(Number(rest)) : world.groupAt(rest);
      if (group !== undefined) return { kind: "group", id: group.id };
    } else if (root === "projects") {
      const project = isId ? world.project(Number(rest)) : world.projectAt(rest);
      if (project !== undefined) return { kind: "project", id: project.id };
    }
    throw new Error(`Nothing at ${text}`);
  }

  /** What a test event of a hook would send now, secrets in clear. Raises an Error when there is no such hook. */
  delivery(hookId: number, trigger = "push_events"): HookRequest {
    const hook = this.world.state.hooks.find(({ id }) => id === hookId);
    if (hook === undefined) throw new Error(`No hook ${hookId}`);
    return requestOf(this.world, hook, trigger, testData(this.world, hook, trigger), "http://127.0.0.1");
  }

  /** Removes every project that is marked for deletion or being removed, and counts them. */
  removeMarkedProjects(): number {
    this.world.revision += 1;
    return removeMarked(this.world);
  }

  /** Lets the worker for cleanup policies run: it switches off those that it cannot work with, and counts them. */
  runCleanupPolicies(): number {
    this.world.revision += 1;
    return disableInvalidPolicies(this.world);
  }

  /** What is stored, counted. */
  objects(): ObjectCounts {
    const { state } = this.world;
    const own = state.integrations.filter((row) => row.inheritFromId === null && row.scope.kind !== "instance");
    return {
      groups: state.groups.length,
      projects: state.projects.length,
      hooks: state.hooks.length,
      integrations: own.filter(({ active }) => active).length,
      pushRules: state.pushRules.length,
      notificationSettings: state.notifications.filter(
        ({ scope, level }) => level !== (scope.kind === "instance" ? "participating" : "global"),
      ).length,
    };
  }

  /** Back to the seeded state, the settings and the tokens of the start, without faults and log. */
  reset(): void {
    this.faults.clear();
    this.log.clear();
    this.throttle.clear();
    const fresh = new World(effective({ ...DEFAULT_SETTINGS, ...this.#start.settings }));
    this.world.state = fresh.state;
    this.world.settings = fresh.settings;
    this.world.featureLimiter.clear();
    this.world.pendingAuthorizations.clear();
    this.world.tokens.clear();
    this.#begin(true);
  }

  #begin(isFresh: boolean): void {
    for (const token of this.#start.tokens) this.world.addToken(token);
    for (const integration of this.#start.integrations ?? []) this.seedIntegration(integration);
    if (isFresh) for (const seed of this.#start.projects ?? []) this.seedProjects(seed);
  }
}
