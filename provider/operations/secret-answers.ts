import type * as pulumi from "@pulumi/pulumi";
import type { Definition } from "../core/definition";
import { PartialFailureError } from "../core/errors";
import { fieldsOf } from "../core/schema";
import { isObject } from "../core/json";
import { markSecret } from "../core/secret-mark";
import { same } from "./state/request-body";
import { isGiven, isWhole, repeatsOf } from "../secrets/repeated-outputs";
import { unknownValue, hiddenValue } from "../core/unknown";

type Props = Readonly<Record<string, unknown>>;

/**
 * A dynamic provider whose answers mark every secret as one.
 *
 * The engine keeps such marks: what a check answers with is a secret in inputs from there on, in previews, in state and
 * by its name in outputs, and the provider itself gets it plain again. So it does not matter on what way a secret came
 * to the engine. The constructor of a resource sees neither what is inside an Output nor what transforms add later, and
 * a transform can drop the names of secret outputs that the constructor gives along.
 */
export class SecretAnswers implements pulumi.dynamic.ResourceProvider {
  /**
   * @param provider whose answers are plain
   * @param definition of its object, or of the objects of its fleet
   */
  constructor(
    readonly provider: Required<Omit<pulumi.dynamic.ResourceProvider, "list">>,
    readonly definition: Definition,
  ) {}

  configure(request: pulumi.dynamic.ConfigureRequest): Promise<void> {
    return this.provider.configure(request);
  }

  async check(olds: Props, news: Props): Promise<pulumi.dynamic.CheckResult> {
    const result = await this.provider.check(olds, news);
    return { ...result, inputs: markedInputs(this.definition, result.inputs as Props) };
  }

  diff(id: pulumi.ID, olds: Props, news: Props): Promise<pulumi.dynamic.DiffResult> {
    return this.provider.diff(id, olds, news);
  }

  async create(inputs: Props): Promise<pulumi.dynamic.CreateResult> {
    const result = await this.#answering(() => this.provider.create(inputs));
    return { ...result, outs: markedOutputs(this.definition, result.outs as Props) };
  }

  async read(id: pulumi.ID, props?: Props): Promise<pulumi.dynamic.ReadResult> {
    const result = await this.provider.read(id, props);
    const inputs = result.inputs as Props | undefined;
    return {
      ...result,
      props: markedOutputs(this.definition, result.props as Props),
      ...(inputs ? { inputs: markedInputs(this.definition, inputs) } : {}),
    };
  }

  async update(id: pulumi.ID, olds: Props, news: Props): Promise<pulumi.dynamic.UpdateResult> {
    const result = await this.#answering(() => this.provider.update(id, olds, news));
    return { outs: markedOutputs(this.definition, result.outs as Props) };
  }

  delete(id: pulumi.ID, props: Props): Promise<void> {
    return this.provider.delete(id, props);
  }

  /** What a half-made object leaves in state is an answer too. */
  async #answering<T>(task: () => Promise<T>): Promise<T> {
    try {
      return await task();
    } catch (error) {
      if (!(error instanceof PartialFailureError)) throw error;
      throw new PartialFailureError(error.id, markedOutputs(this.definition, error.properties), error.reasons);
    }
  }
}

/** Inputs with every value of a secret field marked, those of each entry where they are a fleet's. */
export function markedInputs(definition: Definition, inputs: Props): Props {
  const { entries } = inputs;
  if (!isObject(entries) || "entries" in definition.fields) return marked(inputs, secretNames(definition));
  const names = secretNames(definition);
  const each = Object.entries(entries).map(([key, args]) => [key, isObject(args) ? marked(args, names) : args]);
  return { ...inputs, entries: Object.fromEntries(each) as unknown };
}

/** Outputs with every secret marked, without those that only say what an argument says. */
export function markedOutputs(definition: Definition, outputs: Props): Props {
  const further = definition.outputs.filter(({ secret }) => secret).map(({ name }) => name);
  return marked(withoutRepeats(definition, outputs), [...secretNames(definition), ...further, "__entries", "__stored"]);
}

/** Outputs without those that are nothing but the value of an argument that the program gives. */
function withoutRepeats(definition: Definition, outputs: Props): Props {
  const { __managed: managed } = outputs;
  const given = new Set<unknown>(Array.isArray(managed) ? managed : []);
  const infos = fieldsOf(definition.fields);
  const repeats = repeatsOf(definition).filter(isWhole);
  const repeated = repeats.filter(({ output, argument, from }) => {
    const info = infos.get(output);
    if (!info || given.has(output) || !given.has(argument) || !isGiven(outputs[argument])) return false;
    return same(info, outputs[output], from(outputs[argument]));
  });
  const names = new Set(repeated.map(({ output }) => output));
  return names.size === 0 ? outputs : Object.fromEntries(Object.entries(outputs).filter(([name]) => !names.has(name)));
}

function secretNames({ fields }: Definition): string[] {
  return [...fieldsOf(fields).values()].filter(({ secret }) => secret).map(({ name }) => name);
}

function marked(props: Props, names: readonly string[]): Props {
  const secrets = names.filter((name) => isGiven(props[name]));
  return { ...props, ...Object.fromEntries(secrets.map((name) => [name, valueOf(props[name])])) };
}

/** A map keeps its keys visible: only its values are secrets. What is not known yet, or not there, stays as it is. */
function valueOf(value: unknown): unknown {
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, secretOf(item)]));
  return secretOf(value);
}

function secretOf(value: unknown): unknown {
  if (!isGiven(value) || value === unknownValue || value === hiddenValue) return value;
  return markSecret(value);
}
