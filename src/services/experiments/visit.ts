import type { Actor } from "../../domain/actor.ts";
import { userSubject } from "../../domain/experiment-assignment.ts";
import { botReasonOf } from "../events/bots.ts";
import { visitorId } from "../events/visitor.ts";

export const MAX_VISITOR_ID = 200;

/** Who a request came from, as far as an experiment's split needs it. */
export interface Visit {
  /** As the caller names its visitor in `Visitor-Id`. */
  visitor: string | null;
  userAgent: string;
  /** The network address, as rate limits know it. */
  address: string;
  isPrefetch: boolean;
  /** By `DNT` or `Sec-GPC`. */
  wantsNoTracking: boolean;
}

/** Machines, pages that nobody saw yet and who asks not to be followed are in no experiment, as they are in no statistics. */
export function takesPart({ userAgent, isPrefetch, wantsNoTracking }: Visit): boolean {
  return !isPrefetch && !wantsNoTracking && botReasonOf(userAgent) === null;
}

/** The person who signed in; whom the caller names; else the browser, for a day: no cookie is set. */
export function subjectOf(
  { actor, secret, now }: { actor: Actor; secret: string; now: number },
  { visitor, userAgent, address }: Visit,
): string {
  if (actor.kind === "user") return userSubject(actor.userId);
  if (visitor !== null) return userSubject(visitor);
  return userSubject(visitorId(secret, { site: "experiments", address, userAgent, at: now }));
}
