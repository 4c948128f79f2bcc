import { dateIn } from "../dashboard/local-time.ts";
import { overviewParams, usersParams } from "../dashboard/query.ts";
import type { DashboardQuery } from "../dashboard/query.ts";
import { ready, zoneOf } from "../dashboard/view.ts";
import type { DashboardState, Part, PartFailure } from "../dashboard/view.ts";
import type { Live, UserPage } from "../dashboard/wire.ts";
import { fetchOverview, fetchUsers, Refusal } from "./dashboard-api.ts";

/** What a drawing has to follow; `query` alone where the numbers stay as they are. */
export type Changed = "query" | "overview" | "users" | "live";

export interface DashboardSession {
  state(): DashboardState;
  /** Looks at another question: asks only for the parts that depend on what differs. */
  go(query: DashboardQuery): void;
  /** Asks again for a part, keeping what is shown. */
  refresh(part: "overview" | "users"): Promise<void>;
  /** The page after `cursor`; rejects with `Refusal`. It is not kept: later pages are the table's alone. */
  nextUsers(cursor: string): Promise<UserPage>;
  showLive(live: Live): void;
}

type Asked = "overview" | "users";

/** Holds what the dashboard shows; `draw` is called with each change. */
export function createSession(
  first: DashboardState,
  draw: (state: DashboardState, changed: Changed) => void,
): DashboardSession {
  let state = first;
  // The server's clock goes on from the page's: a browser's own may be wrong.
  const ahead = first.now - Date.now();
  const running: Record<Asked, AbortController> = {
    overview: new AbortController(),
    users: new AbortController(),
  };

  function set(change: Partial<DashboardState>, changed: Changed): void {
    state = { ...state, ...change, now: Date.now() + ahead };
    draw(state, changed);
  }

  async function ask(part: Asked, pending: "new" | "refresh"): Promise<void> {
    running[part].abort();
    running[part] = new AbortController();
    const { signal } = running[part];
    set({ [part]: { ...state[part], pending } }, pending === "new" ? "query" : part);
    const fetched = part === "overview" ? fetchOverview(state, signal) : fetchUsers(state, signal);
    const answer: Part<unknown> | null = await fetched.then(ready, (error: unknown) =>
      signal.aborted ? null : { ...state[part], pending: null, failure: failureOf(error) },
    );
    if (answer !== null && !signal.aborted) set({ [part]: answer }, part);
  }

  function go(query: DashboardQuery): void {
    const before = state;
    set({ query }, "query");
    const now = state.now;
    if (overviewKey(before, now) !== overviewKey(state, now)) void ask("overview", "new");
    if (usersKey(before, now) !== usersKey(state, now)) void ask("users", "new");
  }

  return {
    state: () => state,
    go,
    refresh: (part) => ask(part, "refresh"),
    nextUsers: (cursor) => fetchUsers({ ...state, query: { ...state.query, cursor } }, running.users.signal),
    showLive: (live) => set({ live }, "live"),
  };
}

function overviewKey(state: DashboardState, now: number): string {
  return overviewParams(state.query, dateIn(zoneOf(state), now)).toString();
}

function usersKey(state: DashboardState, now: number): string {
  return usersParams(state.query, zoneOf(state), now).toString();
}

function failureOf(error: unknown): PartFailure {
  return error instanceof Refusal
    ? error.failure
    : { message: "That is our fault, not yours. Try again in a moment.", isPassing: true };
}
