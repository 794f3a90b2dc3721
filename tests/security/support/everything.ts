import { className, type Definition } from "../../../provider/core/definition";
import { fieldsOf, type Scope } from "../../../provider/core/schema";
import { definitionsByName } from "../../../provider/resources/definitions";
import { definitionOf, isOffered, slugOf } from "../../contract/support/cases";
import type { Props } from "../../contract/support/managed-resource";
import type { GitLab } from "../../engine/scenarios/support/scenario";
import { plant, type Canary } from "./canaries";

/** A program that declares one resource of every class and a fleet, and the canaries in it. */
export interface Everything {
  readonly text: string;
  readonly canaries: readonly Canary[];
}

/** Where a resource lives: a project of its own, the group acme, or with the owner of the token. */
interface Home {
  readonly definition: Definition;
  readonly scope: Scope;
  readonly parent: Props;
  /** What the API cannot make is taken over. */
  readonly mark: string | undefined;
}

/** Makes a project for every resource that lives in one, so that none is in another's way. */
export async function homes(gitlab: GitLab): Promise<Home[]> {
  const all: Home[] = [];
  for (const definition of [...definitionsByName().values()].filter(isOffered)) {
    const [scope] = definition.scopes;
    if (scope !== "project") {
      const parent = scope === "group" ? { group: "acme" } : {};
      all.push({ definition, scope: scope ?? "project", parent, mark: undefined });
      continue;
    }
    const { id } = await gitlab.project(`home-${all.length}`);
    if (definition.installation !== undefined)
      gitlab.sandbox.control.seedIntegration({ scope: `projects/${id}`, slug: slugOf(definition) });
    const mark = definition.installation === undefined ? undefined : `projects/${id}/${definition.path}`;
    all.push({ definition, scope, parent: { project: id }, mark });
  }
  return all;
}

/** The next version of the program: the same resources, and canaries that no other version has. */
export function everything(all: readonly Home[]): Everything {
  const canaries: Canary[] = [];
  const planted = (definition: Definition, scope: Scope): Props => {
    const { args, canaries: more } = plant(definition, scope);
    const fitting = fittings[definition.name]?.(args) ?? args;
    canaries.push(...more.filter(({ value }) => JSON.stringify(fitting).includes(JSON.stringify(value).slice(1, -1))));
    return fitting;
  };
  const lines = all.map(({ definition, scope, parent, mark }) => {
    const args = literal(definition, { ...parent, ...planted(definition, scope) });
    const options = mark === undefined ? "" : `, ${JSON.stringify({ import: mark })}`;
    return `new gitlab.${definition.name}(${JSON.stringify(className(definition))}, ${args}${options});`;
  });
  const hook = definitionOf("ProjectHook");
  const entries = ["one", "two", "three"].map((key) => {
    return `${key}: ${literal(hook, { project: "acme/web", ...planted(hook, "project") })}`;
  });
  lines.push(`new gitlab.Fleet("fleet", gitlab.ProjectHook, { ${entries.join(", ")} });`);
  return { text: lines.join("\n"), canaries };
}

/** Of a project the texts that go together; of the token's owner no address, which would have to be one that GitLab knows. */
const fittings: Readonly<Record<string, (args: Props) => Props>> = {
  Project: ({ importUrl, description, mergeCommitTemplate, squashCommitTemplate, issueBranchTemplate }) => ({
    ...{ name: "store", namespace: "acme", mergeMethod: "ff" },
    ...{ importUrl, description, mergeCommitTemplate, squashCommitTemplate, issueBranchTemplate },
  }),
  GlobalNotificationSettings: (args) =>
    Object.fromEntries(Object.entries(args).filter(([name]) => name !== "notificationEmail")),
};

/** Arguments as source text. What the package does not know as a secret, the program makes one. */
function literal(definition: Definition, args: Props): string {
  const fields = fieldsOf(definition.fields);
  const parts = Object.entries(args).map(([name, value]) => {
    const text = JSON.stringify(value);
    const isOurs = fields.get(name)?.secret === false && /canary(left|word)/.test(text);
    return `${JSON.stringify(name)}: ${isOurs ? `pulumi.secret(${text})` : text}`;
  });
  return `{ ${parts.join(", ")} }`;
}
