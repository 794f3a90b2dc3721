import { has, type Settings } from "../world/settings";
import { BUILDS } from "./builds";
import { CHAT } from "./chat";
import { DELIVERIES } from "./deliveries";
import type { IntegrationFact } from "./fact";
import { MESSAGES } from "./messages";
import { TOOLS } from "./tools";
import { TRACKERS } from "./trackers";

const ALL: readonly IntegrationFact[] = [...BUILDS, ...CHAT, ...DELIVERIES, ...MESSAGES, ...TOOLS, ...TRACKERS];

/** The integrations of each version by slug and by their other spellings. */
const BY_VERSION = new Map<string, ReadonlyMap<string, IntegrationFact>>();

/** The facts of an integration as the configured version has it, undefined for a slug that it does not know. */
export function factOf(slug: string, settings: Settings): IntegrationFact | undefined {
  return factsOf(settings).get(slug);
}

/** Every integration that the configured version has. */
export function allFacts(settings: Settings): readonly IntegrationFact[] {
  return [...new Set(factsOf(settings).values())];
}

function factsOf(settings: Settings): ReadonlyMap<string, IntegrationFact> {
  const known = BY_VERSION.get(settings.version) ?? readFacts(settings);
  BY_VERSION.set(settings.version, known);
  return known;
}

function readFacts(settings: Settings): ReadonlyMap<string, IntegrationFact> {
  const facts = ALL.filter((fact) => has(settings, fact)).map((fact) => narrowed(fact, settings));
  return new Map(facts.flatMap((fact) => [fact.slug, ...(fact.aliases ?? [])].map((slug) => [slug, fact] as const)));
}

function narrowed(fact: IntegrationFact, settings: Settings): IntegrationFact {
  const { datedEvents, commentOnEvents, ...rest } = fact;
  const later = datedEvents !== undefined && has(settings, datedEvents) ? datedEvents.names : [];
  return {
    ...rest,
    fields: fact.fields.filter((field) => has(settings, field)),
    events: [...fact.events, ...later],
    withoutAccessor: (fact.withoutAccessor ?? []).filter((names) => has(settings, names)),
    ...(commentOnEvents !== undefined && has(settings, commentOnEvents) ? { commentOnEvents } : {}),
  };
}
