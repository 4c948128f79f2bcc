import type { Client } from "@libsql/client";
import type { Clock } from "../../ports/clock.ts";
import type { Kv } from "../../ports/kv.ts";
import { checkKvWrite } from "../memory/kv.ts";

const GET = "SELECT value FROM kv WHERE key = ? AND expires_at > ?";
const PUT =
  "INSERT INTO kv (key, value, expires_at) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at";

export class TableKv implements Kv {
  readonly #client: Client;
  readonly #clock: Clock;

  constructor(client: Client, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  async get(key: string): Promise<string | null> {
    const { rows } = await this.#client.execute({ sql: GET, args: [key, this.#clock.now()] });
    return rows.length === 0 ? null : String(rows[0].value);
  }

  async put(key: string, value: string, ttlSeconds: number): Promise<void> {
    checkKvWrite(key, ttlSeconds);
    const expiresAt = this.#clock.now() + Math.ceil(ttlSeconds * 1_000);
    await this.#client.execute({ sql: PUT, args: [key, value, expiresAt] });
  }

  async delete(key: string): Promise<void> {
    await this.#client.execute({ sql: "DELETE FROM kv WHERE key = ?", args: [key] });
  }

  /** Removes what has expired; answers how many entries that were. */
  async purge(): Promise<number> {
    const sql = "DELETE FROM kv WHERE expires_at <= ?";
    return (await this.#client.execute({ sql, args: [this.#clock.now()] })).rowsAffected;
  }
}
