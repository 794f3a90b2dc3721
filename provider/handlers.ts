import type * as pulumi from "@pulumi/pulumi";
import { plainHttpWarning, readConfiguration, type Configuration } from "./config/settings";
import { connectionFor } from "./operations/connection";
import type { Definition } from "./core/definition";
import { apiFor } from "./resources/api";
import { definitionOf } from "./resources/definitions";
import { PartialFailureError, ProviderError } from "./core/errors";
import * as entries from "./fleet";
import { entryName, isFleetable } from "./fleet/kinds";
import { announceImport } from "./operations/import";
import { check } from "./operations/check";
import { checkNewSlot, noteHeldPlace } from "./operations/check-new-slot";
import { isOffline, previewProblems, previewTokenProblem, type NewObject } from "./operations/preview/check-preview";
import { withoutHint } from "./operations/preview/hint";
import { soon, unlessUnanswered } from "./operations/preview/unchecked";
import { create } from "./operations/create";
import { remove } from "./operations/delete";
import { diff } from "./operations/diff";
import { textIn } from "./operations/state/hidden-state";
import { messageOf } from "./operations/error-message";
import { noteIntent } from "./operations/state/ownership/owners";
import { duringRegistration } from "./operations/state/ownership/registrations";
import { read } from "./operations/read";
import { createOnce, noteNew } from "./operations/repeated-create";
import type { OperationContext } from "./operations/context";
import { update } from "./operations/update";
import type { Props } from "./operations/state/request-body";
import { flush, info, status, warn } from "./core/log";
import { sdkProblem } from "./program/sdk-version";
import { SecretAnswers } from "./operations/secret-answers";
import { noteSecrets, withoutSecrets } from "./secrets/known-secrets";

export { definitionsByName } from "./resources/definitions";

/**
 * The dynamic provider of one kind of resource: what the one line in state asks for.
 *
 * @param name the definition's name
 * @throws ProviderError for a name that this version does not know
 */
export function handler(name: string): pulumi.dynamic.ResourceProvider {
  const ofEntries = entryName(name);
  const definition = definitionOf(ofEntries ?? name);
  if (!definition || (ofEntries !== undefined && !isFleetable(definition))) {
    throw new ProviderError(
      `The state contains the type ${name}, which this version of pulumi-gitlab-dynamic does not know: a newer version wrote it. ` +
        "Run `npm install pulumi-gitlab-dynamic@latest`.",
    );
  }
  return new SecretAnswers(new Handler(definition, ofEntries === undefined ? single : entries), definition);
}

const single = {
  check,
  create,
  diff,
  /** Notes which object a new resource is to have. */
  noteIntents: (context: OperationContext, olds: Props, news: Props) =>
    Object.keys(olds).length === 0 ? noteIntent(context, news) : [],
  /** The object of a new resource, which a preview asks GitLab about. */
  newObjects: (olds: Props, inputs: Props): readonly NewObject[] =>
    Object.keys(olds).length === 0 ? [{ inputs }] : [],
  /** Looks for what a new fleet would delete. */
  examineNew: (): Promise<string[]> => Promise.resolve([]),
  read,
  remove,
  update,
};

type Steps = Omit<typeof single, "examineNew"> & Pick<typeof entries, "examineNew">;

const report: OperationContext["report"] = (severity, text) => {
  const clean = withoutSecrets(text);
  if (severity === "status") status(clean);
  else void (severity === "warn" ? warn(clean) : info(clean));
};

/** The resources that the program has registered with this process so far, by {@link nameOf}. */
const registered = new Set<string>();

function nameOf({ name }: Definition, inputs: Props): string {
  return `${name} ${textIn(inputs, "__resource") ?? ""}`;
}

/** What this process has warned of, whatever definition came first. */
const warned = new Set<string>();

/** Turns the engine's calls into steps of the lifecycle, and failures into what a user reads. */
class Handler implements pulumi.dynamic.ResourceProvider {
  #configuration: Configuration = readConfiguration(() => undefined, process.env);
  /** Whether the program has said that this is a preview. */
  #isPreview = false;

  /**
   * @param definition of the resource's object, or of the objects of a fleet
   * @param steps the lifecycle of one object, or of a fleet
   */
  constructor(
    readonly definition: Definition,
    readonly steps: Steps,
  ) {}

  /** Stores the settings. Synchronous, since the process does not wait for it, and never throws. */
  configure(request: pulumi.dynamic.ConfigureRequest): Promise<void> {
    this.#configuration = readConfiguration((key) => request.config.get(`gitlab:${key}`), process.env);
    return Promise.resolve();
  }

