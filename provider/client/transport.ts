import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { finished, type Readable } from "node:stream";
import tls from "node:tls";
import { Axios, type AxiosInstance, type AxiosProxyConfig } from "axios";
import type { Settings } from "../config/settings";
import { agentsFor, certificateRefusal, ConnectFailure } from "./agents";
import type { Method } from "./errors";
import { drain, isPage, BodyConsumerFailure, type BodyConsumer } from "./body-consumer";

/** One request as it goes over the wire. */
export interface WireRequest {
  readonly method: Method;
  /** Complete address, query included, on the configured origin. */
  readonly url: string;
  /** JSON text, or a form. */
  readonly body?: string | FormData | undefined;
  /** Takes the bytes of a good answer in place of its text. */
  readonly consumer?: BodyConsumer | undefined;
}

/** A complete answer, whatever its status. */
export interface Answer {
  readonly kind: "answer";
  readonly status: number;
  /** Names in lower case; repeated ones joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** No complete answer arrived. */
export interface Failure {
  readonly kind: "failure";
  /** False only when it is certain that nothing of the request reached the server. */
  readonly sent: boolean;
  /** Trying again does not help. */
  readonly lasting: boolean;
  readonly reason: string;
  readonly code?: string | undefined;
  readonly hint?: string | undefined;
}

/**
 * Sends one request once, within a limit in milliseconds, which with a consumer is for the silence between two chunks.
 *
 * Throws nothing but what the consumer throws.
 */
export type Attempt = (request: WireRequest, limit: number) => Promise<Answer | Failure>;

/** Bytes of the longest answer that is read; GitLab's largest pages are far below. */
const longestAnswer = 32 * 1024 * 1024;
/** Milliseconds for making one connection, at most: less than an attempt may take, so that it is known when nothing was sent. */
const longestConnect = 15_000;

/**
 * The axios instance of one configuration, as a function that sends a request once.
 *
 * Redirects are never followed here, so credentials cannot go where they should not.
 *
 * @param stranger the origin of another server than GitLab, which gets no token, headers and client certificate
 * @throws Error when a certificate or key file cannot be read; the sentence names the setting.
 */
export function transportFor(given: Settings, proxy: URL | undefined, stranger?: string): Attempt {
  const settings = stranger === undefined ? given : withoutCredentials(given, stranger);
  const tunnel = settings.baseUrl.startsWith("https:") ? proxy : undefined;
  const { insecure, token } = settings;
  const connectTimeout = Math.min(longestConnect, settings.timeout * 250);
  const connections = { secureContext: secureContext(settings), insecure, proxy: tunnel, connectTimeout };
  // By its class it starts from nothing: what another package sets in `axios.defaults` stays out, and less is merged for
  // each request.
  const instance = new Axios({
    ...agentsFor(connections),
    adapter: "http",
    proxy: forwardProxy(settings, proxy),
    maxRedirects: 0,
    maxBodyLength: Infinity,
    responseType: "stream",
    validateStatus: () => true,
    headers: {
      ...settings.headers,
      Accept: "application/json",
      ...(token === "" ? {} : { Authorization: `Bearer ${token}` }),
      "User-Agent": userAgent(),
    },
  });
  return (request, limit) => attempt(instance, request, limit);
}

function withoutCredentials(settings: Settings, origin: string): Settings {
  const others = { ...settings, baseUrl: origin, token: "", headers: {} };
  delete others.clientCert;
  delete others.clientKey;
  return others;
}

async function attempt(
  instance: Pick<AxiosInstance, "request">,
  request: WireRequest,
  limit: number,
): Promise<Answer | Failure> {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort();
  }, limit);
  try {
    const response = await instance.request<Readable>({
      method: request.method,
      url: request.url,
      signal: controller.signal,
      data: request.body,
      headers: headersOf(request),
    });
    const { status, data } = response;
    const headers = plainHeaders(response.headers);
    const { consumer } = request;
    if (consumer === undefined || status !== 200 || isPage(headers)) {
      return { kind: "answer", status, headers, text: await readText(data) };
    }
    await drain(consumer, data, headers, () => timer.refresh());
    return { kind: "answer", status, headers, text: "" };
  } catch (error) {
    if (error instanceof BodyConsumerFailure) throw error.cause;
    return controller.signal.aborted ? silence(limit) : failureOf(error);
  } finally {
    clearTimeout(timer);
  }
}

