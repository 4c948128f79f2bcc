import { afterEach, beforeEach, expect, it } from "vitest";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import { consume } from "../../src/queue/consumer.ts";
import { flushExposures } from "../../src/services/experiments/expose.ts";
import { BROWSER } from "../experiments/world.ts";
import { startApp, type RunningApp } from "./app.ts";

const VISITORS = 40;

let app: RunningApp;
beforeEach(async () => {
  app = await startApp();
  // What was shown is sent when the test says so, not a second after each request.
  app.platform.isolate.experiments.flushUntil = Number.POSITIVE_INFINITY;
});
afterEach(() => app.close());

const start = (...more: string[]) =>
  app.operator(
    "experiments",
    "start",
    "popular-first",
    "--parameter",
    "ranking",
    "--treatment",
    "popularity=1",
    ...more,
  );

async function visit(): Promise<void> {
  app.platform.clock.advance(3_000);
  await fetch(`${app.url}/v1/search?q=first`, { headers: { "user-agent": "curl" } });
  for (let i = 0; i < VISITORS; i++) {
    const headers = { "user-agent": BROWSER, "visitor-id": `visitor-${i}` };
    await fetch(`${app.url}/v1/search?q=lamp`, { headers });
  }
  await flushExposures(openMemoryDeps(app.platform));
  await app.platform.jobs.drain((messages) => consume(openMemoryDeps(app.platform), messages));
}

it("starts one whose weights are the present ones but for those that are named", async () => {
  const { code, out } = await start("--description", "Do more open it?", "--share", "0.25", "--json");
  expect([code, JSON.parse(out)]).toMatchObject([
    0,
    {
      name: "popular-first",
      description: "Do more open it?",
      control: { proximity: 0.5, begins: 0.4, equals: 0.6, popularity: 0.25 },
      treatment: { proximity: 0.5, begins: 0.4, equals: 0.6, popularity: 1 },
      share: 0.25,
    },
  ]);
});

it("shows both arms, the split and what can be said", async () => {
  await start();
  await visit();
  const { code, out } = await app.operator("experiments", "show", "popular-first");
  expect(code).toBe(0);
  expect(out).toMatch(/^popular-first: ranking by user, outcome click; running\n/);
  const [, control, treatment] = /control .*?\}\s+(\d+)[^]*treatment .*?\}\s+(\d+)/.exec(out) ?? [];
  expect(Number(control) + Number(treatment)).toBe(VISITORS);
  expect(out).toContain(
    `Split       ${((Number(treatment) / VISITORS) * 100).toFixed(2)} % have the treatment`,
  );
  expect(out).toContain("Verdict     too few units to tell");
});

it("lists those that run and those that ended", async () => {
  await start();
  await app.operator("experiments", "start", "sizes", "--parameter", "search_page_size", "--treatment", "30");
  const ended = await app.operator("experiments", "end", "sizes", "--decision", "treatment");
  expect(ended.out).toContain("sizes: search_page_size by user, outcome click; ended, treatment holds");
  const names = async (...more: string[]) => {
    const { out } = await app.operator("experiments", "list", "--json", ...more);
    return (JSON.parse(out) as { name: string }[]).map(({ name }) => name);
  };
  expect(await names()).toEqual(["popular-first", "sizes"]);
  expect(await names("--state", "running")).toEqual(["popular-first"]);
  expect((await app.operator("experiments", "list")).out).toMatch(/sizes .*ended: treatment .*too_few/);
  // What the end has set is what the next is compared with.
  const next = await app.operator(
    "experiments",
    "start",
    "more",
    "--parameter",
    "search_page_size",
    "--treatment",
    "40",
    "--json",
  );
  expect(JSON.parse(next.out)).toMatchObject({ control: 30, treatment: 40 });
});

it.each([
  ["no treatment", ["start", "x", "--parameter", "ranking"], "Usage: vitrine experiments start"],
  [
    "weights that are none",
    ["start", "x", "--parameter", "ranking", "--treatment", "high"],
    "names no weights",
  ],
  [
    "a weight that is no number",
    ["start", "x", "--parameter", "ranking", "--treatment", "popularity=a"],
    "a number is needed",
  ],
  ["an end without a decision", ["end", "x"], "--decision treatment or control"],
])("says what is wrong with %s, and asks nothing", async (_, args, words) => {
  expect(await app.operator("experiments", ...args)).toMatchObject({
    code: 2,
    err: expect.stringContaining(words),
  });
});

it("tells what the service refuses", async () => {
  await start();
  expect(await start()).toMatchObject({ code: 1, err: expect.stringContaining("names are used once") });
  const missing = await app.operator("experiments", "show", "none");
  expect(missing).toMatchObject({ code: 1, err: expect.stringContaining('no experiment "none"') });
  const foreign = await app.operator("experiments", "list", "--org", "none");
  expect(foreign.code).toBe(1);
});
