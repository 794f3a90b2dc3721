// Read by the compiler only: `npm run typecheck` fails when a line below an @ts-expect-error is accepted.
import * as pulumi from "@pulumi/pulumi";
import * as gitlab from "pulumi-gitlab-dynamic";

declare const text: pulumi.Output<string>;
declare const number: pulumi.Output<number>;
declare const choice: pulumi.Output<"all" | "protected">;
declare const named: pulumi.Input<string | number>;
const webhook = "https://mattermost.example.com/hooks/x";

/** What a program may write. */
export function accepted(): void {
  new gitlab.integrations.Mattermost("by path", { project: "acme/shop", webhook });
  new gitlab.integrations.Mattermost("by number", { project: 42, webhook });
  new gitlab.integrations.Mattermost("in a group", { group: "acme", webhook: text, branchesToBeNotified: "all" });
  const hook = new gitlab.ProjectHook("computed", {
    project: number,
    url: text,
    token: undefined,
    customHeaders: { "X-Plain": "shop", "X-Computed": text },
    urlVariables: pulumi.output({ key: "value" }),
  });
  // The ID of a resource, and what a resource says of its project, name a project or group.
  new gitlab.ProjectPushRule("same project", { project: hook.projectId });
  new gitlab.ProjectPushRule("by ID", { project: hook.id });
  new gitlab.ProjectHook("adopted", { project: "acme/shop", url: text }, { import: "projects/acme/shop/hooks/7" });
  new gitlab.integrations.Jira("arrays", { project: 1, url: text, password: text, projectKeys: ["SHOP", text] });
  new gitlab.integrations.Mattermost("choice", { project: named, webhook, branchesToBeNotified: choice });
  new gitlab.ProjectShare("share", { project: named, groupId: named, groupAccess: "developer" });
  new gitlab.ProjectForkRelation("fork", { project: hook.project, forkedFrom: hook.projectId });
  const shop = new gitlab.Project("shop", {
    namespace: "acme",
    name: text,
    topics: ["a", text],
    containerExpirationPolicy: { enabled: true, olderThan: "7d" },
  });
  new gitlab.Project("moved", { namespace: shop.namespaceId, path: "shop" }, { import: "acme/shop" });
  new gitlab.ProjectHook("in a new project", { project: shop.id, url: text });
  // A component hands its arguments on, and chooses a project or a group for an integration.
  const args: gitlab.ProjectHookArgs = { project: 42, url: text };
  const inputs: pulumi.Inputs = args;
  const place = Math.random() > 0.5 ? { project: 42 } : { group: "acme" };
  const chosen: gitlab.integrations.MattermostArgs = { ...place, webhook };
  new gitlab.integrations.Mattermost("one of two", { ...chosen, channel: text });
  new gitlab.ProjectHook(
    "of a component",
    { ...args, group: undefined },
    { parent: new pulumi.ComponentResource("t", "n", inputs) },
  );
  const other = new gitlab.Provider("other", { baseUrl: text, token: text, headers: { "X-Team": text } });
  new gitlab.GroupHook("elsewhere", { group: "acme", url: text }, { provider: other });
  const entry = { project: 1, url: "https://ci.example.com", pushEvents: true };
  new gitlab.Fleet("an entry as an Output", gitlab.ProjectHook, {
    a: pulumi.output(entry),
    b: { project: 1, url: text },
  });
  new gitlab.Fleet("entries as an Output", gitlab.ProjectHook, pulumi.output({ a: entry }));
  new gitlab.Fleet("a promise", gitlab.ProjectHook, Promise.resolve({ a: entry }));
  const entries = pulumi.all([shop.id, text]).apply(([project, url]) => ({ a: { project, url, token: "x" } }));
  new gitlab.Fleet("out of others", gitlab.ProjectHook, entries);
  new gitlab.Fleet("a secret", gitlab.ProjectHook, pulumi.secret({ a: entry }));
  const options: gitlab.FleetOptions = { exclusive: "delete", exclusiveLimit: 20, protect: true };
  new gitlab.Fleet("exclusive", gitlab.ProjectHook, { a: entry }, options);
  new gitlab.Fleet("exclusive or not", gitlab.ProjectHook, { a: entry }, { exclusive: undefined });
}

