import { drizzleAdapter } from "better-auth/adapters/drizzle";
import type { Database } from "./client.ts";
import { accounts, sessions, users, verifications } from "./schema/accounts.ts";

/** Better Auth's models on our tables. It writes one statement a round trip: its transactions would be interactive. */
export function authAdapter(db: Database): ReturnType<typeof drizzleAdapter> {
  const schema = { user: users, session: sessions, account: accounts, verification: verifications };
  return drizzleAdapter(db.orm, { provider: "sqlite", schema, transaction: false });
}
