import type { Managed } from "../../contract/support/managed";
import type { Place } from "../../contract/support/setting";
import type { Kind } from "./objects";

type Work = (managed: Managed, kind: Kind, place: Place) => Promise<unknown>;

/** What a run of the engine does with one resource. */
export interface Operation {
  readonly name: string;
  /** Brings things to where the operation begins. */
  readonly prepare: Work;
  readonly act: Work;
}

const toFirst: Work = (managed, kind, place) => managed.up({ project: place.id, ...kind.first });

/** The four operations of the engine on one resource. */
export const operations: readonly Operation[] = [
  { name: "create", prepare: () => Promise.resolve(), act: toFirst },
  {
    name: "read",
    prepare: async (managed, kind, place) => {
      await toFirst(managed, kind, place);
      kind.drift(managed.setting, managed.id);
    },
    act: (managed) => managed.refresh(),
  },
  {
    name: "update",
    prepare: toFirst,
    act: (managed, kind, place) => managed.up({ project: place.id, ...kind.second }),
  },
  { name: "delete", prepare: toFirst, act: (managed) => managed.destroy() },
];
