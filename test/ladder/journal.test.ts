import { afterEach, beforeEach, expect, test } from "vitest";
import { drainJournal } from "../../src/services/events/journal.ts";
import { openLadder, type Ladder, viewsOf } from "./open-ladder.ts";

let w: Ladder;
beforeEach(async () => {
  w = await openLadder();
});
afterEach(() => w.t.close());

const post = (ids: readonly string[], headers: Record<string, string> = {}) =>
  w.send("POST", "/v1/events", { events: ids.map((id) => w.event(id)) }, { ...w.acme.headers, ...headers });

async function databaseBack(): Promise<void> {
  w.t.faults.database.kind = "none";
  w.t.platform.clock.advance(6_000);
}

async function waiting(): Promise<string[]> {
  return w.t.platform.blobs.list("journal/events/", 100);
}

test("events are taken while the database is away and counted once after it", async () => {
  w.t.faults.database.kind = "away";
  const taken = await post(["e2", "e3"]);
  expect(taken.status).toBe(202);
  expect(await taken.json()).toEqual({ accepted: 2, duplicates: 0, rejected: [], deferred: true });
  expect(await waiting()).toHaveLength(1);
  await databaseBack();
  await w.t.drain();
  await w.t.drain();
  expect(await waiting()).toEqual([]);
  expect(await viewsOf(w, "u1")).toBe(3);
});

test("an event that is sent again after the outage is a duplicate", async () => {
  w.t.faults.database.kind = "away";
  const body = { events: [w.event("e2")] };
  await w.send("POST", "/v1/events", body, w.acme.headers);
  await databaseBack();
  await w.t.drain();
  await w.t.drain();
  const again = await w.send("POST", "/v1/events", body, w.acme.headers);
  expect(await again.json()).toMatchObject({ accepted: 0, duplicates: 1 });
  await w.t.drain();
  expect(await viewsOf(w, "u1")).toBe(2);
});

test("a drain that is cut off after each of its steps, and drains side by side, count nothing twice", async () => {
  w.t.faults.database.kind = "away";
  for (let i = 0; i < 6; i++) await post([`d${i}`, `d${i}b`]);
  await databaseBack();
  // Recorded, but not forgotten: the object store refuses the delete.
  const cut = w.t.deps();
  const blobs = Object.assign(Object.create(cut.blobs) as typeof cut.blobs, {
    list: cut.blobs.list.bind(cut.blobs),
    get: cut.blobs.get.bind(cut.blobs),
    delete: () => Promise.reject(new Error("cut off")),
  });
  await expect(drainJournal({ ...cut, blobs })).rejects.toThrow("cut off");
  expect(await waiting()).toHaveLength(6);
  await Promise.all([drainJournal(w.t.deps()), drainJournal(w.t.deps())]);
  await w.t.drain();
  await w.t.drain();
  expect(await waiting()).toEqual([]);
  expect(await viewsOf(w, "u1")).toBe(13);
});

test("a bad event is rejected, and an Idempotency-Key stands in nobody's way", async () => {
  w.t.faults.database.kind = "away";
  const body = { events: [w.event("e2"), { id: "e3" }] };
  const headers = { ...w.acme.headers, "idempotency-key": "once" };
  const taken = await w.send("POST", "/v1/events", body, headers);
  expect(taken.status).toBe(202);
  expect(await taken.json()).toMatchObject({ accepted: 1, rejected: [{ index: 1 }], deferred: true });
});

test("with the object store away as well, events are refused", async () => {
  w.t.faults.database.kind = "away";
  w.t.faults.blobs.kind = "away";
  const refused = await post(["e2"]);
  expect(refused.status).toBe(503);
  expect(refused.headers.get("retry-after")).toBe("1");
});

test("with the queue away as well, the minute's tick drains", async () => {
  w.t.faults.database.kind = "away";
  w.t.faults.queue.kind = "away";
  expect((await post(["e2"])).status).toBe(202);
  w.t.faults.queue.kind = "none";
  await databaseBack();
  expect(await drainJournal(w.t.deps())).toBe(1);
  await w.t.drain();
  expect(await viewsOf(w, "u1")).toBe(2);
});

test("what cannot be read is laid aside and holds up nothing", async () => {
  await w.t.platform.blobs.put("journal/events/0", new TextEncoder().encode("{"), "application/json");
  w.t.faults.database.kind = "away";
  await post(["e2"]);
  await databaseBack();
  expect(await drainJournal(w.t.deps())).toBe(2);
  expect(await w.t.platform.blobs.list("journal/", 10)).toEqual(["journal/damaged/0"]);
});
