import type { Context, MiddlewareHandler } from "hono";
import type { RouteConfig } from "@hono/zod-openapi";
import { ANONYMOUS } from "../../domain/actor.ts";
import type { Actor, Scope } from "../../domain/actor.ts";
import { AppError, isAway } from "../../domain/errors.ts";
import { authenticate, authenticateCookie } from "../../services/orgs/authenticate.ts";
import type { AppEnv } from "../openapi.ts";
import { clientKey } from "./client-key.ts";
import { crossSiteRefused, isCrossSite } from "./csrf.ts";
import type { OperationOf } from "./operation-table.ts";
import { routePattern } from "./request-log.ts";

const NO_IDENTITY = /^\/(?:healthz|readyz|openapi\.json|b\.js|i\/.*|pictures\/.*)$/;

async function actorOf(c: Context<AppEnv>): Promise<Actor> {
  try {
    return await authenticate(c.env, c.req.header("authorization"));
  } catch (error) {
    const guessed = error instanceof AppError && error.code === "unauthorized";
    if (!guessed || !c.env.config.rateLimits) throw error;
    if (await c.env.rateLimit.take("sensitive", `guess:${clientKey(c)}`)) throw error;
    const { windowSeconds } = c.env.rateLimit.policy("sensitive");
    throw new AppError(
      "rate_limited",
      { detail: "Too many credentials were refused: wait a moment", retryAfterSeconds: windowSeconds },
      error,
    );
  }
}

/** The person of a session cookie; a shop's pages do not fail because who reads them cannot be looked up. */
async function actorOfCookie(c: Context<AppEnv>, isApi: boolean): Promise<Actor> {
  const cookies = c.req.header("cookie");
  if (cookies === undefined) return ANONYMOUS;
  try {
    const actor = await authenticateCookie(c.env, cookies);
    if (actor.kind === "anonymous" || !isCrossSite(c)) return actor;
    c.set("isForged", true);
  } catch (error) {
    if (isApi) throw error;
    c.env.log.warn("identity_failed", { error: String(error) });
  }
  return ANONYMOUS;
}

/** Programs may name themselves by a header, which goes before the cookie; pages by the cookie alone. */
export function comesByHeader(c: Context<AppEnv>, isApi: boolean): boolean {
  return isApi && c.req.header("authorization") !== undefined;
}

/**
 * Sets `actor` from the credential alone: for programs the `Authorization` header, which must be a good one on public
 * routes too, before the cookie; for pages the cookie. A cookie of another site's making counts as none.
 */
export function identify(
  isApi: (path: string) => boolean,
  operationOf: OperationOf,
): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const { path } = c.req;
    const byHeader = comesByHeader(c, isApi(path));
    if (NO_IDENTITY.test(path)) c.set("actor", ANONYMOUS);
    else
      c.set(
        "actor",
        await (byHeader ? actorOf(c) : actorOfCookie(c, isApi(path))).catch((error: unknown) =>
          unknownOnPublic(error, operationOf(c)),
        ),
      );
    await next();
  };
}

/** Where nobody can be looked up, what is for everyone is answered nevertheless. */
function unknownOnPublic(error: unknown, operation: RouteConfig | undefined): Actor {
  const isPublic = operation !== undefined && (operation.security ?? []).length === 0;
  if (isPublic && isAway(error)) return ANONYMOUS;
  throw error;
}

function lacksScopes(actor: Actor, scopes: readonly string[]): string | undefined {
  const held: readonly string[] = actor.kind === "api-key" ? (actor.scopes satisfies readonly Scope[]) : [];
  return scopes.find((scope) => !held.includes(scope));
}

/** Refuses who does not meet the documented `security` of an operation, before its body is read. */
export function checkSecurity(operation: RouteConfig, actor: Actor): void {
  const schemes = operation.security ?? [];
  if (schemes.length === 0) return;
  if (actor.kind === "anonymous")
    throw new AppError("unauthorized", "A credential is required: send `Authorization: Bearer …`");
  if (actor.kind === "operator") {
    if (schemes.some((scheme) => "operatorKey" in scheme)) return;
    throw new AppError("forbidden", "The operator key belongs to no organisation: use an API key");
  }
  if (actor.kind === "user") {
    if (schemes.some((scheme) => "session" in scheme)) return;
    throw new AppError("forbidden", "This takes no session: use a key");
  }
  const wanted = schemes.find((scheme) => "apiKey" in scheme)?.apiKey;
  if (wanted === undefined && schemes.some((scheme) => "session" in scheme))
    throw new AppError("forbidden", "This takes a person's session, not a key");
  if (wanted === undefined) throw new AppError("forbidden", "Only the operator may do this");
  const lacking = lacksScopes(actor, wanted);
  if (lacking !== undefined) throw new AppError("forbidden", `The API key lacks the scope "${lacking}"`);
}

/** Forms of pages are sent by pages of this origin alone: signing in by another's form would be its account, not one's own. */
function checkOrigin(c: Context<AppEnv>, operation: RouteConfig | undefined): void {
  const isProtected = operation === undefined || (operation.security ?? []).length > 0;
  if (c.get("isForged") === true && isProtected) throw crossSiteRefused();
  if (operation === undefined && routePattern(c) !== null && isCrossSite(c)) throw crossSiteRefused();
}

export function authorise(operationOf: OperationOf): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const operation = operationOf(c);
    checkOrigin(c, operation);
    if (operation) checkSecurity(operation, c.get("actor"));
    await next();
  };
}
