import { createHash, randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import * as nodePath from "node:path";
import type { BodyConsumer } from "../client";
import { status } from "../core/log";
import { defineFunction, outputForm } from "./data-function";
import { selectedPath, type ProjectSelector } from "./selectors";

/** How far a download is. */
export interface DownloadProgress {
  /** Bytes that have arrived; back to the start when the connection broke and the download starts again. */
  readonly received: number;
  /** Bytes in all, where GitLab says how many there are. */
  readonly total?: number;
}

/** Which repository, and where to. */
export interface DownloadProjectSnapshotArgs extends ProjectSelector {
  /** The file to write; its folder must exist. A file of that name is replaced once everything has arrived. */
  readonly file: string;
  /** The wiki's repository in place of the project's. @default false */
  readonly wiki?: boolean | undefined;
  /** Called about once a second, and at the end. */
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
}

/** What was downloaded. */
export interface ProjectSnapshot {
  /** The file, as an absolute path. */
  readonly file: string;
  /** Its size in bytes. */
  readonly size: number;
  /** In hex. */
  readonly sha256: string;
}

/** Milliseconds between two words on the progress. */
const progressInterval = 1_000;

/**
 * Downloads a project's Git repository as a tar file, for administrators: it saves what is left of a broken repository.
 *
 * The file appears whole or not at all. However large it is, little of it is in memory at once, and the display of `up`
 * shows how far it is. It is downloaded in previews too: ask `pulumi.runtime.isDryRun()` where that is too much.
 *
 * @throws GitLabError with status 403 for others, and Node's own errors when the file cannot be written
 * @see https://docs.gitlab.com/api/project_snapshots/
 */
export const downloadProjectSnapshot = defineFunction<DownloadProjectSnapshotArgs, ProjectSnapshot>(
  "downloadProjectSnapshot",
  async (client, args) => {
    const file = nodePath.resolve(args.file);
    const path = selectedPath("project", args.project, "snapshot");
    const download = new Download(file, args.onProgress);
    try {
      await client.download(path, { wiki: args.wiki }, download.consumer);
      await rename(download.part, file);
    } catch (error) {
      await rm(download.part, { force: true });
      throw error;
    }
    return { file, size: download.received, sha256: download.sha256 };
  },
);

/** {@link downloadProjectSnapshot} for arguments that may be outputs. */
export const downloadProjectSnapshotOutput = outputForm(downloadProjectSnapshot);

/** A file that is on its way. */
class Download {
  /** Beside the file, since only there it can be renamed in one step. */
  readonly part: string;
  received = 0;
  sha256 = "";

  constructor(
    readonly file: string,
    readonly onProgress: ((progress: DownloadProgress) => void) | undefined,
  ) {
    this.part = nodePath.join(nodePath.dirname(file), `.${nodePath.basename(file)}.${randomUUID()}.part`);
  }

  readonly consumer: BodyConsumer = async (chunks, headers) => {
    const length = Number(headers["content-length"] ?? NaN);
    const total = Number.isFinite(length) && headers["content-encoding"] === undefined ? { total: length } : {};
    const hash = createHash("sha256");
    this.received = 0;
    let toldAt = Date.now();
    const handle = await open(this.part, "w");
    try {
      for await (const chunk of chunks) {
        await handle.writeFile(chunk);
        hash.update(chunk);
        this.received += chunk.length;
        if (Date.now() - toldAt < progressInterval) continue;
        toldAt = Date.now();
        const progress = { received: this.received, ...total };
        this.onProgress?.(progress);
        status(`${nodePath.basename(this.file)}: ${megabytes(progress)}`);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    this.sha256 = hash.digest("hex");
    this.onProgress?.({ received: this.received, ...total });
  };
}

function megabytes({ received, total }: DownloadProgress): string {
  const shown = (bytes: number): string => (bytes / 1_000_000).toFixed(1);
  return total === undefined ? `${shown(received)} MB` : `${shown(received)} of ${shown(total)} MB`;
}
