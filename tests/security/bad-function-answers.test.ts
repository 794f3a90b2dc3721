import * as pulumi from "@pulumi/pulumi";
import * as gitlab from "../../provider";
import { sandboxOfProgram } from "../contract/support/program";
import { Between } from "./support/between";
import { wholes } from "./support/mutations";
import { report } from "./support/runs";

let between: Between;
let stop: () => Promise<void>;
let hookId = 0;
const counted = { answers: 0, refused: 0, tolerated: 0 };

beforeAll(async () => {
  const { sandbox, api, stop: end } = await sandboxOfProgram();
  stop = end;
  hookId = (await api("POST", "/projects/42/hooks", { url: "https://ci.example.com" })).id as number;
  await api("PUT", "/projects/42/integrations/slack", { webhook: "https://hooks.slack.com/services/x" });
  await api("POST", "/projects/42/push_rule", { deny_delete_tag: true });
  between = await Between.start();
  between.target = sandbox.url;
  process.env.GITLAB_BASE_URL = between.url;
  pulumi.runtime.setConfig("gitlab:retries", "0");
});

afterAll(async () => {
  await between.stop();
  await stop();
  const { answers, refused, tolerated } = counted;
  report(`${answers} bad answers to functions: ${refused} clear errors, ${tolerated} tolerated`);
});

const project = 42;

const functions: Readonly<Record<string, () => Promise<unknown>>> = {
  getProjectHook: () => gitlab.getProjectHook({ project, hookId }),
  getProjectHooks: () => gitlab.getProjectHooks({ project }),
  getProjectIntegrations: () => gitlab.getProjectIntegrations({ project }),
  getIntegration: () => gitlab.getIntegration({ project, slug: "slack" }),
  getProjectPushRule: () => gitlab.getProjectPushRule({ project }),
  getNotificationSettings: () => gitlab.getNotificationSettings({ project }),
  getProject: () => gitlab.getProject({ project }),
  getProjects: () => gitlab.getProjects(),
  getProjectLanguages: () => gitlab.getProjectLanguages({ project }),
  getProjectStorage: () => gitlab.getProjectStorage({ project }),
  getProjectUsers: () => gitlab.getProjectUsers({ project }),
  getProjectGroups: () => gitlab.getProjectGroups({ project }),
};

const isRow = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

test.each(Object.entries(functions))("%s refuses bad answers clearly or reads them", async (_name, ask) => {
  for (const mutation of wholes) {
    counted.answers += 1;
    try {
      const result = await between.meddling({ after: (_request, reply) => mutation.apply(reply) }, ask);
      // What is handed back is what the types promise, at least in its outline.
      const isSound = result === undefined || isRow(result) || (Array.isArray(result) && result.every(isRow));
      expect([mutation.name, isSound]).toEqual([mutation.name, true]);
      counted.tolerated += 1;
    } catch (error) {
      const { message } = error as Error;
      expect([mutation.name, message]).toEqual([mutation.name, expect.stringMatching(/^GET \//)]);
      counted.refused += 1;
    }
  }
});

describe("a proxy's own page", () => {
  const page = (status: number) => ({
    status,
    type: "text/html",
    text: "<html><body>not mirrored, offset, avatar</body></html>",
    headers: { server: "nginx" },
  });
  const sentence = (status: number) =>
    new RegExp(
      `^(GET|POST) /\\S+: ${status} from something that is not GitLab's API \\(text/html, server: nginx\\)\\. ` +
        "Check gitlab:baseUrl and the proxy in front of it\\.$",
    );

  test.each(
    Object.entries<() => Promise<unknown>>({
      ...functions,
      getGroupPushRule: () => gitlab.getGroupPushRule({ group: 9 }),
      getProjectAvatar: () => gitlab.getProjectAvatar({ project }),
      getProjectPullMirror: () => gitlab.getProjectPullMirror({ project }),
      getProjectHookEvents: () => gitlab.getProjectHookEvents({ project, hookId }),
      getGroupHookEvents: () => gitlab.getGroupHookEvents({ group: 9, hookId }),
      testProjectHook: () => gitlab.testProjectHook({ project, hookId, trigger: "push_events" }),
      forkProject: () => gitlab.forkProject({ project }),
    }),
  )("with status 404 is an error of %s, and not that nothing is there", async (_name, ask) => {
    const asked = between.meddling({ instead: () => page(404) }, ask);
    await expect(asked).rejects.toThrow(sentence(404));
  });

  test.each<[number, string, () => Promise<unknown>]>([
    [400, "that a mirror is off", () => gitlab.getProjectPullMirror({ project })],
    [405, "that a list is too long", () => gitlab.getProjects({ orderBy: "name" })],
    [409, "that housekeeping is under way", () => gitlab.startHousekeeping({ project })],
    [409, "that a fork is there", () => gitlab.forkProject({ project })],
  ])("with status %d does not say %s", async (status, _what, ask) => {
    const asked = between.meddling({ instead: () => page(status) }, ask);
    await expect(asked).rejects.toThrow(sentence(status));
  });
});

test("a page of hook events that is no list is an error", async () => {
  const instead = () => ({ status: 200, type: "application/json", text: "{}" });
  const asked = between.meddling({ instead }, () => gitlab.getGroupHookEvents({ group: 9, hookId, page: 1 }));
  await expect(asked).rejects.toThrow(/^GET \/groups\/9\/hooks\/\d+\/events: 200 the response shows no list of events/);
});
