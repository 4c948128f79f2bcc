import type { Client } from "@libsql/client";
import type { Actor, Role } from "../../src/domain/actor.ts";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import type { MemoryPlatform } from "../../src/platform/memory/open.ts";
import { consume } from "../../src/queue/consumer.ts";
import { newMerchant } from "../catalogue/open-catalogue.ts";
import type { Merchant } from "../catalogue/open-catalogue.ts";
import { openApp } from "../http/open-app.ts";
import type { TestApp } from "../http/open-app.ts";

export interface EventsApp extends TestApp {
  acme: Merchant;
  /** Sends events as acme. */
  post(events: readonly unknown[], headers?: Record<string, string>): Promise<Response>;
  /** Runs every job, also those sent with a delay. */
  fold(): Promise<void>;
}

export async function openEvents(): Promise<EventsApp> {
  const t = await openApp();
  const acme = await newMerchant(t, "acme", ["events:write"]);
  return {
    ...t,
    acme,
    post: (events, headers = acme.headers) =>
      t.call("/v1/events", {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify({ events }),
      }),
    fold: () => runJobs(t.platform),
  };
}

export async function runJobs(platform: MemoryPlatform): Promise<void> {
  platform.clock.advance(1_000);
  const failures = platform.jobs.failures.length + platform.jobs.dead.length;
  await platform.jobs.drain((messages) => consume(openMemoryDeps(platform), messages));
  if (platform.jobs.failures.length + platform.jobs.dead.length > failures) throw new Error("A job failed");
}

/** A person of one organisation. */
export function memberOf(orgId: string, role: Role): Actor {
  const memberships = [{ orgId, orgSlug: "acme", role }];
  return { kind: "user", userId: "user_1", name: "O", email: "o@example.org", sessionId: "s1", memberships };
}

/** Makes that person known to the database, as what cannot be undone asks it. */
export async function seat(client: Client, orgId: string, userId: string, role: Role): Promise<void> {
  await client.batch(
    [
      {
        sql: `INSERT INTO users (id, name, email, created_at, updated_at) VALUES (?1, ?1, ?1 || '@example.org', 1, 1)
          ON CONFLICT DO NOTHING`,
        args: [userId],
      },
      {
        sql: "INSERT INTO members VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET role = excluded.role",
        args: [orgId, userId, role],
      },
    ],
    "write",
  );
}

let lastId = 0;

/** One good event of the wire. */
export function event(change: object = {}) {
  const at = "2026-01-02T03:00:00Z";
  return { id: `event-${++lastId}`, type: "page_view", user_id: "u1", at, path: "/a", ...change };
}
