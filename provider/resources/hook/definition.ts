import type { Definition } from "../../core/definition";
import type { Fields, Scope } from "../../core/schema";
import { hookOutputs, hookRules, hookTroubles } from "./fields";
import { urlReplaces, urlWarnings } from "./url";

/** What hooks of both levels have in common but for their class, their scope and some of their fields. */
export function hookDefinition<F extends Fields>(name: string, scope: Scope, fields: F): Definition<F> {
  return {
    name,
    kind: "hook",
    scopes: [scope],
    path: "hooks/:id",
    fields,
    outputs: hookOutputs,
    idOutputName: "hookId",
    namesParent: true,
    rules: hookRules,
    replaces: urlReplaces,
    warnings: urlWarnings,
    healthWarnings: hookTroubles,
  };
}
