import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { findCli } from "gitlab-sandbox/drivers";

describe("the search for a Pulumi CLI", () => {
  const root = mkdtempSync(join(tmpdir(), "find-cli-"));

  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
  });

  /** An executable called pulumi in a folder of its own; returns the folder. */
  function install(folder: string, script: string): string {
    const file = join(root, folder, "pulumi");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return dirname(file);
  }

  it("finds nothing on an empty path, and nothing that is no CLI", async () => {
    expect(await findCli("")).toBeUndefined();
    expect(await findCli(join(root, "missing"))).toBeUndefined();
    const folders = [install("garbage", "echo hello"), install("broken", "echo v3.300.0; exit 1")];
    expect(await findCli(folders.join(delimiter))).toBeUndefined();
  });

  it("takes the first that tells its version", async () => {
    const [broken, first, second] = [
      install("a", "exit 1"),
      install("b", "echo v3.300.0"),
      install("c", "echo v3.301.0"),
    ];
    const found = await findCli([broken, first, second].join(delimiter));
    expect(found).toEqual({ file: join(first, "pulumi"), version: "v3.300.0" });
  });

  it("asks the command of npm's package last, which hides a real CLI inside npm scripts", async () => {
    const npm = install("node_modules/.bin", "echo v3.299.0");
    const real = install("bin", "echo v3.300.0");
    expect((await findCli([npm, real].join(delimiter)))?.version).toBe("v3.300.0");
    expect((await findCli(npm))?.version).toBe("v3.299.0");
  });

  it("does not wait for a command that downloads the CLI first", async () => {
    const downloading = install("slow/node_modules/.bin", "exec sleep 60");
    const started = Date.now();
    expect(await findCli(downloading)).toBeUndefined();
    expect(Date.now() - started).toBeLessThan(30_000);
  });

  it("asks with a home folder of its own", async () => {
    const folder = install("home", `test "$PULUMI_HOME" != "$HOME/.pulumi" -a -d "$PULUMI_HOME" && echo v3.300.0`);
    expect((await findCli(folder))?.version).toBe("v3.300.0");
  });
});
