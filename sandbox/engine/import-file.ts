import { randomBytes, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { configText } from "./config";
import type { Deployment, ResourceState } from "./deployment";
import { type Diagnostic, Diagnostics, type RecordedCall } from "./diagnostics";
import { engineService } from "./engine-service";
import { ProviderRegistry } from "./provider-registry";
import { listen } from "./rpc";
import type { StackSettings } from "./stack-settings";
import type { StateFile } from "./state-file";
import { makeUrn, providerReference, providerType, STACK_TYPE } from "./urn";
import { decodeMap, type PropertyMap, secret } from "./values";

/** One object of an import file. */
interface ImportSpec {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
}

/** What came of an import. */
export interface ImportResult {
  /** Resources that the state has now and had not before. */
  readonly imported: number;
  readonly diagnostics: readonly Diagnostic[];
  /** Every call to a provider. */
  readonly calls: readonly RecordedCall[];
}

const DYNAMIC_PACKAGE = "pulumi-nodejs";

/**
 * Takes the resources of an import file into the state, as `pulumi import --file` of CLI 3.254 and later does with dynamic
 * resources that come with outputs: nothing is read, and the inputs are only checked.
 *
 * @param file the path of the import file
 * @throws Error when a resource has no outputs, since a dynamic provider cannot read then, or is in the state already
 * @see https://www.pulumi.com/docs/iac/cli/commands/pulumi_import/
 */
export async function importFile(settings: StackSettings, state: StateFile, file: string): Promise<ImportResult> {
  const { resources } = JSON.parse(readFileSync(file, "utf8")) as { resources: readonly ImportSpec[] };
  const { project, stack } = settings;
  const stackUrn = makeUrn(stack, project, "", STACK_TYPE, `${project}-${stack}`);
  const deployment = state.read();
  const provider = baseOf(deployment, settings, stackUrn);
  const states = resources.map((spec) => stateOf(spec, settings, stackUrn, provider));
  const known = new Set(deployment.resources.map(({ urn }) => urn));
  for (const { urn } of states) {
    if (known.has(urn)) throw new Error(`resource '${urn}' already exists`);
    known.add(urn);
  }
  const diagnostics = new Diagnostics(stackUrn);
  const calls = await checkAll(settings, states, provider, diagnostics);
  deployment.resources.push(...states);
  state.write(deployment);
  return { imported: states.length, diagnostics: diagnostics.all, calls };
}

/** Makes sure that the state has the stack and the default provider, and hands back the latter. */
function baseOf(deployment: Deployment, { stack, project, config = {} }: StackSettings, stackUrn: string) {
  const { resources } = deployment;
  if (!resources.some(({ urn }) => urn === stackUrn)) {
    resources.push(blank({ urn: stackUrn, type: STACK_TYPE, custom: false, inputs: {}, outputs: {} }));
  }
  const type = providerType(DYNAMIC_PACKAGE);
  const urn = makeUrn(stack, project, "", type, "default");
  const there = resources.find((resource) => resource.urn === urn);
  if (there) return there;
  const inputs = Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, typeof value === "string" ? value : secret(configText(value))]),
  );
  const made = blank({ urn, type, custom: true, id: randomUUID(), inputs, outputs: inputs });
  resources.push(made);
  return made;
}

function stateOf(
  { type, name, id, inputs = {}, outputs }: ImportSpec,
  { stack, project }: StackSettings,
  parent: string,
  provider: ResourceState,
): ResourceState {
  if (!outputs || Object.keys(outputs).length === 0) {
    throw new Error(`${name}: a dynamic resource cannot be imported without outputs`);
  }
  const urn = makeUrn(stack, project, parent, type, name);
  const reference = providerReference(provider.urn, provider.id ?? "");
  const properties = { inputs: decodeMap(inputs), outputs: decodeMap(outputs) };
  return { ...blank({ urn, type, custom: true, id, ...properties }), parent, provider: reference };
}

type Known = Pick<ResourceState, "urn" | "type" | "custom" | "inputs" | "outputs"> & { readonly id?: string };

function blank(known: Known): ResourceState {
  const now = new Date().toISOString();
  return { ...known, dependencies: [], propertyDependencies: {}, created: now, modified: now };
}

/** The engine has the inputs checked and turns failures into warnings. */
async function checkAll(
  { programDirectory, project, stack, env = {} }: StackSettings,
  states: readonly ResourceState[],
  provider: ResourceState,
  diagnostics: Diagnostics,
): Promise<RecordedCall[]> {
  const calls: RecordedCall[] = [];
  const server = await listen([engineService(diagnostics)]);
  const own = { PULUMI_NODEJS_PROJECT: project, PULUMI_NODEJS_STACK: stack };
  const process = { directory: resolve(programDirectory), env: { ...own, ...env }, engineAddress: server.address };
  const providers = new ProviderRegistry({ ...process, diagnostics }, (call) => calls.push(call));
  try {
    const reference = providerReference(provider.urn, provider.id ?? "");
    const opened = await providers.ensure(reference, [provider]);
    for (const { urn, inputs } of states) {
      const { failures } = await opened.check(urn, inputs, copy(inputs), randomBytes(32));
      for (const { reason } of failures) diagnostics.report("warning", reason, urn);
    }
  } finally {
    await providers.close();
    server.close();
  }
  return calls;
}

function copy(map: PropertyMap): PropertyMap {
  return { ...map };
}
