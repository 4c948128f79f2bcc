import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { vitrine, type Ran, type Surroundings } from "./command-line.ts";
import { startEvents, type FakeEvents } from "./event-store.ts";

const HEAD = "event_id,type,user_id,org_id,repo,created_at";

let folder: string;
let service: FakeEvents;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "vitrine-events-"));
  service = await startEvents();
});

afterEach(async () => {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function importing(file: string, args: readonly string[] = [], more: Surroundings = {}): Promise<Ran> {
  return vitrine(["import-events", file, "--url", service.url, "--key", "vk_test", ...args], more);
}

function views(count: number): string {
  const line = (i: number): string =>
    `${JSON.stringify({ id: `e${i}`, type: "page_view", user_id: `u${i % 7}`, at: "2026-03-01T10:00:00Z" })}\n`;
  return Array.from({ length: count }, (_, i) => line(i)).join("");
}

function rejectedLines(path: string): Record<string, unknown>[] {
  const text = readFileSync(`${path}.rejected.ndjson`, "utf8").trim();
  return text.split("\n").map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe("vitrine import-events reads", () => {
  it("a foreign CSV in gzip, with types and columns mapped, into the only organisation", async () => {
    const csv = `${HEAD}\n1,PushEvent,77,,5152,2015-01-01T00:00:00Z\n2,WatchEvent,78,9,5153,2015-01-01T00:00:01Z\n`;
    const file = write("e.csv.gz", gzipSync(csv));
    const ran = await importing(file, ["--map", "path=repo", "--type-map", "*=activity"]);
    expect(ran).toMatchObject({ code: 0, out: expect.stringMatching(/2 accepted, 0 rejected .* events\/s/) });
    expect(ran.err).toContain("Passed over: org_id (--map properties.org_id=org_id keeps it)");
    expect(service.requests).toEqual([{ path: "/v1/orgs/acme/events/import", lines: 2 }]);
    expect(service.events.get("1")).toEqual({
      id: "1",
      type: "activity",
      user_id: "77",
      at: "2015-01-01T00:00:00.000Z",
      path: "/5152",
      properties: { type: "PushEvent" },
    });
  });

  it("NDJSON of this service's own form, and names of columns that others use", async () => {
    const own = {
      id: "a",
      type: "login",
      user_id: "u1",
      at: "2026-03-01T10:00:00.000Z",
      user_name: "Zoë",
      properties: { plan: "pro", nested: { a: [1] } },
    };
    const other = {
      "Event ID": 7,
      event: "Page View",
      userId: 12,
      timestamp: 1_772_359_200,
      url: "https://shop.example/p/1?a=b#c",
      Referer: "https://search.example/",
    };
    const file = write("e.ndjson", `${JSON.stringify(own)}\n${JSON.stringify(other)}\n`);
    expect((await importing(file)).code).toBe(0);
    expect(service.events.get("a")).toEqual(own);
    expect(service.events.get("7")).toEqual({
      id: "7",
      type: "page_view",
      user_id: "12",
      at: "2026-03-01T10:00:00.000Z",
      path: "/p/1",
      referrer: "https://search.example/",
    });
  });

  it.each([
    ["1772359200", "2026-03-01T10:00:00.000Z"],
    ["1772359200.25", "2026-03-01T10:00:00.250Z"],
    ["1772359200123", "2026-03-01T10:00:00.123Z"],
    ["1772359200123456", "2026-03-01T10:00:00.123Z"],
    ["2026-03-01T10:00:00+05:45", "2026-03-01T04:15:00.000Z"],
    ["2026-03-01 10:00:00.123456+00", "2026-03-01T10:00:00.123Z"],
    ["2026-03-01 10:00:00 UTC", "2026-03-01T10:00:00.000Z"],
  ])("the time %s", async (text, at) => {
    expect((await importing(write("e.csv", `id,type,user_id,at\n1,login,u,${text}\n`))).code).toBe(0);
    expect(service.events.get("1")?.at).toBe(at);
  });

  it("a time without a zone only where the call says that it is UTC", async () => {
    const file = write("e.csv", "id,type,user_id,at\n1,login,u,2026-03-01 10:00:00\n");
    expect(await importing(file)).toMatchObject({ code: 2, err: expect.stringContaining("--utc") });
    expect((await importing(file, ["--utc"])).code).toBe(0);
    expect(service.events.get("1")?.at).toBe("2026-03-01T10:00:00.000Z");
  });

  it("old events, moved to a later day", async () => {
    const file = write("e.csv", "id,type,user_id,at\n1,login,u,2015-01-01T10:00:00Z\n");
    expect((await importing(file, ["--shift-days", "365"])).code).toBe(0);
    expect(service.events.get("1")?.at).toBe("2016-01-01T10:00:00.000Z");
  });

  it("standard input, with an organisation named", async () => {
    async function* stdin(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode(views(3));
    }
    expect((await importing("-", ["--org", "b/c"], { stdin: stdin() })).code).toBe(0);
    expect(service.requests).toEqual([{ path: "/v1/orgs/b%2Fc/events/import", lines: 3 }]);
  });

  it("lines without ids under ids of their content and place: again they are known", async () => {
    const row = "login,u,2026-03-01T10:00:00Z\n";
    const file = write("e.csv", `type,user_id,at\n${row}${row}`);
    expect((await importing(file, ["--json"])).out).toContain('"accepted": 2');
    expect(service.events.size).toBe(2);
    const again = await importing(file, ["--json"]);
    expect(JSON.parse(again.out)).toMatchObject({ accepted: 0, duplicates: 2, rejected: 0 });
  });
});

describe("vitrine import-events refuses", () => {
  it("types that nobody has explained, before anything is sent", async () => {
    const file = write(
      "e.csv",
      `${HEAD}\n1,PushEvent,77,,5,2015-01-01T00:00:00Z\n2,login,7,,5,2015-01-01T00:00:00Z\n`,
    );
    const ran = await importing(file);
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining("--type-map 'PushEvent=activity'") });
    expect(service.requests).toEqual([]);
  });

  it("a file without a column of users, naming those there are", async () => {
    const ran = await importing(write("e.csv", "id,type,who,at\n1,login,u,2026-03-01T10:00:00Z\n"));
    expect(ran.code).toBe(2);
    expect(ran.err).toContain('--map user_id=COLUMN (there are "id", "type", "who", "at")');
  });

  it.each([
    ["--map", "colour=x", /no field "colour"/],
    ["--map", "path", /FIELD=COLUMN/],
    ["--map", "path=", /names no column/],
    ["--type-map", "PushEvent=push", /not one of login, page_view, activity/],
    ["--concurrency", "0", /whole number/],
    ["--shift-days", "soon", /whole number/],
  ])("%s %s", async (option, value, message) => {
    const ran = await importing(write("e.ndjson", views(1)), [option, value]);
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(message);
  });

  it("to choose among organisations", async () => {
    service.orgs.push("beta");
    const ran = await importing(write("e.ndjson", views(1)));
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining("--org (acme, beta)") });
    const chosen = { environment: { VITRINE_ORG: "beta" } };
    expect((await importing(write("e.ndjson", views(1)), [], chosen)).code).toBe(0);
    expect(service.requests[0].path).toContain("/beta/");
  });

  it("what is longer ago than the organisation keeps, without a journey, and takes the rest", async () => {
    service.retentionDays = 3;
    const file = write(
      "e.ndjson",
      `${views(3_000)}{"id": "new", "type": "login", "user_id": "u", "at": ${Date.now()}}\n`,
    );
    const ran = await importing(file, ["--chunk", "1000"]);
    expect(ran).toMatchObject({ code: 3, out: expect.stringContaining("1 accepted, 3,000 rejected") });
    expect(service.requests).toMatchObject([{ lines: 1 }]);
    expect(rejectedLines(file)[0]).toMatchObject({
      line: 1,
      code: "too_old",
      detail: expect.stringContaining("3 days"),
    });
    const old = await importing(write("o.ndjson", views(300)));
    expect(old).toMatchObject({ code: 3, err: expect.stringContaining("--shift-days") });
  });

  it("to go on where the service takes nothing of the first lines", async () => {
    const file = write("e.ndjson", '{"type": "login", "user_id": "bad", "at": 1772359200}\n'.repeat(500));
    const ran = await importing(file, ["--chunk", "200"]);
    expect(ran).toMatchObject({
      code: 2,
      err: expect.stringMatching(/none of the first 200\. Line 1: user_id: bad/),
    });
    expect(service.requests).toHaveLength(1);
  });

  it("single lines, and keeps them with their reasons, their own and the service's", async () => {
    const bad = [
      "nonsense",
      '{"id": "x", "type": "login", "user_id": "u", "at": "yesterday"}',
      '{"id": "y", "type": "login", "user_id": "", "at": 1772359200}',
      '{"id": "z", "type": "login", "user_id": "bad-1", "at": 1772359200}',
      '{"id": "w", "type": "login", "user_id": "u", "at": 1772359200, "properties": "[1]"}',
      '{"id": "v", "type": "login", "user_id": "u", "at": "2026-02-30T10:00:00Z"}',
    ];
    const file = write("e.ndjson", `${views(2)}${bad.join("\n")}\n${views(4)}`);
    const ran = await importing(file);
    expect(ran).toMatchObject({
      code: 3,
      out: expect.stringMatching(/4 accepted, 2 known before, 6 rejected/),
    });
    expect(rejectedLines(file)).toMatchObject([
      { line: 3, code: "bad_json" },
      { line: 4, code: "bad_value", detail: expect.stringContaining("at: ") },
      { line: 5, code: "bad_value", detail: expect.stringContaining("user_id: ") },
      { line: 6, code: "invalid_event", input: { id: "z" } },
      { line: 7, code: "bad_value", detail: expect.stringContaining("properties: ") },
      { line: 8, code: "bad_value", detail: expect.stringContaining("does not exist") },
    ]);
  });

  it("more lines than one answer names, each with its reason and none counted twice", async () => {
    const line = '{"type": "login", "user_id": "bad", "at": 1772359200}\n';
    const file = write("e.ndjson", `${views(50)}${line.repeat(250)}`);
    const ran = await importing(file, ["--json"]);
    expect(JSON.parse(ran.out)).toMatchObject({ records: 300, accepted: 50, rejected: 250 });
    expect(rejectedLines(file).map((rejection) => rejection.line)).toEqual(
      Array.from({ length: 250 }, (_, i) => 51 + i),
    );
  });
});

