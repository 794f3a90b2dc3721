import catalog from "../../catalog.json";
import { open, properties, type Session } from "./client";
import { REFUSED, SAMPLES, type Sample } from "./samples";

let session: Session;
const api: Session["api"] = (...args) => session.api(...args);

beforeAll(async () => {
  session = await open();
});

beforeEach(async () => {
  await session.control("POST", "/reset");
});

afterAll(async () => {
  await session.sandbox.stop();
});

const entries = Object.entries(SAMPLES);

const ready = ({ version }: Sample): void => {
  if (version !== undefined) session.sandbox.control.configure({ version });
};

function sample(slug: string): Sample {
  const found = SAMPLES[slug];
  if (found === undefined) throw new Error(`No sample for ${slug}`);
  return found;
}

test.each(entries)("%s: set up, read, disabled", async (slug, of) => {
  const { body, hidden } = of;
  ready(of);
  const path = `/projects/42/integrations/${slug}`;
  const made = await api("PUT", path, body);
  expect([made.status, made.json.active, made.json.slug]).toEqual([200, true, slug]);
  const shown = Object.fromEntries(Object.entries(body).filter(([name]) => !hidden.includes(name)));
  expect(properties(made)).toMatchObject(shown);
  for (const name of hidden) expect(properties(made)).not.toHaveProperty(name);
  const read = await api("GET", path);
  expect(read.json).toEqual(made.json);
  expect((await api("DELETE", path)).status).toBe(204);
  const disabled = await api("GET", path);
  expect(disabled.json.active).toBe(false);
  for (const name of Object.keys(shown)) expect(properties(disabled)[name]).toBeNull();
});

test.each(entries)("%s: demands its required parameters and blanks none of them", async (slug, of) => {
  const { body } = of;
  ready(of);
  const path = `/projects/42/integrations/${slug}`;
  const required = Object.keys(body).filter((name) => !(slug === "jira" && name === "username"));
  const missing = await api("PUT", path, {});
  expect(missing.status).toBe(400);
  const problems = (missing.json.error as string).split(", ").sort();
  expect(problems).toEqual(required.map((name) => `${name} is missing`).sort());
  for (const name of required) {
    const blank = await api("PUT", path, { ...body, [name]: "" });
    expect([blank.status, blank.json.message]).toEqual([
      400,
      `Failed to update integration. {:${name}=>["can't be blank"]}`,
    ]);
  }
});

test.each(entries)("%s: on groups where GitLab has it", async (slug, of) => {
  const { body, group } = of;
  ready(of);
  const reply = await api("PUT", `/groups/11/integrations/${slug}`, body);
  expect(reply.status).toBe(group === false ? 400 : 200);
});

test.each(entries)("%s: beside another issue tracker", async (slug, of) => {
  const { body, tracker } = of;
  ready(of);
  const other = slug === "ewm" ? "redmine" : "ewm";
  await api("PUT", `/projects/42/integrations/${other}`, sample(other).body);
  const reply = await api("PUT", `/projects/42/integrations/${slug}`, body);
  expect(reply.status).toBe(tracker === true ? 400 : 200);
});

test.each(REFUSED)("%s refuses %s", async (slug, field, value, problem) => {
  const reply = await api("PUT", `/projects/42/integrations/${slug}`, { ...sample(slug).body, [field]: value });
  expect(reply.status).toBe(400);
  expect(reply.json.message).toContain(`:${field}=>["${problem}`);
});

test("Apple's slug is answered with underscores too", async () => {
  const path = "/projects/42/integrations/apple_app_store";
  expect((await api("PUT", path, sample("apple-app-store").body)).json.slug).toBe("apple-app-store");
});

test("values that GitLab makes up or fills in", async () => {
  const put = async (slug: string, more: Record<string, unknown> = {}): Promise<Record<string, unknown>> =>
    properties(await api("PUT", `/projects/42/integrations/${slug}`, { ...sample(slug).body, ...more }));
  expect(await put("buildkite", { enable_ssl_verification: false })).toMatchObject({ enable_ssl_verification: true });
  expect(await put("datadog")).toMatchObject({ datadog_site: "datadoghq.com", archive_trace_events: false });
  expect(await put("drone-ci")).toMatchObject({ enable_ssl_verification: true });
  expect(await put("pipelines-email")).toMatchObject({
    notify_only_broken_pipelines: true,
  });
  expect(await put("google-play")).toMatchObject({ google_play_protected_refs: true });
  const jenkins = await api("PUT", "/projects/42/integrations/jenkins", sample("jenkins").body);
  expect(jenkins.json).toMatchObject({ push_events: true, merge_requests_events: false, tag_push_events: false });
});

test("ZenTao is off for projects", async () => {
  const path = "/projects/42/integrations/zentao";
  const body = { url: "https://zentao.example.com", api_token: "t", zentao_product_xid: "1" };
  expect((await api("PUT", path, body)).json).toEqual({ message: "400 Integration not available" });
  expect((await api("GET", path)).status).toBe(404);
  expect((await api("DELETE", path)).status).toBe(404);
});

test("every documented integration has a sample but the two that only their installation creates", () => {
  // Of those that `npm run new:integration` has added, the contract suite tries what was stated.
  const read = catalog.integrations.filter(({ methods }) => Object.keys(methods).length > 0);
  const documented = read.map(({ slug }) => slug.replaceAll("_", "-"));
  const missing = documented.filter((slug) => SAMPLES[slug] === undefined);
  expect(missing.sort()).toEqual(["gitlab-slack-application", "jira-cloud-app"]);
});
