import { describe, expect, it } from "vitest";
import { Comparison } from "./compare.ts";
import type { Answer } from "./exchange.ts";

function answer(body: string, headers: Answer["headers"] = {}, status = 200): Answer {
  return { status, headers, body: Buffer.from(body) };
}

const [A, B, C] = ["img_019b7ca98c8870b4", "img_019b7ca98c8870b5", "img_019b7ca98c8870b6"];

describe("answers of two runtimes", () => {
  it("are the same where only the connection and the time differ", () => {
    const left = answer('{"took_ms":1.5}', {
      date: ["a"],
      "server-timing": ['db;dur=1.2;desc="1 trip", total;dur=3'],
    });
    const right = answer('{"took_ms":2}', { date: ["b"], "server-timing": ["total;dur=9"] });
    expect(new Comparison().differences(left, right)).toEqual([]);
  });

  it("may name what they draw each by itself, if always the same", () => {
    const comparison = new Comparison();
    const at = ["2026-11-23T10:00:00.000Z", "2026-11-23T10:00:01.250Z"];
    const [left, right] = [A, B].map((id, i) => answer(`{"id":"${id}","at":"${at[i]}","again":"${id}"}`));
    expect(comparison.differences(left, right)).toEqual([]);
    expect(comparison.differences(answer(A), answer(C))).toHaveLength(1);
    expect(comparison.differences(answer(C), answer(B))).toHaveLength(1);
  });

  it.each([
    ["another status", answer("", {}, 200), answer("", {}, 204)],
    ["a header that is missing", answer("", { vary: ["Accept"] }), answer("")],
    ["another value of a header", answer("", { vary: ["Accept"] }), answer("", { vary: ["Cookie"] })],
    [
      "another last entry of Server-Timing",
      answer("", { "server-timing": ["total"] }),
      answer("", { "server-timing": ["db, total"] }),
    ],
    ["another word", answer('{"state":"ready"}'), answer('{"state":"queued"}')],
    ["another number", answer('{"total":12}'), answer('{"total":13}')],
    ["something at the end", answer("[1]"), answer("[1]\n")],
    ["a byte of a picture", answer("\u0001\u0002"), answer("\u0001\u0003")],
    ["times that are far apart", answer('"2026-11-23T10:00:00Z"'), answer('"2026-11-23T11:00:00Z"')],
  ])("differ by %s", (_, left, right) => {
    expect(new Comparison().differences(left, right)).toHaveLength(1);
  });
});
