import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../random.ts";
import type { Client } from "./client.ts";
import { kindPicker } from "./mix.ts";
import type { Kind } from "./mix.ts";

/** Milliseconds of the answers of a minute, by route. */
export type Minute = Map<string, number[]>;

export interface Drive {
  minutes: Minute[];
  /** How often what went wrong, by route and status or message. */
  errors: Record<string, number>;
  sent: number;
  /** Milliseconds by which requests left later than drawn: what the client itself lacks. */
  lateness: number[];
}

export interface DrivePlan {
  seconds: number;
  /** Requests a second, at random times: they do not wait for each other. */
  perSecond: number;
  random: Random;
}

/** With more under way than this the deployment is overrun, and nothing is learned by sending more. */
const MOST_UNDER_WAY = 2_000;

class Driver {
  readonly drive: Drive = { minutes: [], errors: {}, sent: 0, lateness: [] };
  readonly #client: Client;
  readonly #begun = performance.now();
  readonly #underWay = new Set<Promise<void>>();

  constructor(client: Client) {
    this.#client = client;
  }

  start(kind: Kind, dueMs: number): void {
    if (this.#underWay.size >= MOST_UNDER_WAY)
      throw new Error(`The deployment is overrun: ${MOST_UNDER_WAY} requests wait for an answer`);
    this.drive.sent++;
    this.drive.lateness.push(performance.now() - dueMs);
    const one = this.#ask(kind).finally(() => this.#underWay.delete(one));
    this.#underWay.add(one);
  }

  async #ask({ route, next }: Kind): Promise<void> {
    const asked = next();
    const started = performance.now();
    try {
      const answer = await this.#client.send(asked);
      this.#take(route, started);
      if (answer.status < 300) asked.onAnswer?.(answer);
      else this.#fail(route, `${answer.status} ${codeOf(answer.body)}`);
    } catch (error) {
      this.#fail(route, error instanceof Error ? error.message : String(error));
    }
  }

  #take(route: string, started: number): void {
    const minute = (this.drive.minutes[Math.floor((started - this.#begun) / 60_000)] ??= new Map());
    const times = minute.get(route) ?? [];
    times.push(performance.now() - started);
    minute.set(route, times);
  }

  #fail(route: string, reason: string): void {
    const name = `${route}: ${reason}`;
    this.drive.errors[name] = (this.drive.errors[name] ?? 0) + 1;
  }

  async finish(): Promise<Drive> {
    await Promise.all(this.#underWay);
    return this.drive;
  }
}

function codeOf(body: Buffer): string {
  try {
    return String((JSON.parse(String(body)) as { code?: string }).code);
  } catch {
    return String(body).slice(0, 60);
  }
}

/**
 * An open loop: requests leave at the times of a Poisson process whether or not earlier ones are answered, so that a slow
 * answer delays no other and is not hidden by it.
 */
export async function drive(
  kinds: readonly Kind[],
  client: Client,
  { seconds, perSecond, random }: DrivePlan,
): Promise<Drive> {
  const driver = new Driver(client);
  const nextKind = kindPicker(random, kinds);
  const until = performance.now() + seconds * 1_000;
  for (let due = performance.now(); due < until; due += (-Math.log(1 - random()) / perSecond) * 1_000) {
    const waits = due - performance.now();
    if (waits > 0) await sleep(waits);
    driver.start(nextKind(), due);
  }
  return driver.finish();
}
