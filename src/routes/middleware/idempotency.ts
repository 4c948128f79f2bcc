import type { RouteConfig } from "@hono/zod-openapi";
import type { Context, MiddlewareHandler } from "hono";
import { sha256Hex } from "../../domain/digest.ts";
import { AppError, isAway } from "../../domain/errors.ts";
import { claimKey, idempotencyOwner, settleKey } from "../../services/idempotency/replay.ts";
import type { KeptAnswer } from "../../services/idempotency/replay.ts";
import { ctxOf } from "../openapi.ts";
import type { AppEnv } from "../openapi.ts";
import { isJson } from "./body.ts";
import type { OperationOf } from "./operation-table.ts";

const KEPT_HEADERS = new Set([
  "content-type",
  "location",
  "etag",
  "link",
  "cache-control",
  "consistency-token",
]);

function keyOf(c: Context<AppEnv>): string | null {
  const key = c.req.header("idempotency-key");
  if (key === undefined) return null;
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new AppError("bad_request", "The Idempotency-Key is not 1 to 255 visible ASCII characters");
}

/** The answer as it can be replayed; `null` for one that a retry may better. */
async function keptAnswer(response: Response): Promise<KeptAnswer | null> {
  const { status, headers } = response;
  if (status >= 500 || status === 429) return null;
  const kept = [...headers].filter(([name]) => KEPT_HEADERS.has(name));
  return { status, headers: kept, body: await response.clone().text() };
}

function replay({ status, headers, body }: KeptAnswer): Response {
  const answer = new Response(status === 204 ? null : body, { status, headers });
  answer.headers.set("Idempotency-Replayed", "true");
  return answer;
}

async function settle(c: Context<AppEnv>, claim: { owner: string; key: string }): Promise<void> {
  try {
    await settleKey(ctxOf(c), claim, await keptAnswer(c.res));
  } catch (error) {
    // What was asked for is done: its answer must reach the client. The claim lapses by itself.
    c.env.log.error("idempotent answer not kept", { error: String(error) });
  }
}

/** What is open to all takes no key, whoever asks: what signs in is not kept for those who come after. */
function takesKey(operation: RouteConfig | undefined): boolean {
  const isSecured = (operation?.security ?? []).length > 0;
  return isSecured && Object.keys(operation?.request?.body?.content ?? {}).some(isJson);
}

function withoutClaim(error: unknown, operation: RouteConfig | undefined): "none" {
  if (isAway(error) && operation?.["x-own-ids"] === true) return "none";
  throw error;
}

/** `Idempotency-Key` on POSTs of JSON that need a credential: for 24 h the same request gets the same answer, and is done once. */
export function idempotency(operationOf: OperationOf): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const owner = idempotencyOwner(c.get("actor"));
    const key = c.req.method === "POST" && takesKey(operationOf(c)) ? keyOf(c) : null;
    if (key === null || owner === null) return next();
    const { pathname, search } = new URL(c.req.url);
    const bodyHash = await sha256Hex(`${pathname}${search}\n${await c.req.text()}`);
    const claim = claimKey(ctxOf(c), { owner, key, bodyHash });
    const kept = await claim.catch((error: unknown) => withoutClaim(error, operationOf(c)));
    if (kept === "none") return next();
    if (!("once" in kept)) return replay(kept);
    c.set("once", kept.once);
    await next();
    await settle(c, { owner, key });
  };
}
