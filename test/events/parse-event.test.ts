import { describe, expect, test } from "vitest";
import { DAY_MS } from "../../src/domain/event.ts";
import { parseEvent } from "../../src/services/events/parse-event.ts";

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const bounds = { now: NOW, maxAgeMs: 30 * DAY_MS };
const good = { id: "e1", type: "page_view", user_id: "u1", at: "2026-01-02T03:00:00Z" };

function parse(change: object) {
  return parseEvent({ ...good, ...change }, bounds);
}

test("a whole event, as it is kept", () => {
  const event = {
    ...good,
    at: "2026-01-02T05:00:00.25+02:00",
    path: "https://shop.example/lamps/brass?color=red#top",
    referrer: "https://WWW.Example.org:8080/search?q=secret",
    user_name: " Zoë ",
    user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    properties: { list: [1, "two\n", { three: null }], flag: true },
  };
  expect(parseEvent(event, bounds)).toEqual({
    event: {
      id: "e1",
      type: "page_view",
      userId: "u1",
      userName: "Zoë",
      isAnonymous: false,
      at: Date.UTC(2026, 0, 2, 3, 0, 0, 250),
      path: "/lamps/brass",
      referrer: "www.example.org",
      properties: event.properties,
      bot: null,
    },
  });
});

test.each([
  ["a list", []],
  ["null", null],
  ["text", "event"],
])("%s is no event", (_, value) => {
  expect(parseEvent(value, bounds)).toMatchObject({ code: "not_an_object" });
});

describe("is refused:", () => {
  test.each<[string, object]>([
    ["unknown_field", { userId: "u" }],
    ["invalid_id", { id: undefined }],
    ["invalid_id", { id: 7 }],
    ["invalid_id", { id: "" }],
    ["invalid_id", { id: "  " }],
    ["invalid_id", { id: "x".repeat(101) }],
    ["invalid_id", { id: "a\0b" }],
    ["invalid_id", { id: "a\nb" }],
    ["invalid_id", { id: "a\u0085b" }],
    ["invalid_id", { id: "\ud800" }],
    ["unknown_type", { type: "click" }],
    ["unknown_type", { type: undefined }],
    ["unknown_type", { type: "Login" }],
    ["invalid_user", { user_id: null }],
    ["invalid_user", { user_id: "x".repeat(201) }],
    ["invalid_user", { user_id: "\u0001x" }],
    ["invalid_user", { user_id: "\udc00x" }],
    ["invalid_name", { user_name: 7 }],
    ["invalid_name", { user_name: "x".repeat(201) }],
    ["invalid_name", { user_name: "a\u001b[31m" }],
    ["invalid_time", { at: undefined }],
    ["invalid_time", { at: "yesterday" }],
    ["invalid_time", { at: "2026-01-02" }],
    ["invalid_time", { at: "2026-01-02T03:00:00" }],
    ["invalid_time", { at: "2026-02-30T03:00:00Z" }],
    ["invalid_time", { at: "2026-01-02T25:00:00Z" }],
    ["invalid_time", { at: 1.5 }],
    ["invalid_time", { at: Infinity }],
    ["too_old", { at: NOW - 30 * DAY_MS - 1 }],
    ["too_old", { at: "2025-12-02T03:04:04Z" }],
    ["too_old", { at: Math.floor(NOW / 1_000) }],
    ["too_old", { at: -1 }],
    ["in_future", { at: NOW + 300_001 }],
    ["in_future", { at: "9999-12-31T23:59:59Z" }],
    ["invalid_path", { path: 7 }],
    ["invalid_path", { path: `/${"x".repeat(1_024)}` }],
    ["invalid_path", { path: "/a\tb" }],
    ["invalid_path", { path: "https://[" }],
    ["invalid_referrer", { referrer: "http://[" }],
    ["invalid_referrer", { referrer: {} }],
    ["invalid_referrer", { referrer: "file:///etc/passwd" }],
    ["invalid_user_agent", { user_agent: 7 }],
    ["invalid_user_agent", { user_agent: "x".repeat(1_025) }],
    ["invalid_properties", { properties: [] }],
    ["invalid_properties", { properties: "{}" }],
    ["invalid_properties", { properties: { a: { b: { c: { d: 1 } } } } }],
    ["invalid_properties", { properties: { a: "\ud800" } }],
    ["invalid_properties", { properties: { "a\0": 1 } }],
    ["properties_too_large", { properties: { a: "x".repeat(4_096) } }],
    ["properties_too_large", { properties: { a: "é".repeat(2_048) } }],
    ["properties_too_large", { properties: { a: "x".repeat(1_048_576) } }],
  ])("%s for %j", (code, change) => {
    const parsed = parse(change);
    expect(parsed).toMatchObject({ code });
    if ("detail" in parsed) {
      expect(parsed.detail.length).toBeLessThan(300);
      expect(parsed.detail.isWellFormed()).toBe(true);
    }
  });
});

describe("is taken:", () => {
  test.each<[string, object, object]>([
    ["the oldest", { at: NOW - 30 * DAY_MS }, { at: NOW - 30 * DAY_MS }],
    ["a clock that is ahead", { at: NOW + 300_000 }, { at: NOW + 300_000 }],
    ["small letters in a time", { at: "2026-01-02t03:00:00z" }, { at: Date.UTC(2026, 0, 2, 3) }],
    ["a path with a long query", { path: `/a?${"x".repeat(5_000)}` }, { path: "/a" }],
    ["a path of nothing but a query", { path: "?a" }, { path: null }],
    ["a blank path", { path: " " }, { path: null }],
    ["a host as referrer", { referrer: "News.Example" }, { referrer: "news.example" }],
    ["an app as referrer", { referrer: "android-app://org.example/" }, { referrer: "org.example" }],
    ["no properties", { properties: {} }, { properties: null }],
    ["a blank name", { user_name: "  " }, { userName: null }],
    ["an id with every kind of letter", { id: "Ä-日-🙂/?#" }, { id: "Ä-日-🙂/?#" }],
  ])("%s", (_, change, expected) => {
    expect(parse(change)).toMatchObject({ event: expected });
  });
});

test.each([
  ["user_agent", "Googlebot/2.1 (+http://www.google.com/bot.html)"],
  ["user_agent", "curl/8.5.0"],
  ["no_user_agent", ""],
])("a machine is told by its user agent, and kept: %s", (bot, userAgent) => {
  expect(parse({ user_agent: userAgent })).toMatchObject({ event: { bot } });
});
