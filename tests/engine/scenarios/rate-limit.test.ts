import { GitLab, Scenario } from "./support/scenario";

const program = `
for (let nth = 0; nth < 100; nth++) {
  new gitlab.ProjectHook("hook" + nth, { project: "acme/shop", url: "https://ci.example.com/" + nth });
}
`;

/** Requests of the provider under way at once, at most: what has been sent when the first refusal comes is sent. */
const mostUnderWay = 16;

describe.each([
  ["tells in every answer", "19.4.0-ee"],
  ["tells in refusals alone", "17.11.0-ee"],
])("100 hooks on a GitLab that takes 60 requests in a window and %s", (_how, version) => {
  let gitlab: GitLab;

  beforeAll(async () => {
    gitlab = await GitLab.start({ version, rateLimit: { requests: 60, seconds: 5 } });
  });

  afterAll(() => gitlab.stop());

  it("are made without an error, and after the first refusal within the limit", async () => {
    const scenario = Scenario.on(gitlab);
    await scenario.up(program);
    expect(gitlab.sandbox.control.objects().hooks).toBe(100);
    const statuses = gitlab.sandbox.control.requests().map(({ status }) => status);
    const refused = statuses.flatMap((status, nth) => (status === 429 ? [nth] : []));
    // The list and 100 POSTs, each once, and the refused ones once more.
    expect(statuses).toHaveLength(101 + refused.length);
    // All that were refused had left before the first refusal came back.
    expect(refused.length).toBeLessThanOrEqual(version.startsWith("19") ? 0 : mostUnderWay);
    expect((refused.at(-1) ?? 0) - (refused[0] ?? 0)).toBeLessThan(mostUnderWay);
  });
});
