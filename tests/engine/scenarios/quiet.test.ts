import { GitLab, Scenario } from "./support/scenario";

const hundred = `
for (let i = 1; i <= 100; i += 1) {
  new gitlab.ProjectHook("many" + i, { project: "acme/web", url: "https://ci.example.com/hooks/" + i, token: "canary-" + i });
}`;

const everything = `${hundred}
const project = "acme/shop";
const group = "acme";
new gitlab.ProjectHook("hook", {
  project, url: "https://{host}.example.com/hook", token: "canary-token", name: "Deploys", description: "Starts a deployment",
  pushEvents: true, pushEventsBranchFilter: "main", branchFilterStrategy: "wildcard", enableSslVerification: false,
  customHeaders: { "X-Team": "shop", "X-Key": "canary-header" }, urlVariables: { host: "ci" },
});
new gitlab.GroupHook("group-hook", { group, url: "https://audit.example.com", memberEvents: true, subgroupEvents: true });
new gitlab.ProjectPushRule("rules", { project, commitMessageRegex: "^(feat|fix)", preventSecrets: true, maxFileSize: 5 });
new gitlab.GroupPushRule("group-rules", { group, memberCheck: true });
new gitlab.GlobalNotificationSettings("mine", { level: "watch" });
new gitlab.GroupNotificationSettings("group-mine", { group, level: "mention" });
new gitlab.ProjectNotificationSettings("project-mine", { project, level: "custom", newIssue: true });
new gitlab.integrations.Slack("slack", {
  project, webhook: "https://hooks.slack.com/services/canary", username: "bot", branchesToBeNotified: "all", pushChannel: "a, b",
});
new gitlab.integrations.Slack("group-slack", { group, webhook: "https://hooks.slack.com/services/canary2" });
new gitlab.integrations.Jira("jira", {
  project, url: "https://jira.example.com", username: "bot", password: "canary-password", jiraIssueTransitionId: "3, 5",
});
new gitlab.integrations.Discord("discord", {
  project, webhook: "https://discord.com/api/webhooks/1/canary", pushChannel: "https://discord.com/api/webhooks/2/canary",
});
new gitlab.integrations.Jenkins("jenkins", {
  project, jenkinsUrl: "https://jenkins.example.com", projectName: "shop", username: "bot", password: "canary-jenkins",
});
new gitlab.integrations.EmailsOnPush("emails", { group, recipients: "a@example.com b@example.com" });
`;

const singles = 13;

describe("what an unchanged program costs", () => {
  let gitlab: GitLab;
  let scenario: Scenario;
  let made: string[];

  beforeAll(async () => {
    gitlab = await GitLab.start();
    scenario = Scenario.on(gitlab);
    const { steps } = await scenario.up(everything);
    expect(steps).toHaveLength(100 + singles);
    made = gitlab.requests();
  });

  afterAll(() => gitlab.stop());

  it("creates 100 hooks of one project with one list and 100 POSTs, without a look-up", () => {
    const web = made.filter((request) => /acme%2Fweb|projects\/43/.test(request));
    expect(web.filter((request) => request.startsWith("GET"))).toEqual(["GET /projects/acme%2Fweb/hooks"]);
    expect(web.filter((request) => /^POST \/projects\/(acme%2Fweb|43)\/hooks$/.test(request))).toHaveLength(100);
    expect(web).toHaveLength(101);
  });

  it("looks up once each project and group that has more than hooks", () => {
    const lookups = made.filter((request) => /^GET \/(projects|groups)\/[^/]+$/.test(request));
    expect(lookups.sort()).toEqual(["GET /groups/acme", "GET /projects/acme%2Fshop"]);
  });

  it("sets an integration up with one GET and one PUT, and looks again at one that inherits", () => {
    const requestsAt = (path: string) => made.filter((request) => request.endsWith(path));
    for (const path of ["groups/9/integrations/slack", "projects/42/integrations/jira"])
      expect(requestsAt(path)).toEqual([`GET /${path}`, `PUT /${path}`]);
    const inheriting = "projects/42/integrations/slack";
    expect([...new Set(requestsAt(inheriting))]).toEqual([`GET /${inheriting}`, `PUT /${inheriting}`]);
    expect(requestsAt(inheriting).length).toBeLessThanOrEqual(3);
  });

  it("sends nothing in an unchanged up, and has nothing to do", async () => {
    expect((await scenario.up()).steps).toEqual([]);
    expect(gitlab.requests()).toEqual([]);
  });

  it("asks in a refresh once for each object, and twice for the 100 hooks of one project; it has nothing to do", async () => {
    expect((await scenario.refresh()).steps).toEqual([]);
    const requests = gitlab.requests();
    expect(requests.filter((request) => !request.startsWith("GET"))).toEqual([]);
    const web = requests.filter((request) => request.startsWith("GET /projects/43/hooks"));
    expect(web.sort()).toEqual(["GET /projects/43/hooks", expect.stringMatching(/hooks\/\d+$/)]);
    expect(requests).toHaveLength(2 + singles);
    expect(new Set(requests).size).toBe(2 + singles);
  });

  it("has nothing to do after that refresh either", async () => {
    expect((await scenario.up()).steps).toEqual([]);
    expect(gitlab.requests()).toEqual([]);
  });

  it("takes everything away with one request for each object", async () => {
    await scenario.destroy();
    expect(gitlab.requests()).toHaveLength(100 + singles);
    expect(gitlab.sandbox.control.objects()).toMatchObject({
      hooks: 0,
      integrations: 0,
      pushRules: 0,
      notificationSettings: 0,
    });
  });
});
