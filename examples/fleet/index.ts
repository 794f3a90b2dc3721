// Every project of a group gets the same webhook, the same messages in Mattermost and the same push rules: those of today,
// and those that are made later, with the next `pulumi up`. What leaves the group loses them again.
import * as pulumi from "@pulumi/pulumi";
import * as gitlab from "pulumi-gitlab-dynamic";

const config = new pulumi.Config();
const group = config.get("group") ?? "acme";

export = async () => {
  // 1. Which projects there are is asked anew in every run. 40 is Maintainer, which it takes to change these settings.
  const projects = await gitlab.getProjects({ archived: false, minAccessLevel: 40, simple: true });
  const ours = projects.filter(({ namespace }) => `${namespace.fullPath}/`.startsWith(`${group}/`));

  // 2. Each resource is named after its project's number. A number stays when a project is renamed or moved within the
  //    group, and no later project gets it: whatever comes or goes, the resources of the others keep their names.
  for (const { id } of ours) {
    new gitlab.ProjectHook(`ci-${id}`, {
      project: id,
      name: "ci",
      url: "https://ci.acme.example/gitlab",
      token: config.requireSecret("hookToken"),
      mergeRequestsEvents: true,
    });
    new gitlab.integrations.Mattermost(`alerts-${id}`, {
      project: id,
      webhook: config.requireSecret("mattermostWebhook"),
      notifyOnlyBrokenPipelines: true,
      branchesToBeNotified: "default_and_protected",
    });
    new gitlab.ProjectPushRule(`rules-${id}`, {
      project: id,
      preventSecrets: true,
      denyDeleteTag: true,
      maxFileSize: 50,
    });
  }

  return { projects: ours.map(({ pathWithNamespace }) => pathWithNamespace).sort() };
};
