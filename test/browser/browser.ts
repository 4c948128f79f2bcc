import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe } from "vitest";
import type { OpenShop } from "./open-shop.ts";
import { serveShop } from "./serve.ts";

const CHROMIUM = "/usr/bin/chromium";
const FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"];

export interface Shop {
  url: string;
  /** A page in a context of its own. What the browser complains of is collected in `complaints`. */
  open(path: string, options?: BrowserContextOptions): Promise<Page>;
  /** Script errors and breaches of the content security policy, of all pages so far. */
  complaints: string[];
}

/** Tests that need Chromium and the shop; skipped, with a message, where the browser is absent. */
export function describeShop(
  name: string,
  tests: (shop: Shop) => void,
  contents?: () => Promise<OpenShop>,
): void {
  const present = existsSync(CHROMIUM);
  if (!present) console.warn(`Skipping "${name}": there is no ${CHROMIUM}`);
  describe.skipIf(!present)(name, () => {
    let browser: Browser;
    let close: () => Promise<void>;
    const shop: Shop = { url: "", open, complaints: [] };

    async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      context.setDefaultTimeout(20_000);
      const page = await context.newPage();
      page.on("pageerror", (error) => shop.complaints.push(`script: ${error.message}`));
      page.on("console", (line) => {
        if (/content security policy/i.test(line.text())) shop.complaints.push(`policy: ${line.text()}`);
      });
      await page.goto(shop.url + path);
      return page;
    }

    beforeAll(async () => {
      const [served, launched] = await Promise.all([
        serveShop(contents),
        chromium.launch({ executablePath: CHROMIUM, args: FLAGS }),
      ]);
      browser = launched;
      shop.url = served.url;
      close = served.close;
    });
    afterAll(async () => {
      await browser?.close();
      await close?.();
    });
    tests(shop);
  });
}

/** What the heading says: the number of products. */
export async function shownTotal(page: Page): Promise<number> {
  const text = await page.locator("#results-title").innerText();
  return Number(/^([\d,]+) product/.exec(text)?.[1]?.replaceAll(",", "") ?? "0");
}