function headersOf({ body, consumer }: WireRequest): Record<string, string> {
  return {
    ...(typeof body === "string" ? { "Content-Type": "application/json" } : {}),
    ...(consumer === undefined ? {} : { Accept: "*/*" }),
  };
}

function silence(limit: number): Failure {
  const reason = `no response within ${Math.max(1, Math.round(limit / 1000))} s`;
  return { kind: "failure", sent: true, lasting: false, reason, code: "ETIMEDOUT" };
}

class TooLong extends Error {}

function readText(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  stream.on("data", (chunk: Buffer) => {
    length += chunk.length;
    chunks.push(chunk);
    if (length > longestAnswer) stream.destroy(new TooLong());
  });
  return new Promise((resolve, reject) => {
    finished(stream, (error) => {
      if (error) reject(error);
      else resolve(Buffer.concat(chunks).toString("utf8"));
    });
  });
}

/** What went wrong, in words of our own: an axios error holds the headers, the body and the token. */
function failureOf(error: unknown): Failure {
  if (error instanceof TooLong) {
    const reason = `the response is longer than ${longestAnswer / 1024 / 1024} MB`;
    return { kind: "failure", sent: true, lasting: true, reason };
  }
  const { code, cause } = error as { code?: string; cause?: unknown };
  const failure = cause instanceof ConnectFailure ? cause : certificateRefusal(code);
  if (failure) {
    const { lasting, reason, hint } = failure;
    return { kind: "failure", sent: false, lasting, reason, code: failure.code, hint };
  }
  const reason =
    code === undefined || code.startsWith("ERR_") ? "the connection broke" : `the connection broke, ${code}`;
  return { kind: "failure", sent: true, lasting: false, reason, code };
}

function plainHeaders(headers: object): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers) as [string, unknown][]) {
    if (typeof value === "string") plain[name.toLowerCase()] = value;
    else if (Array.isArray(value)) plain[name.toLowerCase()] = value.join(", ");
  }
  return plain;
}

function forwardProxy(settings: Settings, proxy: URL | undefined): AxiosProxyConfig | false {
  // An https GitLab is reached through the agent's own tunnel; axios only forwards plain http.
  if (proxy === undefined || settings.baseUrl.startsWith("https:")) return false;
  const login = { username: decodeURIComponent(proxy.username), password: decodeURIComponent(proxy.password) };
  return {
    protocol: proxy.protocol,
    host: proxy.hostname.replace(/^\[|\]$/g, ""),
    port: Number(proxy.port || (proxy.protocol === "https:" ? 443 : 80)),
    ...(login.username === "" ? {} : { auth: login }),
  };
}

function secureContext(settings: Settings): tls.SecureContext | undefined {
  const { cacertFile, clientCert, clientKey } = settings;
  if (cacertFile === undefined && clientCert === undefined) return undefined;
  const own = cacertFile === undefined ? [] : [pem("gitlab:cacertFile", cacertFile)];
  const extra = process.env.NODE_EXTRA_CA_CERTS;
  const trusted = own.length > 0 && extra ? [pem("NODE_EXTRA_CA_CERTS", extra)] : [];
  try {
    return tls.createSecureContext({
      ...(own.length > 0 ? { ca: [...tls.rootCertificates, ...trusted, ...own] } : {}),
      ...(clientCert === undefined ? {} : { cert: pem("gitlab:clientCert", clientCert) }),
      ...(clientKey === undefined ? {} : { key: pem("gitlab:clientKey", clientKey) }),
    });
  } catch (error) {
    if (error instanceof SettingError) throw error;
    throw new SettingError("gitlab:cacertFile, gitlab:clientCert or gitlab:clientKey contains no usable PEM text");
  }
}

class SettingError extends Error {}

function pem(name: string, textOrFile: string): string {
  const text = textOrFile.includes("-----BEGIN") ? textOrFile : fileText(name, textOrFile);
  // Node takes a file without any certificate for an empty list of authorities.
  if (!text.includes("-----BEGIN")) throw new SettingError(`the file that ${name} names contains no PEM text`);
  return text;
}

function fileText(name: string, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new SettingError(`the file that ${name} names cannot be read`);
  }
}

function userAgent(): string {
  const { name, version } = createRequire(__filename)("../../package.json") as { name: string; version: string };
  return `${name}/${version} node/${process.versions.node}`;
}
