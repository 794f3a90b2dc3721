import * as pulumi from "@pulumi/pulumi";
import { startSandbox, type Sandbox, type SandboxOptions } from "gitlab-sandbox";
import { mockFunctions } from "../../../provider";

/** Sends a request past the package, which must succeed, and hands back what is answered. */
export type Api = (method: string, path: string, body?: object) => Promise<Record<string, unknown>>;

/** A sandbox that the functions of this process speak to, as a program does. */
export interface ProgramSandbox {
  readonly sandbox: Sandbox;
  readonly api: Api;
  /** Stops it, and brings the environment and the SDK back to what they were. */
  readonly stop: () => Promise<void>;
}

/** Starts one. */
export async function sandboxOfProgram(options: SandboxOptions = {}): Promise<ProgramSandbox> {
  const sandbox = await startSandbox(options);
  const env = { ...process.env };
  process.env.GITLAB_BASE_URL = sandbox.url;
  process.env.GITLAB_TOKEN = sandbox.token;
  await asProgram();
  const stop = (): Promise<void> => {
    process.env = env;
    mockFunctions();
    return sandbox.stop();
  };
  return { sandbox, api: (method, path, body) => request(sandbox, method, path, body), stop };
}

async function request(
  sandbox: Sandbox,
  method: string,
  path: string,
  body?: object,
): Promise<Record<string, unknown>> {
  const isForm = body instanceof FormData;
  const response = await fetch(`${sandbox.url}/api/v4${path}`, {
    method,
    headers: { Authorization: `Bearer ${sandbox.token}`, ...(isForm ? {} : { "Content-Type": "application/json" }) },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}

/** Makes this process a program, in a preview or in an `up`, whose resources are what was asked for. */
export function asProgram({ preview = false }: { readonly preview?: boolean } = {}): Promise<void> {
  return pulumi.runtime.setMocks(
    {
      newResource: ({ inputs }) => ({ id: "provider", state: inputs as object }),
      call: ({ inputs }) => inputs as object,
    },
    "project",
    "stack",
    preview,
  );
}

/** An output's value and whether it is secret. */
export async function known<T>(output: pulumi.Output<T>): Promise<{ value: T; secret: boolean }> {
  const value = await new Promise<T>((resolve) => {
    output.apply((found) => {
      resolve(found);
    });
  });
  return { value, secret: await pulumi.isSecret(output) };
}
