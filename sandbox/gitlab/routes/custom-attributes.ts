import { forbidden, noContent, noRecord, notFound, ok, type Answer } from "../http/answer";
import type { Call } from "../http/call";
import { PARENTS, route, type Route } from "./route";

type Kind = "project" | "group";

interface Bearer {
  customAttributes?: Record<string, string>;
}

/** Texts by key that administrators hang on projects and groups. */
export const CUSTOM_ATTRIBUTE_ROUTES: readonly Route[] = PARENTS.flatMap(({ kind, root }) => [
  route("GET", `${root}/custom_attributes`, (call) =>
    ok(Object.entries(bearer(call, kind).customAttributes ?? {}).map(([key, value]) => ({ key, value }))),
  ),
  route("GET", `${root}/custom_attributes/:key`, (call) => {
    const { key, value } = attribute(call, bearer(call, kind));
    if (value === undefined) throw noRecord();
    return ok({ key, value });
  }),
  route("PUT", `${root}/custom_attributes/:key`, (call) => put(call, kind)),
  route("DELETE", `${root}/custom_attributes/:key`, (call) => remove(call, kind)),
]);

function bearer(call: Call, kind: Kind): Bearer {
  const found = kind === "project" ? call.project("none", "even archived") : call.group("none");
  if (call.token.role !== "admin") throw forbidden();
  return found;
}

function attribute(call: Call, { customAttributes = {} }: Bearer): { key: string; value: string | undefined } {
  const key = call.segment("key");
  return { key, value: Object.hasOwn(customAttributes, key) ? customAttributes[key] : undefined };
}

function put(call: Call, kind: Kind): Answer {
  const found = bearer(call, kind);
  const { value } = call.params({ value: { type: "string", required: true } });
  const key = call.segment("key");
  const text = (value as string | null) ?? "";
  found.customAttributes = { ...found.customAttributes, [key]: text };
  return ok({ key, value: text });
}

function remove(call: Call, kind: Kind): Answer {
  const found = bearer(call, kind);
  const { key, value } = attribute(call, found);
  if (value === undefined) throw notFound("Custom attribute");
  const others = Object.entries(found.customAttributes ?? {}).filter(([name]) => name !== key);
  if (others.length > 0) found.customAttributes = Object.fromEntries(others);
  else delete found.customAttributes;
  return noContent();
}
