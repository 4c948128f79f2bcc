import type { Answer } from "./exchange.ts";

/** Of the connection, or of the moment: they say nothing of the answer. */
const PASSED_OVER = new Set(["connection", "content-length", "date", "keep-alive", "transfer-encoding"]);

/** Of Server-Timing that it is there: what is remembered at that moment is each run's own, and budgets are another test's. */
const SPENT = /^.*\btotal;dur=[\d.]+.*$/;
/** Milliseconds that an answer tells of itself. */
const OWN_TIME = /"(?:took_ms|ms|checked_ms_ago)":[\d.]+/g;
/** What a deployment has measured of itself, in Prometheus' text format. */
const MEASURED = /^(?:# (?:HELP|TYPE) )?vitrine_\w+.*\n/gm;
/** The words of an answer, and what stands between them. */
const WORD = /[\w.~-]+|[^\w.~-]+/g;

/** What is in base64, with signs that stand between words: a session's token, bare or in a cookie; a secret that is shown once. */
const SESSION = /\w{32}\.(?:[\w+/]|%2[BF]){42,44}(?:=|%3D)/gi;
const SECRET = /whsec_[\w+/]+=*|vk_[\w-]+/g;
/** RFC 3339, or milliseconds since the epoch. */
const TIME = /\b1[789]\d{11}\b|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;
/** An id, a key, a token, a digest: enough of it is drawn, or made of what is. */
const DRAWN = /^(?=.*\d)[\w.~-]{16,}$/;

const MAX_APART_MS = 300_000;

/** Times in the order in which they come, and the text without them. */
function withoutTimes(text: string): { text: string; times: number[] } {
  const times = Array.from(text.matchAll(TIME), ([time]) =>
    /^\d+$/.test(time) ? Number(time) : Date.parse(time),
  );
  const plain = text.replace(TIME, "<time>").replace(SESSION, "<session>").replace(SECRET, "<secret>");
  return { text: plain, times };
}

/**
 * Compares answers of two runtimes that had the same requests in the same order. What each of them draws (ids, tokens,
 * times) may differ, but only by renaming: where the one has the same word again, so has the other.
 */
export class Comparison {
  readonly #right = new Map<string, string>();
  readonly #left = new Map<string, string>();

  /** What differs, in words; empty where the answers are the same. */
  differences(left: Answer, right: Answer): string[] {
    const found: string[] = [];
    if (left.status !== right.status) found.push(`status: ${left.status} | ${right.status}`);
    const names = new Set([...Object.keys(left.headers), ...Object.keys(right.headers)]);
    for (const name of [...names].sort()) {
      if (PASSED_OVER.has(name)) continue;
      const [one, other] = [left, right].map(({ headers }) => (headers[name] ?? []).join("\n"));
      const where = this.#firstDifference(one.replace(SPENT, ""), other.replace(SPENT, ""));
      if (where !== null) found.push(`${name}: ${where}`);
    }
    const where = this.#bodies(left.body, right.body);
    if (where !== null) found.push(`body: ${where}`);
    return found;
  }

  #bodies(left: Buffer, right: Buffer): string | null {
    if (left.equals(right)) return null;
    const [one, other] = [left, right].map((body) =>
      body.toString("utf8").replace(OWN_TIME, "").replace(MEASURED, ""),
    );
    return this.#firstDifference(one, other);
  }

  #firstDifference(left: string, right: string): string | null {
    if (left === right) return null;
    const [one, other] = [left, right].map(withoutTimes);
    const far = one.times.findIndex((time, i) => Math.abs(time - other.times[i]) > MAX_APART_MS);
    if (far !== -1 && one.text === other.text) return `time ${far + 1} is another`;
    return this.#firstWord(one.text, other.text);
  }

  #firstWord(left: string, right: string): string | null {
    const [ones, others] = [left, right].map((text) => text.match(WORD) ?? []);
    for (let i = 0; i < Math.max(ones.length, others.length); i++) {
      const [one, other] = [ones[i] ?? "", others[i] ?? ""];
      if (one === other || this.#isRenamed(one, other)) continue;
      const before = ones.slice(Math.max(0, i - 6), i).join("");
      return `${JSON.stringify(`${before}«${one.slice(0, 120)}`)} | «${JSON.stringify(other.slice(0, 120))}`;
    }
    return null;
  }

  #isRenamed(left: string, right: string): boolean {
    if (!DRAWN.test(left) || !DRAWN.test(right)) return false;
    const [known, back] = [this.#right.get(left), this.#left.get(right)];
    if (known !== undefined || back !== undefined) return known === right && back === left;
    this.#right.set(left, right);
    this.#left.set(right, left);
    return true;
  }
}
