import type { FieldInfo } from "../../../provider/core/schema";
import type { ProviderFixture } from "./provider-fixture";

type Row = Record<string, unknown>;

/** Where the emulator keeps what GitLab never returns: names of its own for a hook's parameters. */
const hookNames: Readonly<Record<string, string>> = {
  signing_token: "signingToken",
  custom_headers: "customHeaders",
  url_variables: "urlVariables",
  custom_webhook_template: "template",
  branch_filter_strategy: "branchFilterStrategy",
  push_events_branch_filter: "branchFilter",
  enable_ssl_verification: "enableSslVerification",
  duo_flow_callback_enabled: "duoFlowCallback",
};

/** The value that the emulator itself holds for a field, secrets included. */
export function stored(fixture: ProviderFixture, id: string, info: FieldInfo): unknown {
  const [owner, name] = slot(fixture, id, info);
  return owner[name] ?? null;
}

/** Changes a value behind the API's back. */
export function tamper(fixture: ProviderFixture, id: string, info: FieldInfo, value: unknown): void {
  const [owner, name] = slot(fixture, id, info);
  owner[name] = value;
}

/** The emulator's names for the parameters of shares, fork relations and mirrors. */
const projectNames: Readonly<Record<string, string>> = {
  group_id: "groupId",
  group_access: "access",
  expires_at: "expiresAt",
  member_role_id: "memberRoleId",
  forked_from_id: "forkedFromId",
  mirror_trigger_builds: "triggerBuilds",
  only_mirror_protected_branches: "onlyProtectedBranches",
  mirror_overwrites_diverged_branches: "overwritesDivergedBranches",
  mirror_branch_regex: "branchRegex",
  url: "importUrl",
  auth_user: "user",
  auth_password: "password",
};

function slot(fixture: ProviderFixture, id: string, { wire }: FieldInfo): [Row, string] {
  const row = rowOf(fixture, id);
  if (row === undefined) throw new Error(`nothing is at ${id}`);
  if (/\/(share\/\d+|fork|mirror\/pull)$/.test(id)) {
    const project = projectOf(fixture, id) as unknown as Row;
    const owner = wire === "url" ? project : wire.startsWith("auth_") ? (project.importCredentials ?? {}) : row;
    return [owner as Row, projectNames[wire] ?? wire];
  }
  if (id.endsWith("/push_rule")) return [row.values as Row, wire];
  if (id.endsWith("/notification_settings")) return wire === "level" ? [row, wire] : [row.events as Row, wire];
  if (id.includes("/hooks/")) {
    const flags = row.flags as Row;
    return wire in flags ? [flags, wire] : [row, hookNames[wire] ?? wire];
  }
  const event = /^(.+)_events$/.exec(wire)?.[1];
  const events = row.events as Row;
  if (event !== undefined && event in events) return [events, event];
  return wire === "comment_on_event_enabled" ? [row, "commentOnEvents"] : [row.values as Row, wire];
}

/** The emulator's own row, undefined where nothing is. */
export function rowOf(fixture: ProviderFixture, id: string): Row | undefined {
  const [, plural, parent, kind, key] = /^(projects|groups)\/(\d+)\/([a-z_]+)(?:\/(.+))?$/.exec(id) ?? [];
  if (kind === "share" || kind === "fork" || kind === "mirror") return linkOf(fixture, id, kind, key);
  const { hooks, integrations, notifications, pushRules } = fixture.sandbox.control.world.state;
  const isHere = ({ scope }: { scope: { kind: string; id: number } }) =>
    `${scope.kind}s` === plural && String(scope.id) === parent;
  const rows: readonly unknown[] =
    kind === "hooks"
      ? hooks.filter((row) => isHere(row) && String(row.id) === key)
      : kind === "push_rule"
        ? pushRules.filter(isHere)
        : kind === "notification_settings"
          ? notifications.filter(isHere)
          : integrations.filter((row) => isHere(row) && row.slug === key);
  return rows[0] as Row | undefined;
}

/** The emulator's own project that an ID begins with. */
function projectOf(fixture: ProviderFixture, id: string) {
  return fixture.sandbox.control.world.project(Number(id.split("/")[1]));
}

/** What the emulator keeps with the project itself. */
function linkOf(fixture: ProviderFixture, id: string, kind: string, key: string | undefined): Row | undefined {
  const project = projectOf(fixture, id);
  if (kind === "share") return project?.shares?.find(({ groupId }) => String(groupId) === key) as Row | undefined;
  if (kind === "mirror") return project?.mirror as Row | undefined;
  return project?.forkedFromId === undefined ? undefined : (project as unknown as Row);
}

/** How many objects a project or group has, disabled integrations left out. */
export function countIn(fixture: ProviderFixture, scope: string, id: number): number {
  const { hooks, integrations, notifications, pushRules } = fixture.sandbox.control.world.state;
  const isHere = (row: { scope: { kind: string; id: number } }) => row.scope.kind === scope && row.scope.id === id;
  const active = integrations.filter((row) => isHere(row) && row.active && row.inheritFromId === null);
  const project = scope === "project" ? fixture.sandbox.control.world.project(id) : undefined;
  const links = [...(project?.shares ?? []), project?.forkedFromId, project?.mirror].filter(
    (link) => link !== undefined,
  );
  const rows = [...hooks.filter(isHere), ...active, ...notifications.filter(isHere), ...pushRules.filter(isHere)];
  return rows.length + links.length;
}
