import type { Sandbox } from "gitlab-sandbox";

/** Puts projects `acme/service-1` and on in place, with numbers of their own, and hands back their paths. */
export function manyProjects(sandbox: Sandbox, count: number): string[] {
  const { world } = sandbox.control;
  const [model] = world.state.projects;
  if (!model) throw new Error("the sandbox has no project");
  const names = Array.from({ length: count }, (_, n) => `service-${n + 1}`);
  const projects = names.map((name, n) => ({ ...model, id: 100_000 + n, path: name, name }));
  world.state = { ...world.state, projects: [...world.state.projects, ...projects] };
  return names.map((name) => `acme/${name}`);
}

/** A hook for each project under its path. */
export function hooksOf(
  paths: readonly string[],
  token = "canary0secret0token",
): Record<string, Record<string, string>> {
  const entries = paths.map((path, n) => [path, { project: path, url: `https://ci.example.com/${n}`, token }] as const);
  return Object.fromEntries(entries);
}

/** How many entries a large fleet has: as many as `FLEET_SIZE` says, a few in the short form. */
export const fleetSize = Number(process.env.FLEET_SIZE ?? 40);

/** What chance comes from: another every time, unless `FLEET_SEED` gives one that failed. */
export const fleetSeed = Number(process.env.FLEET_SEED ?? Math.floor(Math.random() * 2 ** 32));

/** Prints a line of figures in the long form. */
export function figures(text: string): void {
  if (process.env.FLEET_SIZE !== undefined) process.stderr.write(`${text} (seed ${fleetSeed})\n`);
}
