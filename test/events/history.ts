import { openDatabase } from "../../src/db/client.ts";
import { someLine } from "../db/audit-line.ts";
import { insertOrg } from "../../src/db/queries/orgs.ts";
import { BOT_REASONS, DAY_MS, EVENT_TYPES } from "../../src/domain/event.ts";
import type { AnalyticsEvent } from "../../src/domain/event.ts";
import { mulberry32 } from "../../src/domain/random.ts";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import type { MemoryDeps, MemoryPlatform } from "../../src/platform/memory/open.ts";
import { newReceipt } from "../../src/ports/receipt.ts";
import { consume } from "../../src/queue/consumer.ts";
import { eraseUser } from "../../src/services/events/erase-user.ts";
import { foldOrg, sweepBacklog } from "../../src/services/events/fold.ts";
import { recordEvents } from "../../src/services/events/record.ts";
import { forgetEvents } from "../../src/services/events/retention.ts";
import { relayOutbox } from "../../src/services/outbox.ts";
import { crashing } from "./crashing-client.ts";
import type { CrashingClient } from "./crashing-client.ts";
import { seat } from "./open-events.ts";
import type { Counted } from "./recount.ts";

const USERS = ["ann", "bob", "Çelik", "d/e", "v_one", "v_two"];
const PATHS = [null, "/", "/a", "/b c"];
const REFERRERS = [null, "a.example", "b.example"];
const NAMES = [null, null, "Ann", "Änn", "bob"];

/** One organisation, what happens to it by one seed, and a model of what must be counted. */
export class History {
  readonly orgId: string;
  org = 0;
  /** What counts, also where it is not folded in yet. */
  counted: Counted[] = [];
  readonly #platform: MemoryPlatform;
  readonly #random: () => number;
  readonly #erases: boolean;
  readonly #database: CrashingClient;
  readonly #known = new Map<string, Counted>();
  readonly #sent: AnalyticsEvent[] = [];
  readonly #erasedAt = new Map<string, number>();
  #horizon = 0;
  #retentionDays = 400;
  #lastId = 0;

  constructor(platform: MemoryPlatform, seed: number) {
    this.#platform = platform;
    this.#random = mulberry32(seed);
    this.#erases = seed % 2 === 0;
    this.#database = crashing(platform.client, this.#random);
    this.orgId = `org_${seed}`;
  }

