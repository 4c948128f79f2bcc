import type { Deps } from "../../src/deps.ts";
import type { Membership, Role, UserActor } from "../../src/domain/actor.ts";
import { openMemoryDeps, type MemoryDeps, type MemoryPlatform } from "../../src/platform/memory/open.ts";

/** An account whose address is confirmed unless `confirmed` is false. */
export async function addPerson(platform: MemoryPlatform, id: string, confirmed = true): Promise<void> {
  await platform.client.execute({
    sql: "INSERT INTO users (id, name, email, email_verified, created_at, updated_at) VALUES (?, ?, ?, ?, 0, 0)",
    args: [id, `Name of ${id}`, `${id}@example.com`, confirmed ? 1 : 0],
  });
}

export async function addMember(
  platform: MemoryPlatform,
  orgId: string,
  userId: string,
  role: Role,
): Promise<void> {
  await platform.client.execute({
    sql: "INSERT INTO members (org_id, user_id, role, created_at) VALUES (?, ?, ?, 0)",
    args: [orgId, userId, role],
  });
}

export async function membershipsOf(platform: MemoryPlatform, userId: string): Promise<Membership[]> {
  const { rows } = await platform.client.execute({
    sql: "SELECT org_id, slug, role FROM members JOIN organisations ON id = org_id WHERE user_id = ?",
    args: [userId],
  });
  return rows.map((row) => ({
    orgId: String(row.org_id),
    orgSlug: String(row.slug),
    role: String(row.role) as Role,
  }));
}

export type PersonCtx = MemoryDeps & Deps & { actor: UserActor };

/** What a verb takes when this person asks: their memberships are as they stand now, however long it is kept. */
export async function asPerson(platform: MemoryPlatform, userId: string): Promise<PersonCtx> {
  const memberships = await membershipsOf(platform, userId);
  const email = `${userId}@example.com`;
  const actor: UserActor = { kind: "user", userId, name: userId, email, sessionId: "s", memberships };
  return { ...openMemoryDeps(platform), actor };
}

export function asOperator(platform: MemoryPlatform) {
  return { ...openMemoryDeps(platform), actor: { kind: "operator" as const } };
}