/** What the compiler finds before a preview does. */
export function refused(): void {
  // @ts-expect-error a field that does not exist
  new gitlab.integrations.Mattermost("unknown", { project: 1, webhook, webhok: "x" });
  // @ts-expect-error GitLab's spelling instead of ours
  new gitlab.ProjectHook("snake case", { project: 1, url: text, push_events: true });
  // @ts-expect-error a required field is missing
  new gitlab.integrations.Mattermost("missing", { project: 1 });
  // @ts-expect-error no project and no group
  new gitlab.integrations.Mattermost("nowhere", { webhook });
  // @ts-expect-error both a project and a group
  new gitlab.integrations.Mattermost("twice", { project: 1, group: 2, webhook });
  // @ts-expect-error an integration that groups do not have
  new gitlab.integrations.Jenkins("in a group", { group: 1, jenkinsUrl: text, projectName: "shop" });
  // @ts-expect-error a hook of a project takes no group
  new gitlab.ProjectHook("of a group", { group: 1, url: text });
  // @ts-expect-error not one of the values
  new gitlab.integrations.Mattermost("enum", { project: 1, webhook, branchesToBeNotified: "some" });
  // @ts-expect-error a text instead of a boolean
  new gitlab.ProjectHook("boolean", { project: 1, url: text, pushEvents: "true" });
  // @ts-expect-error a number that is none of the values
  new gitlab.integrations.Jira("number", { project: 1, url: text, password: text, jiraAuthType: 3 });
  // @ts-expect-error a role that GitLab does not have
  new gitlab.ProjectShare("role", { project: 1, groupId: 2, groupAccess: "boss" });
  // @ts-expect-error a text instead of a list
  new gitlab.integrations.Jira("list", { project: 1, url: text, password: text, projectKeys: "SHOP" });
  // @ts-expect-error header values are texts
  new gitlab.ProjectHook("header", { project: 1, url: text, customHeaders: { "X-Count": 1 } });
  // @ts-expect-error a project lives in a namespace
  new gitlab.Project("in a group", { group: "acme", name: text });
  // @ts-expect-error not one of GitLab's visibilities
  new gitlab.Project("hidden", { name: text, visibility: "hidden" });
  // @ts-expect-error a part of the policy that does not exist
  new gitlab.Project("policy", { name: text, containerExpirationPolicy: { olderthan: "7d" } });
  new gitlab.Fleet("fleet", gitlab.ProjectHook, {
    a: { project: 1, url: text },
    b: { project: "acme/shop", url: text },
  });
  // @ts-expect-error an argument that the entries' class does not have
  new gitlab.Fleet("argument", gitlab.ProjectHook, { a: { project: 1, url: text, webhook } });
  // @ts-expect-error an entry without what its class requires
  new gitlab.Fleet("required", gitlab.integrations.Mattermost, { a: { project: 1 } });
  // @ts-expect-error an Output of entries without what their class requires
  new gitlab.Fleet("output", gitlab.integrations.Mattermost, pulumi.output({ a: { project: 1 } }));
  // @ts-expect-error a word that says nothing of others
  new gitlab.Fleet("exclusive", gitlab.ProjectHook, { a: { project: 1, url: text } }, { exclusive: "warn" });
  // @ts-expect-error what a preview must know
  new gitlab.Fleet("limit", gitlab.ProjectHook, { a: { project: 1, url: text } }, { exclusiveLimit: number });
  // @ts-expect-error an Output of no map
  new gitlab.Fleet("no map", gitlab.ProjectHook, text);
  // @ts-expect-error arguments that are one Output
  new gitlab.ProjectHook("whole", pulumi.output({ project: 1, url: "https://ci.example.com" }));
  // @ts-expect-error arguments that are one promise
  new gitlab.Project("whole", Promise.resolve({ name: "shop" }));
  // @ts-expect-error arguments that are one Output, though none is required
  new gitlab.GlobalNotificationSettings("whole", pulumi.output({ level: "watch" }));
  // @ts-expect-error settings that are one Output
  new gitlab.Provider("whole", pulumi.output({ token: "x" }));
  // @ts-expect-error a setting that does not exist
  new gitlab.Provider("provider", { baseURL: text });
}
