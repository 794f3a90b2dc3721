import { isSingleton, className, type Definition } from "../core/definition";
import { isObject } from "../core/json";
import { unknownValue } from "../core/unknown";

type Props = Readonly<Record<string, unknown>>;

/** What becomes of the objects that are below a fleet's projects or groups and are no entries of it. */
export type Exclusive = "report" | "delete";

/** The arguments that say so, by name. */
export const exclusiveNames: readonly string[] = ["exclusive", "exclusiveLimit"];

/** The hidden argument in which the program tells an exclusive fleet of its run. No state holds it. */
export const runHintName = "__exclusive";

/** What the provider cannot know of a run without the program. */
export interface RunHint {
  /** Whether it is a preview. */
  readonly isPreview: boolean;
  /** The project and the stack. */
  readonly stack: string;
  /** IDs of objects of the same kind that other resources of the program manage or read, as far as they are known. */
  readonly managed: readonly string[];
  /** Whether that is all of them: a resource that waits for the fleet does not tell. */
  readonly isComplete: boolean;
}

/** So many objects one run deletes at most, unless the program says otherwise. */
const defaultLimit = 10;

/** What arguments or outputs say of other objects; undefined where such are let be. */
export function exclusiveOf({ exclusive, exclusiveLimit }: Props): { does: Exclusive; limit: number } | undefined {
  if (exclusive !== "report" && exclusive !== "delete") return undefined;
  return { does: exclusive, limit: typeof exclusiveLimit === "number" ? exclusiveLimit : defaultLimit };
}

/** The same as arguments, without those that are not given. */
export function exclusiveArgs(props: Props): Props {
  const given = exclusiveNames.filter((name) => props[name] !== undefined && props[name] !== null);
  return Object.fromEntries(given.map((name) => [name, props[name]]));
}

/** Whether the arguments say of other objects what the last outputs say. */
export function isSameExclusive(olds: Props, news: Props): boolean {
  return JSON.stringify(exclusiveArgs(olds)) === JSON.stringify(exclusiveArgs(news));
}

/** What is wrong with the arguments that concern other objects. */
export function exclusiveProblems(definition: Definition, news: Props): string[] {
  const { exclusive, exclusiveLimit } = exclusiveArgs(news);
  const problems: string[] = [];
  for (const name of exclusiveNames)
    if (news[name] === unknownValue) problems.push(`${name}: must be known in a preview`);
  if (exclusive !== undefined && exclusive !== unknownValue && !exclusiveOf({ exclusive })) {
    problems.push('exclusive: must be "report" or "delete"');
  }
  const isCount = Number.isSafeInteger(exclusiveLimit) && (exclusiveLimit as number) > 0;
  if (exclusiveLimit !== undefined && exclusiveLimit !== unknownValue && !isCount) {
    problems.push("exclusiveLimit: must be a whole number from 1");
  }
  if (exclusive === undefined) return problems;
  if (isSingleton(definition)) {
    const parents = definition.scopes.join(" or ");
    problems.push(`exclusive: a ${parents} has one ${className(definition)} at most, so that there are no others`);
  }
  if (exclusive === "delete" && news.__retain === true) {
    problems.push(
      'exclusive: "delete" contradicts retainOnDelete, which keeps the objects of removed entries: give one of the two',
    );
  }
  return problems;
}

/** Takes the hint out of the arguments. */
export function withoutRunHint(news: Props): { readonly hint: RunHint | undefined; readonly given: Props } {
  const { [runHintName]: hint, ...given } = news;
  if (!isObject(hint)) return { hint: undefined, given };
  const { isPreview, stack, managed, isComplete } = hint;
  const ids = Array.isArray(managed) ? managed.filter((id): id is string => typeof id === "string") : [];
  return {
    hint: { isPreview: isPreview === true, stack: String(stack), managed: ids, isComplete: isComplete === true },
    given,
  };
}
