import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readdirSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { readSchema } from "../assemble.mjs";
import { placeOf } from "../reference.mjs";
import { findChromium, launch } from "./chromium.mjs";
import { serve } from "./server.mjs";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const chromium = findChromium();
const skip = chromium === undefined ? "no Chromium on this machine" : false;

describe("the site in a browser, below a path of a server", { skip }, () => {
  let browser;
  let server;
  let page;
  const problems = [];

  before(async () => {
    server = await serve(dist, "/some/where/");
    browser = await launch(chromium);
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) problems.push(`${page.url()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => problems.push(`${page.url()}: ${error.message}`));
    page.on("requestfailed", (request) => {
      const reason = request.failure()?.errorText ?? "";
      // What was loaded ahead and is not needed any more when the page is left.
      if (reason !== "net::ERR_ABORTED") problems.push(`${request.url()}: ${reason}`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400) problems.push(`${response.url()}: ${response.status()}`);
    });
  });

  after(async () => {
    await browser?.close();
    await server?.close();
  });

  /** Opens a page and waits until it is alive. */
  const open = async (place) => {
    await page.goto(server.address + place);
    await page.waitForFunction(() => document.querySelector("#app")?.__vue_app__ !== undefined);
  };

  test("the search finds `webhook`, and leads to the class", async () => {
    await open("index.html");
    await page.getByRole("button", { name: "Search" }).click();
    await page.locator("#localsearch-input").fill("webhook");
    const found = page.locator(".VPLocalSearchBox .result", { hasText: "ProjectHook" }).first();
    await found.waitFor();
    await found.click();
    await page.waitForURL(/\/some\/where\/.*ProjectHook\.html/);
    await page.getByRole("heading", { level: 1, name: "ProjectHook" }).waitFor();
    assert.deepEqual(problems, []);
  });

  test("the links of the sidebar change the page without loading it anew", async () => {
    await open("first-hook.html");
    await page.evaluate(() => (globalThis.isSame = true));
    await page.locator(".VPSidebar").getByRole("link", { name: "Troubleshooting" }).click();
    await page.getByRole("heading", { level: 1, name: /Troubleshooting/ }).waitFor();
    assert.equal(new URL(page.url()).pathname, "/some/where/troubleshooting.html");
    assert.equal(await page.evaluate(() => globalThis.isSame), true);
    assert.deepEqual(problems, []);
  });

  test("the dark mode can be switched on, and stays", async () => {
    await open("first-hook.html");
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await page
      .getByRole("switch", { name: /dark theme/i })
      .first()
      .click();
    await page.waitForFunction(() => document.documentElement.classList.contains("dark"));
    await open("fleets.html");
    assert.notEqual(await background(), light);
    await page.evaluate(() => localStorage.clear());
    assert.deepEqual(problems, []);
  });

  test("every page comes up without an error", async () => {
    const pages = readdirSync(dist, { recursive: true }).filter(
      (file) => file.endsWith(".html") && file !== "404.html",
    );
    for (const place of pages) {
      await open(place);
      assert.notEqual(await page.locator("h1").first().innerText(), "", place);
    }
    const classes = readSchema().resources.map((resource) => `${placeOf(resource)}.html`);
    assert.deepEqual(
      classes.filter((place) => !pages.includes(place)),
      [],
    );
    assert.deepEqual(problems, []);
  });

  for (const place of ["index.html", "first-hook.html", "reference/integrations/Slack.html"]) {
    for (const theme of ["light", "dark"]) {
      test(`${place} has no serious obstacle in ${theme}`, async () => {
        await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
        await open(place);
        await page.addScriptTag({ path: axe });
        const { violations } = await page.evaluate(() => globalThis.axe.run());
        const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
        const told = serious.map(
          ({ id, nodes }) =>
            `${id}: ${nodes
              .map(({ html }) => html)
              .slice(0, 3)
              .join(" ")}`,
        );
        assert.deepEqual(told, []);
      });
    }
  }
});
