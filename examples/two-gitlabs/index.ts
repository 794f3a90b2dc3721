// One program, two GitLabs: a company develops on its own, and publishes on GitLab.com. Both tell the same receiver what
// happens, and the public project is a copy of the internal one.
import * as pulumi from "@pulumi/pulumi";
import * as gitlab from "pulumi-gitlab-dynamic";

const config = new pulumi.Config();

// 1. One provider for each, with its own address and token. Neither needs anything of the stack's `gitlab:` configuration,
//    and what is given here takes precedence over it. A new token in the configuration replaces nothing.
const company = new gitlab.Provider("company", {
  baseUrl: config.require("companyUrl"),
  token: config.requireSecret("companyToken"),
});
const community = new gitlab.Provider("community", {
  baseUrl: config.get("communityUrl") ?? "https://gitlab.com",
  token: config.requireSecret("communityToken"),
});

// 2. Every resource says which one it is for. The same path on both is two projects, so it is no clash.
const hooks = { company, community };
const ids = Object.entries(hooks).map(([name, provider]) => {
  const hook = new gitlab.ProjectHook(
    `releases-on-${name}`,
    {
      project: "acme/shop",
      url: `https://releases.acme.example/${name}`,
      token: config.requireSecret("hookToken"),
      pushEvents: false,
      releasesEvents: true,
    },
    { provider },
  );
  return hook.id;
});

// 3. Settings of one of them only.
new gitlab.ProjectPushRule(
  "rules",
  { project: "acme/shop", commitMessageRegex: "^(feat|fix): " },
  { provider: company },
);

// 4. The public project follows the internal one (GitLab Premium). The URL is in clear, the credentials are secrets.
new gitlab.ProjectPullMirror(
  "copy",
  {
    project: "acme/shop",
    url: "https://gitlab.acme.example/acme/shop.git",
    authUser: "mirror",
    authPassword: config.requireSecret("mirrorToken"),
    onlyMirrorProtectedBranches: true,
  },
  { provider: community },
);

// 5. Questions go to a provider too. This one is asked in previews as well.
export const publicRules = gitlab.getProjectPushRule({ project: "acme/shop" }, { provider: community });
export const releases = ids;
