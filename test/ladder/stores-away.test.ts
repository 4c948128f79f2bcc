import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newIsolate } from "../../src/platform/isolate.ts";
import { png } from "../http/image-files.ts";
import { openLadder, problemCode, SEEN, type Ladder } from "./open-ladder.ts";

let w: Ladder;
beforeEach(async () => {
  w = await openLadder();
});
afterEach(() => w.t.close());

describe.each(["away", "hangs"] as const)("failing caches: %s", (kind) => {
  test("change no answer", async () => {
    w.t.faults.edgeCache.kind = kind;
    w.t.faults.kv.kind = kind;
    for (const path of SEEN) expect((await w.get(path)).status, path).toBe(200);
    expect((await w.get("/v1/feed", w.ada)).status).toBe(200);
    expect((await w.get("/v1/orgs/acme/overview?tz=UTC", w.acme.headers)).status).toBe(200);
    const written = await w.send("POST", "/v1/posts", { text: "Now" }, w.ada);
    expect(written.status).toBe(201);
    expect(written.headers.get("warning")).toBeNull();
  });
});

describe.each(["away", "hangs"] as const)("a failing object store: %s", (kind) => {
  test("leaves the loaded index and cached pictures, and takes no uploads", async () => {
    for (const path of SEEN) await w.get(path);
    w.t.faults.blobs.kind = kind;
    for (const path of SEEN) expect((await w.get(path)).status, path).toBe(200);
    if (kind === "hangs") return;
    const headers = { ...w.acme.headers, "content-type": "image/png" };
    const upload = await w.t.call("/v1/images", { method: "POST", headers, body: png() });
    expect([upload.status, await problemCode(upload)]).toEqual([503, "unavailable"]);
  });

  test("hides a picture for now, and is never taken for its absence", async () => {
    w.t.faults.blobs.kind = kind;
    const hidden = await w.get("/i/img_1/large");
    expect(hidden.status).toBe(503);
    expect(hidden.headers.get("cache-control")).toBe("no-store");
    expect(hidden.headers.get("retry-after")).toBe("1");
    w.t.faults.blobs.kind = "none";
    w.t.platform.clock.advance(1_000);
    expect((await w.get("/i/img_1/large")).status).toBe(200);
  });
});

test("with the queue away, writes are done and their jobs sent later", async () => {
  w.t.faults.queue.kind = "away";
  expect((await w.send("POST", "/v1/posts", { text: "Now" }, w.ada)).status).toBe(201);
  expect((await w.send("POST", "/v1/events", { events: [w.event("e2")] }, w.acme.headers)).status).toBe(202);
});

test("with everything away, pages of the shop open and say what is the matter", async () => {
  await w.get("/");
  for (const fault of Object.values(w.t.faults)) fault.kind = "away";
  const elsewhere = { isolate: newIsolate() };
  const page = await w.t.call("/", { headers: { accept: "text/html" } }, elsewhere);
  expect(page.status).toBe(503);
  expect(page.headers.get("content-type")).toContain("text/html");
  expect(await page.text()).toContain("We will be right back");
  expect((await w.t.call("/healthz", {}, elsewhere)).status).toBe(200);
  expect((await w.t.call("/openapi.json", {}, elsewhere)).status).toBe(200);
  expect((await w.t.call("/sign-in", {}, elsewhere)).status).toBe(200);
  expect((await w.get("/v1/search?q=lamp")).status).toBe(200);
});
