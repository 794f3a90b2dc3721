import type { Family } from "../options";

/** A number of things in words: `1 group`, `1,204 hooks`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

const nouns: Readonly<Record<Family, readonly [one: string, many: string]>> = {
  hooks: ["hook", "hooks"],
  integrations: ["integration", "integrations"],
  "push-rules": ["set of push rules", "sets of push rules"],
  notifications: ["set of notification settings", "sets of notification settings"],
  projects: ["project", "projects"],
  shares: ["share", "shares"],
  "fork-relations": ["fork relation", "fork relations"],
  "pull-mirrors": ["pull mirror", "pull mirrors"],
};

/** Numbers of objects in words: `3 hooks, 1 integration`, or `nothing`. */
export function countedFamilies(counts: Readonly<Partial<Record<Family, number>>>): string {
  const texts = (Object.entries(counts) as [Family, number][])
    .filter(([, count]) => count > 0)
    .map(([family, count]) => counted(count, ...nouns[family]));
  return texts.length > 0 ? texts.join(", ") : "nothing";
}
