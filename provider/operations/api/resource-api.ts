import type { Client } from "../../client";
import type { Address } from "../../core/id";
import type { Definition } from "../../core/definition";
import type { Props, Write } from "../state/request-body";
import type { RemoteObject } from "./remote-object";

/** Called after each call that changed something, so that a later failure keeps what is done; `pending` fields are not done yet. */
export type Wrote = (remote: RemoteObject, pending: readonly string[]) => void;

/** How one kind of object is reached. Every function throws what the client throws. */
export interface ResourceApi {
  /** @returns undefined when GitLab has no such object, its parent's 404 included */
  find(client: Client, definition: Definition, at: Address): Promise<RemoteObject | undefined>;
  /**
   * All objects of the kind below one parent, in pages of 100 or in one answer; `at` has no key. Only where a parent can
   * have several: of a single one, no list of GitLab's shows more than {@link find}.
   *
   * @returns undefined when GitLab does not show the parent
   */
  list?(client: Client, definition: Definition, at: Address): Promise<readonly RemoteObject[] | undefined>;
  /** Makes it where nothing active is; `at` has a key only where the program gives it. `found` is what {@link find} saw in its place. */
  create(
    client: Client,
    definition: Definition,
    at: Address,
    write: Write,
    remote: RemoteObject | undefined,
    wrote: Wrote,
  ): Promise<RemoteObject>;
  /**
   * Whether an active object was set up by somebody, so that create leaves it alone where it differs. Absent where GitLab
   * makes objects by itself.
   */
  isSetUp?(remote: RemoteObject): boolean;
  /** Set where GitLab makes objects by itself and a preview says what it will change in one. */
  readonly isAnnounced?: true;
  /** Changes an existing one. */
  update(client: Client, definition: Definition, at: Address, write: Write, wrote: Wrote): Promise<RemoteObject>;
  /**
   * Removes it; succeeds when it is gone already. `last` are its last outputs.
   *
   * @returns whether it was there
   */
  remove(client: Client, definition: Definition, at: Address, last: Props): Promise<boolean>;
  /**
   * What remains to be done once a new object is there. A failure leaves it half-made, and the next update does this again.
   *
   * @param given the program's arguments
   */
  afterCreate?(client: Client, definition: Definition, at: Address, given: Props): Promise<void>;
}
