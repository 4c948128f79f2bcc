import type { Client } from "@libsql/client";
import { openDatabase } from "../../../src/db/client.ts";
import type { Database } from "../../../src/db/client.ts";
import { jobOf } from "../../../src/db/queries/outbox.ts";
import type { Job } from "../../../src/ports/jobs.ts";
import { newReceipt } from "../../../src/ports/receipt.ts";
import { backfill, clean, fanOut } from "../../../src/services/feed/timeline-jobs.ts";
import type { TimelineSettings } from "../../../src/services/feed/timeline-settings.ts";
import type { Random } from "../../index/random.ts";
import type { Worlds } from "./small-world.ts";

class Interrupted extends Error {}

/** A queue that delivers late, in any order, more than once, and whose consumers die between two transactions, or in one. */
export class LateQueue {
  readonly #worlds: Worlds;
  readonly #random: Random;
  readonly #settings: TimelineSettings;
  readonly #jobs: { job: Job; runs: number }[] = [];
  /** What others do between two transactions of a job. */
  meanwhile: () => Promise<void> = async () => {};
  runs = 0;
  redelivered = 0;
  interrupted = 0;

  constructor(worlds: Worlds, random: Random, settings: TimelineSettings) {
    this.#worlds = worlds;
    this.#random = random;
    this.#settings = settings;
  }

  get waiting(): number {
    return this.#jobs.length;
  }

  /** Takes up what was written, and runs one job of all, which may stay. */
  async deliver(): Promise<void> {
    await this.#collect();
    if (this.#jobs.length === 0) return;
    const entry = this.#random.pick(this.#jobs);
    const isDone = await this.#run(entry, this.#interrupting());
    if (isDone && this.#random.chance(0.7)) this.#remove(entry);
  }

  /** Runs all that is left, undisturbed, in any order. */
  async drain(): Promise<void> {
    await this.#collect();
    while (this.#jobs.length > 0) {
      const entry = this.#random.pick(this.#jobs);
      await this.#run(entry, this.#worlds.db);
      this.#remove(entry);
    }
  }

  #remove(entry: { job: Job; runs: number }): void {
    const at = this.#jobs.indexOf(entry);
    if (at >= 0) this.#jobs.splice(at, 1);
  }

  async #collect(): Promise<void> {
    const { rows } = await this.#worlds.client.execute("DELETE FROM outbox RETURNING id, kind, payload");
    for (const { id, kind, payload } of rows)
      this.#jobs.push({
        job: jobOf({ id: String(id), kind: String(kind), payload: String(payload) }),
        runs: 0,
      });
  }

  async #run(entry: { job: Job; runs: number }, db: Database): Promise<boolean> {
    this.runs++;
    if (entry.runs++ > 0) this.redelivered++;
    const { kind, payload } = entry.job;
    const ctx = { db, clock: this.#worlds.clock };
    const two = { one: String(payload.one), other: String(payload.other) };
    const run: Record<string, () => Promise<void>> = {
      "feed.fan-out": () => fanOut(ctx, String(payload.post), this.#settings),
      "feed.backfill": () => backfill(ctx, two, this.#settings),
      "feed.clean": () => clean(ctx, two),
    };
    try {
      await run[kind]();
      return true;
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      this.interrupted++;
      return false;
    }
  }

  /** The database of a job: each trip may be the last, before or after what it does. */
  #interrupting(): Database {
    const through = async <T>(trip: () => Promise<T>): Promise<T> => {
      if (this.#random.chance(0.08)) throw new Interrupted();
      const result = await trip();
      if (this.#random.chance(0.08)) throw new Interrupted();
      if (this.#random.chance(0.6)) await this.meanwhile();
      return result;
    };
    const { client } = this.#worlds;
    const guarded = new Proxy(client, {
      get(inner, key) {
        if (key === "batch")
          return (...args: Parameters<Client["batch"]>) => through(() => inner.batch(...args));
        const value: unknown = Reflect.get(inner, key, inner);
        return typeof value === "function" ? value.bind(inner) : value;
      },
    });
    return openDatabase(() => guarded, newReceipt());
  }
}
