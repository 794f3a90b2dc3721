import type { ManagedResource } from "../../contract/support/managed-resource";
import type { TestParent, ProviderFixture } from "../../contract/support/provider-fixture";

/** What GitLab holds for a project and what the state says of the resource, as texts that two projects can be compared by. */
export interface Picture {
  readonly gitlab: string;
  readonly state: string;
  /** How many objects of the project GitLab holds. */
  readonly count: number;
}

/** What differs from one project or moment to the next, and means nothing. */
const passing = /^(id|scope|project|projectPath|__claim|__gitlab|__imported|hookId)$|(created|updated)(_at|At)$/;

/** Takes the picture of a project. `managed` is left out where its state does not matter any more. */
export function pictureOf(fixture: ProviderFixture, place: TestParent, managed?: ManagedResource): Picture {
  const { hooks, integrations, notifications, pushRules } = fixture.sandbox.control.world.state;
  const isHere = ({ scope }: { scope: { kind: string; id: number } }) =>
    scope.kind === "project" && scope.id === place.id;
  const rows = [
    ...hooks.filter(isHere),
    ...integrations.filter((row) => isHere(row) && row.active),
    ...pushRules.filter(isHere),
    ...notifications.filter((row) => isHere(row) && row.level !== "global"),
    ...(fixture.sandbox.control.world.project(place.id)?.shares ?? []),
  ];
  const state = managed && { id: managed.id, inputs: managed.inputs, outputs: managed.outputs };
  return { gitlab: textOf(rows, place), state: textOf(state, place), count: rows.length };
}

function textOf(value: unknown, place: TestParent): string {
  const text = JSON.stringify([value], (key, inner: unknown) => (passing.test(key) ? undefined : ordered(inner)), 1);
  return text
    .replaceAll(place.path, "PROJECT")
    .replaceAll(new RegExp(`\\b${place.id}\\b`, "g"), "0")
    .replaceAll(/hooks\/\d+/g, "hooks/0");
}

function ordered(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
