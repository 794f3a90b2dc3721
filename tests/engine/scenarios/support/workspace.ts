import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** The name of the project and of the stack of every scenario. */
export const PROJECT = "app";
export const STACK = "dev";
/** Encrypts the secrets of every scenario's state. */
export const PASSPHRASE = "scenario";

/** A folder with a Pulumi project, beside it whatever an engine keeps. */
export class Workspace {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "scenario-")));
  readonly app = join(this.root, "app");
  readonly state = join(this.root, "state");

  constructor() {
    mkdirSync(this.app);
    mkdirSync(this.state);
    symlinkSync(resolve(__dirname, "../../../../node_modules"), join(this.app, "node_modules"), "dir");
    writeFileSync(join(this.app, "package.json"), JSON.stringify({ name: PROJECT, main: "index.js" }));
    const runtime = "runtime:\n  name: nodejs\n  options:\n    typescript: false\n";
    writeFileSync(join(this.app, "Pulumi.yaml"), `name: ${PROJECT}\n${runtime}`);
    this.write("");
  }

  /**
   * Makes this the program. `gitlab` and `pulumi` are at hand, `await` is too, and what it returns are the stack's outputs.
   *
   * @param text the statements, in JavaScript
   */
  write(text: string): void {
    const head = 'const pulumi = require("@pulumi/pulumi");\nconst gitlab = require("pulumi-gitlab-dynamic");\n';
    writeFileSync(this.program, `"use strict";\n${head}module.exports = async () => {\n${text}\n};\n`);
  }

  /** The program's file. */
  get program(): string {
    return join(this.app, "index.js");
  }

  /** Every file that an engine left, by path, with its text; the program itself is not one. */
  leftovers(): Map<string, string> {
    const files = readdirSync(this.root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    return new Map(files.filter((file) => file !== this.program).map((file) => [file, readFileSync(file, "latin1")]));
  }

  /** Removes everything. */
  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
