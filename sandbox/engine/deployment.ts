import { createHash } from "node:crypto";

import type { Crypter } from "./crypter";
import {
  decode,
  decodeMap,
  encodeMap,
  type Encoding,
  isMap,
  type PropertyMap,
  Secret,
  SECRET_SIGNATURE,
  secret,
  SIGNATURE,
  sortedEntries,
  type Value,
} from "./values";

/** The engine whose state format and behaviour are followed, as the state's manifest names it. */
export const ENGINE_VERSION = "v3.220.0";

/** A resource as the engine knows it after its last step. */
export interface ResourceState {
  urn: string;
  type: string;
  /** False for components, the stack among them. */
  custom: boolean;
  /** Absent while a create is only previewed. */
  id?: string;
  inputs: PropertyMap;
  outputs: PropertyMap;
  /** A replaced resource that is still to be deleted. */
  delete?: boolean;
  /** Deleted before its replacement was made. */
  pendingReplacement?: boolean;
  parent?: string;
  protect?: boolean;
  /** Read by the program (`get`), not managed. */
  external?: boolean;
  dependencies: string[];
  /** Why the last create or update did not finish. */
  initErrors?: string[];
  /** The provider's URN and ID, joined by `::`. */
  provider?: string;
  propertyDependencies: Record<string, string[]>;
  additionalSecretOutputs?: string[];
  aliases?: string[];
  customTimeouts?: Record<string, string>;
  importID?: string;
  retainOnDelete?: boolean;
  deletedWith?: string;
  ignoreChanges?: string[];
  replaceOnChanges?: string[];
  replaceWith?: string[];
  replacementTrigger?: Value;
  created?: string;
  modified?: string;
}

/** What the engine was doing to a resource, written before it starts and removed when it ends. */
export interface PendingOperation {
  resource: ResourceState;
  type: "creating" | "updating" | "deleting" | "reading" | "importing";
}

/** The whole state of a stack. */
export interface Deployment {
  resources: ResourceState[];
  pendingOperations: PendingOperation[];
}

/** The state as JSON: the format of `pulumi stack export`, version 3. */
export interface DeploymentJson {
  version: 3;
  deployment: {
    manifest: { time: string; magic: string; version: string };
    secrets_providers?: { type: string; state: { salt: string } };
    resources?: Record<string, unknown>[];
    pending_operations?: { resource: Record<string, unknown>; type: string }[];
    metadata: object;
  };
}

/** Writes a deployment as JSON, with every secret encrypted. */
export function serialize(deployment: Deployment, crypter: Crypter): DeploymentJson {
  const resources = deployment.resources.map((resource) => serializeResource(resource, crypter));
  const operations = deployment.pendingOperations.map(({ resource, type }) => ({
    resource: serializeResource(resource, crypter),
    type,
  }));
  return {
    version: 3,
    deployment: {
      manifest: {
        time: new Date().toISOString(),
        magic: createHash("sha256").update(ENGINE_VERSION).digest("hex"),
        version: ENGINE_VERSION,
      },
      secrets_providers: { type: "passphrase", state: { salt: crypter.salt } },
      ...(resources.length > 0 && { resources }),
      ...(operations.length > 0 && { pending_operations: operations }),
      metadata: {},
    },
  };
}

/** Reads a deployment. Throws when a secret cannot be decrypted. */
export function deserialize(json: DeploymentJson, crypter: Crypter): Deployment {
  const { resources = [], pending_operations: operations = [] } = json.deployment;
  return {
    resources: resources.map((resource) => deserializeResource(resource, crypter)),
    pendingOperations: operations.map(({ resource, type }) => ({
      resource: deserializeResource(resource, crypter),
      type: type as PendingOperation["type"],
    })),
  };
}

const PLAIN: Encoding = { keepSecrets: false, keepReferences: true };

