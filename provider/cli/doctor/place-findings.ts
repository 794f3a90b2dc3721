import { GitLabError, apiPath, path, under, type Client } from "../../client";
import { allCases, obstacles, titleOf, type Case, type Environment } from "../../conformance/cases";
import { askFeatures, type Features } from "../../conformance/features";
import { askLevel, writeProblem, type ServerFacts } from "../../conformance/gitlab";
import { roles } from "../../conformance/requirements";
import type { Scope } from "../../core/schema";
import { isObject } from "../../core/json";
import { found, isUnreachable, problemOf, type Finding } from "./finding";

/** Whether a class can work in a project or group, and what stands in its way. */
export interface ClassFinding {
  readonly class: string;
  readonly scope: Scope;
  readonly obstacles: readonly string[];
}

/** What was found out about one project or group. */
export interface PlaceFindings {
  readonly findings: readonly Finding[];
  readonly classes: readonly ClassFinding[];
}

/** A project or group by number or full path. */
export interface Place {
  readonly scope: Scope;
  readonly text: string;
}

type Props = Readonly<Record<string, unknown>>;

/** Looks which classes can work in a project or group. Nothing is changed. */
export async function placeFindings(client: Client, facts: ServerFacts, place: Place): Promise<PlaceFindings> {
  const { scope, text } = place;
  const where = apiPath(scope, text);
  try {
    const body = propsOf(await client.get(where));
    const own = apiPath(scope, Number(body.id));
    const level = facts.token.isAdmin ? undefined : await askLevel(client, own, facts.token);
    const features = await featuresIn(client, facts, scope, Number(body.id), level);
    const writes = writeProblem(facts.token) ?? (true as const);
    const environment = { instance: facts.instance, features, level, writes };
    const name = String(body[scope === "project" ? "path_with_namespace" : "full_path"]);
    return {
      findings: [found(scope, "ok", name), roleFinding(scope, level, writes === true), ...stateFindings(scope, body)],
      classes: classesAt(scope, environment),
    };
  } catch (error) {
    if (error instanceof GitLabError || isUnreachable(error))
      return { findings: [problemOf(scope, error)], classes: [] };
    throw error;
  }
}

/** The classes by what the instance alone decides, where no place is named. */
export function classesAnywhere(facts: ServerFacts): ClassFinding[] {
  const none = facts.instance.edition === "community" ? "not in the Community Edition" : undefined;
  const features: Features = { groupHooks: none, pushRules: none, pullMirrors: none };
  const environment = { instance: facts.instance, features, writes: writeProblem(facts.token) ?? (true as const) };
  return [...classesAt("project", environment), ...classesAt("group", environment)];
}

function classesAt(scope: Scope, environment: Environment): ClassFinding[] {
  const isHere = (subject: Case) => subject.scope === scope && subject.requirement !== undefined;
  return allCases()
    .filter(isHere)
    .map((subject) => ({ class: subject.definition.name, scope, obstacles: obstacles(subject, environment) }));
}

/** Features show to those who may manage them. */
async function featuresIn(
  client: Client,
  { instance }: ServerFacts,
  scope: Scope,
  id: number,
  level: number | undefined,
): Promise<Features> {
  const has = (least: number) => level === undefined || level >= least;
  const { edition } = instance;
  if (scope === "project") return askFeatures(client, { edition, project: has(roles.maintainer) ? id : undefined });
  const group = has(roles.owner) ? id : undefined;
  return askFeatures(client, {
    edition,
    group,
    project: has(roles.maintainer) ? await anyProject(client, id) : undefined,
  });
}

/** A licence is that of the whole group, and of push rules a project alone tells whether it has them. */
async function anyProject(client: Client, group: number): Promise<number | undefined> {
  const where = under(path`/groups/${group}`, path`/projects`);
  const { body } = await client.get(where, { per_page: 1, with_shared: false, simple: true });
  const [first] = Array.isArray(body) ? (body as unknown[]) : [];
  return isObject(first) && typeof first.id === "number" ? first.id : undefined;
}

function roleFinding(scope: Scope, level: number | undefined, writes: boolean): Finding {
  if (level === undefined) return found("role", "ok", `administrator, all permissions in the ${scope}`);
  const names = Object.entries(roles).filter(([, least]) => level >= least);
  const name = names.at(-1)?.[0];
  const text = name === undefined ? `no role in the ${scope}` : `${titleOf(name)} in the ${scope}`;
  if (level >= roles.maintainer) return found("role", "ok", text);
  const advice = "Most classes need the role Maintainer in a project or group; some in a group need Owner.";
  return found("role", writes ? "problem" : "warning", text, advice);
}

function stateFindings(scope: Scope, body: Props): Finding[] {
  const marked = body.marked_for_deletion_on ?? body.marked_for_deletion_at;
  return [
    ...(typeof marked === "string"
      ? [found("state", "problem", `the ${scope} is marked for deletion`, "Restore it first.")]
      : body.archived === true
        ? [found("state", "warning", `the ${scope} is archived and rejects most changes`, "Unarchive it first.")]
        : []),
  ];
}

function propsOf({ body }: { readonly body: unknown }): Props {
  return isObject(body) ? body : {};
}
