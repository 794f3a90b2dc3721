import { existsSync } from "node:fs";
import { chromium, type Browser, type Page } from "playwright-core";

/** Where distributions and Google's own package put it. No browser is ever downloaded. */
const places = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The Chromium of this machine, undefined where there is none. */
export const executablePath = places.find((place) => place !== undefined && existsSync(place));

/** `describe` where there is a Chromium, and a plain skip elsewhere. */
export const describeInBrowser = executablePath === undefined ? describe.skip : describe;

/** Starts the machine's Chromium, which asks nobody but the pages it is given. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      // Without namespaces of its own, as in containers and for root, its sandbox does not start.
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** A page, and whatever it complained about. */
export interface Watched {
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** Opens an address, and notes every error and warning of the page, and every request to another place. */
export async function openPage(
  browser: Browser,
  url: string,
  looks: Parameters<Browser["newContext"]>[0] = {},
): Promise<Watched> {
  const page = await (await browser.newContext(looks)).newPage();
  const complaints: string[] = [];
  const { origin } = new URL(url);
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("dialog", (dialog) => complaints.push(`a dialog: ${dialog.message()}`));
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== origin) complaints.push(`a request to ${request.url()}`);
  });
  await page.goto(url);
  return { page, complaints };
}
