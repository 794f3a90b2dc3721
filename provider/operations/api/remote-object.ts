/** An object as GitLab shows it. */
export interface RemoteObject {
  /** Its values by GitLab's name, nested ones lifted to the top. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Its number, where it has one. */
  readonly key?: number;
  /** False for what GitLab keeps but does not run: to a program it is not there. */
  readonly active: boolean;
  /** Why it is not active, where GitLab says: a sentence. */
  readonly absence?: string;
  /** Whether its settings come from a group above or the instance. */
  readonly inherited: boolean;
  /** Names of fields that this answer leaves out though GitLab knows them: the answer about the object alone has them. */
  readonly hidden?: readonly string[];
  /** Of what has just been made: names of the fields that went along, where the rest takes an {@link Access.update}. */
  readonly sent?: readonly string[];
  /** Names of fields that GitLab refused to set to what it has for them by itself, and that were left alone. */
  readonly skippedFields?: readonly string[];
}
