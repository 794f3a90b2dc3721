import * as pulumi from "@pulumi/pulumi";
import type { Definition } from "../core/definition";
import { camelCase, fieldsOf } from "../core/schema";
import * as integrations from "../resources/integration";
import { defineFunction, outputForm } from "./data-function";
import { camelCased, rowOf, rowsOf } from "./responses";
import { selectedPath, type GroupSelector, type ProjectSelector } from "./selectors";

/** An integration as a list shows it. */
export interface IntegrationSummary {
  readonly id: number;
  /** GitLab's name for people: `Slack notifications`. */
  readonly title: string;
  /** GitLab's name in paths: `slack`. */
  readonly slug: string;
  readonly active: boolean;
  /** Whether the settings come from a group above or from the instance. */
  readonly inherited?: boolean;
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601. */
  readonly updatedAt: string;
  /** GitLab returns the flag of every event for every integration, also of events that this one does not have. */
  readonly [event: `${string}Events`]: boolean;
}

/** An integration with its own settings. */
export interface IntegrationDetails extends IntegrationSummary {
  /**
   * The settings by their names in this package. GitLab leaves secrets and webhook URLs out; what it does return of them,
   * such as the private keys of app stores, is a secret output.
   */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Which integration. */
export type IntegrationSelector = (ProjectSelector | GroupSelector) & {
  /** GitLab's name for it in paths: `slack`. */
  readonly slug: string;
};

/**
 * The active integrations of a project, inherited ones among them.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#list-all-active-integrations
 */
export const getProjectIntegrations = defineFunction<ProjectSelector, IntegrationSummary[]>(
  "getProjectIntegrations",
  async (client, args) => {
    const where = selectedPath("project", args.project, "integrations");
    return summariesOf(rowsOf((await client.get(where)).body, where, "integration"));
  },
);

/** {@link getProjectIntegrations} for arguments that may be outputs. */
export const getProjectIntegrationsOutput = outputForm(getProjectIntegrations);

/**
 * The active integrations of a group, inherited ones among them.
 *
 * @see https://docs.gitlab.com/api/group_integrations/#list-all-active-integrations
 */
export const getGroupIntegrations = defineFunction<GroupSelector, IntegrationSummary[]>(
  "getGroupIntegrations",
  async (client, args) => {
    const where = selectedPath("group", args.group, "integrations");
    return summariesOf(rowsOf((await client.get(where)).body, where, "integration"));
  },
);

/** {@link getGroupIntegrations} for arguments that may be outputs. */
export const getGroupIntegrationsOutput = outputForm(getGroupIntegrations);

/**
 * One integration of a project or group with its settings, active or not.
 *
 * @throws GitLabError with status 404 when it was never set up
 * @see https://docs.gitlab.com/api/project_integrations/
 */
export const getIntegration = defineFunction<IntegrationSelector, IntegrationDetails>(
  "getIntegration",
  async (client, args) => {
    const where =
      "project" in args
        ? selectedPath("project", args.project, "integrations", args.slug)
        : selectedPath("group", args.group, "integrations", args.slug);
    return withSecretOutputs(
      camelCased(rowOf((await client.get(where)).body, where, "integration")),
    ) as IntegrationDetails;
  },
);

/** {@link getIntegration} for arguments that may be outputs. */
export const getIntegrationOutput = outputForm(getIntegration);

function summariesOf(body: unknown): IntegrationSummary[] {
  const rows = camelCased(body);
  return (Array.isArray(rows) ? rows.map(withSecretOutputs) : rows) as IntegrationSummary[];
}

/** An integration as GitLab shows it, with those of its settings that are secret as secret outputs. */
function withSecretOutputs(shown: unknown): unknown {
  const { slug, properties } = (shown ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof properties !== "object" || properties === null) return shown;
  const secrets = secretSettings(slug);
  const entries = Object.entries(properties).map(([name, value]: [string, unknown]) => {
    const hides = secrets.has(name) && value !== null && value !== "";
    return [name, hides ? pulumi.secret(value) : value] as const;
  });
  return { ...(shown as object), properties: Object.fromEntries(entries) };
}

/** The names of an integration's secret settings. Finding it loads the classes of all integrations. */
function secretSettings(slug: unknown): ReadonlySet<string> {
  const classes = Object.values(integrations) as readonly { readonly definition?: Definition }[];
  const definition = classes.find((one) => one.definition?.path === `integrations/${String(slug)}`)?.definition;
  const fields = definition ? [...fieldsOf(definition.fields).values()] : [];
  return new Set(fields.filter((info) => info.secret).flatMap(({ name, wire }) => [name, camelCase(wire)]));
}
