import { integrations } from "./integrations";
import { projects } from "./projects";
import type { RuleCase } from "./rule";
import { hooks, settings } from "./settings";

export type { RuleCase };

/** What GitLab refuses, so that a preview does. */
export const ruleCases: readonly RuleCase[] = [...integrations, ...hooks, ...settings, ...projects];
