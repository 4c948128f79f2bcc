import { z } from "@hono/zod-openapi";
import type { OpenAPIHono, RouteConfig } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Ctx, Deps } from "../deps.ts";
import { ALLOWED_TO_OPERATOR } from "../domain/access.ts";
import type { Permission } from "../domain/access.ts";
import { SCOPES } from "../domain/actor.ts";
import type { Actor } from "../domain/actor.ts";
import type { Once } from "../domain/ids.ts";
import { ERROR_CODES } from "../domain/errors.ts";
import type { ErrorCode } from "../domain/errors.ts";
import { MAX_AMOUNT } from "../domain/money.ts";
import type { RateLimitClass } from "../ports/rate-limit.ts";

export interface RequestVariables {
  actor: Actor;
  requestId: string;
  /** Of a request with an `Idempotency-Key`, for what it creates. */
  once?: Once;
  /** A session cookie that another site's page sent: it does not count. */
  isForged?: boolean;
  /** The documented operation that answers, `null` for a page; looked up once a request. */
  operation?: RouteConfig | null;
  /** The pattern of the route that answers, `null` where none does; looked up once a request. */
  pattern?: string | null;
  /** Set by a route that decides by itself which origin may read its answer; `null` for none. */
  readableBy?: string | null;
  /** 32 hex digits, from `traceparent` or new. */
  traceId: string;
}

export type AppEnv = { Bindings: Deps; Variables: RequestVariables };
export type App = OpenAPIHono<AppEnv>;

/** What a verb takes: the ports of this request and who asks. */
export function ctxOf(c: Pick<Context<AppEnv>, "env" | "get">): Ctx<keyof Deps> {
  return { ...c.env, actor: c.get("actor"), requestId: c.get("requestId"), once: c.get("once") };
}

interface Secured {
  security: Record<string, string[]>[];
}

/** Spread into `createRoute`: anyone may call it; a credential that is sent must still be a good one. */
export const PUBLIC: Secured = { security: [] };

/** Spread into `createRoute`: only the operator key. */
export const OPERATOR_ONLY: Secured = { security: [{ operatorKey: [] }] };

/** Spread into `createRoute`: a person who is signed in. */
export const SIGNED_IN: Secured = { security: [{ session: [] }] };

/**
 * Spread into `createRoute`: whoever `requirePermission` lets do `permission`. API keys where it is one of their scopes (or
 * reading their organisation), the operator where it is the operator's; the verb checks it against the organisation.
 */
export function needs(permission: Permission): Secured & { "x-permission": Permission } {
  const scope = SCOPES.find((one) => one === permission);
  const security: Record<string, string[]>[] = [{ session: [] }];
  if (scope !== undefined) security.push({ apiKey: [scope] });
  else if (permission === "org:read") security.push({ apiKey: [] });
  if (ALLOWED_TO_OPERATOR.includes(permission)) security.push({ operatorKey: [] });
  return { security, "x-permission": permission };
}

/** Spread into `createRoute`: a person who is signed in, or any API key. */
export const PERSON_OR_KEY: Secured = { security: [{ session: [] }, { apiKey: [] }] };

/** Spread into `createRoute`: a person who is signed in, or the operator key. */
export const PERSON_OR_OPERATOR: Secured = { security: [{ session: [] }, { operatorKey: [] }] };

/** Spread into `createRoute`: whoever has a good credential; the answer is what that one may see. */
export const ANY_CREDENTIAL: Secured = { security: [{ session: [] }, { apiKey: [] }, { operatorKey: [] }] };

/** Spread into `createRoute`: the largest body in bytes, where the default (1 MB of JSON, 100 MB of others) does not fit. */
export function bodyLimit(bytes: number) {
  return { "x-body-limit": bytes };
}

/** Spread into `createRoute`: a body of no bytes is refused by the route, not as a missing one. */
export const EMPTY_BODY_REACHES_ROUTE = { "x-empty-body": true };

/** Spread into `createRoute`: the route reads its body in step, each chunk used up before it asks for the next. */
export const BODY_IN_STEP = { "x-body-in-step": true };

/**
 * Spread into `createRoute`: what is sent is done once by ids of its own, so that an `Idempotency-Key` is not needed where
 * it cannot be kept.
 */