describe("vitrine import-events", () => {
  it("goes on after an interruption where the service had acknowledged", async () => {
    const refused = (): Response => Response.json({ title: "No", status: 403 }, { status: 403 });
    service.failures.push(null, null, refused(), refused());
    const file = write("e.ndjson", views(500));
    expect((await importing(file, ["--chunk", "100"])).code).toBe(1);
    service.failures.length = 0;
    const again = await importing(file, ["--chunk", "100"]);
    expect(again).toMatchObject({ code: 0, err: expect.stringContaining("Going on after line 200") });
    expect(service.events.size).toBe(500);
    expect(existsSync(`${file}.vitrine-import.json`)).toBe(false);
  });

  it("shows with --dry-run what it would send", async () => {
    const ran = await importing(write("e.ndjson", views(5)), ["--dry-run"]);
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining("5 events could be sent") });
    expect(ran.out).toContain('"user_id": "u0"');
    expect(service.requests).toEqual([]);
  });

  it("sends as many requests at once as it is told", async () => {
    const file = write("e.ndjson", views(900));
    service.together = 4;
    expect((await importing(file, ["--chunk", "100", "--concurrency", "4"])).code).toBe(0);
    expect(service.events.size).toBe(900);
    expect(service.requests).toHaveLength(9);
  });
});
