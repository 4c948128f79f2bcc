import { HOSTILE_QUERIES } from "../inputs.ts";

/** A number that JSON's grammar takes and no double holds, or that it does not take at all. */
export class RawJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What breaks most: half a character, an end of text, a turn of direction, a prototype, nothing, a formula's begin. */
export const SHARP_TEXTS: readonly string[] = [
  "\ud800",
  "a\udfffb",
  "a\u0000b",
  "\u202egro.live\u202c",
  "__proto__",
  "",
  " ",
  "=1+1",
  "-1",
  "9".repeat(30),
];

export const HOSTILE_TEXTS: readonly string[] = [
  ...HOSTILE_QUERIES.filter((text) => text.length < 1_000),
  "",
  " ",
  "\ud800",
  "a\udfffb",
  "\u0000",
  "a\u0000b",
  "\u001b[31m",
  "\u202egro.live\u202c",
  "\u2066x\u2069",
  "\u200d",
  "\r\nSet-Cookie: x=1",
  "hasOwnProperty",
  "prototype",
  "undefined",
  "true",
  "-0",
  "0x1f",
  "1e999",
  "Infinity",
  "9007199254740993",
  "-9223372036854775809",
  "2026-02-30T00:00:00Z",
  "+275760-09-13T00:00:00.001Z",
  "0000-01-01T00:00:00Z",
  "file:///etc/passwd",
  "http://169.254.169.254/latest",
  "javascript:alert(1)",
  "a@b@c",
  "＠ada",
  "..",
  "a/b",
  "a\\b",
  "=1+1",
  "x".repeat(5_001),
  "é".repeat(20_001),
  "x".repeat(70_000),
];

export const HOSTILE_NUMBERS: readonly (number | RawJson)[] = [
  -1,
  0,
  -0.5,
  0.1,
  2 ** 31,
  2 ** 53,
  -(2 ** 53) - 2,
  1e18,
  1e308,
  -1e308,
  5e-324,
  new RawJson("1e999"),
  new RawJson("-0"),
  new RawJson("9".repeat(400)),
  new RawJson("NaN"),
  new RawJson("01"),
];

const DEPTH = 6_000;

export const HOSTILE_JSON: readonly unknown[] = [
  null,
  true,
  false,
  [],
  {},
  [null],
  [[]],
  Object.fromEntries([["__proto__", { isAdmin: true }]]),
  Object.fromEntries([["constructor", { prototype: { isAdmin: true } }]]),
  { toString: 1, valueOf: null, toJSON: "x", length: -1 },
  { $ne: null },
  Array.from({ length: 200 }, (_, i) => i),
  Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`k${i}`, i])),
  new RawJson(`${"[".repeat(DEPTH)}${"]".repeat(DEPTH)}`),
  new RawJson(`${'{"a":'.repeat(DEPTH)}1${"}".repeat(DEPTH)}`),
  new RawJson('{"a":1,"a":2}'),
];

export const HOSTILE_KEYS: readonly string[] = [
  "__proto__",
  "constructor",
  "prototype",
  "id",
  "org",
  "role",
  "user_id",
  "emailVerified",
  "",
  "\u0000",
  "\ud800",
  "a".repeat(300),
];

/** Bodies that are no JSON, or that bytes make difficult. */
export const HOSTILE_BODIES: readonly (string | Uint8Array<ArrayBuffer>)[] = [
  "",
  "{",
  "[1,]",
  "'a'",
  "undefined",
  "\ufeff{}",
  "{}{}",
  "\u0000",
  '"\\ud800"',
  "{".repeat(50_000),
  `${" ".repeat(200_000)}{}`,
  Uint8Array.of(0xff, 0xfe, 0x7b, 0x00),
  Uint8Array.of(0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 0),
  new Uint8Array(1_200_000).fill(0x20),
];

export const CONTENT_TYPES: readonly (string | null)[] = [
  null,
  "",
  "application/json; charset=utf-8",
  "APPLICATION/JSON",
  "application/json; charset=utf-16",
  "application/json;;;=",
  "application/problem+json",
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "multipart/form-data; boundary=x",
  `multipart/form-data; boundary="${"x".repeat(300)}"`,
  "text/plain",
  "text/html",
  "*/*",
  "image/",
  "a".repeat(2_000),
];

/** Percent sequences that decode to nothing. */
export const BAD_PERCENT: readonly string[] = ["%", "%z", "%ff", "%c0%80", "%ed%a0%80", "%u0041", "a%00b"];

const KEYS = ["one", "two", "three"];

/** By name: values that come with a request and may break what reads them. */
export const HOSTILE_HEADERS: Readonly<Record<string, readonly string[]>> = {
  "idempotency-key": [...KEYS, ...KEYS, "", " ", "a b", "é", "x".repeat(256), "x".repeat(255)],
  "if-none-match": ["*", '"x"', 'W/"x"', '"', '"a","b",', "x".repeat(9_000), ",".repeat(3_000)],
  "if-match": [
    "*",
    '"x"',
    'W/"x"',
    "",
    '"',
    '"product.a.1"',
    '"synonyms.0"',
    '"a".repeat',
    ",".repeat(1_900),
  ],
  accept: ["text/event-stream", "image/webp", "*/*;q=0", "application/json;q=nan", ",".repeat(2_000)],
  "accept-encoding": ["gzip", "br;q=1e999", ""],
  range: ["bytes=0-0", "bytes=5-1", "bytes=-1", `bytes=${"9".repeat(40)}-`, "bytes=0-0,2-3", "x=1"],
  "if-range": ['"x"', "Thu, 01 Jan 1970 00:00:00 GMT"],
  traceparent: [`00-${"a".repeat(32)}-${"b".repeat(16)}-01`, `ff-${"0".repeat(32)}-x`, "x".repeat(3_000)],
  "x-request-id": ["mine", "a b", "<script>", "x".repeat(5_000)],
  "last-event-id": ["1", "x".repeat(101), "é"],
  "content-encoding": ["gzip", "identity", "br", "gzip, gzip", "x".repeat(200)],
  "content-length": ["0", "-1", "abc", "99999999999", "1e3"],
  "content-digest": ["sha-256=:AAAA:", "sha-256=:%:", "md5=:x:"],
  "content-disposition": ['attachment; filename="a"', "inline; filename*=UTF-8''%ff"],
  "consistency-token": ["x", "1.a", "-1", `${"9".repeat(30)}.x`, "__proto__"],
  origin: ["null", "https://own.example", "https://evil.example", "x"],
  "sec-fetch-site": ["same-origin", "cross-site", "x"],
  "x-forwarded-for": ["::1", "x", "1.1.1.1, 2.2.2.2"],
  "user-agent": ["Googlebot/2.1", "", "x".repeat(4_000)],
  "cache-control": ["no-cache", "max-age=abc"],
  prefer: ["return=minimal"],
};
