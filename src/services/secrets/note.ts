import { noteSecret as noteRow } from "../../db/queries/secrets.ts";
import type { Deps } from "../../deps.ts";
import { secretId } from "../../domain/secret-keys.ts";

const SLOT = "secrets:noted";

/** Notes the present secret's first use, so that it can be told when what came before it has ended. Once an isolate. */
export async function noteSecret(ctx: Pick<Deps, "db" | "clock" | "config" | "isolate">): Promise<void> {
  const id = secretId(ctx.config.secret);
  const { cache } = ctx.isolate;
  if (cache.get(SLOT)?.value === id) return;
  await noteRow(ctx.db, { id, now: ctx.clock.now() });
  cache.set(SLOT, id, 100, ctx.clock.now());
}
