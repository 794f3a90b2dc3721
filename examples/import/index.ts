// A project that people have set up by hand: a webhook, an integration and push rules are there already. This program
// takes them over as they are. `npx pulumi-gitlab import --project acme/shop` writes such a program for everything at once.
import * as pulumi from "@pulumi/pulumi";
import * as gitlab from "pulumi-gitlab-dynamic";

const config = new pulumi.Config();
const project = "acme/shop";

// 1. `import` names what is there: a full path or a number, and the number that the hook has in GitLab's address bar.
//    The preview says what would change on GitLab. Arguments that are not named here are left as they are.
const hook = new gitlab.ProjectHook(
  "deploys",
  { project, url: "https://deploy.acme.example/gitlab", tagPushEvents: true },
  { import: `projects/acme/shop/hooks/${config.require("hook")}` },
);

// 2. GitLab returns no secrets, so the one of today has to be given. Without `import`, an integration that somebody else
//    has set up is not overwritten: the error prints the line to add.
const mattermost = new gitlab.integrations.Mattermost(
  "alerts",
  { project, webhook: config.requireSecret("mattermostWebhook"), channel: "shop" },
  { import: "projects/acme/shop/integrations/mattermost" },
);

// 3. A project has one set of push rules, so its path is enough.
const rules = new gitlab.ProjectPushRule("rules", { project, preventSecrets: true }, { import: "acme/shop" });

// 4. After the first `pulumi up` the three options may stay or go: either way nothing happens.
export const takenOver = [hook.id, mattermost.id, rules.id];