  /** Every problem of the arguments at once. The property stays empty, since the engine would print its value. */
  check(olds: Props | undefined, news: Props): Promise<pulumi.dynamic.CheckResult> {
    return duringRegistration(() => this.#check(olds ?? {}, news)).finally(flush);
  }

  async #check(olds: Props, all: Props): Promise<pulumi.dynamic.CheckResult> {
    const { hint, given: news } = withoutHint(all);
    registered.add(nameOf(this.definition, news));
    this.#warnOfPlainHttp();
    noteSecrets(this.definition, news);
    const { inputs, problems, notice } = this.steps.check(this.definition, olds, news);
    this.#isPreview ||= hint !== undefined;
    const failures = [...sdkProblem(), ...this.#settingsProblems(), ...problems];
    const isNew = Object.keys(olds).length === 0;
    if (failures.length === 0) failures.push(...this.steps.noteIntents(this.#context(), olds, inputs));
    if (failures.length === 0 && hint) {
      failures.push(...(await previewProblems(this.#context(), hint, this.steps.newObjects(olds, inputs))));
    }
    if (failures.length === 0) failures.push(...(await this.#lookForExisting(olds, inputs, isNew)));
    if (failures.length === 0 && isNew) failures.push(...(await this.steps.examineNew(this.#context(), inputs)));
    if (failures.length === 0 && isNew) noteNew(this.#context(), inputs);
    if (failures.length === 0 && notice !== undefined) report("info", notice);
    return { inputs, failures: failures.map((reason) => ({ property: "", reason })) };
  }

  async #announce(inputs: Props): Promise<string[]> {
    try {
      const context = this.#context();
      const { connection } = context;
      const announcing = announceImport({ ...context, connection: connection.impatient() }, inputs);
      await soon(connection.settings.baseUrl, announcing);
      return [];
    } catch (error) {
      return unlessUnanswered(this.#context(), error) ? [] : [messageOf(error, this.definition, inputs)];
    }
  }

  async #lookForExisting(olds: Props, inputs: Props, isNew: boolean): Promise<string[]> {
    const context = this.#context();
    const isImport = inputs.__import !== undefined;
    if (!isNew && !isImport) noteHeldPlace(context, olds);
    if (!isNew || isOffline(context)) return [];
    return isImport ? this.#announce(inputs) : checkNewSlot(context, inputs);
  }

  async diff(id: pulumi.ID, olds: Props, news: Props): Promise<pulumi.dynamic.DiffResult> {
    // The diff after a read in a refresh comes before the program has registered the resource, if it still does.
    const isRefresh = !registered.has(nameOf(this.definition, news));
    return this.#presenting([olds, news], () =>
      duringRegistration(async () => {
        const context = this.#context();
        const { changes, replaces } = await this.steps.diff({ ...context, isRefresh }, id, olds, news);
        const problem = changes && !isRefresh ? await previewTokenProblem(context) : undefined;
        if (problem !== undefined) throw new ProviderError(`${problem}.`);
        return { changes, replaces: [...replaces] };
      }),
    );
  }

  async create(inputs: Props): Promise<pulumi.dynamic.CreateResult> {
    return this.#presenting([inputs], async () => {
      const { id, outputs } = await createOnce(this.#context(), inputs, this.steps);
      return { id, outs: { ...outputs } };
    });
  }

  async read(id: pulumi.ID, props: Props = {}): Promise<pulumi.dynamic.ReadResult> {
    return this.#presenting([props], async () => {
      const result = await this.steps.read(this.#context(), id, props);
      if (result.gone) return { props: {} };
      return { id, props: result.props, ...(result.inputs ? { inputs: result.inputs } : {}) };
    });
  }

  async update(id: pulumi.ID, olds: Props, news: Props): Promise<pulumi.dynamic.UpdateResult> {
    return this.#presenting([olds, news], async () => ({
      outs: { ...(await this.steps.update(this.#context(), id, olds, news)) },
    }));
  }

  async delete(id: pulumi.ID, props: Props): Promise<void> {
    return this.#presenting([props], () => this.steps.remove(this.#context(), id, props));
  }

  #context(): OperationContext {
    const { definition } = this;
    return { definition, api: apiFor(definition), connection: connectionFor(this.#settings()), report };
  }

  /** Said at the first check, so that a preview shows it before a token travels. */
  #warnOfPlainHttp(): void {
    const { settings } = this.#configuration;
    const text = settings && plainHttpWarning(settings);
    if (text === undefined || warned.has(text)) return;
    warned.add(text);
    report("warn", text);
  }

  #settings() {
    const settings = this.#configuration.settings ?? (this.#isPreview ? this.#configuration.offline : undefined);
    const problems = [...sdkProblem(), ...this.#settingsProblems()];
    if (settings && problems.length === 0) return settings;
    throw new ProviderError(problems.join(" "));
  }

  /** A preview does without a token, as in the merge request of a fork. */
  #settingsProblems(): readonly string[] {
    const { problems = [], offline } = this.#configuration;
    return this.#isPreview && offline ? [] : problems;
  }

  /** No stack, no request and no value of the program leaves with an error. */
  async #presenting<T>(given: readonly Props[], task: () => Promise<T>): Promise<T> {
    noteSecrets(this.definition, ...given);
    try {
      return await task();
    } catch (error) {
      if (error instanceof PartialFailureError) throw error;
      throw new ProviderError(messageOf(error, this.definition, ...given));
    } finally {
      // With the last answer the engine ends this process, and takes no line after it.
      await flush();
    }
  }
}
