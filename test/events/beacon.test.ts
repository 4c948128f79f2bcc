import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { buildBeacon } from "../../scripts/embed-beacon.ts";
import { BEACON_SCRIPT } from "../../src/web/beacon-script.ts";
import { openApp } from "../http/open-app.ts";

interface Message {
  site: string;
  id: string;
  type: string;
  path: string;
  [name: string]: unknown;
}

interface Options {
  navigator?: object;
  data?: object;
  beacon?: ((url: string, body: string) => boolean) | null;
  document?: object;
}

/** Runs the script as a page of `https://shop.example/start?q=1` does. */
function page({ navigator = {}, data = {}, beacon, document: more = {} }: Options = {}) {
  const sent: { url: string; message: Message; by: string }[] = [];
  const listeners = new Map<string, () => void>();
  const location = { pathname: "/start" };
  const go = (_state: unknown, _title: string, path: string): void => {
    location.pathname = path;
  };
  const take = (by: string) => (url: string, body: string) =>
    sent.push({ url, message: JSON.parse(body) as Message, by }) > 0;
  const window: Record<string, unknown> = {};
  const history = { pushState: go, replaceState: go };
  const listen = (name: string, run: () => void): unknown => listeners.set(name, run);
  runInNewContext(BEACON_SCRIPT, {
    window,
    history,
    location,
    URL,
    crypto,
    navigator: {
      doNotTrack: null,
      ...(beacon === null ? {} : { sendBeacon: beacon ?? take("beacon") }),
      ...navigator,
    },
    document: {
      currentScript: { src: "https://vitrine.example/b.js?v=1", dataset: { site: "site_1", ...data } },
      referrer: "https://news.example/",
      addEventListener: listen,
      ...more,
    },
    addEventListener: listen,
    fetch: (url: string, { body }: { body: string }) => Promise.resolve(take("fetch")(url, body)),
  });
  const vitrine = window.vitrine as { track: (name: string, properties?: object) => void };
  return { sent, history, location, listeners, vitrine };
}

test("the script is what its source builds to, and below 1.5 KB", async () => {
  expect(BEACON_SCRIPT).toBe(await buildBeacon());
  expect(new TextEncoder().encode(BEACON_SCRIPT).length).toBeLessThan(1_500);
});

test("it touches neither cookies nor storage", () => {
  expect(BEACON_SCRIPT).not.toMatch(/cookie|localStorage|sessionStorage|indexedDB|caches/);
});

test("it sends a page view, with the referrer and without the query", () => {
  const { sent } = page();
  expect(sent).toEqual([
    {
      url: "https://vitrine.example/v1/collect",
      by: "beacon",
      message: {
        site: "site_1",
        id: expect.stringMatching(/^[0-9a-z]{12,24}$/),
        type: "page_view",
        path: "/start",
        referrer: "https://news.example/",
      },
    },
  ]);
});

test("it sees the pages that the history API makes, each once", () => {
  const { sent, history, location, listeners } = page();
  history.pushState(null, "", "/next");
  history.replaceState(null, "", "/next");
  location.pathname = "/start";
  listeners.get("popstate")?.();
  expect(sent.map(({ message }) => message.path)).toEqual(["/start", "/next", "/start"]);
  expect(sent[1].message).not.toHaveProperty("referrer");
  expect(new Set(sent.map(({ message }) => message.id)).size).toBe(3);
});

test("it sends what the page tracks, for the user whom the page names", () => {
  const { sent, vitrine } = page({ data: { user: "customer-42" } });
  vitrine.track("add to basket", { price: 7 });
  expect(sent[1].message).toMatchObject({
    type: "activity",
    user_id: "customer-42",
    path: "/start",
    properties: { name: "add to basket", price: 7 },
  });
});

test.each([["refuses", () => false] as const, ["is missing", null] as const])(
  "where the beacon %s, it fetches",
  (_, beacon) => {
    expect(page({ beacon }).sent.map(({ by }) => by)).toEqual(["fetch"]);
  },
);

test.each([{ doNotTrack: "1" }, { globalPrivacyControl: true }])("it is silent under %j", (navigator) => {
  const { sent, vitrine, history } = page({ navigator });
  vitrine.track("x");
  history.pushState(null, "", "/next");
  expect(sent).toEqual([]);
});

test("it is silent without a site", () => {
  expect(page({ data: { site: undefined } }).sent).toEqual([]);
});

test("it owns up to a driven browser", () => {
  expect(page({ navigator: { webdriver: true } }).sent[0].message.bot).toBe("webdriver");
});

test("a page made ahead of time is seen once it is shown", () => {
  const { sent, listeners } = page({ document: { prerendering: true } });
  expect(sent).toEqual([]);
  listeners.get("prerenderingchange")?.();
  expect(sent).toHaveLength(1);
});

test("it is served for caches, with an entity tag", async () => {
  const t = await openApp();
  try {
    const response = await t.call("/b.js");
    expect(response.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(response.headers.get("cache-control")).toContain("public, max-age=3600");
    expect(response.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    expect(await response.text()).toBe(BEACON_SCRIPT);
    const etag = response.headers.get("etag") ?? "";
    expect((await t.call("/b.js", { headers: { "if-none-match": etag } })).status).toBe(304);
  } finally {
    t.platform.close();
  }
});
