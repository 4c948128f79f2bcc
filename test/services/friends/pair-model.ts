import type { AskOutcome } from "../../../src/db/queries/friendships.ts";
import { askFriend, endFriendship } from "../../../src/db/queries/friendships.ts";
import type { HideOutcome } from "../../../src/db/queries/hidings.ts";
import { hidePerson, unhidePerson } from "../../../src/db/queries/hidings.ts";
import type { Database } from "../../../src/db/client.ts";

export const PEOPLE = ["a", "b", "c", "d", "e"] as const;
export const ACTS = [
  ...Array<"ask">(8).fill("ask"),
  "end",
  "block",
  "unblock",
  "unblock",
  "unblock",
  "mute",
  "unmute",
] as const;
/** Few, so that people reach them. */
export const LIMITS = { maxFriends: 2, maxAsked: 2, maxHidden: 2 };

export interface Act {
  act: (typeof ACTS)[number];
  viewer: string;
  other: string;
}

export type Outcome = AskOutcome | HideOutcome | "done";

export function randomAct(random: () => number): Act {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)];
  const viewer = pick(PEOPLE);
  return { act: pick(ACTS), viewer, other: pick(PEOPLE.filter((one) => one !== viewer)) };
}

export async function perform(db: Database, { act, viewer, other }: Act): Promise<Outcome> {
  const pair = { viewer, other, confirmedOnly: false };
  const queueing = { now: 1, jobId: crypto.randomUUID(), origin: null };
  const done = (isThere: boolean): Outcome => (isThere ? "done" : "nobody");
  switch (act) {
    case "ask":
      return (await askFriend(db, { ...pair, ...LIMITS, ...queueing })).outcome;
    case "end":
      return done((await endFriendship(db, { ...pair, ...queueing, only: null })).isThere);
    case "block":
    case "mute":
      return (await hidePerson(db, { ...pair, kind: act, max: LIMITS.maxHidden, ...queueing })).outcome;
    case "unblock":
      return done((await unhidePerson(db, { ...pair, kind: "block" })).isThere);
    case "unmute":
      return done((await unhidePerson(db, { ...pair, kind: "mute" })).isThere);
    default:
      return act satisfies never;
  }
}

/** One state a pair: nothing, asked by one, or friends; and who hides whom. */
export class PairModel {
  /** By the two ids in their order: who asked, or `both`. */
  readonly #pairs = new Map<string, string>();
  readonly #hidden = new Set<string>();

  act({ act, viewer, other }: Act): Outcome {
    if (this.#hidden.has(`block ${other}>${viewer}`)) return "nobody";
    const key = [viewer, other].toSorted().join();
    switch (act) {
      case "ask":
        return this.#ask(key, viewer, other);
      case "end":
        this.#pairs.delete(key);
        return "done";
      case "block":
      case "mute":
        return this.#hide(act, key, viewer, other);
      case "unblock":
      case "unmute":
        this.#hidden.delete(`${act.slice(2)} ${viewer}>${other}`);
        return "done";
      default:
        return act satisfies never;
    }
  }

  #ask(key: string, viewer: string, other: string): Outcome {
    const state = this.#pairs.get(key);
    if (state === "both") return "friends";
    if (state === viewer) return "asked";
    if (this.#hidden.has(`block ${viewer}>${other}`)) return "blocking";
    if (this.#count(viewer, "both") >= LIMITS.maxFriends) return "too_many_friends";
    if (state === undefined) {
      if (this.#count(viewer, viewer) >= LIMITS.maxAsked) return "too_many_asked";
      this.#pairs.set(key, viewer);
      return "asked";
    }
    if (this.#count(other, "both") >= LIMITS.maxFriends) return "other_has_too_many";
    this.#pairs.set(key, "both");
    return "friends";
  }

  #hide(kind: string, key: string, viewer: string, other: string): Outcome {
    const of = `${kind} ${viewer}>`;
    const count = [...this.#hidden].filter((one) => one.startsWith(of)).length;
    if (!this.#hidden.has(of + other) && count >= LIMITS.maxHidden) return "too_many";
    this.#hidden.add(of + other);
    if (kind === "block") this.#pairs.delete(key);
    return "hidden";
  }

  #count(person: string, state: string): number {
    return [...this.#pairs].filter(([key, one]) => key.split(",").includes(person) && one === state).length;
  }

  /** The rows that stand for it, sorted. */
  rows(): string[] {
    const friendships = [...this.#pairs].flatMap(([key, state]) => {
      const [one, two] = key.split(",");
      const own = state === "both" ? "friends" : state === one ? "asked" : "asking";
      const others = { friends: "friends", asked: "asking", asking: "asked" }[own];
      return [`${own} ${one}>${two}`, `${others} ${two}>${one}`];
    });
    return [...friendships, ...this.#hidden].toSorted();
  }
}

export const ALL_ROWS = `SELECT state || ' ' || user_id || '>' || other_id AS row FROM friendships
  UNION ALL SELECT kind || ' ' || user_id || '>' || other_id FROM hidings ORDER BY 1`;

/** Rows without the one that must stand beside them, friendships under a block, and people over their limits. */
export const VIOLATIONS = `SELECT 'row ' || user_id || '>' || other_id AS what FROM friendships AS own
    WHERE NOT EXISTS (SELECT 1 FROM friendships AS mirror
      WHERE mirror.user_id = own.other_id AND mirror.other_id = own.user_id
        AND mirror.state = CASE own.state WHEN 'asked' THEN 'asking' WHEN 'asking' THEN 'asked' ELSE 'friends' END)
  UNION ALL SELECT 'block ' || user_id || '>' || other_id FROM hidings AS block
    WHERE kind = 'block' AND EXISTS (SELECT 1 FROM friendships AS of
      WHERE of.user_id = block.user_id AND of.other_id = block.other_id)
  UNION ALL SELECT 'mutual ' || user_id || '>' || other_id FROM hidings AS block
    WHERE kind = 'block' AND EXISTS (SELECT 1 FROM hidings AS of
      WHERE of.user_id = block.other_id AND of.other_id = block.user_id AND of.kind = 'block')
  UNION ALL SELECT 'limit ' || user_id FROM friendships WHERE state IN ('friends', 'asked')
    GROUP BY user_id, state HAVING count(*) > ${LIMITS.maxFriends}`;
