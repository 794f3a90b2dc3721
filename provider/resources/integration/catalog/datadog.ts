import { z } from "zod";
import { trimmed } from "../../../core/codecs";
import type { Args, ReportProblem } from "../../../core/definition";
import { field, flag, secret, text, webUrl, type FieldMeta } from "../../../core/schema";
import { isBlank, lacks, outcome } from "../../../core/rules";
import { undocumentedPushes } from "../events";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

// GitLab stores these without white space at either end.
const stripped: FieldMeta = { codec: trimmed };

const apiKey = z.string().regex(/^\w+$/, "must consist of letters, digits and underscores");
const site = z.string().regex(/^(\w+([-.]\w+)*\.[A-Za-z]{2,5}(:\d{1,5})?)?$/, "must be a host name like datadoghq.eu");
const apiUrl = z
  .string()
  .refine(
    (given) => given === "" || webUrl().safeParse(given).success,
    "must be a URL that starts with http:// or https://",
  );
const tags = z.string().refine((given) => {
  const lines = given.trim().split("\n");
  return lines.every((line) => line.trim() === "" || /^[\w-]+:.*\S/.test(line));
}, "must have one tag per line, each of the form key:value");

const fields = {
  /** The API key for signing in to Datadog. A secret. */
  apiKey: secret(apiKey),
  /** The Datadog site to send to: `datadoghq.eu` for the EU. @default "datadoghq.com" */
  datadogSite: field(site.optional(), { default: "datadoghq.com", clearsSecrets: true }),
  /** The full URL to send to, if it is not a standard Datadog site. It takes precedence over `datadogSite`. */
  apiUrl: field(apiUrl.optional(), { clearsSecrets: true }),
  /**
   * Sends pipelines and jobs for CI Visibility: GitLab enables and disables their events with it. Some servers require
   * it, so it is always sent. @default false
   */
  datadogCiVisibility: flag(false, { always: true }),
  /** Sends the logs of jobs; `datadogCiVisibility` is required with it. @default false */
  archiveTraceEvents: flag(false),
  /** The service under which everything from this GitLab appears. */
  datadogService: text(stripped),
  /** The environment under which everything from this GitLab appears. */
  datadogEnv: text(stripped),
  /** Further tags, one `key:value` per line. */
  datadogTags: field(tags.optional(), stripped),
  /** Sends merge requests. @default true */
  mergeRequestsEvents: flag(true, { source: "server" }),
  /** Sends comments. @default true */
  noteEvents: flag(true, { source: "server" }),
  /** Sends new tags. @default true */
  tagPushEvents: flag(true, { source: "server" }),
};

function rules(args: Args, report: ReportProblem): void {
  const seesPipelines = outcome(args, "datadogCiVisibility", false);
  if (outcome(args, "archiveTraceEvents", false) === true && seesPipelines === false) {
    report("archiveTraceEvents", "requires datadogCiVisibility");
  }
  if (isBlank(args.known("datadogSite")) && lacks(args, "apiUrl")) report("datadogSite", "is required without apiUrl");
}

type DatadogFields = typeof undocumentedPushes & typeof fields;

interface DatadogSettings extends IntegrationSettings<DatadogFields> {}
interface DatadogOutputs extends IntegrationOutputs<DatadogFields> {}

/** The arguments of {@link Datadog}. */
export type DatadogArgs = IntegrationArgs<DatadogSettings>;

const base: Integration<DatadogArgs, DatadogOutputs> = integration({
  name: "Datadog",
  slug: "datadog",
  fields: { ...undocumentedPushes, ...fields },
  rules,
});

/**
 * Datadog (`datadog`).
 *
 * @see https://docs.gitlab.com/api/project_integrations/#datadog
 *
 * @example
 * ```ts
 * new gitlab.integrations.Datadog("datadog", {
 *   group: "acme",
 *   apiKey: config.requireSecret("datadogApiKey"),
 *   datadogSite: "datadoghq.eu",
 *   datadogEnv: "production",
 *   datadogCiVisibility: true,
 * });
 * ```
 */
export class Datadog extends base {}
