import { execFile } from "node:child_process";
import path from "node:path";
import { inspect, promisify } from "node:util";
import * as gitlab from "../../provider";
import { definitionOf } from "../contract/support/cases";
import { asProgram } from "../contract/support/program";
import { ProviderProcess } from "../contract/support/provider-process";
import { providerText } from "../../provider/core/definition";
import { Folders } from "../engine/import/support/command";
import { json, serve, type Running } from "../unit/client/server";

const repository = path.resolve(__dirname, "../..");
const token = "glpat-canary-of-redirects";
const edge = "edge-canary-of-redirects";
const canary = /canary/;
const run = promisify(execFile);
const folders = new Folders();
const env = { ...process.env };

/** A GitLab that sends everything elsewhere, with secrets in its answers, and the place where it sends it. */
let [gitlabServer, elsewhere]: Running[] = [];
let status = 302;

beforeAll(async () => {
  const other = await serve((_, response) => json(response, 200, { id: 42, path_with_namespace: "acme/shop" }));
  elsewhere = other;
  gitlabServer = await serve((seen, response) => {
    if (status >= 400) return seen.socket.destroy();
    const headers = { location: `${other.url}${seen.url}`, "x-echo": "canary-of-a-header" };
    return json(response, status, { hidden: "canary-of-a-body" }, headers);
  });
  await asProgram();
});

beforeEach(() => {
  const settings = { GITLAB_BASE_URL: gitlabServer?.url ?? "", GITLAB_TOKEN: token, GITLAB_RETRIES: "0" };
  Object.assign(process.env, settings);
});

afterAll(async () => {
  process.env = env;
  folders.remove();
  await gitlabServer?.close();
  await elsewhere?.close();
});

/** What came of a task: the whole of the error, as a crash would print it. */
async function thrown(task: () => Promise<unknown>): Promise<string> {
  try {
    await task();
  } catch (error) {
    return `${inspect(error, { depth: 12, showHidden: true, getters: true })}\n${chainOf(error)}`;
  }
  throw new Error("it did not fail");
}

function chainOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  return `${error.message}\n${String(error.stack)}\n${JSON.stringify(error)}\n${chainOf(error.cause)}`;
}

/** Nothing that is secret arrived at the other server, or came out of this one. */
function requireKept(said: string): void {
  for (const { headers, body } of elsewhere?.seen ?? [])
    expect(`${JSON.stringify(headers)} ${body}`).not.toMatch(canary);
  expect(said).not.toMatch(canary);
}

const config = () => ({
  "gitlab:baseUrl": gitlabServer?.url,
  "gitlab:token": token,
  "gitlab:retries": 0,
  "gitlab:headers": JSON.stringify({ "X-Edge": edge }),
});

describe.each([301, 302, 307])("a %d to another origin", (redirect) => {
  beforeEach(() => {
    status = redirect;
  });

  test("takes no credential of a data function along, and its error holds none", async () => {
    const args = { baseUrl: gitlabServer?.url ?? "", token, headers: { "X-Edge": edge }, retries: 0 };
    const provider = new gitlab.Provider(`of${redirect}`, args);
    requireKept(await thrown(() => gitlab.getProject({ project: 42 }, { provider })));
    requireKept(await thrown(() => gitlab.getProjectHooks({ project: 42 }, { provider })));
    // A file may lie in a storage of its own, which is asked without credentials.
    await gitlab.getProjectAvatar({ project: 42 }, { provider });
    expect(elsewhere?.seen.at(-1)).toMatchObject({ method: "GET", url: "/api/v4/projects/42/avatar" });
    requireKept("");
    // What the test looks for is really sent, where it belongs.
    expect(gitlabServer?.seen.at(-1)?.headers).toMatchObject({ authorization: `Bearer ${token}`, "x-edge": edge });
  });

  test("takes none of the import command along", async () => {
    const args = ["bin/pulumi-gitlab.js", "import", "--project", "acme/shop", "--out", folders.make(), "--force"];
    const own = { PATH: process.env.PATH, GITLAB_BASE_URL: gitlabServer?.url ?? "", GITLAB_TOKEN: token };
    const { stdout, stderr } = await run(process.execPath, args, { cwd: repository, env: own }).catch(
      (error: unknown) => error as { stdout: string; stderr: string },
    );
    expect(stderr).toContain(`${redirect}`);
    requireKept(stdout + stderr);
  });
});

test("the provider process takes none along either, whatever it does", async () => {
  const hook = definitionOf("ProjectHook");
  const inputs = { __provider: providerText(hook), project: 42, url: "https://ci.example.com", token: "canary-token" };
  const state = { ...inputs, projectId: 42, __managed: ["project", "url"], __gitlab: `${gitlabServer?.url}/api/v4` };
  const provider = await ProviderProcess.start(config());
  try {
    for (status of [301, 302, 307]) {
      const id = "projects/42/hooks/7";
      for (const task of [
        () => provider.create(inputs),
        () => provider.read(id, state),
        () => provider.update(id, state, { ...inputs, name: "x", __managed: ["name", "project", "url"] }),
        () => provider.delete(id, state),
      ]) {
        const said = await thrown(task);
        expect(said).toContain(String(status));
        requireKept(said);
      }
    }
    requireKept(provider.printed + provider.logs.map(({ message }) => message).join("\n"));
  } finally {
    await provider.stop();
  }
});

test("an error that nobody handles prints no request, and one of a broken connection holds none", async () => {
  status = 302;
  const code = 'require("./dist").getProject({ project: 42 })';
  const { stdout, stderr } = await run(process.execPath, ["-e", code], {
    cwd: repository,
    env: { ...process.env },
  }).catch((error: unknown) => error as { stdout: string; stderr: string });
  expect(stderr).toMatch(/GET \/projects\/42: /);
  requireKept(stdout + stderr);
  status = 500;
  const args = { baseUrl: gitlabServer?.url ?? "", token, headers: { "X-Edge": edge }, retries: 0 };
  const provider = new gitlab.Provider("broken", args);
  requireKept(await thrown(() => gitlab.getProject({ project: 42 }, { provider })));
});
