import type { Client } from "@libsql/client";
import { createApp } from "../../src/app.ts";
import { openDatabase } from "../../src/db/client.ts";
import type { IsolateState } from "../../src/deps.ts";
import { mulberry32 } from "../../src/domain/random.ts";
import { newIsolate } from "../../src/platform/isolate.ts";
import { FileClient } from "../../src/platform/deno/file-client.ts";
import { MemoryLifetime } from "../../src/platform/memory/lifetime.ts";
import { createMemoryPlatform, openMemoryDeps } from "../../src/platform/memory/open.ts";
import type { MemoryDeps, MemoryPlatform } from "../../src/platform/memory/open.ts";
import { newReceipt } from "../../src/ports/receipt.ts";
import type { App } from "../../src/routes/openapi.ts";
import { textOf } from "../../src/services/feed/feed-text.ts";
import { getFeed } from "../../src/services/feed/feed.ts";
import type { FeedCache } from "../../src/services/feed/feed-cache.ts";
import { FeedClient } from "./feed-isolation-client.ts";
import type { ClientKind } from "./feed-isolation-client.ts";
import { lateClient } from "./feed-isolation-database.ts";
import { Oracle } from "./feed-isolation-oracle.ts";
import { WeakCentre, WeakStore } from "./feed-isolation-stores.ts";
import { Turns } from "./feed-isolation-turns.ts";
import { ORIGIN } from "./open-app.ts";
import { addSession, signedToken } from "./sessions.ts";

/** Friends among themselves, and nothing to the others: a page with both is another's. */
export const CIRCLES = [
  ["ann", "ben", "cat"],
  ["dan", "eve", "fay"],
];
const PAGE_SIZE = 20;
const DATA_CENTRES = 2;
const ISOLATES = 4;

/** Where the database is: over the network, or a file that each isolate reads by itself. */
export type Distance = "far" | "near";

export interface WorldOptions {
  seed: number;
  /** The devices of each person. */
  kinds: readonly ClientKind[];
  distance: Distance;
  cache?: FeedCache;
}

interface Place {
  isolate: IsolateState;
  edgeCache: WeakStore;
  kv: WeakStore;
  client: Client;
}

/** An answer, and the state of the database after what was written for it; `null` where nothing was. */
export interface Answer {
  response: Response;
  commit: number | null;
}

export function circleOf(user: string): string[] {
  return CIRCLES.find((circle) => circle.includes(user)) ?? [];
}

/** The real application in isolates of two data centres over one database, with caches that are as late as may be. */
export class IsolationWorld {
  readonly platform: MemoryPlatform;
  readonly random: () => number;
  readonly turns: Turns;
  readonly oracle = new Oracle(circleOf);
  readonly clients: FeedClient[] = [];
  readonly #app: App;
  readonly #places: Place[];
  /** Reads what is right. */
  readonly #file: FileClient;

  private constructor(platform: MemoryPlatform, { seed, distance, cache }: WorldOptions, file: string) {
    this.platform = platform;
    this.#file = new FileClient(file);
    this.random = mulberry32(seed);
    this.turns = new Turns(mulberry32(seed + 1));
    this.#app = createApp({ cache });
    const weather = { clock: platform.clock, random: mulberry32(seed + 2), turns: this.turns };
    const kv = new WeakCentre();
    const centres = Array.from({ length: DATA_CENTRES }, () => ({
      edgeCache: new WeakStore(weather, new WeakCentre(), false),
      kv: new WeakStore(weather, kv, true),
    }));
    this.#places = Array.from({ length: ISOLATES }, (_, i) => ({
      ...centres[i % DATA_CENTRES],
      isolate: newIsolate(),
      client: distance === "far" ? platform.client : new FileClient(file),
    }));
  }

  static async open(options: WorldOptions): Promise<IsolationWorld> {
    const platform = await createMemoryPlatform();
    const { rows } = await platform.client.execute("PRAGMA database_list");
    const world = new IsolationWorld(platform, options, String(rows[0].file));
    await world.#found(options.kinds);
    return world;
  }

  close(): void {
    for (const { client } of this.#places) if (client !== this.platform.client) client.close();
    this.#file.close();
    this.platform.close();
  }

  pick<T>(all: readonly T[]): T {
    return all[Math.floor(this.random() * all.length)];
  }

  /** Isolates end, and data centres forget, at any time. */
  upset(): void {
    const place = this.pick(this.#places);
    if (this.random() < 0.5) place.isolate = newIsolate();
    else place.edgeCache.forget();
  }

  /** In some isolate; what others do comes between all that the request waits for. */
  async ask(user: string, path: string, init: RequestInit): Promise<Answer> {
    const { client, ...place } = this.pick(this.#places);
    return this.turns.run(async () => {
      let commit: number | null = null;
      const written = async () => {
        commit = await this.#written(user);
      };
      const receipt = newReceipt();
      const db = openDatabase(() => lateClient(client, this.turns, written), receipt);
      const lifetime = new MemoryLifetime();
      const deps = openMemoryDeps(this.platform, { ...place, db, receipt, lifetime });
      const response = await this.#app.fetch(new Request(`${ORIGIN}${path}`, init), deps);
      if (lifetime.failures.length > 0) throw lifetime.failures[0];
      await this.turns.pass();
      return { response, commit };
    });
  }

  async #found(kinds: readonly ClientKind[]): Promise<void> {
    const { client, clock } = this.platform;
    for (const user of CIRCLES.flat()) {
      const sql = `INSERT INTO users (id, name, email, email_verified, created_at, updated_at) VALUES (?, ?, ?, 1, 0, 0)`;
      await client.execute({ sql, args: [user, user, `${user}@x.example`] });
      for (const kind of kinds) {
        const session = await addSession(this.platform, user, 1e6);
        this.clients.push(new FeedClient(user, kind, signedToken(this.platform, session), clock));
      }
    }
    for (const circle of CIRCLES) {
      for (const one of circle) {
        const befriend =
          "INSERT INTO friendships (user_id, other_id, state, since) VALUES (?, ?, 'friends', 0)";
        for (const other of circle)
          if (other !== one) await client.execute({ sql: befriend, args: [one, other] });
      }
    }
    for (const { user, credential } of this.clients) {
      const headers = { ...credential, "content-type": "application/json" };
      const asked = this.ask(user, "/v1/posts", {
        method: "POST",
        headers,
        body: `{"text":"${user} is here"}`,
      });
      while (await this.turns.step());
      if ((await asked).response.status !== 201) throw new Error(`${user} cannot post`);
    }
  }

  /** Nothing else runs meanwhile: what the feeds are now is read and kept. */
  async #written(user: string): Promise<number> {
    const commit = this.oracle.changedBy(user);
    for (const viewer of circleOf(user))
      this.oracle.record(viewer, await this.#bodyOf(viewer), this.platform.clock.now());
    return commit;
  }

  async #bodyOf(userId: string): Promise<string> {
    const receipt = newReceipt();
    const db = openDatabase(() => this.#file, receipt);
    const deps: MemoryDeps = openMemoryDeps(this.platform, { db, receipt });
    const user = { name: userId, email: "", sessionId: null, memberships: [] };
    const ctx = { ...deps, actor: { kind: "user" as const, userId, ...user } };
    return (await textOf(await getFeed(ctx, { cursor: null, limit: PAGE_SIZE }))).body;
  }
}
