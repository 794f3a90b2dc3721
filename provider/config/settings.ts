import { accessSync, constants } from "node:fs";
import { validateHeaderName, validateHeaderValue } from "node:http";
import { z } from "zod";
import { withoutSecretMarks } from "../core/secret-mark";
import { normaliseBaseUrl } from "./base-url";

export { normaliseBaseUrl, plainHttpWarning } from "./base-url";

/** The `gitlab:*` settings after reading. */
export interface Settings {
  /** Ends in `/api/v4`, without a slash after it. */
  readonly baseUrl: string;
  /** Any kind of token that GitLab takes as `Authorization: Bearer`; empty in {@link Configuration.offline}. */
  readonly token: string;
  /** File with certificates (PEM) to trust besides the usual ones. */
  readonly cacertFile?: string;
  /** Accept any certificate. */
  readonly insecure: boolean;
  /** File with the client certificate, or the PEM text itself. */
  readonly clientCert?: string;
  /** File with the client certificate's key, or the PEM text itself. */
  readonly clientKey?: string;
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** How often a request is sent again at most. */
  readonly retries: number;
  /** Seconds that one request may take, repetitions and the waits between them included. */
  readonly timeout: number;
  /** Take over integrations that others have set up, without an import. */
  readonly overwriteExisting: boolean;
  /** Addresses that the configured GitLab had before, in the form of `baseUrl`. */
  readonly formerBaseUrls: readonly string[];
  /** Whether previews ask GitLab. */
  readonly previewChecks: boolean;
}

/** Either the settings, or everything that is wrong with them, a sentence each. */
export type Configuration =
  | { readonly settings: Settings; readonly problems?: undefined; readonly offline?: undefined }
  | {
      readonly settings?: undefined;
      readonly problems: readonly string[];
      /** The settings where nothing but the token is missing: previews do without it. */
      readonly offline?: Settings | undefined;
    };

/** Every name that may stand after `gitlab:` in the configuration. */
export const settingNames = [
  "baseUrl",
  "token",
  "cacertFile",
  "insecure",
  "clientCert",
  "clientKey",
  "headers",
  "retries",
  "timeout",
  "overwriteExisting",
  "formerBaseUrls",
  "previewChecks",
] as const;

/** What is wrong where there is no token at all. */
export const missingToken =
  "gitlab:token is missing: run `pulumi config set --secret gitlab:token` with a token of the scope `api`, or set GITLAB_TOKEN.";

const defaultBaseUrl = "https://gitlab.com";
/** How deep a setting is looked through for secrets: real ones have two levels. */
const deepest = 8;

const flag = z.union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")]);
const whole = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\s*\d+\s*$/)
      .transform(Number),
  ])
  .pipe(z.int());
const number = z.union([
  z.number(),
  z
    .string()
    .regex(/^\s*\d+(\.\d+)?\s*$/)
    .transform(Number),
]);
const text = z.string().trim().min(1);
const json = z.string().transform((value, context) => {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    context.addIssue("no JSON");
    return z.NEVER;
  }
});
const textMap = z.record(z.string(), z.string());
const texts = z.array(z.string());

const rules = {
  baseUrl: [text, "must be the address of a GitLab, like https://gitlab.example.com"],
  token: [z.string(), "must be a string"],
  cacertFile: [text, "must be the path of a file with certificates (PEM)"],
  insecure: [flag, "must be true or false"],
  clientCert: [text, "must be the path of a file with a certificate (PEM), or its text"],
  clientKey: [text, "must be the path of a file with a key (PEM), or its text"],
  headers: [
    z.union([textMap, json.pipe(textMap)]),
    'must be an object of strings, in a stack\'s configuration as JSON: {"X-Name": "value"}',
  ],
  retries: [whole.pipe(z.int().min(0).max(100)), "must be a whole number from 0 to 100"],
  timeout: [number.pipe(z.number().min(1).max(86_400)), "must be a number of seconds from 1 to 86400"],
  overwriteExisting: [flag, "must be true or false"],
  formerBaseUrls: [
    z.union([texts, json.pipe(texts), text.transform((list) => list.split(","))]),
    "must be a list of addresses, as JSON or with commas between",
  ],
  previewChecks: [flag, "must be true or false"],
} as const satisfies Record<(typeof settingNames)[number], readonly [z.ZodType, string]>;

type Rules = typeof rules;
type Read = { readonly [K in keyof Rules]?: z.output<Rules[K][0]> };

/**
 * Reads the provider's configuration; explicit settings win over `GITLAB_TOKEN`, `GITLAB_BASE_URL` and
 * `GITLAB_PREVIEW_CHECKS`.
 *
 * `get` hands back the value of a name in {@link settingNames}: a text from a stack's configuration, a typed value from `gitlab.Provider`.
 * It never throws, and no problem quotes a value.
 */
