import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Args, ReportProblem } from "../../core/definition";

/** Bytes of the largest picture that GitLab takes. */
const largest = 200 * 1024;

/** What GitLab takes for a picture, by the end of the file's name. */
const pictures = /\.(png|jpe?g|gif|bmp|tiff|ico|webp)$/i;

/** The hash of a picture's content, by which another picture under the same name is a change. */
export function avatarHash(args: Args, report: ReportProblem): Readonly<Record<string, unknown>> {
  const file = args.known("avatar");
  if (typeof file !== "string" || args.given("avatarHash")) return {};
  if (!pictures.test(file)) {
    report("avatar", "must be a file whose name ends in .png, .jpg, .jpeg, .gif, .bmp, .tiff, .ico or .webp");
  }
  const bytes = contentOf(file);
  if (bytes === undefined)
    report("avatar", "names no file that can be read; the path is relative to the program's folder");
  else if (bytes.length > largest) report("avatar", "the file is larger than GitLab's limit of 200 kB");
  return bytes === undefined ? {} : { avatarHash: createHash("sha256").update(bytes).digest("hex") };
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
