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

/** Chance out of a seed, the same for the same one: numbers between 0 and 1. */
export function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    // Numerical Recipes' linear congruential generator; good enough to pick points in a run.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
