import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Case } from "./cases";
import { programResources, type ProgramResource } from "./engine-program";
import { startForwarder, type Forwarder } from "./forwarder";
import { engineSubject, Interrupted } from "./observer";
import type { EngineReport } from "./results";
import type { TrialContext } from "./trial";

/** The program: its resources are in a file beside it. */
const program = `const gitlab = require("pulumi-gitlab-dynamic");
for (const { name, type, args } of require("./resources.json")) {
  const Class = type.split(".").reduce((found, part) => found[part], gitlab);
  new Class(name, args);
}
`;

/** Lines of the CLI's output that a failure shows, at most. */
const mostLines = 30;

interface Step {
  readonly step: string;
  readonly args: readonly string[];
  /** What the program declares from this step on. */
  readonly resources?: readonly ProgramResource[];
}

/**
 * Takes every class that works here through programs which the Pulumi CLI runs, in a temporary folder with a backend of its
 * own: made, unchanged, refreshed, changed, destroyed.
 *
 * @throws Interrupted when the run is stopped
 */
export async function runEngine(
  context: TrialContext,
  cases: readonly Case[],
  signal: AbortSignal,
): Promise<EngineReport> {
  const cli = await versionOfCli();
  if (cli === undefined) {
    return {
      cli: "no Pulumi CLI",
      isWell: false,
      steps: [{ step: "find", isWell: false, text: "pulumi is not on the PATH" }],
    };
  }
  let step = "";
  const operation = context.observer.operation(engineSubject, () => step);
  const forwarder = await startForwarder(context.settings, operation);
  const folder = mkdtempSync(join(tmpdir(), "pulumi-gitlab-engine-"));
  try {
    const runner = new Runner(folder, forwarder, signal);
    const steps: EngineReport["steps"][number][] = [];
    for (const next of stepsFor(context, cases)) {
      step = next.step;
      steps.push(await runner.run(next));
    }
    return { cli, isWell: steps.every(({ isWell }) => isWell), steps };
  } finally {
    await forwarder.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function stepsFor(context: TrialContext, cases: readonly Case[]): Step[] {
  const change = ["--yes", "--skip-preview"];
  const same = ["preview", "--diff", "--expect-no-changes"];
  const first = programResources(context, cases, 0);
  return [
    { step: "make a stack", args: ["stack", "init", "run"] },
    { step: `up with ${first.length} resources`, args: ["up", ...change], resources: first },
    { step: "preview without a change", args: same },
    { step: "refresh without a drift", args: ["refresh", ...change, "--expect-no-changes"] },
    { step: "up with a change of each", args: ["up", ...change], resources: programResources(context, cases, 1) },
    { step: "preview without a change again", args: same },
    { step: "destroy", args: ["destroy", ...change] },
  ];
}

/** Runs one command of the CLI after another. */
class Runner {
  readonly #program: string;
  readonly #env: NodeJS.ProcessEnv;

  constructor(
    folder: string,
    forwarder: Forwarder,
    private readonly signal: AbortSignal,
  ) {
    const [backend, home] = [join(folder, "backend"), join(folder, "home")];
    this.#program = join(folder, "program");
    for (const each of [backend, home, join(this.#program, "node_modules/@pulumi")])
      mkdirSync(each, { recursive: true });
    const modules = join(this.#program, "node_modules");
    symlinkSync(join(__dirname, "../.."), join(modules, "pulumi-gitlab-dynamic"), "junction");
    const sdk = dirname(createRequire(__filename).resolve("@pulumi/pulumi/package.json"));
    symlinkSync(sdk, join(modules, "@pulumi/pulumi"), "junction");
    writeFileSync(join(this.#program, "Pulumi.yaml"), "name: conformance\nruntime: nodejs\nmain: index.js\n");
    writeFileSync(join(this.#program, "package.json"), '{ "name": "conformance", "private": true }\n');
    writeFileSync(join(this.#program, "index.js"), program);
    writeFileSync(join(this.#program, "resources.json"), "[]");
    this.#env = {
      ...withoutAccounts(process.env),
      PULUMI_HOME: home,
      PULUMI_BACKEND_URL: pathToFileURL(backend).href,
      PULUMI_CONFIG_PASSPHRASE: randomBytes(12).toString("hex"),
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      GITLAB_BASE_URL: forwarder.url,
      GITLAB_TOKEN: forwarder.token,
    };
  }

  async run({ step, args, resources }: Step): Promise<EngineReport["steps"][number]> {
    if (resources) writeFileSync(join(this.#program, "resources.json"), JSON.stringify(resources));
    const { code, text } = await this.#pulumi([...args, "--non-interactive", "--color", "never"]);
    if (this.signal.aborted) throw new Interrupted();
    const isWell = code === 0;
    return { step, isWell, text: isWell ? "passed" : `failed with exit status ${code ?? "none"}\n${tail(text)}` };
  }

  #pulumi(args: readonly string[]): Promise<{ readonly code: number | null; readonly text: string }> {
    const child = spawn("pulumi", args, { cwd: this.#program, env: this.#env, stdio: ["ignore", "pipe", "pipe"] });
    const stop = () => child.kill("SIGINT");
    this.signal.addEventListener("abort", stop);
    let text = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (part: string) => (text += part));
    }
    return new Promise((resolve) => {
      const end = (code: number | null) => {
        this.signal.removeEventListener("abort", stop);
        resolve({ code, text });
      };
      child.once("error", () => {
        end(null);
      });
      child.once("close", end);
    });
  }
}

/** The lines that name failures, or else the last ones. */
function tail(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const telling = lines.filter((line) => /error|failed|~|warning/i.test(line));
  return (telling.length > 0 ? telling : lines)
    .slice(-mostLines)
    .map((line) => `    ${line.trim()}`)
    .join("\n");
}

function versionOfCli(): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn("pulumi", ["version"], { stdio: ["ignore", "pipe", "ignore"] });
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => (text += part));
    child.once("error", () => {
      resolve(undefined);
    });
    child.once("close", (code) => {
      resolve(code === 0 ? `pulumi ${text.trim()}` : undefined);
    });
  });
}

/** Nothing that could lead to the user's own stacks, or to a GitLab other than the one of the run. */
function withoutAccounts(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(?:PULUMI|GITLAB)_/i.test(name)));
}
