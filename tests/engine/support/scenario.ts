import { resolve } from "node:path";

import { type LoggedRequest, type Sandbox, startSandbox } from "gitlab-sandbox";
import {
  changing,
  type Config,
  type Driver,
  type DriverStep,
  findCli,
  makeWorkspace,
  openPulumiCli,
  openStandIn,
  type Outcome,
  type ProgramFiles,
  secret,
} from "gitlab-sandbox/drivers";

import { lazySdkEnv } from "../../support/lazy-sdk";

const repository = resolve(__dirname, "../../..");

/** What a scenario runs. */
export interface ScenarioSettings {
  /** A folder of the repository to copy, or the program's files. */
  readonly program: string | ProgramFiles;
  /** The project's name, as in its Pulumi.yaml. */
  readonly project: string;
  /** The program's own configuration, which may depend on the GitLab; that one's address and token are added. */
  readonly config?: Config | ((sandbox: Sandbox) => Config);
}

/** A program in a folder of its own, on the engine of this run, with a GitLab of its own. */
export interface Scenario {
  readonly driver: Driver;
  readonly sandbox: Sandbox;
  /** The requests since {@link forget}. */
  requests(): readonly LoggedRequest[];
  /** Those that change something, such as `PUT /projects/42/integrations/slack`. */
  writes(): string[];
  /** Forgets the requests so far. */
  forget(): void;
  /** Stops the GitLab and removes the folder. */
  close(): Promise<void>;
}

/** Opens a program on the stand-in, or on a real CLI when `SCENARIO_ENGINE` is `pulumi`. */
export async function openScenario({ program, project, config = {} }: ScenarioSettings): Promise<Scenario> {
  const sandbox = await startSandbox();
  const from = typeof program === "string" ? resolve(repository, program) : program;
  const workspace = makeWorkspace(from, resolve(repository, "node_modules"));
  const { programDirectory, stateDirectory } = workspace;
  const own: Config = { "gitlab:baseUrl": sandbox.url, "gitlab:token": secret(sandbox.token) };
  const further = typeof config === "function" ? config(sandbox) : config;
  const settings = { programDirectory, stateDirectory, project, stack: "dev", config: { ...own, ...further } };
  const driver = await open(settings);
  const requests = (): readonly LoggedRequest[] => sandbox.control.requests();
  return {
    driver,
    sandbox,
    requests,
    writes: () =>
      requests()
        .filter(({ method }) => method !== "GET")
        .map(({ method, path }) => `${method} ${path.replace("/api/v4", "")}`),
    forget: () => {
      sandbox.control.log.clear();
    },
    close: async () => {
      await sandbox.stop();
      workspace.remove();
    },
  };
}

async function open(settings: Parameters<typeof openStandIn>[0]): Promise<Driver> {
  if (process.env.SCENARIO_ENGINE !== "pulumi") return openStandIn({ ...settings, env: lazySdkEnv });
  const cli = await findCli();
  if (cli === undefined) throw new Error("no Pulumi CLI answers `pulumi version`");
  return openPulumiCli(cli, settings);
}

/** What an operation came to. Rejects with what the user would read when it failed. */
export async function succeeding(operation: Promise<Outcome>): Promise<Outcome> {
  const outcome = await operation;
  if (!outcome.ok) throw new Error(outcome.output);
  return outcome;
}

/** What an operation changed, or found to have changed, sorted: `create integrations.Slack alerts`. The stack is left out. */
export function changesOf({ steps }: Outcome): string[] {
  return changing(steps)
    .filter(({ type }) => type !== "pulumi:pulumi:Stack")
    .map(({ op, type, name }) => `${op} ${className(type)} ${name}`)
    .sort();
}

function className(type: string): string {
  return type.replace(/^pulumi-nodejs:dynamic\/gitlab[/:]/, "").replace(":", ".");
}

/** The steps of the resource of a name. */
export function stepsOf({ steps }: Outcome, name: string): DriverStep[] {
  return steps.filter((step) => step.name === name);
}

/** The inputs in which a step differs from before: `pushEvents: false => true`. */
export function differencesOf(step: DriverStep | undefined): string[] {
  return (step?.changes ?? []).map(({ path, old = "", new: now = "" }) => `${path}: ${old} => ${now}`).sort();
}
