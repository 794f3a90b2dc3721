import * as pulumi from "@pulumi/pulumi";

/**
 * Something that the resources of one program share.
 *
 * @param make makes it when it is first asked for
 * @returns gives that of the program that runs, and undefined outside of one
 */
export function perProgram<T extends object>(make: () => T): () => T | undefined {
  // Keyed by the stack resource, which is new for every run also when a preview and an update share one process.
  const programs = new WeakMap<object, T>();
  return () => {
    const stack = pulumi.runtime.getStackResource() as object | undefined;
    if (!stack) return undefined;
    const known = programs.get(stack) ?? make();
    programs.set(stack, known);
    return known;
  };
}
