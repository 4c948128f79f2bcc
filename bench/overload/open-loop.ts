import { setTimeout as sleep } from "node:timers/promises";
import type { Answered, Client } from "../mixed/client.ts";
import { kindPicker } from "../mixed/mix.ts";
import type { Kind } from "../mixed/mix.ts";
import type { Random } from "../random.ts";

/** How one request ended. */
export interface Outcome {
  route: string;
  /** Milliseconds since the loop began, at which it was due, and how long it took from then. */
  due: number;
  ms: number;
  /** 0 where the connection ended or nothing came. */
  status: number;
  /** An answer that says of itself that it is not all it could be. */
  isMarked: boolean;
  /** There was no room for it (`overloaded`). */
  isShed: boolean;
}

export interface LoopPlan {
  seconds: number;
  /** Requests a second at random times (a Poisson process): they wait for nothing. */
  perSecond: number;
  random: Random;
}

const DEGRADED = Buffer.from('"degraded":true');
const OVERLOADED = Buffer.from('"code":"overloaded"');
const DEFERRED = Buffer.from('"deferred":true');

function isMarked({ headers, body }: Answered): boolean {
  return headers.warning !== undefined || body.includes(DEGRADED) || body.includes(DEFERRED);
}

async function ask(client: Client, { route, next }: Kind, due: number, begun: number): Promise<Outcome> {
  const asked = next();
  const took = (): number => performance.now() - begun - due;
  try {
    const answer = await client.send(asked);
    if (answer.status < 300) asked.onAnswer?.(answer);
    return {
      route,
      due,
      ms: took(),
      status: answer.status,
      isMarked: isMarked(answer),
      isShed: answer.body.includes(OVERLOADED),
    };
  } catch {
    return { route, due, ms: took(), status: 0, isMarked: false, isShed: false };
  }
}

/** Requests leave when they are due, whether or not earlier ones are answered; what is waited for counts from then. */
export async function openLoop(
  kinds: readonly Kind[],
  client: Client,
  { seconds, perSecond, random }: LoopPlan,
): Promise<Outcome[]> {
  const nextKind = kindPicker(random, kinds);
  const begun = performance.now();
  const all: Promise<Outcome>[] = [];
  for (let due = 0; due < seconds * 1_000; due += (-Math.log(1 - random()) / perSecond) * 1_000) {
    const waits = begun + due - performance.now();
    if (waits > 1) await sleep(waits);
    all.push(ask(client, nextKind(), due, begun));
  }
  return Promise.all(all);
}
