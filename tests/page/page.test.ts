import axe, { type AxeResults } from "axe-core";
import { startSandbox, type Sandbox } from "gitlab-sandbox";
import type { Browser, Page } from "playwright-core";
import { describeInBrowser, openPage, startBrowser, type Watched } from "./browser";

describeInBrowser("the page of the sandbox in a browser", () => {
  let browser: Browser;
  let sandbox: Sandbox;

  beforeAll(async () => {
    browser = await startBrowser();
  });

  afterAll(async () => {
    await browser.close();
  });

  beforeEach(async () => {
    sandbox = await startSandbox();
  });

  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await sandbox.stop();
  });

  async function api(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const response = await fetch(`${sandbox.url}/api/v4${path}`, {
      method,
      headers: { Authorization: `Bearer ${sandbox.token}`, "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === "" ? {} : JSON.parse(text)) as Record<string, unknown>;
  }

  const open = (looks?: Parameters<typeof openPage>[2]): Promise<Watched> =>
    openPage(browser, `${sandbox.url}/#projects/42`, looks);

  /** A project with something of every kind. */
  async function fillShop(): Promise<void> {
    await api("POST", "/projects/42/hooks", { url: "https://a.example.com", name: "deploys", token: "hush" });
    await api("PUT", "/projects/42/integrations/slack", {
      webhook: "https://hooks.slack.com/services/x",
      channel: "#shop",
    });
    await api("POST", "/projects/42/push_rule", { prevent_secrets: true });
  }

  test("a hook that is made over the API appears without a reload, marked, and so does its request", async () => {
    const { page, complaints } = await open();
    await page.getByText("No webhooks.").waitFor();
    await page.evaluate(() => {
      (globalThis as { notReloaded?: boolean }).notReloaded = true;
    });
    await api("POST", "/projects/42/hooks", { url: "https://a.example.com", name: "deploys" });
    await page.getByRole("article", { name: "deploys" }).getByText("made by node").waitFor();
    await page.getByRole("region", { name: "Requests, the newest first" }).getByText("/projects/42/hooks").waitFor();
    expect(await page.evaluate(() => (globalThis as { notReloaded?: boolean }).notReloaded)).toBe(true);
    expect(complaints).toEqual([]);
  });

  test("everything can be done with the keyboard alone", async () => {
    await fillShop();
    const { page, complaints } = await open();
    await page.getByRole("article", { name: "deploys" }).waitFor();
    const { keyboard } = page;
    // Down the tree to another project and back, without a mouse.
    await page.getByRole("link", { name: "acme", exact: false }).first().focus();
    for (const key of ["ArrowLeft", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown"])
      await keyboard.press(key);
    await keyboard.press("Enter");
    await page.getByRole("heading", { name: "acme/api" }).waitFor();
    await keyboard.press("ArrowDown");
    await keyboard.press("Enter");
    await page.getByRole("heading", { name: "acme/shop" }).waitFor();
    // To a button by Tab alone, and through the form behind it.
    await tabTo(page, "Change deploys");
    await keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Change deploys" }).waitFor();
    await tabTo(page, "push_events");
    await keyboard.press("Space");
    await tabTo(page, "Save");
    await keyboard.press("Enter");
    await page.getByRole("article", { name: "deploys" }).getByText("changed by hand").waitFor();
    expect(await api("GET", "/projects/42/hooks/1")).toMatchObject({ push_events: false, token_present: true });
    // The form is gone, and the focus is where it was.
    expect(await focused(page)).toBe("Change deploys");
    await tabTo(page, "Delete deploys");
    await keyboard.press("Enter");
    await page.getByText("Webhook 1", { exact: true }).waitFor();
    await tabTo(page, "Switch off Slack notifications");
    await keyboard.press("Enter");
    await page.getByRole("button", { name: "Switch on Slack notifications" }).waitFor();
    // The button does the opposite now, and has the focus still.
    expect(await focused(page)).toBe("Switch on Slack notifications");
    expect(complaints).toEqual([]);
  });

  test("what GitLab refuses is said in the form, which stays open", async () => {
    await fillShop();
    const { page } = await open();
    await page.getByRole("button", { name: "Change deploys" }).click();
    await page.getByLabel("url", { exact: true }).fill("ftp://a");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("alert").getByText("GitLab refuses it: Invalid url given").waitFor();
    await page.keyboard.press("Escape");
    expect(await page.getByRole("dialog").count()).toBe(0);
  });

  test("a hook that is tested shows its delivery", async () => {
    await fillShop();
    const { page, complaints } = await open();
    await page.getByRole("button", { name: "Test deploys" }).click();
    await page.getByRole("list", { name: "Deliveries of deploys" }).getByText("push_hooks").waitFor();
    expect(complaints).toEqual([]);
  });

  test("hostile texts of a program are texts", async () => {
    const hostile = `"><img src=x onerror=alert(1)><script>alert(2)</script>\u202e'`;
    await api("PUT", "/projects/42", { description: hostile });
    await api("POST", "/projects/42/hooks", { url: "https://a.example.com", name: hostile, description: hostile });
    await api("PUT", "/projects/42/integrations/slack", { webhook: "https://hooks.slack.com/x", channel: hostile });
    await api("POST", "/projects/42/push_rule", { commit_message_regex: "<img src=x onerror=alert(1)>" });
    // What GitLab would refuse, a state file can hold.
    const { groups, hooks } = sandbox.control.world.state;
    for (const group of groups) Object.assign(group, { name: hostile, path: `${hostile}-${group.id}` });
    Object.assign(hooks[0] ?? {}, { url: `https://a.example.com/${hostile}`, branchFilter: hostile });
    await fetch(`${sandbox.url}/api/v4/projects/%3Cimg%20src=x%20onerror=alert(1)%3E?<script>=1`, {
      headers: { "User-Agent": "<img src=x onerror=alert(1)>" },
    });
    const { page, complaints } = await open();
    await page.getByRole("article", { name: hostile }).waitFor();
    await page.getByRole("button", { name: "Test" }).first().click();
    await page.getByRole("list", { name: /Deliveries of/ }).waitFor();
    await page.goto(`${sandbox.url}/#groups/9`);
    await page.getByRole("heading", { name: "-9" }).waitFor();
    expect(await page.locator("img, main script, b").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test("a page that was left alone while the sandbox was gone goes on by itself", async () => {
    const { port } = new URL(sandbox.url);
    const { page } = await open();
    await page.getByText("live").waitFor();
    await sandbox.stop();
    await page.getByText("The sandbox does not answer. Is it still running?").waitFor();
    sandbox = await startSandbox({ port: Number(port) });
    await page.getByText("live").waitFor();
    await api("POST", "/projects/42/hooks", { url: "https://a.example.com", name: "later" });
    await page.getByRole("article", { name: "later" }).waitFor();
    await page.getByRole("region", { name: "Requests, the newest first" }).getByText("/projects/42/hooks").waitFor();
  });

  test("another site in the same browser neither reads nor changes anything", async () => {
    await fillShop();
    const other = await startSandbox();
    const { page } = await openPage(browser, `${other.url}/`, { bypassCSP: true });
    const tried = await page.evaluate(async (url) => {
      const attempts = [
        fetch(`${url}/-/sandbox/page/data/tree`),
        fetch(`${url}/-/sandbox/page/data/projects/42/hooks/1`, { method: "DELETE" }),
        fetch(`${url}/-/sandbox/page/data/projects/42/archive`, { method: "POST", mode: "no-cors" }),
        fetch(`${url}/-/sandbox/reset`, { method: "POST", mode: "no-cors" }),
      ];
      return (await Promise.allSettled(attempts)).map((one) =>
        one.status === "rejected" ? "rejected" : one.value.type,
      );
    }, sandbox.url);
    expect(tried.every((outcome) => ["rejected", "opaque"].includes(outcome))).toBe(true);
    expect(await api("GET", "/projects/42/hooks/1")).toMatchObject({ name: "deploys" });
    expect(await api("GET", "/projects/42")).toMatchObject({ archived: false });
    await other.stop();
  });

  const looks = (["light", "dark"] as const).flatMap((colorScheme) =>
    [1400, 900, 390].map((width) => ({ colorScheme, viewport: { width, height: 900 } })),
  );

  test("nothing keeps anybody from using it, in light and dark, wide and narrow", async () => {
    await fillShop();
    await api("PUT", "/groups/9/integrations/asana", { api_key: "k" });
    await api("GET", "/projects/42/hooks/99").catch(() => undefined);
    for (const look of looks) {
      const { page, complaints } = await openPage(browser, `${sandbox.url}/#projects/42`, { ...look, bypassCSP: true });
      await page.getByRole("article", { name: "deploys" }).waitFor();
      expect([look, await findings(page)]).toEqual([look, []]);
      await page.getByRole("button", { name: "Change deploys" }).click();
      expect([look, await findings(page)]).toEqual([look, []]);
      expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });
});

/** What axe finds, whatever its weight. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>("axe.run(document)");
  return violations.map(
    ({ id, impact, nodes }) => `${id} (${impact ?? ""}): ${nodes.map(({ html }) => html).join(" ")}`,
  );
}

/** The name of what has the focus. */
function focused(page: Page): Promise<string> {
  return page.evaluate(
    "(document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent).replace(/\\s+/g, ' ').trim()",
  );
}

/** Presses Tab until something of this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let count = 0; count < 150; count += 1) {
    if ((await focused(page)) === name) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not lead to ${name}`);
}