export const OWN_IDS = { "x-own-ids": true };

/** Spread into `createRoute`: the rate limit class, where the default (GET is read, others are write) does not fit. */
export function rateClass(of: RateLimitClass) {
  return { "x-rate-class": of };
}

export const MoneySchema = z
  .object({
    amount: z.int().min(0).max(MAX_AMOUNT).openapi({ description: "Minor units (cents)", example: 1999 }),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, "Expected three capital letters (ISO 4217)")
      .openapi({ example: "USD" }),
  })
  .openapi("Money");

export const FieldErrorSchema = z
  .object({ path: z.string(), message: z.string() })
  .openapi("FieldError", { description: "Where in the input, and what is wrong there" });

const codes = Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]];

export const ProblemSchema = z
  .object({
    type: z.string().openapi({ format: "uri-reference", example: "/docs#problem-not_found" }),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string(),
    code: z.enum(codes).openapi({ description: "Stable: what a program decides on" }),
    request_id: z.string(),
    errors: z.array(FieldErrorSchema).optional(),
  })
  .openapi("Problem", { description: "An error as RFC 9457 has it" });

export const PROBLEM_TYPE = "application/problem+json";

type ProblemResponse = { description: string; content: { [PROBLEM_TYPE]: { schema: typeof ProblemSchema } } };
export type ProblemStatus = (typeof ERROR_CODES)[ErrorCode]["status"];

function problemResponse(status: ProblemStatus): ProblemResponse {
  const known = Object.entries(ERROR_CODES).filter(([, { status: of }]) => of === status);
  const description = known.map(([code, { title }]) => `${title} (\`${code}\`)`).join(" · ");
  return { description, content: { [PROBLEM_TYPE]: { schema: ProblemSchema } } };
}

/** Documented errors of a route: `responses: { 200: …, ...problems(400, 404) }`. 401, 429, 500 and 503 come by themselves. */
export function problems<S extends ProblemStatus>(...statuses: S[]): Record<S, ProblemResponse> {
  const entries = statuses.map((status) => [status, problemResponse(status)] as const);
  return Object.fromEntries(entries) as Record<S, ProblemResponse>;
}

/** `{items, next_cursor}`; `name` is its component in the document, for example `ProductList`. */
export function listOf<T extends z.ZodType>(name: string, item: T) {
  return z
    .object({
      items: z.array(item),
      next_cursor: z
        .string()
        .nullable()
        .openapi({ description: "Give it as `cursor`; null on the last page" }),
    })
    .openapi(name);
}

export const cursorParam = z
  .string()
  .min(1)
  .max(2_000)
  .optional()
  .openapi({ description: "`next_cursor` of the page before; opaque", type: "string" });

/** `?org=` of a write whose path names no organisation: an API key has its own, a person may have to choose. */
export const orgChoice = z.string().min(1).max(100).optional().openapi({
  description: "Id or slug of the organisation that writes, where you belong to several",
  type: "string",
});

/** A page's size from the query string, 1 to 100. */
export function limitParam(standard = 20) {
  return z
    .string()
    .regex(/^(?:[1-9]\d?|100)$/, "Expected a whole number from 1 to 100")
    .default(String(standard))
    .transform(Number)
    .openapi({ type: "integer", minimum: 1, maximum: 100, default: standard, description: "Items a page" });
}

/** As `limitParam`, for a page whose size is set where the request names none. */
export function settableLimitParam(standard: number) {
  return z
    .string()
    .regex(/^(?:[1-9]\d?|100)$/, "Expected a whole number from 1 to 100")
    .transform(Number)
    .optional()
    .openapi({
      type: "integer",
      minimum: 1,
      maximum: 100,
      default: standard,
      description: `Items a page; ${standard} where the deployment sets nothing else`,
    });
}

/** An answer's body: `responses: { 200: jsonBody(ProductSchema, "The product") }`. */
export function jsonBody<T extends z.ZodType>(schema: T, description: string) {
  return { description, content: { "application/json": { schema } } };
}

/** A required request body in JSON: `request: { body: jsonInput(Schema) }`. */
export function jsonInput<T extends z.ZodType>(schema: T) {
  return { required: true, content: { "application/json": { schema } } } as const;
}
