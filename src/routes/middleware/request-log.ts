import type { Context, MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import type { Actor } from "../../domain/actor.ts";
import { COUNTED_OPERATIONS } from "../../ports/receipt.ts";
import type { Receipt } from "../../ports/receipt.ts";
import type { AppEnv } from "../openapi.ts";

/** The pattern that answers this request (`/v1/products/:id`), `null` where none does: of several, the first answers. */
export function routePattern(c: Context<AppEnv>): string | null {
  const known = c.get("pattern");
  if (known !== undefined) return known;
  const pattern = matchedRoutes(c).find(({ method }) => method !== "ALL")?.path ?? null;
  c.set("pattern", pattern);
  return pattern;
}

function actorFields(actor: Actor | undefined): Record<string, string> {
  if (actor === undefined) return { actor: "unknown" };
  const { kind } = actor;
  if (kind === "api-key") return { actor: kind, org: actor.orgId, key_id: actor.keyId };
  return kind === "user" ? { actor: kind, user_id: actor.userId } : { actor: kind };
}

/** Members may be named by their e-mail address, and an organisation may name its users so: no log keeps one. */
const ADDRESS = /[^/]*(?:@|%40)[^/]*/gi;

function loggedPath(path: string): string {
  const hasAddress = path.includes("@") || path.includes("%40");
  return hasAddress ? path.replaceAll(ADDRESS, "[address]") : path;
}

/** Those that were made. */
function operationFields(receipt: Receipt): Record<string, number> {
  const made: Record<string, number> = {};
  for (const [name, of] of COUNTED_OPERATIONS) if (receipt[of] > 0) made[`${name}s`] = receipt[of];
  return made;
}

/** One line a request. The query string stays out of it: it may hold what people search for. */
export const requestLog: MiddlewareHandler<AppEnv> = async (c, next) => {
  const started = performance.now();
  await next();
  const { receipt, log } = c.env;
  const length = c.res.headers.get("content-length");
  log.info("request", {
    method: c.req.method,
    route: routePattern(c),
    path: loggedPath(c.req.path),
    status: c.res.status,
    ms: Math.round((performance.now() - started) * 100) / 100,
    bytes: length === null ? null : Number(length),
    ...actorFields(c.get("actor")),
    db_trips: receipt.dbTrips,
    db_ms: Math.round(receipt.dbMs * 100) / 100,
    rows_read: receipt.rowsRead,
    rows_written: receipt.rowsWritten,
    ...operationFields(receipt),
    cache: receipt.cache,
    lookups: receipt.lookups.map(({ name, tier }) => `${name} ${tier}`),
    index: receipt.indexVersion,
  });
};
