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
