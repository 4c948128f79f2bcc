import { Admission } from "../../src/domain/admission.ts";
import { Random } from "../index/random.ts";

export interface Stream {
  tenant: string;
  /** Requests a second, at random (Poisson). */
  rate: number;
  /** As many tenants it counts for: 1 where absent. */
  weight?: number;
}

export interface Served {
  asked: number;
  /** Answered with what was asked for, within the deadline. */
  good: number;
  refused: number;
}

interface Arrival {
  at: number;
  tenant: string;
  weight?: number;
}

const WORK_MS = 2;
const REFUSAL_MS = 0.1;
const DEADLINE_MS = 1_000;

/** What one thread answers in a second of nothing else. */
export const CAPACITY = 1_000 / WORK_MS;

function arrivals(streams: readonly Stream[], seconds: number): Arrival[] {
  const random = new Random(7);
  const all = streams.flatMap(({ tenant, rate, weight }) => {
    const found: Arrival[] = [];
    for (let at = 0; at < seconds * 1_000; at += (-Math.log(1 - random.next()) * 1_000) / rate)
      found.push({ at, tenant, weight });
    return found;
  });
  return all.toSorted((a, b) => a.at - b.at);
}

/**
 * An event loop in virtual time: each turn takes what has come by then, first come first served, and all of it is answered
 * before the next turn. `admission` is `null` where everybody is let in.
 */
export function playLoop(
  streams: readonly Stream[],
  seconds: number,
  admission: Admission | null = new Admission(),
): Record<string, Served> {
  const served = Object.fromEntries(
    streams.map(({ tenant }) => [tenant, { asked: 0, good: 0, refused: 0 }]),
  ) as Record<string, Served>;
  const queue = arrivals(streams, seconds);
  let now = 0;
  for (let next = 0; next < queue.length;) {
    now = Math.max(now, queue[next].at);
    const began = now;
    const admitted: { arrival: Arrival; ticket: number }[] = [];
    for (; next < queue.length && queue[next].at <= began; next++) {
      const arrival = queue[next];
      served[arrival.tenant].asked++;
      const { tenant, weight } = arrival;
      const ticket = admission === null ? 0 : admission.enter(began, tenant, { weight });
      if (typeof ticket === "string") served[arrival.tenant].refused++;
      else admitted.push({ arrival, ticket });
      now += typeof ticket === "string" ? REFUSAL_MS : WORK_MS;
    }
    for (const { arrival, ticket } of admitted) {
      if (now - arrival.at <= DEADLINE_MS) served[arrival.tenant].good++;
      admission?.leave(now, ticket, now - began);
    }
  }
  return served;
}
