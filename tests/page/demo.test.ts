import { spawn } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import type { Browser } from "playwright-core";
import { executablePath, openPage, startBrowser } from "./browser";

const demo = path.resolve(__dirname, "../../sandbox/dist/demo/main.js");

/** A demo that is kept open. */
class Browsed {
  readonly #child = spawn(process.execPath, [demo, "--stand-in", "--browse"], { stdio: "pipe" });
  readonly #ended: Promise<unknown>;
  #text = "";
  #look = (): void => undefined;

  constructor() {
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding("utf8").on("data", (part: string) => {
        this.#text += part;
        this.#look();
      });
    }
    this.#ended = once(this.#child, "close").then(() => {
      this.#look();
    });
  }

  /** What it says next in this form. Rejects when it ends without saying it. */
  said(pattern: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#look = () => {
        const found = pattern.exec(this.#text);
        if (found) {
          this.#text = this.#text.slice(found.index + found[0].length);
          this.#look = () => undefined;
          resolve(found[1] ?? found[0]);
        } else if (this.#child.exitCode !== null) reject(new Error(`The demo ended: ${this.#text}`));
      };
      this.#look();
    });
  }

  press(keys: string): void {
    this.#child.stdin.write(keys);
  }

  async ended(): Promise<number | null> {
    await this.#ended;
    return this.#child.exitCode;
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }
}

const testInBrowser = executablePath === undefined ? test.skip : test;

testInBrowser(
  "what is changed by hand beside the demo is found by its next refresh, and mended by its next up",
  async () => {
    const browser: Browser = await startBrowser();
    const browsed = new Browsed();
    try {
      const url = await browsed.said(/open (http:\S+\/) in a browser/);
      const { page, complaints } = await openPage(browser, `${url}#projects/42`);
      await browsed.said(/Press Enter.*\n/);
      const mattermost = page.getByRole("article", { name: "Mattermost notifications" });
      await mattermost.getByRole("button", { name: "Switch off" }).click();
      await mattermost.getByText("changed by hand").waitFor();
      await page.getByRole("button", { name: "Change deploys" }).click();
      await page.getByLabel("push_events", { exact: true }).check();
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByRole("article", { name: "deploys" }).getByText("changed by hand").waitFor();
      browsed.press("\n");
      const found = await browsed.said(/pulumi refresh\n([^]*)\npulumi up/);
      expect(found).toContain("pushEvents: false => true");
      expect(found).toContain('- integrations.Mattermost "alerts"');
      await browsed.said(/Press Enter.*\n/);
      // The up has put it right, and marks it as its own.
      await mattermost.getByText("changed by pulumi-gitlab-dynamic").waitFor();
      await mattermost.getByRole("button", { name: "Switch off" }).waitFor();
      expect(complaints).toEqual([]);
      browsed.press("q\n");
      await browsed.said(/GitLab is as empty as before/);
      expect(await browsed.ended()).toBe(0);
    } finally {
      browsed.kill();
      await browser.close();
    }
  },
);
