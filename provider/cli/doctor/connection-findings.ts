import { plainHttpWarning, type Settings } from "../../config/settings";
import { proxyFor } from "../../client/proxy";
import { addressOf, writeProblem, type ServerFacts } from "../../conformance/gitlab";
import { inOptions } from "../settings";
import { certificateEnd } from "./certificate";
import { found, isUnreachable, problemOf, type Finding } from "./finding";

const day = 86_400_000;
/** Days before the end of a token or certificate from which on it is worth a word. */
const soon = 30;
/** Seconds by which clocks may differ before signatures and certificates are in danger. */
const tolerableSkew = 60;

/** What the settings say, before anything is sent. */
export function settingsFindings(settings: Settings): Finding[] {
  const { protocol } = new URL(settings.baseUrl);
  const plain = plainHttpWarning(settings);
  const address = plain === undefined ? "ok" : "warning";
  return [
    found("address", address, addressOf(settings), plain === undefined ? undefined : inOptions(plain)),
    proxyFinding(settings),
    ...(protocol === "https:" && settings.insecure
      ? [
          found(
            "TLS",
            "warning",
            "certificates are not verified",
            "Remove --insecure, and pass the CA certificate with --cacert-file.",
          ),
        ]
      : []),
  ];
}

function proxyFinding(settings: Settings): Finding {
  try {
    return found("proxy", "ok", proxyOf(settings) ?? "none");
  } catch (error) {
    return problemOf("proxy", error);
  }
}

/** The address of the proxy, without a name and password. */
function proxyOf({ baseUrl }: Settings): string | undefined {
  const proxy = proxyFor(new URL(baseUrl), process.env);
  return proxy && `${proxy.protocol}//${proxy.host}`;
}

/** Why GitLab could not be asked. Behind a proxy, it may be the proxy that does not answer. */
export function failureFinding(settings: Settings, error: unknown): Finding {
  const finding = problemOf("GitLab", error);
  const proxy = isUnreachable(error) ? proxyOf(settings) : undefined;
  if (proxy === undefined) return finding;
  const hint = `Requests go through the proxy ${proxy}: check that it is running and can reach GitLab.`;
  return { ...finding, advice: finding.advice === undefined ? hint : `${hint} ${finding.advice}` };
}

/** The certificate of a server that was reached. */
export async function certificateFindings(settings: Settings): Promise<Finding[]> {
  const isDirect = proxyOf(settings) === undefined;
  if (!settings.baseUrl.startsWith("https:") || settings.insecure) return [];
  const end = isDirect ? await certificateEnd(settings) : undefined;
  if (!end) return [found("TLS", "ok", "the certificate is trusted")];
  const left = Math.floor((end.getTime() - Date.now()) / day);
  const text = `the certificate is trusted, and valid until ${end.toISOString().slice(0, 10)}`;
  return [left < soon ? found("TLS", "warning", `${text}: ${left} days`) : found("TLS", "ok", text)];
}

/** What a GitLab that was reached tells of itself and of the token. */
export function serverFindings(facts: ServerFacts): Finding[] {
  const { instance, rateLimit, clockAhead } = facts;
  const edition = instance.edition === "enterprise" ? "Enterprise Edition" : "Community Edition";
  const plan = instance.plan === undefined ? "" : `, licence ${instance.plan}`;
  const limit = rateLimit
    ? `${rateLimit.limit} requests a minute, ${rateLimit.remaining} left (${rateLimit.name})`
    : "not in the responses";
  return [
    found("version", "ok", `GitLab ${instance.version}, ${edition}${plan}`),
    ...tokenFindings(facts),
    ...(clockAhead === undefined ? [] : [clockFinding(clockAhead)]),
    found("rate limit", "ok", limit),
  ];
}

function tokenFindings({ token }: ServerFacts): Finding[] {
  const kind = token.isBot ? ", a bot" : token.isAdmin ? ", an administrator" : "";
  const scopes = token.scopes === undefined ? "scopes unknown" : `scopes ${token.scopes.join(", ") || "none"}`;
  const problem = writeProblem(token);
  const advice = "Create a token with the scope api. With this token, only previews and refreshes may work.";
  return [
    found(
      "token",
      problem === undefined ? "ok" : "problem",
      `of ${token.username}${kind}; ${scopes}`,
      problem && advice,
    ),
    ...expiryFindings(token.expiresOn),
  ];
}

function expiryFindings(expiresOn: string | null | undefined): Finding[] {
  if (expiresOn === undefined) return [];
  if (expiresOn === null) return [found("expiry", "ok", "the token does not expire")];
  const left = Math.ceil((Date.parse(expiresOn) - Date.now()) / day);
  const text = `the token expires on ${expiresOn}, in ${left} ${left === 1 ? "day" : "days"}`;
  const advice =
    "Rotate it, and run `pulumi up` before `pulumi refresh` or `pulumi destroy`: those use the token of the last `pulumi up`.";
  return [left <= soon ? found("expiry", "warning", text, advice) : found("expiry", "ok", text)];
}

function clockFinding(ahead: number): Finding {
  const apart = Math.abs(ahead);
  if (apart <= 1) return found("clock", "ok", "same time on GitLab and this machine");
  const text = `GitLab is ${apart} s ${ahead > 0 ? "ahead of" : "behind"} this machine`;
  return apart > tolerableSkew
    ? found("clock", "warning", text, "Synchronise this machine's clock with a time server.")
    : found("clock", "ok", text);
}
