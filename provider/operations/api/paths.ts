import { apiPath, path, under, type ApiPath } from "../../client";
import type { Address } from "../../core/id";
import type { Definition } from "../../core/definition";

/** The API path of an object, or of its collection when `at` has no key. */
export function objectPath(definition: Definition, at: Address): ApiPath {
  if (definition.parentKind) return parentPath(at);
  const own = definition.path.split("/").filter((part) => part !== ":id");
  const key = at.key === undefined ? [] : [String(at.key)];
  return [...own, ...key].reduce<ApiPath>((below, part) => under(below, path`/${part}`), parentPath(at));
}

/** The API path of the project or group that an object lives in. */
export function parentPath(at: Address): ApiPath {
  if (at.scope === undefined || at.parent === undefined) return "" as ApiPath;
  return apiPath(at.scope, at.parent);
}
