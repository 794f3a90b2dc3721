import { changing, type Driver, type DriverStep, type Outcome } from "../drivers";
import type { ObjectCounts, Sandbox } from "../gitlab";
import { browse } from "./browse";
import { heading, meanwhile, say, sayResources } from "./print";
import { quickstart } from "./quickstart";

/**
 * Takes the program through its whole life and says what happens.
 *
 * Rejects as soon as something is not as it should be, unless somebody may be changing things beside it.
 *
 * @param isBrowsed whether the sandbox is kept open, before everything is taken away, for somebody to change things
 */
export async function tell(driver: Driver, sandbox: Sandbox, isBrowsed: boolean): Promise<void> {
  const before = sandbox.control.objects();
  const run = async (operation: "preview" | "up" | "refresh" | "destroy"): Promise<DriverStep[]> => {
    sandbox.control.log.clear();
    return resourcesOf(await meanwhile(`pulumi ${operation}`, driver[operation]()), operation);
  };
  const expect = (condition: boolean, otherwise: string): void => {
    demand(condition || isBrowsed, otherwise);
  };

  heading("pulumi preview   what would be made; GitLab is only read");
  sayResources(await run("preview"), { inFull: "deploys" });
  const isRead = sandbox.control.requests().every(({ method }) => method === "GET");
  expect(isRead, "the preview changed something on GitLab");

  heading("pulumi up   makes it");
  say(`  ${(await run("up")).length} created: ${list(sandbox.control.objects())}`);
  await sayRequestsAndSecrets(driver, sandbox);

  heading("pulumi up   again: there is nothing to do");
  const again = await run("up");
  say(`  ${again.length} changed, ${requests(sandbox)}`);
  expect(again.length === 0 && writes(sandbox) === 0, "a second up changed something");

  heading("Somebody clicks around on GitLab, behind Pulumi's back");
  await meddle(sandbox);

  heading("pulumi refresh   finds it, property by property");
  const found = await run("refresh");
  sayResources(found);
  expect(found.length === 3, "the refresh did not find the three changes");

  heading("pulumi up   mends it");
  const mended = await run("up");
  sayResources(mended);
  say(`  ${requests(sandbox)}`);
  expect(mended.length === 3, "up did not mend the three changes");

  if (isBrowsed) await browse(sandbox, () => mend(run));

  heading("pulumi destroy   takes everything away");
  say(`  ${(await run("destroy")).length} deleted`);
  const left = sandbox.control.objects();
  const isEmpty = JSON.stringify(before) === JSON.stringify(left);
  expect(isEmpty, `something is left on GitLab: ${list(left)}`);
  say(`  GitLab is ${isEmpty ? "as empty as before" : "not as it was"}: ${list(left)}`);
}

/** Finds what somebody has changed, and puts it right. What fails is said: they may change it back, and try again. */
async function mend(run: (operation: "refresh" | "up") => Promise<DriverStep[]>): Promise<void> {
  for (const operation of ["refresh", "up"] as const) {
    heading(`pulumi ${operation}`);
    try {
      const steps = await run(operation);
      if (steps.length === 0) say("  Nothing has changed.");
      sayResources(steps);
    } catch (problem) {
      say(problem instanceof Error ? problem.message : String(problem));
    }
  }
}

/** What a person does in GitLab's pages, done over its API. */
async function meddle(sandbox: Sandbox): Promise<void> {
  const hooks = (await call(sandbox, "GET", "/projects/acme%2Fshop/hooks")) as { id: number; name: string }[];
  const deploys = hooks.find(({ name }) => name === "deploys");
  demand(deploys !== undefined, "the hook is not on GitLab");
  await meddleWith(sandbox, "PUT", `/projects/42/hooks/${deploys.id}`, { push_events: true, releases_events: false });
  await meddleWith(sandbox, "PUT", "/projects/42/push_rule", { prevent_secrets: false });
  await meddleWith(sandbox, "DELETE", "/projects/42/integrations/discord");
}

async function meddleWith(sandbox: Sandbox, method: string, path: string, body?: Record<string, unknown>) {
  await call(sandbox, method, path, body);
  const changes = Object.entries(body ?? {}).map(([name, value]) => `${name}=${String(value)}`);
  say(`  ${[method, path, ...changes].join(" ")}`);
}

async function call(sandbox: Sandbox, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${sandbox.url}/api/v4${path}`, {
    method,
    headers: { Authorization: `Bearer ${sandbox.token}`, "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  demand(response.ok, `${method} ${path} was answered with ${response.status}`);
  const text = await response.text();
  return text === "" ? undefined : JSON.parse(text);
}

function resourcesOf({ ok, output, steps }: Outcome, operation: string): DriverStep[] {
  demand(ok, `pulumi ${operation} failed:\n${output}`);
  return changing(steps).filter(({ type }) => type !== "pulumi:pulumi:Stack");
}

async function sayRequestsAndSecrets(driver: Driver, sandbox: Sandbox): Promise<void> {
  const state = JSON.stringify(await driver.export());
  demand(!quickstart.secrets.some((secret) => state.includes(secret)), "the state holds a secret in clear");
  say(`  ${requests(sandbox)}; none of the ${quickstart.secrets.length} secrets lies in clear in the state`);
}

function writes(sandbox: Sandbox): number {
  return sandbox.control.requests().filter(({ method }) => method !== "GET").length;
}

function requests(sandbox: Sandbox): string {
  const all = sandbox.control.requests();
  const count = (method: string): string => `${all.filter((request) => request.method === method).length} ${method}`;
  return `requests: ${["GET", "POST", "PUT", "DELETE"].map(count).join(", ")}`;
}

function list({ hooks, integrations, pushRules }: ObjectCounts): string {
  return `${hooks} hooks, ${integrations} integrations, ${pushRules} push rule sets`;
}

function demand(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Error(otherwise);
}
