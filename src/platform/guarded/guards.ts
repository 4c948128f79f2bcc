import type { IsolateState } from "../../deps.ts";
import type { Dependency } from "../../domain/breaker.ts";
import type { Clock } from "../../ports/clock.ts";
import { Guard } from "./guard.ts";
import type { Patience } from "./policies.ts";

/** What the guards of one invocation go by. */
export interface Guarding {
  isolate: Pick<IsolateState, "breakers" | "metrics">;
  clock: Clock;
  patience: Patience;
}

export interface GuardOptions {
  /** What is the caller's own mistake. */
  isOwn?: (error: unknown) => boolean;
  /** Whether a call can be given up before it ends. */
  hasTimeout?: boolean;
}

/** Where this process does the work itself, how long it takes tells of this process. */
const UNBOUNDED = { timeoutMs: Number.POSITIVE_INFINITY, slowMs: Number.POSITIVE_INFINITY };

export function guardOf(
  dependency: Dependency,
  { isolate: { breakers, metrics }, clock, patience }: Guarding,
  { isOwn, hasTimeout = true }: GuardOptions = {},
): Guard {
  const known = patience[dependency];
  const policy = hasTimeout ? known : UNBOUNDED;
  return new Guard(dependency, { breaker: breakers[dependency], clock, metrics, policy }, isOwn);
}
