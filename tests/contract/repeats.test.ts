import { repeatsOf } from "../../provider/secrets/repeated-outputs";
import { cases, definitionOf } from "./support/cases";
import { ManagedResource, type Props } from "./support/managed-resource";
import { InitFailed } from "./support/provider-process";
import { ProviderFixture, unique } from "./support/provider-fixture";

/*
 * No provider is told which of its values a program made secrets, and the engine marks outputs by the names of inputs: what
 * another output says again would lie in clear.
 */
const project = definitionOf("Project");
const slack = definitionOf("integrations.Slack");
const webhook = "https://hooks.slack.com/services/x";

let fixture: ProviderFixture;

beforeAll(async () => {
  fixture = await ProviderFixture.start({}, { "gitlab:retries": "0" });
});

afterAll(() => fixture.stop());

function newProject(args: Props): [ManagedResource, Props] {
  return [new ManagedResource(fixture, project), { name: unique("repeats"), namespace: 9, ...args }];
}

test.each([
  ["tagList", { topics: ["one", "two"] }],
  ["topics", { tagList: ["two", "one"] }],
  ["publicBuilds", { publicJobs: false }],
  ["publicJobs", { publicBuilds: false }],
  ["issuesEnabled", { issuesAccessLevel: "private" }],
  ["mergeRequestsEnabled", { mergeRequestsAccessLevel: "disabled" }],
  ["wikiEnabled", { wikiAccessLevel: "disabled" }],
  ["jobsEnabled", { buildsAccessLevel: "private" }],
  ["snippetsEnabled", { snippetsAccessLevel: "disabled" }],
  ["packagesEnabled", { packageRegistryAccessLevel: "disabled" }],
  ["containerRegistryEnabled", { containerRegistryAccessLevel: "private" }],
  ["emailsDisabled", { emailsEnabled: false }],
  ["restrictUserDefinedVariables", { ciPipelineVariablesMinimumOverrideRole: "maintainer" }],
])("%s stays out of the state of a project with %j", async (output, given) => {
  const [managed, args] = newProject(given);
  await managed.up(args);
  expect(managed.outputs).toMatchObject(given);
  expect(managed.outputs).not.toHaveProperty(output);
  await managed.refresh();
  expect(managed.outputs).not.toHaveProperty(output);
  expect(await managed.up(args)).toBe("same");
  const got = await fixture.provider.read(managed.id, { __provider: managed.outputs.__provider });
  expect(got.outputs).toHaveProperty(output);
});

test("an output comes back when its argument goes", async () => {
  const [managed, args] = newProject({});
  await managed.up({ ...args, topics: ["one"] });
  await managed.up(args);
  expect(managed.outputs).toMatchObject({ topics: [], tagList: [] });
});

test("it stays out when the argument drifts, and of what a failure leaves", async () => {
  const [managed, args] = newProject({ topics: ["one"] });
  await managed.up(args);
  await fixture.api("PUT", `/${managed.id}`, { topics: ["one", "theirs"] });
  await managed.refresh();
  expect(managed.outputs).toMatchObject({ topics: ["one", "theirs"] });
  expect(managed.outputs).not.toHaveProperty("tagList");
  fixture.sandbox.control.addFault({ method: "PUT", path: "^/projects/\\d+$", status: 422, body: { message: "no" } });
  const [half, more] = newProject({ topics: ["one"], ciDefaultGitDepth: 7 });
  const error: unknown = await half.up(more).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InitFailed);
  expect(half.outputs).toMatchObject({ topics: ["one"] });
  expect(half.outputs).not.toHaveProperty("tagList");
});

test("the channel that GitLab shows in another's place stays out, and one of its own does not", async () => {
  const place = await fixture.createParent("project");
  const managed = new ManagedResource(fixture, slack);
  await managed.up({ project: place.id, webhook, issueChannel: "#issues" });
  expect(managed.outputs).not.toHaveProperty("confidentialIssueChannel");
  await fixture.api("PUT", `/${managed.id}`, { webhook, confidential_issue_channel: "#own" });
  await managed.refresh();
  expect(managed.outputs).toMatchObject({ issueChannel: "#issues", confidentialIssueChannel: "#own" });
});

test("every former name, and every value that stands in for another, is known as a repetition", () => {
  const pairs = [project, ...cases.map(([, , definition]) => definition)].flatMap((definition) =>
    repeatsOf(definition).flatMap(({ output, argument, from }) => (from ? [`${output} = ${argument}`] : [])),
  );
  expect([...new Set(pairs)]).toHaveLength(15);
});
