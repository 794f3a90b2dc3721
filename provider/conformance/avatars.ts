import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Two pictures of one pixel, a black and a white one. */
const gifs = [
  "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
  "R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=",
] as const;

/** Two files with different pictures, until they are removed. */
export interface AvatarFiles {
  readonly files: readonly [string, string];
  remove(): void;
}

/** Writes two pictures into a temporary folder. */
export function writeAvatars(): AvatarFiles {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-gitlab-pictures-"));
  const write = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, Buffer.from(text, "base64"));
    return file;
  };
  return {
    files: [write("black.gif", gifs[0]), write("white.gif", gifs[1])],
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
