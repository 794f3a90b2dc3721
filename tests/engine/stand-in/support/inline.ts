import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import * as pulumi from "@pulumi/pulumi";
import {
  type Config,
  type OperationOptions,
  type OperationResult,
  Stack,
  type StackSettings,
} from "gitlab-sandbox/engine";

/** The inputs of {@link Thing}. */
export interface ThingArgs {
  readonly name?: pulumi.Input<string>;
  /** Changing it replaces the thing. */
  readonly key?: pulumi.Input<string>;
  /** Makes check fail; a text names the property `bad` as the culprit. */
  readonly bad?: pulumi.Input<boolean | string>;
  /** Makes create fail. */
  readonly fail?: pulumi.Input<boolean>;
  /** What is under a name in it that begins with `hidden`, check marks as a secret. */
  readonly value?: pulumi.Input<unknown>;
  readonly hidden?: pulumi.Input<string>;
  /** Comes back as the secret output `revealed`. */
  readonly reveal?: pulumi.Input<string>;
}

/** A dynamic resource whose provider is `handlers.js` beside this file. */
export class Thing extends pulumi.CustomResource {
  declare readonly out: pulumi.Output<string>;

  constructor(name: string, args: ThingArgs = {}, options?: pulumi.CustomResourceOptions) {
    const __provider = 'exports.handler = () => require("things").handler();';
    const inputs = options?.id === undefined ? { name, ...args } : {};
    super("pulumi-nodejs:dynamic/test:Thing", name, { ...inputs, out: undefined, __provider }, options);
  }
}

/** A provider of its own for things. */
export class ThingProvider extends pulumi.ProviderResource {
  constructor(name: string, args: Record<string, pulumi.Input<string>>, options?: pulumi.ResourceOptions) {
    super("pulumi-nodejs", name, args, options);
  }
}

/** The URN of a thing directly under the stack. */
export const urnOf = (name: string): string => `urn:pulumi:dev::app::pulumi-nodejs:dynamic/test:Thing::${name}`;

/** A folder in which the provider of things is installed, with a state of its own. */
export class InlineStack {
  readonly stateFile: string;
  private readonly directory: string;

  constructor(private readonly config: Config = {}) {
    this.directory = realpathSync(mkdtempSync(join(tmpdir(), "stand-in-")));
    this.stateFile = join(this.directory, "state.json");
    const modules = join(this.directory, "node_modules");
    mkdirSync(join(modules, "things"), { recursive: true });
    mkdirSync(join(modules, "@pulumi"));
    cpSync(join(__dirname, "handlers.js"), join(modules, "things", "index.js"));
    symlinkSync(dirname(require.resolve("@pulumi/pulumi/package.json")), join(modules, "@pulumi", "pulumi"), "dir");
  }

  /** The stack, with a function for its program. */
  open(program: () => unknown = () => undefined): Promise<Stack> {
    return Stack.open({ ...this.settings(), program: () => Promise.resolve(program()) });
  }

  /** The stack, with the text of a program that runs in a process of its own. */
  openFile(text: string): Promise<Stack> {
    writeFileSync(join(this.directory, "package.json"), JSON.stringify({ name: "app", main: "index.js" }));
    writeFileSync(join(this.directory, "index.js"), text);
    return Stack.open(this.settings());
  }

  /** Runs `up` with a function for the program. */
  async up(program: () => unknown, options?: OperationOptions): Promise<OperationResult> {
    return (await this.open(program)).up(options);
  }

  /** Runs `preview` with a function for the program. */
  async preview(program: () => unknown, options?: OperationOptions): Promise<OperationResult> {
    return (await this.open(program)).preview(options);
  }

  /** The resources in the state, as they are written. */
  async resources(): Promise<Record<string, unknown>[]> {
    const { deployment } = await (await this.open()).export();
    return deployment.resources ?? [];
  }

  /** The text of the state file. */
  text(): string {
    return readFileSync(this.stateFile, "utf8");
  }

  private settings(): StackSettings {
    const { directory: programDirectory, stateFile, config } = this;
    return { programDirectory, project: "app", stack: "dev", stateFile, passphrase: "inline", config };
  }

  /** Removes the folder. */
  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** The calls of one kind, by the name of the resource they are about. */
export function called(result: OperationResult, method: string): string[] {
  return result.calls
    .filter((call) => call.method === `ResourceProvider/${method}`)
    .map(({ request }) => String(request.name));
}

/** What was done, as `op name`, the stack, providers made by the engine, and what stayed the same left out. */
export function done(result: OperationResult): string[] {
  return result.steps
    .filter(({ op, type, failed }) => op !== "same" && !failed && type !== "pulumi:pulumi:Stack")
    .filter(({ type, name }) => !(type === "pulumi:providers:pulumi-nodejs" && name === "default"))
    .map(({ op, name }) => `${op} ${name}`);
}
