import type * as pulumi from "@pulumi/pulumi";
import { UnreachableError } from "./client";
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
  read,
  remove,
  update,
};

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

  /**
   * @param definition of the resource's object, or of the objects of a fleet
   * @param steps the lifecycle of one object, or of a fleet
   */
  constructor(
    readonly definition: Definition,
    readonly steps: typeof single,
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

  async #check(olds: Props, news: Props): Promise<pulumi.dynamic.CheckResult> {
    registered.add(nameOf(this.definition, news));
    this.#warnOfPlainHttp();
    noteSecrets(this.definition, news);
    const { inputs, problems, notice } = this.steps.check(this.definition, olds, news);
    const settings = this.#configuration.problems ?? [];
    const all = [...sdkProblem(), ...settings, ...problems];
    const isNew = Object.keys(olds).length === 0;
    if (all.length === 0) all.push(...this.steps.noteIntents(this.#context(), olds, inputs));
    if (all.length === 0 && isNew && inputs.__import !== undefined) {
      all.push(...(await this.#announce(inputs)));
    }
    if (all.length === 0 && inputs.__import === undefined) await this.#lookForExisting(olds, inputs, isNew);
    if (all.length === 0 && isNew) noteNew(this.#context(), inputs);
    if (all.length === 0 && notice !== undefined) report("info", notice);
    return { inputs, failures: all.map((reason) => ({ property: "", reason })) };
  }

  async #announce(inputs: Props): Promise<string[]> {
    try {
      const context = this.#context();
      await announceImport({ ...context, connection: context.connection.impatient() }, inputs);
      return [];
    } catch (error) {
      if (!(error instanceof UnreachableError)) return [messageOf(error, this.definition, inputs)];
      await info(`import: not checked: GitLab cannot be reached.`);
      return [];
    }
  }

  async #lookForExisting(olds: Props, inputs: Props, isNew: boolean): Promise<void> {
    if (isNew) await checkNewSlot(this.#context(), inputs);
    else noteHeldPlace(this.#context(), olds);
  }

  async diff(id: pulumi.ID, olds: Props, news: Props): Promise<pulumi.dynamic.DiffResult> {
    // The diff after a read in a refresh comes before the program has registered the resource, if it still does.
    const isRefresh = !registered.has(nameOf(this.definition, news));
    return this.#presenting([olds, news], () =>
      duringRegistration(async () => {
        const { changes, replaces } = await this.steps.diff({ ...this.#context(), isRefresh }, id, olds, news);
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
    const problems = [...sdkProblem(), ...(this.#configuration.problems ?? [])];
    if (this.#configuration.settings && problems.length === 0) return this.#configuration.settings;
    throw new ProviderError(problems.join(" "));
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
