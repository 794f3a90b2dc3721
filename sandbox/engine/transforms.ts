import { CallbacksClient } from "@pulumi/pulumi/proto/callback_grpc_pb";
import { type Callback, CallbackInvokeRequest, type CallbackInvokeResponse } from "@pulumi/pulumi/proto/callback_pb";
import { TransformRequest, TransformResourceOptions, TransformResponse } from "@pulumi/pulumi/proto/resource_pb";

import type { Goal } from "./goal";
import { connect, fromStruct, toStruct, unary } from "./rpc";

/**
 * The transforms of a program: functions in its own process that change what resources are registered with.
 *
 * Of the options they see and change those that can be told from the others by themselves: aliases, dependencies and
 * timeouts stay as they were registered.
 */
export class Transforms {
  readonly #ofStack: Callback[] = [];
  readonly #clients = new Map<string, CallbacksClient>();

  /** Takes a transform that is for all resources from now on. */
  add(callback: Callback): void {
    this.#ofStack.push(callback);
  }

  /** What a resource is to be after its own transforms and those of the stack. Rejects when one of them fails. */
  async apply(goal: Goal, own: readonly Callback[]): Promise<Goal> {
    let transformed = goal;
    for (const callback of [...own, ...this.#ofStack]) transformed = await this.#transform(transformed, callback);
    return transformed;
  }

  /** Ends the connections to the program. */
  close(): void {
    for (const client of this.#clients.values()) client.close();
  }

  async #transform(goal: Goal, callback: Callback): Promise<Goal> {
    const transform = new TransformRequest()
      .setType(goal.type)
      .setName(goal.name)
      .setCustom(goal.custom)
      .setParent(goal.parent)
      .setProperties(toStruct(goal.inputs, { keepSecrets: true, keepReferences: true }))
      .setOptions(optionsOf(goal));
    const request = new CallbackInvokeRequest().setToken(callback.getToken()).setRequest(transform.serializeBinary());
    const client = this.#clientFor(callback.getTarget());
    const answer = await unary<CallbackInvokeResponse>((done) => client.invoke(request, done));
    const response = TransformResponse.deserializeBinary(answer.getResponse_asU8());
    return { ...withOptions(goal, response.getOptions()), inputs: fromStruct(response.getProperties()) };
  }

  #clientFor(target: string): CallbacksClient {
    const client = this.#clients.get(target) ?? connect(CallbacksClient, target);
    this.#clients.set(target, client);
    return client;
  }
}

function optionsOf(goal: Goal): TransformResourceOptions {
  const options = new TransformResourceOptions()
    .setAdditionalSecretOutputsList([...goal.additionalSecretOutputs])
    .setIgnoreChangesList([...goal.ignoreChanges])
    .setReplaceOnChangesList([...goal.replaceOnChanges])
    .setProvider(goal.provider)
    .setDeletedWith(goal.deletedWith)
    .setImport(goal.importId);
  if (goal.protect !== undefined) options.setProtect(goal.protect);
  if (goal.retainOnDelete !== undefined) options.setRetainOnDelete(goal.retainOnDelete);
  if (goal.deleteBeforeReplace !== undefined) options.setDeleteBeforeReplace(goal.deleteBeforeReplace);
  return options;
}

/** The goal with the options that a transform leaves, which may be fewer than it got. */
function withOptions(goal: Goal, options = new TransformResourceOptions()): Goal {
  return {
    ...goal,
    additionalSecretOutputs: options.getAdditionalSecretOutputsList(),
    ignoreChanges: options.getIgnoreChangesList(),
    replaceOnChanges: options.getReplaceOnChangesList(),
    provider: options.getProvider(),
    deletedWith: options.getDeletedWith(),
    importId: options.getImport(),
    protect: options.hasProtect() ? options.getProtect() : undefined,
    retainOnDelete: options.hasRetainOnDelete() ? options.getRetainOnDelete() : undefined,
    deleteBeforeReplace: options.hasDeleteBeforeReplace() ? options.getDeleteBeforeReplace() : undefined,
  };
}