function serializeResource(resource: ResourceState, crypter: Crypter): Record<string, unknown> {
  const { inputs, outputs, dependencies, propertyDependencies } = resource;
  const has = (value: object): boolean => Object.keys(value).length > 0;
  return dropUndefined({
    urn: resource.urn,
    custom: resource.custom,
    delete: resource.delete,
    id: resource.id,
    type: resource.type,
    inputs: has(inputs) ? serializeOnce(inputs, crypter) : undefined,
    outputs: has(outputs) ? serializeOnce(outputs, crypter) : undefined,
    parent: resource.parent,
    protect: resource.protect,
    external: resource.external,
    dependencies: dependencies.length > 0 ? dependencies : undefined,
    initErrors: resource.initErrors,
    provider: resource.provider,
    propertyDependencies: has(propertyDependencies) ? propertyDependencies : undefined,
    pendingReplacement: resource.pendingReplacement,
    additionalSecretOutputs: resource.additionalSecretOutputs,
    aliases: resource.aliases,
    customTimeouts: resource.customTimeouts,
    importID: resource.importID,
    retainOnDelete: resource.retainOnDelete,
    deletedWith: resource.deletedWith,
    created: resource.created,
    modified: resource.modified,
    ignoreChanges: resource.ignoreChanges,
    replaceOnChanges: resource.replaceOnChanges,
    replaceWith: resource.replaceWith,
    replacementTrigger:
      resource.replacementTrigger === undefined ? undefined : serializeValue(resource.replacementTrigger, crypter),
  });
}

/** The object without its undefined entries, and without `false`, which the format leaves out except for `custom`. */
function dropUndefined(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).filter(([name, value]) => value !== undefined && (value !== false || name === "custom")),
  );
}

/** What a resource's properties were written as, which are never changed in place: each step writes the whole state. */
const written = new WeakMap<Crypter, WeakMap<PropertyMap, Record<string, unknown>>>();

function serializeOnce(map: PropertyMap, crypter: Crypter): Record<string, unknown> {
  const known = written.get(crypter) ?? new WeakMap<PropertyMap, Record<string, unknown>>();
  written.set(crypter, known);
  const json = known.get(map) ?? serializeMap(map, crypter);
  known.set(map, json);
  return json;
}

function serializeMap(map: PropertyMap, crypter: Crypter): Record<string, unknown> {
  return Object.fromEntries(sortedEntries(map).map(([name, value]) => [name, serializeValue(value, crypter)]));
}

function serializeValue(value: Value, crypter: Crypter): unknown {
  if (value instanceof Secret) {
    const text = JSON.stringify(encodeMap({ value }, PLAIN).value);
    return { [SIGNATURE]: SECRET_SIGNATURE, ciphertext: crypter.encrypt(text) };
  }
  if (Array.isArray(value)) return value.map((item) => serializeValue(item, crypter));
  if (isMap(value)) return serializeMap(value, crypter);
  return encodeMap({ value }, PLAIN).value;
}

type OptionalInJson = "inputs" | "outputs" | "dependencies" | "propertyDependencies";

function deserializeResource(json: Record<string, unknown>, crypter: Crypter): ResourceState {
  const state = json as unknown as Partial<ResourceState> & Omit<ResourceState, OptionalInJson>;
  return {
    ...state,
    inputs: deserializeMap(json.inputs, crypter),
    outputs: deserializeMap(json.outputs, crypter),
    ...("replacementTrigger" in json && { replacementTrigger: decode(decrypted(json.replacementTrigger, crypter)) }),
    dependencies: state.dependencies ?? [],
    propertyDependencies: state.propertyDependencies ?? {},
  };
}

function deserializeMap(json: unknown, crypter: Crypter): PropertyMap {
  return decodeMap(decrypted(json ?? {}, crypter) as Record<string, unknown>);
}

/** The JSON with each ciphertext replaced by what a call would carry: the marked plain value. */
function decrypted(json: unknown, crypter: Crypter): unknown {
  if (Array.isArray(json)) return json.map((item) => decrypted(item, crypter));
  if (typeof json !== "object" || json === null) return json;
  const object = json as Record<string, unknown>;
  if (object[SIGNATURE] === SECRET_SIGNATURE && typeof object.ciphertext === "string") {
    return { [SIGNATURE]: SECRET_SIGNATURE, value: JSON.parse(crypter.decrypt(object.ciphertext)) as unknown };
  }
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, decrypted(value, crypter)]));
}

/** Marks as secret what an option or the inputs say is secret. */
export function markSecretOutputs(state: ResourceState): void {
  const named = new Set(state.additionalSecretOutputs);
  state.outputs = Object.fromEntries(
    Object.entries(state.outputs).map(([name, value]) => [
      name,
      named.has(name) || state.inputs[name] instanceof Secret ? secret(value) : value,
    ]),
  );
}
