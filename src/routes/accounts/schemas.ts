import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { ROLES } from "../../domain/actor.ts";
import { toRfc3339 } from "../../domain/time.ts";
import type { AccountUser } from "../../services/accounts/account-user.ts";
import { isName } from "../../services/orgs/name.ts";
import type { AuthRequest } from "../../services/accounts/auth-call.ts";
import type { OwnSession } from "../../services/accounts/own-account.ts";
import type { AppEnv } from "../openapi.ts";

export const NO_STORE = { "Cache-Control": "no-store" };

export const email = z.email().max(254).openapi({ example: "ada@shop.example" });

/** HMAC, and so scrypt, pads keys with NULs: two passwords would be one. Halves of surrogate pairs all become the same sign. */
function isText(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

export const password = z
  .string()
  .min(1)
  .max(128)
  .refine(isText, "Expected text without NUL")
  .openapi({ example: "correct horse battery" });

/** No rules of composition, which make passwords worse (NIST SP 800-63B, section 5.1.1). */
export const newPassword = z
  .string()
  .min(8)
  .max(128)
  .refine(isText, "Expected text without NUL")
  .openapi({ description: "8 to 128 characters, of any kind", example: "correct horse battery" });

export const personName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((name) => name === "" || isName(name), "Expected text that can be seen, without control characters")
  .openapi({ example: "Grace Hopper" });

export const AccountUserSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    emailVerified: z.boolean(),
    createdAt: z.iso.datetime(),
  })
  .openapi("AccountUser");

export const StatusSchema = z.object({ status: z.literal(true) }).openapi("AccountStatus");

export const SESSION_HEADERS = z.object({
  "set-auth-token": z
    .string()
    .optional()
    .openapi({ description: "The session's token, for `Authorization: Bearer …`" }),
  "set-cookie": z
    .string()
    .optional()
    .openapi({ description: "The session as a cookie: HttpOnly, SameSite=Lax, `__Host-` in production" }),
});

export const MeSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    memberships: z.array(
      z.object({ org: z.object({ id: z.string(), slug: z.string() }), role: z.enum(ROLES) }),
    ),
  })
  .openapi("Me");

export const OwnSessionSchema = z
  .object({
    id: z.string(),
    user_agent: z.string().nullable(),
    created_at: z.iso.datetime(),
    expires_at: z.iso.datetime(),
    current: z.boolean().openapi({ description: "Whether it is the one that asks" }),
  })
  .openapi("OwnSession");

export function accountUserWire({ createdAt, ...user }: AccountUser) {
  return { ...user, createdAt: createdAt.toISOString() };
}

export function ownSessionWire(session: OwnSession) {
  return {
    id: session.id,
    user_agent: session.userAgent,
    created_at: toRfc3339(session.createdAt),
    expires_at: toRfc3339(session.expiresAt),
    current: session.current,
  };
}

export function authRequestOf(c: Context<AppEnv>): AuthRequest {
  return { headers: c.req.raw.headers, origin: new URL(c.req.url).origin };
}

/** Puts a new or ended session's cookies and token on the response, which no cache keeps. */
export function carrySession(c: Context<AppEnv>, headers: Headers): void {
  for (const cookie of headers.getSetCookie()) c.header("Set-Cookie", cookie, { append: true });
  const token = headers.get("set-auth-token");
  if (token !== null) c.header("set-auth-token", token);
  c.header("Cache-Control", "no-store");
}
