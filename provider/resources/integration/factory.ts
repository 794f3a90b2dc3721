import type { Args, Definition, ReportProblem } from "../../core/definition";
import { fieldsOf, flag, type ArgsOf, type Fields, type OutputsOf } from "../../core/schema";
import {
  resource,
  type GroupArg,
  type GroupOutputs,
  type InProjectOrGroup,
  type ProjectArg,
  type ProjectOrGroupOutputs,
  type ProjectOutputs,
  type ResourceClass,
} from "../../program/resource";

/** What every integration has. */
const inheritance = {
  /**
   * Uses the settings of the parent group or of the instance. The other arguments then have no effect, but required
   * arguments must still be set, because GitLab requires them. @default false
   */
  useInheritedSettings: flag(false, { alwaysManaged: true }),
};

/** Fields `F` and those that every integration has. Where `F` has one of these itself, its comment holds alone. */
type WithInheritance<F extends Fields> = F & Omit<typeof inheritance, keyof F>;

/** The arguments of an integration with fields `F`, besides its project or group. */
export type IntegrationSettings<F extends Fields> = ArgsOf<WithInheritance<F>>;
/** The arguments of an integration with settings `S` that projects and groups can have. */
export type IntegrationArgs<S> = InProjectOrGroup<S>;
/** The arguments of an integration with fields `F` that only projects can have. */
export type ProjectIntegrationArgs<F extends Fields> = ProjectArg & IntegrationSettings<F>;
/** The arguments of an integration with fields `F` that only groups can have. */
export type GroupIntegrationArgs<F extends Fields> = GroupArg & IntegrationSettings<F>;

/** The outputs of an integration with fields `F` that projects and groups can have. */
export type IntegrationOutputs<F extends Fields> = OutputsOf<WithInheritance<F>> & ProjectOrGroupOutputs;
/** The outputs of an integration with fields `F` that only projects can have. */
export type ProjectIntegrationOutputs<F extends Fields> = OutputsOf<WithInheritance<F>> & ProjectOutputs;
/** The outputs of an integration with fields `F` that only groups can have. */
export type GroupIntegrationOutputs<F extends Fields> = OutputsOf<WithInheritance<F>> & GroupOutputs;

/** The class of an integration with arguments `A` and outputs `O`. */
export type Integration<A, O> = ResourceClass<A, O>;

/** What tells one integration from the others. */
export interface IntegrationSpec<F extends Fields> {
  /** The class's name. */
  readonly name: string;
  /** GitLab's name for it in paths. */
  readonly slug: string;
  readonly fields: F;
  /** Rules that concern several fields. */
  readonly rules?: (args: Args, report: ReportProblem) => void;
  /** {@link issueTracker} for one of the external issue trackers, of which a project can have one active. */
  readonly exclusive?: string;
  /** Where GitLab offers it, as the end of a sentence that begins with "available only": "on GitLab.com". */
  readonly offeredOnly?: string;
  /** The first GitLab that does not have it any more: `19.0`. */
  readonly removedIn?: string;
  /** For one that GitLab's documentation of its API leaves out: a sentence that says where it is known from. */
  readonly undocumented?: string;
  /** What to do by hand where the API cannot make the integration. */
  readonly installation?: string;
  /** Says that the API cannot delete the integration, and what happens instead. */
  readonly undeletable?: string;
}

/** The words for integrations of which a project can have only one. */
export const issueTracker = "the external issue tracker";

/** The class of an integration that projects and groups can have. */
export function integration<F extends Fields>(
  spec: IntegrationSpec<F>,
): Integration<IntegrationArgs<IntegrationSettings<F>>, IntegrationOutputs<F>> {
  return resource(definitionOf(spec, ["project", "group"]));
}

/** The class of an integration that only projects can have. */
export function projectIntegration<F extends Fields>(
  spec: IntegrationSpec<F>,
): Integration<ProjectIntegrationArgs<F>, ProjectIntegrationOutputs<F>> {
  return resource(definitionOf(spec, ["project"]));
}

/** The class of an integration that only groups can have. */
export function groupIntegration<F extends Fields>(
  spec: IntegrationSpec<F>,
): Integration<GroupIntegrationArgs<F>, GroupIntegrationOutputs<F>> {
  return resource(definitionOf(spec, ["group"]));
}

function definitionOf<F extends Fields>(spec: IntegrationSpec<F>, scopes: Definition["scopes"]): Definition {
  const { name, slug, fields, rules, ...rest } = spec;
  const all = { ...inheritance, ...fields };
  return {
    ...rest,
    ...(rules && { rules: unlessInherited(rules) }),
    name: `integrations.${name}`,
    kind: "integration",
    scopes,
    path: `integrations/${slug}`,
    fields: all,
    outputs: [],
    warnings: (olds, news) => lostSecrets(all, olds, news),
  };
}

type Rules = NonNullable<Definition["rules"]>;

/** GitLab passes over whatever is given to an integration that inherits. */
function unlessInherited(rules: Rules): Rules {
  return (args, report) => {
    if (args.known("useInheritedSettings") !== true) rules(args, report);
  };
}

/** GitLab clears a secret that is not sent along when the address changes that it would be sent to. */
function lostSecrets(fields: Fields, olds: Readonly<Record<string, unknown>>, news: Readonly<Record<string, unknown>>) {
  const infos = [...fieldsOf(fields).values()];
  const changed = infos.filter(({ meta, name }) => meta.clearsSecrets && news[name] !== olds[name]);
  const unheld = infos.filter((info) => info.secret && !info.required && news[info.name] === undefined);
  if (changed.length === 0 || unheld.length === 0) return [];
  const names = (found: typeof infos) => found.map((info) => info.name).join(", ");
  return [`with ${names(changed)}, GitLab drops ${names(unheld)} if it is set there: this program does not hold it.`];
}
