import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { flameGraph } from "../../cli/profile/flame-graph.ts";
import type { Frame } from "../../cli/profile/stacks.ts";
import { faults } from "./faults.ts";

const CHROMIUM = "/usr/bin/chromium";

function frame(name: string, totalMicros: number, children: Frame[] = []): Frame {
  const inside = children.reduce((sum, child) => sum + child.totalMicros, 0);
  const at = `src/${name}.ts:1`;
  return { name, at, origin: "ours", totalMicros, selfMicros: totalMicros - inside, children };
}

const ROOT = frame("all", 1_000, [
  frame("answer", 700, [frame("search", 500, [frame("rank", 300), frame("scan", 100)]), frame("log", 100)]),
  frame("log", 300),
]);

describe.skipIf(!existsSync(CHROMIUM))("a flame graph's file", () => {
  let browser: Browser;
  let page: Page;
  let folder: string;
  const complaints: string[] = [];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "vitrine-flame-"));
    const file = join(folder, "profile.svg");
    writeFileSync(file, flameGraph(ROOT, { title: "GET /v1/search", facts: "9 requests/s" }));
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
    page = await browser.newPage({ viewport: { width: 1_000, height: 600 } });
    page.on("pageerror", ({ message }) => complaints.push(message));
    await page.goto(`file://${file}`);
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const box = (name: string) => page.locator(`.frame[data-name="${name}"] rect`).first();
  const width = async (name: string): Promise<number> =>
    Math.round(Number(await box(name).getAttribute("width")));
  const details = () => page.locator("#details").textContent();

  it("fills the window's width, and says what the pointer is on", async () => {
    expect(await width("all")).toBe(976);
    expect(await width("answer")).toBe(683);
    await box("search").hover();
    expect(await details()).toBe("search src/search.ts:1: 50.0 %, itself 10.0 %");
  });

  it("goes from frame to frame by the arrow keys, zooms by Enter and goes back by Escape", async () => {
    await page.locator('.frame[data-name="all"]').focus();
    for (const key of ["ArrowDown", "ArrowDown"]) await page.keyboard.press(key);
    expect(await details()).toContain("search");
    await page.keyboard.press("ArrowRight");
    expect(await details()).toContain("log src/log.ts:1: 10.0 %");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    expect([await width("search"), await width("answer"), await width("rank")]).toEqual([976, 976, 586]);
    expect(await page.locator('.frame[data-name="log"]').first().isVisible()).toBe(false);
    await page.keyboard.press("Escape");
    expect(await width("search")).toBe(488);
  });

  it("tells the share of what is searched for, wherever it is called", async () => {
    await page.keyboard.press("/");
    await page.keyboard.type("log.ts");
    expect(await details()).toBe("“log.ts”: 40.0 % of the time");
    expect(await page.locator(".missed").count()).toBe(5);
    await page.keyboard.press("Escape");
    expect(await page.locator(".missed").count()).toBe(0);
  });

  it("has no fault that axe finds, and no error", async () => {
    expect(await faults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
