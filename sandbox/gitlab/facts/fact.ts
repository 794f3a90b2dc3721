import type { FeatureFlag, Lifetime, Settings } from "../world/settings";

/** Values an integration stores. */
export type FieldValue = string | number | boolean | null | readonly string[];

/** The fields of one row by name. */
export type FieldValues = Record<string, FieldValue>;

/** Where a rule looks besides the value itself. */
export interface RuleContext {
  readonly values: Readonly<FieldValues>;
  readonly settings: Settings;
}

/** A validation: the failure text that follows the attribute's name, undefined when the value passes. */
export type Rule = (value: FieldValue, context: RuleContext) => string | undefined;

/** One field of an integration as GitLab's model declares it, and the versions that have it. */
export interface Field extends Lifetime {
  readonly name: string;
  readonly type: "string" | "boolean" | "integer" | "strings";
  /** Must be sent with every PUT and must not be blank. */
  readonly required?: boolean;
  /** Never returned, and dropped when a field that `resetsSecrets` changes without it. */
  readonly secret?: boolean;
  /** Never returned though it is no secret field: chat webhooks and Discord's channels. */
  readonly writeOnly?: boolean;
  /** A change drops every secret that is not sent along. */
  readonly resetsSecrets?: boolean;
  /** Returned, but no parameter. */
  readonly readOnly?: boolean;
  /** Exists on group rows only. */
  readonly groupOnly?: boolean;
  /** Value on a row that never existed before; null when absent. */
  readonly initial?: FieldValue;
  /** Value after DELETE, for fields kept in a database column with a default; null when absent. */
  readonly cleared?: FieldValue;
  /** What takes the place of null whenever the row is read from the database. */
  readonly loaded?: (row: { readonly active: boolean }) => FieldValue;
  /** Returned only while this feature flag is on. */
  readonly flag?: FeatureFlag;
  /** Applied before validation. */
  readonly normalize?: (value: FieldValue, values: Readonly<FieldValues>) => FieldValue;
  /** Applied after validation. */
  readonly stored?: (value: FieldValue) => FieldValue;
  /** The attribute under which its failures are reported; its own name when absent. */
  readonly failsAs?: string;
  /** What a read shows; the stored value when absent. */
  readonly shown?: (value: FieldValue, values: Readonly<FieldValues>) => FieldValue;
  /** Checked while the value is not blank. */
  readonly rules?: readonly Rule[];
  /** Failure text when blank; decides over `required` where blankness depends on other fields. */
  readonly whenBlank?: (context: RuleContext) => string | undefined;
}

/** Names that come or go with a version. */
export interface DatedNames extends Lifetime {
  readonly names: readonly string[];
}

/** Parameters that PUT declares and GitLab has nothing to write to for: sending one is a server error. */
export interface BrokenParams extends DatedNames {
  readonly type: "string" | "boolean";
}

/** Everything that sets one integration apart, and the versions that have it. */
export interface IntegrationFact extends Lifetime {
  readonly slug: string;
  readonly title: string;
  /** Other spellings of the slug that routes answer. */
  readonly aliases?: readonly string[];
  /** Levels at which GitLab offers it. */
  readonly scopes: readonly ("project" | "group")[];
  /** One of those of which a project may have only one active. */
  readonly issueTracker?: boolean;
  /** False for those that only their own installation switches on: the API can neither create nor activate them. */
  readonly manualActivation?: boolean;
  /** False where the API refuses DELETE. */
  readonly deletable?: boolean;
  /** True where the fields only exist while the integration is active. */
  readonly fieldsWhileActive?: boolean;
  readonly fields: readonly Field[];
  /** Event flags that PUT takes, without `_events`. */
  readonly events: readonly string[];
  /** Event flags that PUT takes in some versions only. */
  readonly datedEvents?: DatedNames;
  /** Where PUT also takes `comment_on_event_enabled`, which every response shows. */
  readonly commentOnEvents?: Lifetime;
  /** What a new row says of `comment_on_event_enabled`; true when absent. */
  readonly commentsByDefault?: boolean;
  readonly withoutAccessor?: readonly BrokenParams[];
  /** Flags of a new row that differ from GitLab's usual ones, without `_events`. */
  readonly eventDefaults?: Readonly<Record<string, boolean>>;
  /** Event flags that every save sets to what a field says. */
  readonly eventsFollow?: { readonly field: string; readonly events: readonly string[] };
  /** Rules over several fields: the failure text by attribute. */
  readonly check?: (context: RuleContext) => Readonly<Record<string, string>>;
}
