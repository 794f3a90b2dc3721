import { startSandbox, type Sandbox, type SandboxOptions } from "gitlab-sandbox";

/** A JSON answer, loosely typed on purpose: these tests look at the wire. */
export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly json: Record<string, unknown>;
  readonly headers: Headers;
}

/** A sandbox and a way to call it over HTTP. */
export interface Session {
  readonly sandbox: Sandbox;
  /** Calls the API with a JSON body; `token` other than the administrator's, or "" for none. */
  api(method: string, path: string, body?: unknown, token?: string): Promise<Reply>;
  /** Calls an endpoint below `/-/sandbox`. */
  control(method: string, path: string, body?: unknown): Promise<Reply>;
}

export const ADMIN = "admin-token";

/** Starts a sandbox for one test file or test. */
export async function open(options: SandboxOptions = {}): Promise<Session> {
  const sandbox = await startSandbox({ token: ADMIN, ...options });
  return {
    sandbox,
    api: (method, path, body, token = ADMIN) =>
      call(`${sandbox.url}/api/v4${path}`, method, body, token === "" ? {} : { Authorization: `Bearer ${token}` }),
    control: (method, path, body) => call(`${sandbox.url}/-/sandbox${path}`, method, body, {}),
  };
}

/** One HTTP call without following redirects. */
export async function call(
  url: string,
  method: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Promise<Reply> {
  const response = await fetch(url, {
    method,
    redirect: "manual",
    headers: { ...headers, ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("application/json") === true;
  const json = isJson && text !== "" ? (JSON.parse(text) as Record<string, unknown>) : {};
  return { status: response.status, text, json, headers: response.headers };
}

/** The `properties` of an integration's answer. */
export function properties(reply: Reply): Record<string, unknown> {
  return reply.json.properties as Record<string, unknown>;
}
