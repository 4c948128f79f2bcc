import type { Context } from "hono";
import { MAX_VISITOR_ID } from "../../services/experiments/visit.ts";
import type { Visit } from "../../services/experiments/visit.ts";
import type { AppEnv } from "../openapi.ts";
import { clientKey } from "./client-key.ts";

/** Spread into `createRoute` of what an experiment may decide on. */
export const VISIT_DOCUMENTS = {
  parameters: [
    {
      name: "Visitor-Id",
      in: "header" as const,
      description:
        "Whom this is asked for, as the caller names them: they get one arm of an experiment. Else the browser does, for a day",
      schema: { type: "string" as const, maxLength: MAX_VISITOR_ID },
    },
  ],
};

/** Who a request came from, as far as its headers and its connection tell. */
export function visitOf(c: Context<AppEnv>): Visit {
  const header = (name: string) => c.req.header(name);
  return {
    visitor: header("visitor-id")?.slice(0, MAX_VISITOR_ID) || null,
    userAgent: header("user-agent") ?? "",
    address: clientKey(c),
    isPrefetch: /prefetch|prerender/.test(header("sec-purpose") ?? header("purpose") ?? ""),
    wantsNoTracking: header("dnt") === "1" || header("sec-gpc") === "1",
  };
}
