import * as pulumi from "@pulumi/pulumi";
import { hooks, type Hook } from "./hooks";

/** What a hook has besides its arguments, with values such as GitLab's. */
const further = {
  projectId: 221,
  projectPath: "acme/bench-171",
  hookId: 300,
  createdAt: "2026-01-01T00:00:00.000Z",
  alertStatus: "executable",
  branchFilterStrategy: "wildcard",
  enableSslVerification: true,
  customHeaders: {},
  urlVariables: {},
  tokenPresent: true,
  signingTokenPresent: false,
  ...Object.fromEntries(
    [
      "issues",
      "confidentialIssues",
      "note",
      "job",
      "pipeline",
      "wikiPage",
      "deployment",
      "featureFlag",
      "releases",
      "milestone",
      "emoji",
      "resourceAccessToken",
      "vulnerability",
      "resourceDeployToken",
    ].map((event) => [`${event}Events`, false]),
  ),
  __managed: ["mergeRequestsEvents", "project", "pushEvents", "tagPushEvents", "token", "url"],
  __gitlab: "http://127.0.0.1:8080/api/v4",
  __claim: "ed559ca8-7d4d-46fa-b08f-36b8b23f4486",
};

/** Says yes to everything and hands back as many outputs as a hook has: what remains is Pulumi's price for those. */
const provider = `const further = ${JSON.stringify(further)};
exports.handler = () => ({
  create: async (inputs) => ({ id: "nothing", outs: { ...inputs, ...further } }),
  update: async (id, olds, news) => ({ outs: { ...news, ...further } }),
});`;

class ManyOutputs extends pulumi.CustomResource {
  constructor(name: string, { token, ...hook }: Hook) {
    const outputs = Object.fromEntries(Object.keys(further).map((output) => [output, undefined]));
    super("pulumi-nodejs:dynamic:Resource", name, {
      ...outputs,
      ...hook,
      token: pulumi.secret(token),
      __provider: provider,
    });
  }
}

for (const [name, hook] of hooks()) new ManyOutputs(name, hook);
