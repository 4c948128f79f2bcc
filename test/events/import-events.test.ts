import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { rowsOf } from "../catalogue/open-catalogue.ts";
import { problemOf } from "../http/open-app.ts";
import { event, openEvents } from "./open-events.ts";
import type { EventsApp } from "./open-events.ts";

let t: EventsApp;
beforeEach(async () => {
  t = await openEvents();
});
afterEach(() => t.platform.close());

function send(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}, org = "acme") {
  return t.call(`/v1/orgs/${org}/events/import`, {
    method: "POST",
    headers: { ...t.acme.headers, "content-type": "application/x-ndjson", ...headers },
    body,
  });
}

const lines = (events: readonly unknown[]) => events.map((one) => `${JSON.stringify(one)}\n`).join("");

test("history of any age that is kept is taken, line by line", async () => {
  const old = event({ at: "2025-03-01T12:00:00Z", type: "login" });
  const tooOld = event({ at: "2024-03-01T12:00:00Z" });
  const ancient = event({ at: "1999-12-31T00:00:00Z" });
  const text = `${lines([old, tooOld])}\n{"id":\n\u0000\n${lines([ancient, { ...old, path: "/b" }, old, 7])}`;
  const response = await send(text);
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    accepted: 1,
    duplicates: 1,
    rejected_count: 6,
    rejected: [
      { line: 2, code: "too_old" },
      { line: 4, code: "invalid_json" },
      { line: 5, code: "invalid_json" },
      { line: 6, code: "too_old" },
      { line: 7, code: "conflict" },
      { line: 9, code: "not_an_object" },
    ],
    last_line: 9,
  });
  await t.fold();
  expect(await rowsOf(t, "SELECT logins, page_views FROM org_users")).toEqual([{ logins: 1, page_views: 0 }]);
});

test("many lines come in batches, are counted once, and again are duplicates", async () => {
  const events = Array.from({ length: 12_500 }, (_, i) => event({ user_id: `u${i % 70}` }));
  const packed = new Uint8Array(gzipSync(lines(events)));
  const first = await send(packed, { "content-encoding": "gzip" });
  expect(await first.json()).toMatchObject({
    accepted: 12_500,
    duplicates: 0,
    rejected: [],
    last_line: 12_500,
  });
  expect(await rowsOf(t, "SELECT count(*) AS n FROM event_batches")).toEqual([{ n: 13 }]);
  await t.fold();
  expect(await rowsOf(t, "SELECT count(*) AS n FROM event_batches")).toEqual([{ n: 0 }]);
  const again = await send(packed, { "content-encoding": "gzip" });
  expect(await again.json()).toMatchObject({ accepted: 0, duplicates: 12_500, rejected: [] });
  await t.fold();
  expect(await rowsOf(t, "SELECT sum(page_views) AS n, count(*) AS users FROM org_users")).toEqual([
    { n: 12_500, users: 70 },
  ]);
});

test("a line over 16 KB is rejected by itself", async () => {
  const answer = await (await send(lines([event({ path: `/?${"x".repeat(17_000)}` }), event()]))).json();
  expect(answer).toMatchObject({ accepted: 1, rejected: [{ line: 1, code: "line_too_long" }] });
});

test("a JSON array is a 422, another's organisation a 404, another packing a 415", async () => {
  expect(await problemOf(await send(JSON.stringify([event()])))).toMatchObject({ status: 422 });
  expect((await send(lines([event()]), {}, "rival")).status).toBe(404);
  expect((await send(lines([event()]), { "content-encoding": "br" })).status).toBe(415);
});

test("what came before a body breaks off is kept, and the error says so", async () => {
  const packed = gzipSync(lines(Array.from({ length: 3_000 }, () => event())));
  const response = await send(new Uint8Array(packed.subarray(0, packed.length - 20)), {
    "content-encoding": "gzip",
  });
  const problem = await problemOf(response);
  expect(problem).toMatchObject({ status: 400 });
  const kept = /(\d+) events were accepted/.exec(String(problem.detail))?.[1];
  await t.fold();
  expect(await rowsOf(t, "SELECT count(*) AS n FROM events")).toEqual([{ n: Number(kept) }]);
});
