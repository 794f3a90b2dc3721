import { errorText, forbidden, message, noContent, noRoute, notFound, ok, type Answer } from "../http/answer";
import type { Call } from "../http/call";
import { factOf } from "../facts";
import type { IntegrationFact } from "../facts/fact";
import { basic, full } from "../integrations/response";
import { disable, findRow, rowsOf } from "../integrations/rows";
import { putParams, update } from "../integrations/update";
import type { Scope } from "../world/entities";
import { PARENTS, route, type Route } from "./route";

type Kind = "project" | "group";

/** The four calls on integrations at both levels, and under their old name `services` for projects. */
export const INTEGRATION_ROUTES: readonly Route[] = [
  ...PARENTS.map(({ kind, root }) => ({ kind, root: `${root}/integrations` })),
  { kind: "project" as const, root: "/projects/:id/services" },
].flatMap(({ kind, root }) => [
  route("GET", root, (call) => list(call, kind)),
  route("GET", `${root}/:slug`, (call) => get(call, kind)),
  route("PUT", `${root}/:slug`, (call) => put(call, kind)),
  route("DELETE", `${root}/:slug`, (call) => remove(call, kind)),
]);

function list(call: Call, kind: Kind): Answer {
  const rows = rowsOf(call.world, scopeOf(call, kind));
  return ok(
    rows.flatMap((row) => {
      const fact = factOf(row.slug, call.world.settings);
      return fact !== undefined && row.active && isAvailable(call, kind, fact) ? [basic(row, fact)] : [];
    }),
  );
}

function get(call: Call, kind: Kind): Answer {
  const scope = scopeOf(call, kind);
  const fact = knownFact(call);
  demandAvailable(call, kind, fact);
  const row = findRow(call.world, scope, fact.slug);
  if (row === undefined) throw notFound("Integration");
  return ok(full(row, fact, call.world.settings));
}

function put(call: Call, kind: Kind): Answer {
  const fact = factOf(call.segment("slug"), call.world.settings);
  if (fact === undefined) throw noRoute();
  const scope = scopeOf(call, kind);
  const given = call.params(putParams(fact));
  if (!isAvailable(call, kind, fact)) throw notAvailable();
  return ok(full(update(call.world, scope, fact, given), fact, call.world.settings));
}

function remove(call: Call, kind: Kind): Answer {
  const scope = scopeOf(call, kind);
  const fact = knownFact(call);
  demandAvailable(call, kind, fact);
  const row = findRow(call.world, scope, fact.slug);
  if (row === undefined) throw notFound("Integration");
  if (fact.deletable === false) {
    throw message(422, `You cannot disable the ${fact.title} integration from the API`);
  }
  call.checkUnmodified(row.updatedAt);
  disable(row, fact, call.world.now());
  return noContent();
}

function scopeOf(call: Call, kind: Kind): Scope {
  const scope = call.scope(kind, "maintainer");
  if (kind === "group" && call.world.isArchived(scope)) throw forbidden();
  return scope;
}

function knownFact(call: Call): IntegrationFact {
  const fact = factOf(call.segment("slug"), call.world.settings);
  if (fact === undefined) throw errorText(400, "slug does not have a valid value");
  return fact;
}

function isAvailable(call: Call, kind: Kind, fact: IntegrationFact): boolean {
  return fact.scopes.includes(kind) && !call.world.settings.unavailableIntegrations.includes(fact.slug);
}

function demandAvailable(call: Call, kind: Kind, fact: IntegrationFact): void {
  if (kind === "group" && !fact.scopes.includes("group")) throw notAvailable();
  if (!isAvailable(call, kind, fact)) throw notFound("Integration");
}

function notAvailable(): Error {
  return message(400, "400 Integration not available");
}
