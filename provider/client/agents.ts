import http from "node:http";
import https from "node:https";
import net from "node:net";
import tls from "node:tls";
import type { Duplex } from "node:stream";

/**
 * The connection could not be made, so nothing of the request has reached the server.
 *
 * `lasting` failures (a certificate that is not trusted, a proxy that wants a password) do not heal by trying again.
 */
export class ConnectFailure extends Error {
  constructor(
    readonly reason: string,
    readonly code: string | undefined,
    readonly lasting: boolean,
    readonly hint?: string,
  ) {
    super(reason);
  }
}

/** How connections are made: TLS material, the way through a proxy, and the limit for making one. */
export interface ConnectionOptions {
  readonly secureContext: tls.SecureContext | undefined;
  readonly insecure: boolean;
  readonly proxy: URL | undefined;
  /** Milliseconds for name resolution, TCP, proxy and TLS together. */
  readonly connectTimeout: number;
}

/** One connection that is being made, and when (by `Date.now`) to give up. */
interface Making extends ConnectionOptions {
  readonly until: number;
}

function making(options: ConnectionOptions): Making {
  return { ...options, until: Date.now() + options.connectTimeout };
}

type Callback = (error: Error | null, stream: Duplex) => void;

/** What Node hands to an agent's `createConnection`. */
interface Target {
  readonly host?: string | null | undefined;
  readonly port?: number | string | null | undefined;
  readonly servername?: string | undefined;
}

/** Milliseconds that an unused connection is kept: shorter than any server keeps it, so that none dies under a POST. */
const idleLimit = 4_000;

/** Keep-alive agent for http, which reports a connection that could not be made as {@link ConnectFailure}. */
export class PlainAgent extends http.Agent {
  readonly #connections: ConnectionOptions;

  constructor(connections: ConnectionOptions) {
    super({ keepAlive: true });
    this.#connections = connections;
  }

