import { existsSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Ran } from "./command-line.ts";
import { Importing, ndjson, rejectedLines } from "./importing.ts";

let place: Importing;
beforeEach(async () => {
  place = await Importing.open();
});
afterEach(() => place.close());

describe("vitrine import and a service in trouble", () => {
  const problem = (status: number, headers: Record<string, string> = {}): Response =>
    Response.json({ title: "Trouble", detail: "not now", code: "x", status }, { status, headers });

  it("waits as Retry-After asks and tries again, losing nothing", async () => {
    place.service.failures.push(problem(429, { "Retry-After": "0" }), problem(503, { "Retry-After": "0" }));
    const ran = await place.run(place.write("a.jsonl", ndjson(20)));
    expect(ran).toMatchObject({ code: 0, err: expect.stringContaining("trying again in") });
    expect(place.service.products.size).toBe(20);
  });

  it("sends smaller parts where a body is too large", async () => {
    place.service.failures.push(problem(413));
    expect((await place.run(place.write("a.jsonl", ndjson(300)))).code).toBe(0);
    expect(place.service.products.size).toBe(300);
    expect(place.service.requests.length).toBeGreaterThan(1);
  });

  it("stops at a refusal, says what to do, and later goes on after the last acknowledged line", async () => {
    place.service.failures.push(null, null, problem(401), problem(401));
    const file = place.write("a.jsonl", `nonsense\n${ndjson(500)}`);
    const ran = await place.run(file, ["--chunk", "100"]);
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining("VITRINE_KEY") });
    place.service.failures.length = 0;
    const before = place.service.requests.length;
    const again = await place.run(file, ["--chunk", "100"]);
    expect(again.err).toContain("Going on after line 200");
    expect(place.service.requests.length - before).toBe(4);
    expect(place.service.products.size).toBe(500);
    expect(rejectedLines(file)).toHaveLength(1);
    expect(existsSync(`${file}.vitrine-import.json`)).toBe(false);
  });

  it("begins anew where the mapping is another, or with --restart", async () => {
    const file = place.write("a.jsonl", ndjson(200));
    const interrupt = (): Promise<Ran> => {
      place.service.failures.push(null, problem(403), problem(403));
      return place.run(file, ["--chunk", "50"]);
    };
    await interrupt();
    place.service.failures.length = 0;
    expect((await place.run(file, ["--chunk", "50", "--map", "brand='B'"])).err).not.toContain("Going on");
    await interrupt();
    place.service.failures.length = 0;
    expect((await place.run(file, ["--chunk", "50", "--restart"])).err).not.toContain("Going on");
  });

  it("ends with 130 when interrupted", async () => {
    const signal = AbortSignal.abort(new Error("Interrupted"));
    expect((await place.run(place.write("a.jsonl", ndjson(10)), [], { signal })).code).toBe(130);
  });

  it("answers a script in JSON", async () => {
    const { out } = await place.run(place.write("a.jsonl", ndjson(10)), ["--json"]);
    expect(JSON.parse(out)).toMatchObject({ records: 10, accepted: 10, rejected: 0, broken: null });
  });
});
