import type { Kind } from "../../core/definition";
import type { Scope } from "../../core/schema";
import type { Problem } from "./state";

/** What the objects of a kind are called, where a role is needed to change them. */
const nouns: Partial<Readonly<Record<Kind, string>>> = {
  forkRelation: "fork relations",
  hook: "hooks",
  integration: "integrations",
  pullMirror: "pull mirrors",
  pushRule: "push rules",
  share: "shares",
};

/** Says that GitLab refuses to show objects of a kind to the token's user, who then may not change them either. */
export function roleProblem(kind: Kind, scope: Scope, text: string): Problem {
  const role = scope === "group" ? "Owner" : kind === "forkRelation" ? "Owner" : "Maintainer";
  const what = nouns[kind] ?? "this";
  return {
    text: `${scope} ${text}: the role of the token's user is too low for ${what}: it takes ${role}`,
    isCertain: true,
  };
}