export function readConfiguration(get: (key: string) => unknown, env: NodeJS.ProcessEnv): Configuration {
  const problems: string[] = [];
  const read = readAll(get, problems);
  const baseUrl = readBaseUrl(read.baseUrl, env, problems);
  const formerBaseUrls = readFormer(read.formerBaseUrls ?? [], problems);
  checkHeaders(read.headers ?? {}, problems);
  checkFiles(read, problems);
  const others = problems.length;
  const token = readToken(read.token, env, problems);
  const previewChecks = read.previewChecks ?? env.GITLAB_PREVIEW_CHECKS !== "false";
  const settings = { ...settingsOf(read), baseUrl, token, formerBaseUrls, previewChecks };
  if (problems.length === 0) return { settings };
  const isTokenAlone = others === 0 && problems.every((problem) => problem === missingToken);
  return isTokenAlone ? { problems, offline: settings } : { problems };
}

function settingsOf(read: Read): Omit<Settings, "baseUrl" | "token" | "formerBaseUrls" | "previewChecks"> {
  const { cacertFile, clientCert, clientKey } = read;
  return {
    ...(cacertFile === undefined ? {} : { cacertFile }),
    ...(clientCert === undefined ? {} : { clientCert }),
    ...(clientKey === undefined ? {} : { clientKey }),
    insecure: read.insecure ?? false,
    headers: read.headers ?? {},
    retries: read.retries ?? 10,
    timeout: read.timeout ?? 300,
    overwriteExisting: read.overwriteExisting ?? false,
  };
}

function readAll(get: (key: string) => unknown, problems: string[]): Read {
  const read: Record<string, unknown> = {};
  for (const name of settingNames) {
    const given = withoutSecretMarks(lookUp(get, name), deepest);
    if (given === undefined || given === null || given === "") continue;
    const [rule, sentence] = rules[name];
    const result = rule.safeParse(given);
    if (result.success) read[name] = result.data;
    else problems.push(`gitlab:${name} ${sentence}.`);
  }
  return read;
}

function lookUp(get: (key: string) => unknown, name: string): unknown {
  try {
    return get(name);
  } catch {
    return undefined;
  }
}

function readBaseUrl(given: string | undefined, env: NodeJS.ProcessEnv, problems: string[]): string {
  const inherited = filled(env.GITLAB_BASE_URL);
  const name = given === undefined && inherited !== undefined ? "GITLAB_BASE_URL" : "gitlab:baseUrl";
  return normalised(name, given ?? inherited ?? defaultBaseUrl, problems);
}

/** CI systems set variables without a value to the empty text. */
function filled(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

function readFormer(given: readonly string[], problems: string[]): string[] {
  const addresses = given.filter((address) => address.trim() !== "");
  return addresses.map((address) => normalised("gitlab:formerBaseUrls", address, problems));
}

function normalised(name: string, address: string, problems: string[]): string {
  try {
    return normaliseBaseUrl(address);
  } catch (error) {
    const what = name === "gitlab:formerBaseUrls" ? "an entry of gitlab:formerBaseUrls" : name;
    problems.push(
      `${what} ${(error as Error).message}; it is the address of a GitLab, like https://gitlab.example.com.`,
    );
    return "";
  }
}

function readToken(given: string | undefined, env: NodeJS.ProcessEnv, problems: string[]): string {
  const token = given ?? filled(env.GITLAB_TOKEN);
  const name = given === undefined ? "GITLAB_TOKEN" : "gitlab:token";
  // Anything but a text has been reported already.
  if (token === undefined && problems.some((problem) => problem.startsWith("gitlab:token "))) return "";
  if (token === undefined) {
    problems.push(missingToken);
    return "";
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    problems.push(
      `${name} contains a line break, a space or another character that no token has: set it again without it, for example with \`tr -d '\\n'\`.`,
    );
  }
  return token;
}

/** Headers that the client sets itself, or that would break a request. */
const ownHeaders = new Set([
  "authorization",
  "private-token",
  "job-token",
  "host",
  "connection",
  "content-length",
  "content-type",
  "transfer-encoding",
  "accept-encoding",
]);

function checkHeaders(headers: Readonly<Record<string, string>>, problems: string[]): void {
  for (const [name, value] of Object.entries(headers)) {
    if (
      !isValid(() => {
        validateHeaderName(name);
      })
    ) {
      problems.push("gitlab:headers has a name that is not valid for an HTTP header.");
    } else if (ownHeaders.has(name.toLowerCase())) {
      problems.push(
        `gitlab:headers must not set ${name}: the provider sets it itself, the token comes from gitlab:token.`,
      );
    } else if (
      !isValid(() => {
        validateHeaderValue(name, value);
      })
    ) {
      problems.push(
        `gitlab:headers has a value for ${name} with a line break or another character that no HTTP header can contain.`,
      );
    }
  }
}

function isValid(validate: () => void): boolean {
  try {
    validate();
    return true;
  } catch {
    return false;
  }
}

function checkFiles(read: Read, problems: string[]): void {
  for (const name of ["cacertFile", "clientCert", "clientKey"] as const) {
    const file = read[name];
    if (file === undefined || (name !== "cacertFile" && file.includes("-----BEGIN"))) continue;
    if (
      !isValid(() => {
        accessSync(file, constants.R_OK);
      })
    ) {
      problems.push(`gitlab:${name} names a file that cannot be read; paths are taken from the program's folder.`);
    }
  }
  if ((read.clientCert === undefined) !== (read.clientKey === undefined)) {
    problems.push("gitlab:clientCert and gitlab:clientKey belong together: set both or neither.");
  }
}
