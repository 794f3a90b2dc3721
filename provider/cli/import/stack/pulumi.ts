import { spawn } from "node:child_process";

/** How the command of Pulumi is called in a folder. */
export interface PulumiFolder {
  readonly folder: string;
  /** The stack, where it is not the selected one. */
  readonly stack?: string | undefined;
}

/**
 * Runs Pulumi's command line.
 *
 * @param input what it reads from its standard input, where no list of processes shows it
 * @returns its standard output
 * @throws Error with the last line of what it says when it fails, or when there is none
 */
export function pulumi(args: readonly string[], { folder, stack }: PulumiFolder, input?: string): Promise<string> {
  const all = [...args, "--non-interactive", "--cwd", folder, ...(stack === undefined ? [] : ["--stack", stack])];
  return new Promise((resolve, reject) => {
    const child = spawn("pulumi", all, { stdio: ["pipe", "pipe", "pipe"] });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on("data", (data: Buffer) => stdout.push(data));
    child.stderr.on("data", (data: Buffer) => stderr.push(data));
    child.once("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "ENOENT" ? new Error("the command `pulumi` is not installed") : error);
    });
    child.once("close", (status) => {
      if (status === 0) resolve(Buffer.concat(stdout).toString("utf8"));
      else
        reject(
          new Error(
            `pulumi ${args[0]} ${args[1] ?? ""}`.trim() + `: ${lastLine(Buffer.concat(stderr).toString("utf8"))}`,
          ),
        );
    });
    child.stdin.on("error", () => undefined);
    child.stdin.end(input ?? "");
  });
}

function lastLine(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return (lines.find((line) => line.startsWith("error:")) ?? lines.at(-1) ?? "it failed")
    .replace(/^error: /, "")
    .trim();
}
