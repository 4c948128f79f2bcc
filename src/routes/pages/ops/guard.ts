import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { Ctx, Deps } from "../../../deps.ts";
import { AppError } from "../../../domain/errors.ts";
import { hasSecureCookies } from "../../../services/accounts/session-token.ts";
import {
  asOperator,
  OPERATOR_IDLE_SECONDS,
  operatorCookieName,
  operatorSessionOf,
  operatorToken,
} from "../../../services/operations/operator-session.ts";
import type { OperatorSession } from "../../../services/operations/operator-session.ts";
import { ctxOf } from "../../openapi.ts";
import type { AppEnv } from "../../openapi.ts";

export const SIGN_IN = "/ops/sign-in";
const LIVE = "/ops/live";

/** The operator's session that the request's cookie names. */
export function sessionOf(c: Context<AppEnv>): Promise<OperatorSession | null> {
  return operatorSessionOf(c.env, getCookie(c, operatorCookieName(c.env.config)));
}

/** For requests of this site's own pages alone (`Strict`), out of reach of scripts. */
export function carryOperatorSession(c: Context<AppEnv>, session: OperatorSession | null): void {
  const { config } = c.env;
  const value = session === null ? "" : operatorToken(config, session);
  setCookie(c, operatorCookieName(config), value, {
    path: "/",
    httpOnly: true,
    sameSite: "Strict",
    secure: hasSecureCookies(config),
    maxAge: session === null ? 0 : OPERATOR_IDLE_SECONDS,
  });
}

/** Lets in who has an operator's session, and renews it; sends others to sign in, and tells programs so. */
export const operatorOnly: MiddlewareHandler<AppEnv> = async (c, next) => {
  const session = await sessionOf(c);
  c.header("Cache-Control", "no-store");
  if (session === null) {
    if (c.req.path === LIVE) throw new AppError("unauthorized", "Sign in at /ops/sign-in first");
    return c.redirect(SIGN_IN, 303);
  }
  carryOperatorSession(c, session);
  return next();
};

/** What the operator may do, behind `operatorOnly`. */
export function operatorCtx(c: Context<AppEnv>): Ctx<keyof Deps> {
  return asOperator(ctxOf(c));
}