  override createConnection(options: http.ClientRequestArgs, callback?: Callback): undefined {
    settle(callback, connect(options, making(this.#connections)));
  }

  override keepSocketAlive(socket: Duplex): boolean {
    return keepBriefly(socket, super.keepSocketAlive.bind(this));
  }
}

/**
 * Keep-alive agent for https, direct or through a proxy's CONNECT; the CA, client certificate and `insecure` hold on both.
 *
 * Node 20's own agent and axios' tunnel cannot keep a connection through a proxy, nor tell a proxy's refusal from GitLab's answer.
 */
export class SecureAgent extends https.Agent {
  readonly #connections: ConnectionOptions;

  constructor(connections: ConnectionOptions) {
    super({ keepAlive: true });
    this.#connections = connections;
  }

  override createConnection(options: https.RequestOptions, callback?: Callback): undefined {
    const now = making(this.#connections);
    const through = now.proxy === undefined ? connect(options, now) : tunnel(options, now.proxy, now);
    settle(
      callback,
      through.then((socket) => encrypt(socket, options, now)),
    );
  }

  override keepSocketAlive(socket: Duplex): boolean {
    return keepBriefly(socket, super.keepSocketAlive.bind(this));
  }
}

/** The two agents of one configuration. */
export function agentsFor(connections: ConnectionOptions): { httpAgent: http.Agent; httpsAgent: https.Agent } {
  return { httpAgent: new PlainAgent(connections), httpsAgent: new SecureAgent(connections) };
}

function keepBriefly(socket: Duplex, keep: (socket: Duplex) => unknown): boolean {
  // Node's own hands back false when the server will not keep the connection; its type does not say so.
  if (keep(socket) === false || !(socket instanceof net.Socket)) return false;
  // The server's own `Keep-Alive: timeout` has been set on it, if there was one.
  const asked = socket.timeout ?? 0;
  socket.setTimeout(asked > 0 ? Math.min(asked, idleLimit) : idleLimit);
  return true;
}

function settle(callback: Callback | undefined, made: Promise<Duplex>): undefined {
  made.then(
    (socket) => callback?.(null, socket),
    (error: unknown) => callback?.(asFailure(error), undefined as unknown as Duplex),
  );
}

function connect(target: Target, options: Making): Promise<net.Socket> {
  const socket = net.connect({ host: target.host ?? "localhost", port: Number(target.port ?? 0), noDelay: true });
  return ready(socket, "connect", options.until);
}

function encrypt(socket: Duplex, target: Target, options: Making): Promise<net.Socket> {
  const secure = tls.connect({
    socket,
    servername: target.servername ?? serverName(target.host),
    host: target.host ?? "localhost",
    rejectUnauthorized: !options.insecure,
    ALPNProtocols: ["http/1.1"],
    ...(options.secureContext ? { secureContext: options.secureContext } : {}),
  });
  return ready(secure, "secureConnect", options.until);
}

function serverName(host: string | null | undefined): string {
  return host && net.isIP(host) === 0 ? host : "";
}

/** Waits until the socket is usable; a failure or silence before that proves that nothing was sent. */
function ready<S extends net.Socket>(socket: S, event: "connect" | "secureConnect", until: number): Promise<S> {
  return new Promise((resolve, reject) => {
    const finish = (error?: Error): void => {
      clearTimeout(timer);
      socket.off(event, onReady).off("error", finish).off("close", onClose);
      if (error) {
        // Late errors of a socket that was given up have nobody else to go to.
        socket.on("error", () => undefined).destroy();
        reject(error);
      } else resolve(socket);
    };
    const onReady = (): void => {
      finish();
    };
    const onClose = (): void => {
      finish(Object.assign(new Error("closed"), { code: "ECONNRESET" }));
    };
    const timer = setTimeout(() => {
      finish(Object.assign(new Error("timeout"), { code: "ETIMEDOUT" }));
    }, leftUntil(until));
    socket.once(event, onReady).once("error", finish).once("close", onClose);
  });
}

function leftUntil(time: number): number {
  return Math.max(1, time - Date.now());
}

async function tunnel(target: Target, proxy: URL, options: Making): Promise<Duplex> {
  const name = `the proxy ${proxy.host}`;
  const host = proxy.hostname.replace(/^\[|\]$/g, "");
  const port = proxy.port || (proxy.protocol === "https:" ? 443 : 80);
  try {
    const plain = await connect({ host, port }, options);
    const socket = proxy.protocol === "https:" ? await encrypt(plain, { host }, options) : plain;
    const { status, stream } = await askForTunnel(socket, target, proxy, options.until);
    if (status === 200) return stream;
    stream.destroy();
    throw refusal(name, status);
  } catch (error) {
    const failure = asFailure(error);
    if (failure.reason.includes(name)) throw failure;
    throw new ConnectFailure(`${name}: ${failure.reason}`, failure.code, failure.lasting, failure.hint);
  }
}

function askForTunnel(
  socket: net.Socket,
  target: Target,
  proxy: URL,
  until: number,
): Promise<{ status: number; stream: Duplex }> {
  const bracketed = net.isIP(target.host ?? "") === 6 ? `[${target.host ?? ""}]` : (target.host ?? "");
  const authority = `${bracketed}:${target.port ?? 443}`;
  const login = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  const headers: Record<string, string> = { host: authority };
  if (login !== ":") headers["proxy-authorization"] = `Basic ${Buffer.from(login).toString("base64")}`;
  return new Promise((resolve, reject) => {
    const request = http.request({ method: "CONNECT", path: authority, headers, createConnection: () => socket });
    request.setTimeout(leftUntil(until), () =>
      request.destroy(Object.assign(new Error("timeout"), { code: "ETIMEDOUT" })),
    );
    request.once("error", reject);
    request.once("connect", (response, stream, head) => {
      request.setTimeout(0);
      if (head.length > 0) stream.unshift(head);
      resolve({ status: response.statusCode ?? 0, stream });
    });
    request.once("response", (response) => {
      resolve({ status: response.statusCode ?? 0, stream: socket });
    });
    request.end();
  });
}

function refusal(name: string, status: number): ConnectFailure {
  if (status === 407) {
    const hint = "Put them into HTTPS_PROXY: http://name:password@host:port.";
    return new ConnectFailure(`${name} asks for a user name and a password (407)`, "EPROXY", true, hint);
  }
  const hint = "Let the proxy connect to GitLab's address, or list its host in NO_PROXY.";
  return new ConnectFailure(`${name} refused the connection (${status})`, "EPROXY", status < 500, hint);
}

const plainReasons: Readonly<Record<string, readonly [reason: string, hint?: string]>> = {
  ECONNREFUSED: ["connection refused", "Is GitLab running, and are the host and port of gitlab:baseUrl right?"],
  ECONNRESET: ["the connection was closed before it was ready"],
  ENOTFOUND: ["the host name is not known", "Check the host in gitlab:baseUrl, and the name service of this machine."],
  EAI_AGAIN: ["the host name could not be looked up", "Check the name service and the network of this machine."],
  ETIMEDOUT: ["no connection in time", "Check the network, a firewall, or HTTPS_PROXY and NO_PROXY."],
  EHOSTUNREACH: ["there is no route to the host", "Check the network of this machine."],
  ENETUNREACH: ["there is no route to the network", "Check the network of this machine."],
  EADDRNOTAVAIL: ["there is no route to the host", "Check the network of this machine."],
};

/** Puts a failure before the first byte into plain words. */
export function asFailure(error: unknown): ConnectFailure {
  if (error instanceof ConnectFailure) return error;
  const code = codeOf(error);
  const known = code === undefined ? undefined : plainReasons[code];
  if (known) return new ConnectFailure(known[0], code, false, known[1]);
  const message = error instanceof Error ? error.message : "unknown error";
  return tlsFailure(code, message) ?? new ConnectFailure(code ?? message, code, false);
}

/** A TLS failure that trying again does not heal, or undefined for any other code. */
function tlsFailure(code: string | undefined, message: string): ConnectFailure | undefined {
  if (code === undefined) return undefined;
  if (code === "EPROTO" || code.startsWith("ERR_SSL")) {
    if (/alert|certificate required/i.test(message) || code.includes("ALERT")) {
      const hint = "Does this server want a client certificate? Set gitlab:clientCert and gitlab:clientKey.";
      return new ConnectFailure("the server ended the TLS handshake", code, true, hint);
    }
    const hint = "Does gitlab:baseUrl say https:// where the server speaks http://?";
    return new ConnectFailure("the server does not speak TLS as expected", code, true, hint);
  }
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return new ConnectFailure("the server's certificate is for another host name", code, true);
  }
  if (!/CERT|SIGNATURE|ISSUER|SELF_SIGNED|CRL|^INVALID_|^PATH_LENGTH_EXCEEDED$/.test(code)) return undefined;
  const hint = "Name the certificate authority's file in gitlab:cacertFile (or NODE_EXTRA_CA_CERTS).";
  return new ConnectFailure(`the server's certificate is not trusted (${code})`, code, true, hint);
}

/**
 * A server's refusal of the client certificate. With TLS 1.3 it arrives after the request was written, but before the server reads it.
 */
export function certificateRefusal(code: string | undefined): ConnectFailure | undefined {
  return code !== undefined && /^ERR_SSL_.*ALERT_.*(CERT|CA$)/.test(code) ? tlsFailure(code, "alert") : undefined;
}

/** Node's error code, which an AggregateError of several addresses holds in its parts. */
function codeOf(error: unknown): string | undefined {
  const { code, errors } = error as { code?: unknown; errors?: unknown };
  if (typeof code === "string") return code;
  return Array.isArray(errors) && errors.length > 0 ? codeOf(errors[0]) : undefined;
}
