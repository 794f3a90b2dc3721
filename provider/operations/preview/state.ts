import type { Connection, Parent } from "../connection";
import type { Ahead } from "../../core/preview-hint";

/** What stands in the way of a resource, as a preview finds it. */
export interface Problem {
  readonly text: string;
  /** Whether `pulumi up` would fail because of it: then the preview fails. */
  readonly isCertain: boolean;
}

/** What a process knows of a preview on one GitLab. */
export interface PreviewState {
  /** Whether this process serves a preview. */
  isPreview: boolean;
  /** Whether nothing is asked any more, and that has been said. */
  isUnchecked: boolean;
  /** What is wrong with the token or the address. */
  token?: Promise<string | undefined>;
  /** What is wrong with each project and group. */
  readonly parents: Map<string, Promise<Problem | undefined>>;
  /** The look-ups of projects and groups, which share what they find only at their end. */
  readonly lookUps: Map<string, Promise<Parent>>;
  /** What the program names in resources that may not have been checked yet, by scope and text. */
  readonly ahead: Map<string, Ahead>;
  /** How many of those there were when lists of groups were last asked for them. */
  listed: number;
  /** The projects that the program manages: see {@link PreviewHint.made}. */
  readonly made: Set<string>;
  /** How many resources were new since the last one that state knows. */
  newInARow: number;
  /** Whether a user without a role of his own was seen to have the rights of one: an administrator. */
  isAdmin: boolean;
}

const states = new WeakMap<Connection, PreviewState>();

/** The state of a connection, which is that of the handlers and no impatient one. */
export function previewStateOf(connection: Connection): PreviewState {
  const known = states.get(connection);
  if (known) return known;
  const state: PreviewState = {
    isPreview: false,
    isUnchecked: false,
    parents: new Map(),
    lookUps: new Map(),
    ahead: new Map(),
    made: new Set(),
    listed: 0,
    newInARow: 0,
    isAdmin: false,
  };
  states.set(connection, state);
  return state;
}
