// What a team sets up by hand for every new project: who is told of what, what starts a build, and what may be pushed.
// `npm run demo` at the top of the repository runs this program against a GitLab on your own machine.
import * as pulumi from "@pulumi/pulumi";
import * as gitlab from "pulumi-gitlab-dynamic";

// 1. Where, and with which secrets. `pulumi config set --secret mattermostWebhook` asks for one and stores it encrypted; it
//    stays encrypted in the state and never shows in the output.
const config = new pulumi.Config();
const project = config.get("project") ?? "acme/shop";
const group = config.get("group") ?? "acme";

// 2. The team hears of what happens, in Mattermost ...
const mattermost = new gitlab.integrations.Mattermost("alerts", {
  project,
  webhook: config.requireSecret("mattermostWebhook"),
  channel: "shop",
  branchesToBeNotified: "default_and_protected",
  notifyOnlyBrokenPipelines: true,
  wikiPageEvents: false,
});

// ... players of the beta in Discord, about releases that are tagged and nothing else ...
new gitlab.integrations.Discord("beta", {
  project,
  webhook: config.requireSecret("discordWebhook"),
  tagPushEvents: true,
  pushEvents: false,
  issuesEvents: false,
  confidentialIssuesEvents: false,
  mergeRequestsEvents: false,
  noteEvents: false,
  confidentialNoteEvents: false,
  pipelineEvents: false,
  wikiPageEvents: false,
});

// ... and those on call by email.
new gitlab.integrations.EmailsOnPush("on-call", {
  project,
  recipients: "oncall@acme.example security@acme.example",
  branchesToBeNotified: "protected",
  disableDiffs: true,
});

// 3. Commits that name an issue appear in Jira.
new gitlab.integrations.Jira("issues", {
  project,
  url: "https://acme.atlassian.net",
  username: "gitlab@acme.example",
  password: config.requireSecret("jiraToken"),
  projectKeys: ["SHOP"],
  issuesEnabled: true,
});

// 4. Pushes and merge requests start a build.
new gitlab.integrations.Jenkins("build", {
  project,
  jenkinsUrl: "https://jenkins.acme.example",
  projectName: "shop",
  username: "gitlab",
  password: config.requireSecret("jenkinsPassword"),
  mergeRequestsEvents: true,
});

// 5. A webhook of our own. The receiver knows GitLab by the token; the key in the URL is filled in by GitLab.
const deploys = new gitlab.ProjectHook("deploys", {
  project,
  name: "deploys",
  url: "https://deploy.acme.example/hooks/{key}",
  urlVariables: { key: config.requireSecret("deployKey") },
  token: config.requireSecret("hookToken"),
  customHeaders: { "X-Team": "shop" },
  pushEvents: false,
  deploymentEvents: true,
  releasesEvents: true,
});

// 6. One hook for the whole group: whoever joins or leaves is written to the audit log.
const audit = new gitlab.GroupHook("audit", {
  group,
  name: "audit",
  url: "https://audit.acme.example/gitlab",
  token: config.requireSecret("hookToken"),
  pushEvents: false,
  memberEvents: true,
  subgroupEvents: true,
});

// 7. What may be pushed at all.
const rules = new gitlab.ProjectPushRule("rules", {
  project,
  commitMessageRegex: "^(feat|fix|docs|chore)(\\(.+\\))?: ",
  branchNameRegex: "^(main|release/.+|[a-z]+/.+)$",
  preventSecrets: true,
  denyDeleteTag: true,
  maxFileSize: 50,
});

export const projectId = mattermost.projectId;
export const hooks = [deploys.id, audit.id];
export const pushRules = rules.id;
