import type { Fields, Scope } from "./schema";

/** Reports one problem: where it is (a field's path), and what would be right, without quoting a value. */
export type ReportProblem = (path: string, reason: string) => void;

/**
 * The ways in which GitLab's API keeps an object.
 *
 * - `hook`: many under one parent, each with a number of its own; POST, PUT, DELETE.
 * - `forkRelation`: at most one per project, seen in the project alone; POST makes, DELETE removes, and nothing edits.
 * - `integration`: one per parent and slug; PUT makes and edits, DELETE disables.
 * - `notification`: always there, one per parent and user; PUT edits, and nothing deletes.
 * - `project`: what others live in; POST makes, PUT edits, DELETE marks and later removes.
 * - `pullMirror`: one per project; PUT makes, edits and switches off, and nothing deletes.
 * - `pushRule`: one per parent; POST makes, PUT edits, DELETE removes.
 * - `share`: one per project and group, seen in the project alone; POST makes, DELETE removes, and nothing edits.
 */
export type Kind =
  "forkRelation" | "hook" | "integration" | "notification" | "project" | "pullMirror" | "pushRule" | "share";

/** Everything that shared code needs to know of one kind of resource. What differs between resources is data here. */
export interface Definition<F extends Fields = Fields> {
  /** The name under which state refers to it for ever: `ProjectHook`, `integrations.Slack`. */
  readonly name: string;
  readonly kind: Kind;
  /** Where it can live: one of these is an argument. Empty for what belongs to the token's owner, and with `itself`. */
  readonly scopes: readonly Scope[];
  /**
   * Set for what is itself a project or group, in which other objects live. Its address is that of a parent, and its ID,
   * `projects/42`, is what others take as their project.
   */
  readonly parentKind?: Scope;
  /** Its path below the parent, `:id` standing for its number: `hooks/:id`, `integrations/slack`, `push_rule`, `projects/:id`. */
  readonly path: string;
  readonly fields: F;
  /** Outputs beyond the fields and the parent's id and path, by GitLab's name in snake_case or by their own. */
  readonly outputs: readonly OutputField[];
  /** The output that holds the object's number, where it has one. */
  readonly idOutputName?: string;
  /** The argument whose project or group gives the object its number, where the program and not GitLab chooses it. */
  readonly idFromArgument?: string;
  /** Whether answers about an object name its project or group by number: `project_id`, `group_id`. */
  readonly namesParent?: boolean;
  /**
   * Set for integrations of which a project can have one active among all with the same text: what that one is for the
   * project, as errors name it, such as "the external issue tracker".
   */
  readonly exclusive?: string;
  /** Where GitLab offers it, as the end of a sentence that begins with "available only": "on GitLab.com". */
  readonly offeredOnly?: string;
  /** The first GitLab that does not have it any more: `19.0`. */
  readonly removedIn?: string;
  /** For what GitLab's documentation of its API leaves out: a sentence that says where it is known from. */
  readonly undocumented?: string;
  /** Rules that concern several fields, or need more than a schema. A value may be absent or unknown: see {@link Args}. */
  readonly rules?: (args: Args, report: ReportProblem) => void;
  /** Arguments that follow from others and are then compared like them, such as the hash of a file. Never throws. */
  readonly derived?: (args: Args, report: ReportProblem) => Readonly<Record<string, unknown>>;
  /** The places of which each can have only one such object, as far as plain arguments tell them: `acme/shop`. */
  readonly places?: (args: Readonly<Record<string, unknown>>) => readonly Place[];
  /**
   * Names of the arguments whose change GitLab can only bring about with another object.
   *
   * @param olds the last outputs
   * @param news the new inputs, unknown values among them
   */
  readonly replaces?: (olds: Readonly<Record<string, unknown>>, news: Readonly<Record<string, unknown>>) => string[];
  /** What a change costs that the user may not expect: a sentence each, with names and without values. */
  readonly warnings?: (olds: Readonly<Record<string, unknown>>, news: Readonly<Record<string, unknown>>) => string[];
  /** What a refresh says of an object that is in trouble, though nothing in it has changed: a sentence each, without values. */
  readonly healthWarnings?: (outputs: Readonly<Record<string, unknown>>) => string[];
  /** What to do by hand where the API cannot make the object. */
  readonly installation?: string;
  /** Says that the API cannot delete the object, and what happens instead. */
  readonly undeletable?: string;
  /**
   * What a 404 can mean besides that the object is gone, where GitLab answers the same for both: a sentence, said when a
   * refresh lets the object go and when a deletion finds none.
   */
  readonly notFoundHint?: string;
  /** What a 404 means where GitLab answers otherwise when it has no such object: the end of a sentence, without a full stop. */
  readonly unlicensed?: string;
}

/** What only one object can have: a path, for one. */
export interface Place {
  /** As messages name it. */
  readonly text: string;
  /** The same for texts that mean one place to GitLab. */
  readonly key: string;
}

/** A readable property that is no argument. */
export interface OutputField {
  readonly name: string;
  readonly wire: string;
  /** A credential: encrypted in state, shown nowhere. */
  readonly secret?: boolean;
  /** A message that may quote what the program gave: it is cleaned of values and logins like the text of an error. */
  readonly message?: boolean;
  /** The arguments whose values are a part of it. */
  readonly repeats?: readonly string[];
}

/** The arguments as far as they are known. */
export interface Args {
  /** The value, or undefined where it is absent or not known yet. */
  known(name: string): unknown;
  /** Whether the program gives it, known or not. */
  given(name: string): boolean;
  /** Whether the program gave it when it last ran, so that leaving it out now resets it. */
  wasGiven(name: string): boolean;
  /** Whether the program gave it with this very value when it last ran, so that GitLab has taken it already. */
  isSettled(name: string): boolean;
  /** Whether the object is about to be made, and not in state or about to be taken over. */
  readonly isNew: boolean;
}

/** Pulumi's type token: `pulumi-nodejs:dynamic/gitlab:ProjectHook`, `pulumi-nodejs:dynamic/gitlab/integrations:Slack`. */
export function typeToken(definition: Pick<Definition, "name">): string {
  const [className = "", ...modules] = definition.name.split(".").reverse();
  return `pulumi-nodejs:dynamic/${["gitlab", ...modules.reverse()].join("/")}:${className}`;
}

/** The last part of a definition's name: the class in a program. */
export function className(definition: Pick<Definition, "name">): string {
  return definition.name.slice(definition.name.lastIndexOf(".") + 1);
}

/** Whether a parent has at most one such object. */
export function isSingleton(definition: Pick<Definition, "path">): boolean {
  return !definition.path.includes(":id");
}

/** Whether the arguments alone tell which object it is: then there is one at most, and a second takes its place. */
export function isSlot(definition: Pick<Definition, "path" | "idFromArgument">): boolean {
  return isSingleton(definition) || definition.idFromArgument !== undefined;
}

/**
 * The code that state keeps for every resource: one line that finds the installed package.
 *
 * Old states hold this very text, so neither it nor a definition's name may ever change.
 */
export function providerText(definition: Pick<Definition, "name">): string {
  return `exports.handler = () => require("pulumi-gitlab-dynamic/handlers").handler(${JSON.stringify(definition.name)});`;
}
