import type { Target } from "../discover/targets";
import { isWritten, type Imported, type ParentResources } from "../model/imported";
import { UniqueNames } from "../model/names";
import { sharedTexts, type SharedText } from "./constants";
import { filesOf, folderOf } from "./folders";
import { loopsOf, type Looped } from "./loops";
import { notesOf } from "./notes";
import { valuesOf } from "./values";

/** One file of the program. */
export interface ProgramFile extends Looped {
  /** Without its ending. */
  readonly name: string;
  /** The group that it is about; undefined for what belongs to the owner of the token. */
  readonly folder: string | undefined;
  readonly shared: ReadonlyMap<string, SharedText>;
  /** What is there and is no resource of the program, a sentence each. */
  readonly notes: readonly string[];
}

/** How the program is to be divided. */
export interface Layout {
  /** The groups that the command names. */
  readonly roots: readonly string[];
  /** Whether each object is a block of its own. */
  readonly flat: boolean;
  /** Names of files that are there already. */
  readonly taken?: readonly string[];
}

/** Words that a program uses itself. */
export const reservedWords = [
  "args",
  "config",
  "gitlab",
  "group",
  "id",
  "project",
  "pulumi",
  "new",
  "const",
  "import",
  "default",
];

/** Divides what was found into files. Those that would hold nothing are left out. */
export function programOf(parents: readonly ParentResources[], { roots, flat, taken = [] }: Layout): ProgramFile[] {
  const isSaying = (section: ParentResources) => section.imported.length > 0 || notesOf([section]).length > 0;
  const saying = parents.filter(isSaying);
  const names = filesOf(
    saying.map(({ parent }) => parent),
    roots,
    taken,
  );
  const files = new Map<string, ParentResources[]>();
  for (const section of saying) {
    const name = names.get(section.parent) ?? "";
    files.set(name, [...(files.get(name) ?? []), section]);
  }
  return [...files].map(([name, sections]) => fileOf(name, sections, roots, flat));
}

function fileOf(
  name: string,
  sections: readonly ParentResources[],
  roots: readonly string[],
  flat: boolean,
): ProgramFile {
  const all = sections.flatMap(({ imported }) => imported.filter(isWritten));
  const constants = new UniqueNames(reservedWords);
  const { loops, blocks } = flat ? { loops: [], blocks: all } : loopsOf(all, constants);
  const folder = folderIn(sections[0]?.parent, roots);
  return { name, folder, loops, blocks, shared: sharedIn({ loops, blocks }, constants), notes: notesOf(sections) };
}

function folderIn(parent: Target | undefined, roots: readonly string[]): string | undefined {
  return parent && folderOf(parent, roots);
}

function sharedIn({ loops, blocks }: Looped, names: UniqueNames): ReadonlyMap<string, SharedText> {
  const ofLoops = loops.flatMap(({ definition, defaults, rows }) =>
    [...defaults, ...rows.flatMap(({ exceptions }) => [...exceptions])].map(([field, value]) => ({
      definition,
      field,
      value,
    })),
  );
  const ofBlocks = blocks.flatMap((one: Imported) =>
    [...valuesOf(one)].map(([field, value]) => ({ definition: one.resource.definition, field, value })),
  );
  return sharedTexts([...ofLoops, ...ofBlocks], names);
}
