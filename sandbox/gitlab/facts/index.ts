import { BUILDS } from "./builds";
import { CHAT } from "./chat";
import { DELIVERIES } from "./deliveries";
import type { IntegrationFact } from "./fact";
import { MESSAGES } from "./messages";
import { TOOLS } from "./tools";
import { TRACKERS } from "./trackers";

/** Every integration the emulator knows, by slug and by its other spellings. */
const BY_SLUG = new Map<string, IntegrationFact>();

for (const fact of [...BUILDS, ...CHAT, ...DELIVERIES, ...MESSAGES, ...TOOLS, ...TRACKERS]) {
  for (const slug of [fact.slug, ...(fact.aliases ?? [])]) BY_SLUG.set(slug, fact);
}

/** The facts of an integration, undefined for a slug that GitLab does not know. */
export function factOf(slug: string): IntegrationFact | undefined {
  return BY_SLUG.get(slug);
}

/** Every integration the emulator knows. */
export function allFacts(): readonly IntegrationFact[] {
  return [...new Set(BY_SLUG.values())];
}
