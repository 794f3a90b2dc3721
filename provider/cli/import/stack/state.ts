import { readFileSync } from "node:fs";
import { isObject } from "../../../core/json";
import { entryName } from "../../../fleet/kinds";
import { pulumi, type PulumiFolder } from "./pulumi";

/** An object that a stack manages. */
export interface ManagedObject {
  /** `projects/42/hooks/7`. */
  readonly id: string;
  /** The definition's name: `ProjectHook`, `integrations.Slack`. */
  readonly type: string;
  /** The resource's name, with the key of the entry where it is a fleet. */
  readonly name: string;
  /** Whether it is an entry of a fleet. */
  readonly isEntry: boolean;
  /** The API's base URL that it lives on, where the state says. */
  readonly gitlab: string | undefined;
  /** The full path of its project or group when it was last looked up. */
  readonly path: string | undefined;
}

const prefix = "pulumi-nodejs:dynamic/gitlab";

/**
 * The objects in the state that `pulumi stack export` writes. Secrets are encrypted there, and nothing here reads them.
 *
 * @param source what the text is, for errors
 * @throws Error when it is no such state
 */
export function objectsInState(text: string, source: string): ManagedObject[] {
  const state: unknown = parsed(text);
  const deployment = isObject(state) ? state.deployment : undefined;
  if (!isObject(deployment)) throw new Error(`${source} is not what \`pulumi stack export\` writes.`);
  const { resources = [] } = deployment;
  if (!Array.isArray(resources)) throw new Error(`${source} is not what \`pulumi stack export\` writes.`);
  return resources.flatMap(managed);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function managed(resource: unknown): ManagedObject[] {
  if (!isObject(resource)) return [];
  const { urn, type, id, outputs, external } = resource;
  // What is only read belongs to others, and what waits for its deletion is no longer wanted.
  if (typeof urn !== "string" || typeof type !== "string" || !type.startsWith(prefix)) return [];
  if (external === true || resource.delete === true) return [];
  const known = isObject(outputs) ? outputs : {};
  const gitlab = typeof known.__gitlab === "string" ? known.__gitlab : undefined;
  const name = urn.split("::").slice(3).join("::");
  const own = definitionName(type);
  const entries = entryName(own);
  if (entries === undefined) {
    const path = pathIn(known);
    return typeof id === "string" ? [{ id, type: own, name, isEntry: false, gitlab, path }] : [];
  }
  return Object.entries(isObject(known.ids) ? known.ids : {}).flatMap(([key, entry]) =>
    typeof entry === "string"
      ? [{ id: entry, type: entries, name: `${name}[${JSON.stringify(key)}]`, isEntry: true, gitlab, path: undefined }]
      : [],
  );
}

/** `pulumi-nodejs:dynamic/gitlab/integrations:Slack` is `integrations.Slack`. */
function definitionName(type: string): string {
  const [modules = "", name = ""] = type.slice(prefix.length).split(":");
  return [...modules.split("/").filter((part) => part !== ""), name].join(".");
}

function pathIn({ projectPath, groupPath }: Readonly<Record<string, unknown>>): string | undefined {
  const path = projectPath ?? groupPath;
  return typeof path === "string" ? path : undefined;
}

/**
 * The objects that the stack of a folder manages, or those in files.
 *
 * @throws Error when Pulumi has no stack there, or a file cannot be read
 */
export async function readStacks(files: readonly string[], folder: PulumiFolder): Promise<ManagedObject[]> {
  if (files.length > 0) return files.flatMap((file) => objectsInState(readFileSync(file, "utf8"), file));
  return objectsInState(await pulumi(["stack", "export"], folder), "The state");
}
