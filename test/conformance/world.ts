import { createMemoryPlatform, openMemoryDeps } from "../../src/platform/memory/open.ts";
import type { MemoryPlatform } from "../../src/platform/memory/open.ts";
import { tick } from "../../src/queue/tick.ts";
import { foldOrg } from "../../src/services/events/fold.ts";
import { createWorld } from "../http/credentials.ts";
import type { World } from "../http/credentials.ts";

export interface SharedWorld extends World {
  /** What both runtimes are told, so that a cursor or a session of the one is good in the other. */
  variables: Readonly<Record<string, string>>;
  /** Writes the database as it is to a new file. */
  copyTo(file: string): Promise<void>;
  close(): void;
}

function variablesOf({ config }: MemoryPlatform): Record<string, string> {
  return {
    ENVIRONMENT: "test",
    VITRINE_SECRET: config.secret,
    OPERATOR_KEY: config.operatorKey ?? "",
    PUBLIC_ORIGIN: "https://shop.example",
    EMAIL_CONFIRMATION: "off",
    RATE_LIMITS: "off",
  };
}

/** So that the owner's feed has the visitor's post. */
async function befriend({ client }: MemoryPlatform, one: string, other: string): Promise<void> {
  const sql = "INSERT INTO friendships (user_id, other_id, state, since) VALUES (?, ?, 'friends', 0)";
  await client.batch(
    [
      { sql, args: [one, other] },
      { sql, args: [other, one] },
    ],
    "write",
  );
}

/** The two organisations of the authorisation sweep, with all their credentials, as of now. */
export async function openSharedWorld(): Promise<SharedWorld> {
  const platform = await createMemoryPlatform({ now: Date.now() });
  const world = await createWorld(platform);
  await befriend(platform, "own-owner", "own-visitor");
  // What one runtime's clock would do between its answer and the other's.
  await tick(openMemoryDeps(platform));
  for (const { number } of [world.own, world.foreign]) await foldOrg(openMemoryDeps(platform), number);
  const variables = variablesOf(platform);
  return {
    ...world,
    variables,
    async copyTo(file) {
      await platform.client.execute({ sql: "VACUUM INTO ?", args: [file] });
    },
    close: () => platform.close(),
  };
}
