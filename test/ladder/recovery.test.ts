import { afterEach, beforeEach, expect, test } from "vitest";
import { openLadder, type Ladder } from "./open-ladder.ts";

let w: Ladder;
beforeEach(async () => {
  w = await openLadder();
});
afterEach(() => w.t.close());

const STEP_MS = 500;
const OUTAGE_MS = 5_000;
const GOAL_MS = 5_000;
const STORES = ["database", "kv", "edgeCache", "blobs", "queue"] as const;

let posts = 0;

/** All four jobs, reads and writes: whether each is answered in full, and says nothing of an outage. */
async function isWell(): Promise<boolean> {
  const { get, send, ada, acme, event } = w;
  const answers = await Promise.all([
    get("/v1/search?q=lamp"),
    get("/v1/products/lamp-1"),
    get("/i/img_1/thumb"),
    get("/v1/feed", ada),
    get("/v1/orgs/acme/overview?tz=UTC", acme.headers),
    send("POST", "/v1/posts", { text: "Now" }, ada),
    send("POST", "/v1/events", { events: [event(`event-${posts++}`)] }, acme.headers),
  ]);
  const bodies = await Promise.all(answers.map((answer) => answer.text()));
  const isGood = ({ status, headers }: Response): boolean => status < 300 && headers.get("warning") === null;
  return answers.every(isGood) && bodies.every((body) => !/"(?:degraded|deferred)":true/.test(body));
}

/** Steps through so much time, and answers after how much of it something was amiss for the last time. */
async function lastAmiss(ms: number): Promise<number> {
  let last = -1;
  for (let at = 0; at < ms; at += STEP_MS) {
    if (!(await isWell())) last = at;
    w.t.platform.clock.advance(STEP_MS);
  }
  return last;
}

test.each(STORES.map((store) => [store]))(
  "nothing tells of an outage of %s five seconds after it",
  async (store) => {
    expect(await isWell()).toBe(true);
    w.t.faults[store].kind = "away";
    await lastAmiss(OUTAGE_MS);
    w.t.faults[store].kind = "none";
    expect(await lastAmiss(GOAL_MS + 2_000)).toBeLessThan(GOAL_MS);
  },
);

test("nor of one of all of them", async () => {
  for (const store of STORES) w.t.faults[store].kind = "away";
  expect(await lastAmiss(OUTAGE_MS)).toBeGreaterThan(OUTAGE_MS - 2 * STEP_MS);
  for (const store of STORES) w.t.faults[store].kind = "none";
  expect(await lastAmiss(GOAL_MS + 2_000)).toBeLessThan(GOAL_MS);
});
