import { randomUUID } from "node:crypto";

import { status } from "@grpc/grpc-js";
import {
  CheckRequest,
  type CheckResponse,
  ConfigureRequest,
  type ConfigureResponse,
  CreateRequest,
  type CreateResponse,
  DeleteRequest,
  DiffRequest,
  type DiffResponse,
  ProviderHandshakeRequest,
  ReadRequest,
  type ReadResponse,
  UpdateRequest,
  type UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

import type { RecordedCall } from "./diagnostics";
import { message } from "./message";
import { initFailed } from "./init-failed";
import type { ProviderProcess } from "./provider-process";
import { fromStruct, isServiceError, type Send, unary } from "./rpc";
import { parseUrn } from "./urn";
import { encode, encodeMap, type Encoding, hasUnknown, markSecrets, type PropertyMap, UNKNOWN_TEXT } from "./values";

/** What a provider finds wrong with the inputs of a resource. */
export interface CheckFailure {
  /** Empty when it concerns no single property. */
  readonly property: string;
  readonly reason: string;
}

/** What a provider says about the difference between what is and what is wanted. */
export interface ProviderDiff {
  readonly changes: "none" | "some" | "unknown";
  /** The properties that cannot be changed in place. */
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** What a provider read. */
export interface ReadResult {
  /** Empty when there is nothing. */
  readonly id: string;
  readonly outputs: PropertyMap;
  /** Absent when the provider returned none. */
  readonly inputs?: PropertyMap;
}

/** A resource that a call is about. */
export interface Target {
  readonly urn: string;
  readonly id?: string | undefined;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
}

// A dynamic provider says of itself that it takes neither marked secrets nor references.
const TO_PROVIDER: Encoding = { keepSecrets: false, keepReferences: false };
const TO_CONFIGURE: Encoding = { keepSecrets: true, keepReferences: true };
const CHANGES = ["unknown", "none", "some"] as const;
const CHANGES_TEXT = ["DIFF_UNKNOWN", "DIFF_NONE", "DIFF_SOME"] as const;
const GRPC_CODE_NAMES: Readonly<Record<number, string>> = { [status.UNIMPLEMENTED]: "Unimplemented" };

type Plain = Record<string, unknown>;

/** One provider resource's process, with the calls the engine makes. */
export class Provider {
  /** Whether the whole configuration is known; until then nothing but configuration is asked of the process. */
  known = false;
  /** Its configuration. */
  inputs: PropertyMap = {};

  constructor(
    readonly urn: string,
    private readonly process: ProviderProcess,
    private readonly engineAddress: string,
    private readonly record: (call: RecordedCall) => void,
  ) {}

  /** Introduces the engine. A dynamic provider does not implement it, which is no error. */
  async handshake(): Promise<void> {
    const { client, directory } = this.process;
    const fields = {
      engineAddress: this.engineAddress,
      rootDirectory: directory,
      programDirectory: directory,
      configureWithUrn: true,
      supportsViews: true,
      supportsRefreshBeforeUpdate: true,
      invokeWithPreview: true,
    };
    const request = message(ProviderHandshakeRequest, fields);
    await this.optional("Handshake", fields, (done) => client.handshake(request, done));
    await this.call<PluginInfo>(
      "GetPluginInfo",
      {},
      (done) => client.getPluginInfo(new Empty(), done),
      (response) => ({ version: response.getVersion() }),
    );
  }

  /** Asks whether the configuration is right. Dynamic providers do not implement it: it always is. */
  async checkConfig(urn: string, olds: PropertyMap, news: PropertyMap): Promise<void> {
    const fields = { urn, olds: plain(olds), news: plain(news), ...nameAndType(urn) };
    const request = message(CheckRequest, fields);
    await this.optional("CheckConfig", fields, (done) => this.process.client.checkConfig(request, done));
  }

  /** Asks what a change of configuration means. Dynamic providers do not implement it: never a replacement. */
  async diffConfig(urn: string, old: { inputs: PropertyMap; outputs: PropertyMap }, news: PropertyMap): Promise<void> {
    const oldInputs = plain(old.inputs);
    const fields = { urn, olds: plain(old.outputs), news: plain(news), oldInputs, ...nameAndType(urn) };
    const request = message(DiffRequest, fields);
    await this.optional("DiffConfig", fields, (done) => this.process.client.diffConfig(request, done));
  }

  /** Hands over the configuration, unless a part of it is still unknown. */
  async configure(id: string, inputs: PropertyMap): Promise<void> {
    this.known = !hasUnknown(inputs);
    this.inputs = inputs;
    if (!this.known) return;
    const { name, type } = nameAndType(this.urn);
    const variables = Object.fromEntries(
      Object.entries(plain(inputs)).map(([key, value]) => [`pulumi-nodejs:config:${key}`, configText(value)]),
    );
    const fields = {
      args: encodeMap(inputs, TO_CONFIGURE),
      acceptSecrets: true,
      acceptResources: true,
      sendsOldInputs: true,
      sendsOldInputsToDelete: true,
      id,
      urn: this.urn,
      name,
      type,
    };
    const request = message(ConfigureRequest, fields);
    for (const [key, value] of Object.entries(variables)) request.getVariablesMap().set(key, value);
    await this.call<ConfigureResponse>(
      "Configure",
      { variables, ...fields },
      (done) => this.process.client.configure(request, done),
      () => ({}),
    );
  }

  /** Checks the inputs of a resource and returns them as they are to be used. */
  async check(
    urn: string,
    olds: PropertyMap,
    news: PropertyMap,
    randomSeed: Buffer,
  ): Promise<{ inputs: PropertyMap; failures: CheckFailure[] }> {
    if (!this.known) return { inputs: news, failures: [] };
    const fields = { urn, olds: plain(olds), news: plain(news), ...nameAndType(urn) };
    const request = message(CheckRequest, { ...fields, randomSeed });
    const response = await this.call<CheckResponse>(
      "Check",
      { ...fields, randomSeed: randomSeed.toString("base64") },
      (done) => this.process.client.check(request, done),
      (answer) => ({
        inputs: answer.getInputs()?.toJavaScript() ?? {},
        ...(answer.getFailuresList().length > 0 && { failures: answer.getFailuresList().map(failure) }),
      }),
    );
    return {
      inputs: markSecrets(fromStruct(response.getInputs()), news),
      failures: response.getFailuresList().map(failure),
    };
  }

  /** Compares what is with what is wanted. Undefined when the provider cannot be asked yet. */
  async diff(old: Target, news: PropertyMap, ignoreChanges: readonly string[]): Promise<ProviderDiff | undefined> {
    if (!this.known) return undefined;
    const fields = comparison(old, news, ignoreChanges);
    const request = message(DiffRequest, fields);
    const response = await this.call<DiffResponse>(
      "Diff",
      fields,
      (done) => this.process.client.diff(request, done),
      describeDiff,
    );
    return {
      changes: CHANGES[response.getChanges()],
      replaces: response.getReplacesList(),
      deleteBeforeReplace: response.getDeletebeforereplace(),
    };
  }

  /** Makes a resource. Throws InitFailed when it was made but is not finished. */
  async create(urn: string, inputs: PropertyMap): Promise<{ id: string; outputs: PropertyMap }> {
    const fields = { urn, properties: plain(inputs), ...nameAndType(urn), ...this.status() };
    const request = message(CreateRequest, fields);
    const response = await this.call<CreateResponse>(
      "Create",
      fields,
      (done) => this.process.client.create(request, done),
      (answer) => ({ id: answer.getId(), properties: answer.getProperties()?.toJavaScript() ?? {} }),
      inputs,
    );
    return { id: response.getId(), outputs: markSecrets(fromStruct(response.getProperties()), inputs) };
  }

  /** Changes a resource in place. Throws InitFailed when it is not finished. */
  async update(old: Target, news: PropertyMap, ignoreChanges: readonly string[]): Promise<PropertyMap> {
    const fields = { ...comparison(old, news, ignoreChanges), ...this.status() };
    const request = message(UpdateRequest, fields);
    const response = await this.call<UpdateResponse>(
      "Update",
      fields,
      (done) => this.process.client.update(request, done),
      (answer) => ({ properties: answer.getProperties()?.toJavaScript() ?? {} }),
      news,
    );
    return markSecrets(fromStruct(response.getProperties()), news);
  }

  /** Reads a resource. Its `inputs` and `outputs` are what is known of it so far. */
  async read(target: Target): Promise<ReadResult> {
    const inputs = Object.keys(target.inputs).length > 0 ? { inputs: plain(target.inputs) } : {};
    const properties = plain(target.outputs);
    const fields = { id: target.id, urn: target.urn, properties, ...inputs, ...nameAndType(target.urn) };
    const request = message(ReadRequest, { ...fields, ...this.status() });
    const response = await this.call<ReadResponse>(
      "Read",
      { ...fields, ...this.status() },
      (done) => this.process.client.read(request, done),
      (answer) => ({
        ...(answer.getId() !== "" && { id: answer.getId() }),
        properties: answer.getProperties()?.toJavaScript() ?? {},
        ...(answer.getInputs() && { inputs: answer.getInputs()?.toJavaScript() }),
      }),
    );
    const read = response.getInputs();
    return {
      id: response.getId(),
      outputs: markSecrets(fromStruct(response.getProperties()), target.outputs),
      ...(read && { inputs: markSecrets(fromStruct(read), target.inputs) }),
    };
  }

  /** Deletes a resource. */
  async delete(old: Target): Promise<void> {
    const properties = plain(old.outputs);
    const oldInputs = plain(old.inputs);
    const fields = { id: old.id, urn: old.urn, properties, oldInputs, ...nameAndType(old.urn), ...this.status() };
    const request = message(DeleteRequest, fields);
    await this.call<Empty>(
      "Delete",
      fields,
      (done) => this.process.client.delete(request, done),
      () => ({}),
    );
  }

  private status(): Plain {
    return { resourceStatusAddress: this.engineAddress, resourceStatusToken: randomUUID() };
  }

  private async call<Response>(
    method: string,
    request: Plain,
    send: Send<Response>,
    describe: (response: Response) => Plain,
    marked: PropertyMap = {},
  ): Promise<Response> {
    const name = `ResourceProvider/${method}`;
    const recorded = Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
    try {
      const response = await unary(send);
      this.record({ method: name, request: recorded, response: describe(response) });
      return response;
    } catch (error) {
      if (!isServiceError(error)) throw error;
      const code = GRPC_CODE_NAMES[error.code] ?? "Unknown";
      const errors = [`rpc error: code = ${code} desc = ${error.details}`];
      this.record({ method: name, request: recorded, response: null, errors });
      throw initFailed(error, marked) ?? error;
    }
  }

  private async optional(method: string, request: Plain, send: Send<object>): Promise<void> {
    try {
      await this.call(method, request, send, () => ({}));
    } catch (error) {
      if (!isServiceError(error) || error.code !== status.UNIMPLEMENTED) throw error;
    }
  }
}

/** The ID that stands for one that a preview cannot know. */
export const UNKNOWN_ID = UNKNOWN_TEXT;

function plain(map: PropertyMap): Plain {
  return encodeMap(map, TO_PROVIDER);
}

function nameAndType(urn: string): { name: string; type: string } {
  const { name, type } = parseUrn(urn);
  return { name, type };
}

function configText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(encode(value as never, TO_PROVIDER));
}

function failure(item: { getProperty: () => string; getReason: () => string }): CheckFailure {
  return { property: item.getProperty(), reason: item.getReason() };
}

function describeDiff(answer: DiffResponse): Plain {
  return {
    ...(answer.getReplacesList().length > 0 && { replaces: answer.getReplacesList() }),
    ...(answer.getDeletebeforereplace() && { deleteBeforeReplace: true }),
    ...(CHANGES[answer.getChanges()] !== "unknown" && {
      changes: CHANGES_TEXT[answer.getChanges()],
    }),
  };
}

/** What Diff and Update both tell the provider. */
function comparison(old: Target, news: PropertyMap, ignoreChanges: readonly string[]) {
  return {
    id: old.id,
    urn: old.urn,
    olds: plain(old.outputs),
    news: plain(news),
    ...(ignoreChanges.length > 0 && { ignoreChanges: [...ignoreChanges] }),
    oldInputs: plain(old.inputs),
    ...nameAndType(old.urn),
  };
}
