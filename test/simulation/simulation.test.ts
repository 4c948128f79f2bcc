import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { describeFailure } from "./failure.ts";
import { findBug } from "./find-bug.ts";
import { apply, loadSubject } from "./load-subject.ts";
import type { Subject } from "./load-subject.ts";
import { PLANTED } from "./planted/all.ts";
import { simulate } from "./simulate.ts";

const SEEDS = [1, 2, 3];
const STEPS = 120;
/** One of each job, found by one of the first seeds. */
const QUICK = [
  "checked-though-failed",
  "page-of-another",
  "accepted-before-stored",
  "ready-before-stored",
  "outbox-marked-first",
];

describe("the application on a platform that is as weak as it may be", () => {
  let subject: Subject;
  beforeAll(async () => {
    subject = await loadSubject();
  });

  it.each(SEEDS)(
    "keeps what it promises with seed %i",
    async (seed) => {
      const outcome = await simulate({ subject, seed, steps: STEPS });
      const failure = outcome.violations.length > 0 ? describeFailure(outcome, { seed, steps: STEPS }) : null;
      expect(failure).toBeNull();
    },
    60_000,
  );

  it("does the same with the same seed", async () => {
    const again = await loadSubject();
    const [one, other] = [
      await simulate({ subject, seed: 7, steps: STEPS }),
      await simulate({ subject: again, seed: 7, steps: STEPS }),
    ];
    expect(other.digest).toBe(one.digest);
    expect(other.lines).toHaveLength(one.lines.length);
  }, 60_000);
});

describe("planted bugs", () => {
  it.each(QUICK)(
    "%s is found",
    async (name) => {
      const bug = PLANTED.find((one) => one.name === name);
      if (bug === undefined) throw new Error(`No bug is called "${name}"`);
      const found = await findBug(bug, { from: 1, steps: STEPS, cpuSeconds: 20 });
      expect(found.outcome?.violations).not.toHaveLength(0);
      expect(found.outcome).not.toBeNull();
    },
    60_000,
  );

  it.each(PLANTED.map((bug) => [bug.name, bug] as const))("%s changes what is there", (_, { edits }) => {
    const files = new Map<string, string>();
    for (const edit of edits) {
      const before =
        files.get(edit.file) ?? readFileSync(new URL(`../../src/${edit.file}`, import.meta.url), "utf8");
      files.set(edit.file, apply(before, edit));
    }
    expect(files.size).toBeGreaterThan(0);
  });
});
