import type { ManagedResource } from "../../contract/support/managed-resource";
import type { Kind } from "./objects";

/** A step of one resource; `project` is how the program names its project. */
type Work = (managed: ManagedResource, kind: Kind, project: string | number) => Promise<unknown>;

/** What a run of the engine does with one resource. */
export interface Operation {
  readonly name: string;
  /** Brings things to where the operation begins. */
  readonly prepare: Work;
  readonly act: Work;
}

const toFirst: Work = (managed, kind, project) => managed.up({ project, ...kind.first });

/** The four operations of the engine on one resource. */
export const operations: readonly Operation[] = [
  { name: "create", prepare: () => Promise.resolve(), act: toFirst },
  {
    name: "read",
    prepare: async (managed, kind, project) => {
      await toFirst(managed, kind, project);
      kind.drift(managed.fixture, managed.id);
    },
    act: (managed) => managed.refresh(),
  },
  {
    name: "update",
    prepare: toFirst,
    act: (managed, kind, project) => managed.up({ project, ...kind.second }),
  },
  { name: "delete", prepare: toFirst, act: (managed) => managed.destroy() },
];