  get #deps(): MemoryDeps {
    const db = openDatabase(() => this.#database.client, newReceipt());
    return openMemoryDeps(this.#platform, { db });
  }

  async begin(): Promise<void> {
    const org = { id: this.orgId, slug: this.orgId, name: this.orgId, createdAt: 1 };
    await insertOrg(openMemoryDeps(this.#platform).db, org, someLine());
    const { rows } = await this.#platform.client.execute({
      sql: "SELECT number FROM organisations WHERE id = ?",
      args: [this.orgId],
    });
    this.org = Number(rows[0].number);
    await seat(this.#platform.client, this.orgId, "o", "owner");
  }

  async run(steps: number): Promise<void> {
    for (let i = 0; i < steps; i++) {
      this.#platform.clock.advance(1 + Math.floor(this.#random() ** 4 * 3 * 3_600_000));
      this.#database.probability = this.#random() < 0.5 ? 0.3 : 0;
      await this.#step();
    }
    this.#database.probability = 0;
    await this.#settle();
  }

  async #step(): Promise<void> {
    const dice = this.#random();
    if (dice < 0.45) await this.#record();
    else if (dice < 0.6) await this.#fold();
    else if (dice < 0.8) await Promise.all([this.#fold(), this.#record(), this.#fold()]);
    else if (dice < 0.9) await this.#settle();
    else if (dice < 0.96 && this.#erases) await this.#erase();
    else await this.#forget();
  }

  #pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)];
  }

  #newEvent(): AnalyticsEvent {
    const userId = this.#pick(USERS);
    const now = this.#platform.clock.now();
    const isAnonymous = userId.startsWith("v_");
    return {
      id: `${this.orgId}:${++this.#lastId}`,
      type: this.#pick(EVENT_TYPES),
      userId,
      userName: isAnonymous ? null : this.#pick(NAMES),
      isAnonymous,
      at: now - Math.floor(this.#random() ** 3 * 40 * DAY_MS),
      path: this.#pick(PATHS),
      referrer: this.#pick(REFERRERS),
      properties: this.#random() < 0.2 ? { b: [1, "é\n"], a: { c: null } } : null,
      bot: this.#random() < 0.2 ? this.#pick(BOT_REASONS) : null,
    };
  }

  /** New events, some that came before, some of a known id with other content; in any order. */
  async #record(): Promise<void> {
    const events = Array.from({ length: 1 + Math.floor(this.#random() * 6) }, () => this.#newEvent());
    while (this.#sent.length > 0 && this.#random() < 0.6) {
      const again = this.#pick(this.#sent);
      // Of two that wait with one id, the second counts where the first's user is erased meanwhile: the model knows no such order.
      const userId = this.#erases ? again.userId : this.#pick(USERS);
      const other = { ...again, userId, path: "/other", userName: null };
      events.push(this.#random() < 0.3 ? { ...other, isAnonymous: other.userId.startsWith("v_") } : again);
    }
    events.sort(() => this.#random() - 0.5);
    // The fate of a call is that of this one: it is the only call of a recording.
    const deps = this.#deps;
    const before = this.#platform.clock.now();
    let stored = true;
    try {
      await recordEvents(deps, this.orgId, events);
    } catch (error) {
      stored = String(error).includes("after");
    }
    if (stored) for (const event of events) this.#store(event, before);
  }

  #store(event: AnalyticsEvent, now: number): void {
    this.#sent.push(event);
    const since = Math.max(this.#horizon, (Math.floor(now / DAY_MS) - this.#retentionDays) * DAY_MS);
    const erasedAt = this.#erasedAt.get(event.userId) ?? -1;
    if (event.at < since || event.at <= erasedAt || this.#known.has(event.id)) return;
    const one = { event, forgotten: false, erased: false };
    this.#known.set(event.id, one);
    this.counted.push(one);
  }

  async #fold(): Promise<void> {
    await foldOrg(this.#deps, this.org).catch(() => undefined);
  }

  /** As the queue, the tick and the outbox do it together, until nothing is left to do. */
  async #settle(): Promise<void> {
    const { jobs, clock } = this.#platform;
    const probability = this.#database.probability;
    this.#database.probability = 0;
    const deps = this.#deps;
    clock.advance(11_000);
    await sweepBacklog(deps);
    await relayOutbox(deps);
    await jobs.drain((messages) => consume(deps, messages));
    this.#database.probability = probability;
  }

  /** Until it succeeds, as a caller would. */
  async #insist(work: () => Promise<void>): Promise<void> {
    for (let tries = 0; ; tries++) {
      if (tries > 5) this.#database.probability = 0;
      try {
        return await work();
      } catch (error) {
        if (!String(error).includes("crashed")) throw error;
      }
    }
  }

  async #erase(): Promise<void> {
    const userId = this.#pick(USERS);
    const memberships = [{ orgId: this.orgId, orgSlug: this.orgId, role: "owner" as const }];
    const owner = { kind: "user" as const, userId: "o", name: "", email: "", sessionId: null, memberships };
    await this.#insist(() => eraseUser({ ...this.#deps, actor: owner }, { org: this.orgId, userId }));
    await this.#settle();
    this.#erasedAt.set(userId, this.#platform.clock.now() - 11_000);
    for (const one of this.counted) {
      if (one.event.userId !== userId) continue;
      one.erased = true;
      if (!one.forgotten) this.#known.delete(one.event.id);
    }
    this.counted = this.counted.filter(({ erased, forgotten }) => !erased || forgotten);
  }

  async #forget(): Promise<void> {
    await this.#settle();
    this.#retentionDays = this.#pick([5, 20, 30]);
    await this.#platform.client.execute({
      sql: "UPDATE analytics_orgs SET retention_days = ? WHERE org = ?",
      args: [this.#retentionDays, this.org],
    });
    const { rows } = await this.#platform.client.execute({
      sql: "SELECT 1 FROM analytics_orgs WHERE org = ?",
      args: [this.org],
    });
    if (rows.length === 0) {
      this.#retentionDays = 400;
      return;
    }
    await this.#insist(() => forgetEvents(this.#deps, this.org));
    const today = Math.floor(this.#platform.clock.now() / DAY_MS);
    this.#horizon = Math.max(this.#horizon, (today - this.#retentionDays) * DAY_MS);
    for (const one of this.counted) {
      if (one.forgotten || one.event.at >= this.#horizon) continue;
      one.forgotten = true;
      this.#known.delete(one.event.id);
    }
  }
}
