import { around, type Around } from "./support/around";
import * as provider from "../../provider";
import { receiver, type Receiver } from "./support/receiver";

// Every call that GitLab documents for hooks, push rules and notification settings.
const endpoints = [
  "GET /notification_settings",
  "PUT /notification_settings",
  "GET /groups/:id/notification_settings",
  "PUT /groups/:id/notification_settings",
  "GET /projects/:id/notification_settings",
  "PUT /projects/:id/notification_settings",
  "GET /groups/:id/hooks",
  "GET /groups/:id/hooks/:hook_id",
  "POST /groups/:id/hooks",
  "PUT /groups/:id/hooks/:hook_id",
  "DELETE /groups/:id/hooks/:hook_id",
  "GET /groups/:id/hooks/:hook_id/events",
  "POST /groups/:id/hooks/:hook_id/events/:hook_event_id/resend",
  "POST /groups/:id/hooks/:hook_id/test/:trigger",
  "PUT /groups/:id/hooks/:hook_id/custom_headers/:key",
  "DELETE /groups/:id/hooks/:hook_id/custom_headers/:key",
  "PUT /groups/:id/hooks/:hook_id/url_variables/:key",
  "DELETE /groups/:id/hooks/:hook_id/url_variables/:key",
  "GET /projects/:id/hooks",
  "GET /projects/:id/hooks/:hook_id",
  "POST /projects/:id/hooks",
  "PUT /projects/:id/hooks/:hook_id",
  "DELETE /projects/:id/hooks/:hook_id",
  "POST /projects/:id/hooks/:hook_id/test/:trigger",
  "GET /projects/:id/push_rule",
  "POST /projects/:id/push_rule",
  "PUT /projects/:id/push_rule",
  "DELETE /projects/:id/push_rule",
  // The same for a group, in a document of its own.
  "GET /groups/:id/push_rule",
  "POST /groups/:id/push_rule",
  "PUT /groups/:id/push_rule",
  "DELETE /groups/:id/push_rule",
];

let gitlab: Around;
let target: Receiver;
const env = { ...process.env };

beforeAll(async () => {
  gitlab = await around({ allowLocalRequests: true });
  target = await receiver();
  process.env.GITLAB_BASE_URL = gitlab.sandbox.url;
  process.env.GITLAB_TOKEN = gitlab.sandbox.token;
});

afterAll(async () => {
  process.env = env;
  await gitlab.stop();
  await target.stop();
});

/** The requests that the log has for an endpoint. */
function uses(endpoint: string, requests: readonly string[]): number {
  const pattern = new RegExp(`^${endpoint.replace(/:\w+/g, "[^/?]+")}(\\?|$)`);
  return requests.filter((request) => pattern.test(request)).length;
}

async function throughItsLife(name: string, before: object, after: object): Promise<void> {
  const life = gitlab.life(name);
  await life.up(before);
  expect(await life.up(after)).toBe("update");
  await life.refresh();
  await life.destroy();
}

test("each documented call is used by a resource or a function", async () => {
  for (const at of [{ project: 42 }, { group: 9 }]) {
    const level = "project" in at ? "Project" : "Group";
    const url = `${target.url}/hook`;
    const maps = { customHeaders: { "X-A": "a", "X-B": "b" }, urlVariables: { a: "1", b: "2" } };
    const fewer = { customHeaders: { "X-A": "a" }, urlVariables: { a: "1" } };
    await throughItsLife(`${level}Hook`, { ...at, url, ...maps }, { ...at, url: `${url}/2`, ...maps });
    await throughItsLife(`${level}Hook`, { ...at, url, ...maps }, { ...at, url, ...fewer });
    await throughItsLife(`${level}PushRule`, { ...at, maxFileSize: 1 }, { ...at, maxFileSize: 2 });
    await throughItsLife(`${level}NotificationSettings`, { ...at, level: "watch" }, { ...at, level: "mention" });
  }
  await throughItsLife("GlobalNotificationSettings", { level: "watch" }, { level: "mention" });
  const [project, group] = [gitlab.life("ProjectHook"), gitlab.life("GroupHook")];
  await project.up({ project: 42, url: target.url, testOnCreate: "push_events" });
  await group.up({ group: 9, url: target.url, testOnCreate: "push_events" });
  const hook = { group: 9, hookId: Number(group.outputs.hookId) };
  const [event] = await provider.getGroupHookEvents(hook);
  await provider.resendGroupHookEvent({ ...hook, eventId: event?.id ?? 0 });

  const requests = gitlab.sent();
  const unused = endpoints.filter((endpoint) => uses(endpoint, requests) === 0);
  expect(unused).toEqual([]);
  // Nothing else is asked of GitLab but where things are.
  const known = [...endpoints, "GET /projects/:id", "GET /groups/:id"];
  const others = requests.filter((request) => !known.some((endpoint) => uses(endpoint, [request]) > 0));
  expect(
    others.filter((request) => !/ \/projects\/42\/hooks\/\d+\/(custom_headers|url_variables)\//.test(request)),
  ).toEqual([]);
});
