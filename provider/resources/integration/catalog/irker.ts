import { z } from "zod";
import { entriesIn } from "../../../core/codecs";
import type { Args, ReportProblem } from "../../../core/definition";
import { field, flag, requiredText, text } from "../../../core/schema";
import { undocumentedPushes } from "../events";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

function words(given: string): string[] {
  return given.split(/\s+/).filter((word) => word !== "");
}

function isIrc(given: unknown): boolean {
  return typeof given === "string" && /^ircs?:\/\//i.test(given);
}

const fields = {
  /**
   * The channels and users to write to, separated by white space: `irc://irc.example.com/#shop`, or `#shop` with a
   * `defaultIrcUri`.
   */
  recipients: field(requiredText(), { codec: entriesIn(words) }),
  /** The prefix for recipients that are not full URLs: `irc://irc.example.com:6697/`. */
  defaultIrcUri: text(),
  /** The host of the irker daemon. GitLab uses `localhost` by default. */
  serverHost: text(),
  /** The port of the irker daemon. GitLab uses 6659 by default. */
  serverPort: field(z.int().min(1).max(65535).optional(), { default: null }),
  /** Adds colours to the messages. @default false */
  colorizeMessages: flag(false),
};

/** GitLab drops recipients that make no address, and refuses them when none is left. */
function rules(args: Args, report: ReportProblem): void {
  const recipients = args.known("recipients");
  if (typeof recipients !== "string" || words(recipients).length === 0 || words(recipients).some(isIrc)) return;
  const prefix = args.known("defaultIrcUri");
  const isWithoutPrefix = args.given("defaultIrcUri") ? prefix !== undefined && !isIrc(prefix) : args.isNew;
  if (isWithoutPrefix) report("recipients", "one must begin with irc:// or ircs:// unless defaultIrcUri does");
}

type IrkerFields = typeof undocumentedPushes & typeof fields;

interface IrkerSettings extends IntegrationSettings<IrkerFields> {}
interface IrkerOutputs extends IntegrationOutputs<IrkerFields> {}

/** The arguments of {@link Irker}. */
export type IrkerArgs = IntegrationArgs<IrkerSettings>;

const base: Integration<IrkerArgs, IrkerOutputs> = integration({
  name: "Irker",
  slug: "irker",
  fields: { ...undocumentedPushes, ...fields },
  rules,
});

/**
 * irker (`irker`): messages to IRC through an irker daemon.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#irker
 *
 * @example
 * ```ts
 * new gitlab.integrations.Irker("irc", {
 *   project: "acme/shop",
 *   recipients: "irc://irc.acme.example/#shop",
 *   serverHost: "irker.acme.example",
 *   serverPort: 6659,
 * });
 * ```
 */
export class Irker extends base {}
