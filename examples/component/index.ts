// The standard of a company, written once: standard-project.ts bundles what every project has. Programs use it as they
// use any resource, and a change of the standard reaches every project with the next `pulumi up`.
import * as pulumi from "@pulumi/pulumi";
import * as gitlab from "pulumi-gitlab-dynamic";
import { StandardProject } from "./standard-project";

const config = new pulumi.Config();
const mattermostWebhook = config.requireSecret("mattermostWebhook");

// 1. On the GitLab of the stack's configuration.
const shop = new StandardProject("shop", { project: "acme/shop", mattermostWebhook, reviewers: "globex" });
const web = new StandardProject("web", { project: "acme/web", mattermostWebhook, commitMessageRegex: "^[A-Z]" });

// 2. On another one: the component takes `provider` and hands it on to everything in it.
const other = new gitlab.Provider("other", {
  baseUrl: config.require("otherUrl"),
  token: config.requireSecret("otherToken"),
});
const site = new StandardProject("site", { project: "globex/site", mattermostWebhook }, { provider: other });

export const rules = [shop.rules, web.rules, site.rules];
