/** The type of the resource that is the parent of all others. */
export const STACK_TYPE = "pulumi:pulumi:Stack";
const PROVIDER_PREFIX = "pulumi:providers:";

/** The parts of a URN that the engine takes it apart for. */
export interface UrnParts {
  readonly stack: string;
  readonly project: string;
  /** The types of the resource and its parents, joined by `$`. */
  readonly qualifiedType: string;
  readonly type: string;
  readonly name: string;
}

/** Takes a URN apart. */
export function parseUrn(urn: string): UrnParts {
  const [head, project, qualifiedType, ...name] = urn.split("::");
  if (head === undefined || project === undefined || qualifiedType === undefined) throw new Error(`not a URN: ${urn}`);
  const stack = head.slice("urn:pulumi:".length);
  return { stack, project, qualifiedType, type: qualifiedType.split("$").at(-1) ?? "", name: name.join("::") };
}

/** The URN of a resource. The types of the parents, other than the stack, become part of it. */
export function makeUrn(stack: string, project: string, parent: string, type: string, name: string): string {
  const parentType = parent === "" ? "" : parseUrn(parent).qualifiedType;
  const prefix = parentType === "" || parentType === STACK_TYPE ? "" : `${parentType}$`;
  return `urn:pulumi:${stack}::${project}::${prefix}${type}::${name}`;
}

/** Whether a type is that of a provider resource. */
export function isProviderType(type: string): boolean {
  return type.startsWith(PROVIDER_PREFIX);
}

/** The type of a package's provider resource. */
export function providerType(packageName: string): string {
  return `${PROVIDER_PREFIX}${packageName}`;
}

/** The package that a resource type or a provider type belongs to. */
export function packageOf(type: string): string {
  return isProviderType(type) ? type.slice(PROVIDER_PREFIX.length) : (type.split(":")[0] ?? "");
}

/** A provider as resources name it: its URN and its ID. */
export interface ProviderReference {
  readonly urn: string;
  readonly id: string;
}

/** Takes a provider reference apart. */
export function parseProviderReference(reference: string): ProviderReference {
  const at = reference.lastIndexOf("::");
  return { urn: reference.slice(0, at), id: reference.slice(at + 2) };
}

/** Writes a provider reference as resources keep it. */
export function providerReference(urn: string, id: string): string {
  return `${urn}::${id}`;
}
