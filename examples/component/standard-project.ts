import * as pulumi from "@pulumi/pulumi";
import * as gitlab from "pulumi-gitlab-dynamic";

/** What one project may decide for itself. */
export interface StandardProjectArgs {
  /** The project: its number, its full path or its ID. */
  project: pulumi.Input<string | number>;
  /** The address of the team's channel in Mattermost. */
  mattermostWebhook: pulumi.Input<string>;
  /** What every commit message must match. @default "^(feat|fix|docs|chore): " */
  commitMessageRegex?: pulumi.Input<string>;
  /** The group that reviews the project, if any. */
  reviewers?: pulumi.Input<string | number>;
}

/** The settings that every project of the company has. */
export class StandardProject extends pulumi.ComponentResource {
  /** The ID of the push rules. */
  readonly rules: pulumi.Output<string>;

  constructor(name: string, args: StandardProjectArgs, opts?: pulumi.ComponentResourceOptions) {
    super("acme:gitlab:StandardProject", name, {}, opts);
    const { project } = args;
    // The parent shows what belongs together, and hands its provider on: nothing in here knows which GitLab it is.
    const inside = { parent: this };

    const rules = new gitlab.ProjectPushRule(
      `${name}-rules`,
      {
        project,
        commitMessageRegex: args.commitMessageRegex ?? "^(feat|fix|docs|chore): ",
        preventSecrets: true,
        denyDeleteTag: true,
      },
      inside,
    );
    new gitlab.integrations.Mattermost(
      `${name}-alerts`,
      { project, webhook: args.mattermostWebhook, branchesToBeNotified: "default_and_protected" },
      inside,
    );
    if (args.reviewers !== undefined) {
      new gitlab.ProjectShare(
        `${name}-reviewers`,
        { project, groupId: args.reviewers, groupAccess: "reporter" },
        inside,
      );
    }

    this.rules = rules.id;
    this.registerOutputs({ rules: this.rules });
  }
}
