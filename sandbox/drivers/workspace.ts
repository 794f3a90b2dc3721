import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

/** A program as files: their text by path. */
export type ProgramFiles = Readonly<Record<string, string>>;

/** A temporary folder with a program and room for its state. */
export interface Workspace {
  readonly programDirectory: string;
  readonly stateDirectory: string;
  /** Writes files of the program, over those that are there. */
  write(files: ProgramFiles): void;
  /** Removes the whole folder. */
  remove(): void;
}

/**
 * Makes a temporary folder with a copy of a program.
 *
 * @param program the folder to copy, or the files to write
 * @param modules the node_modules that the program gets its packages from
 */
export function makeWorkspace(program: string | ProgramFiles, modules: string): Workspace {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "gitlab-program-")));
  const [programDirectory, stateDirectory] = [join(root, "program"), join(root, "state")];
  for (const folder of [programDirectory, stateDirectory]) mkdirSync(folder);
  symlinkSync(modules, join(programDirectory, "node_modules"), "junction");
  const write = (files: ProgramFiles): void => {
    for (const [path, text] of Object.entries(files)) {
      const file = join(programDirectory, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  };
  if (typeof program === "string") {
    cpSync(program, programDirectory, { recursive: true, filter: (source) => basename(source) !== "node_modules" });
  } else {
    write(program);
  }
  return {
    programDirectory,
    stateDirectory,
    write,
    remove: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}
