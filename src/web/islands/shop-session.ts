import { headingOf } from "../components/results.tsx";
import { queryHref } from "../query.ts";
import type { ShopQuery } from "../query.ts";
import type { Problem, SearchPage, ShopView } from "../search-page.ts";
import { announce } from "./announce.ts";
import { fetchPage, SearchFailure } from "./search-api.ts";

const SKELETON_AFTER_MS = 150;

export interface ShopSession {
  view(): ShopView;
  /** Shows the answer to `query`; an answer that is still on its way is dropped. */
  ask(query: ShopQuery): Promise<void>;
  /** Shows an answer that is known already. */
  show(query: ShopQuery, page: SearchPage): void;
  /** Adds the next page to the list; resolves with how many products stood there before. */
  more(): Promise<number>;
}

/** Holds what the shop shows; `draw` is called with each change. */
export function createSession(first: ShopView, draw: (view: ShopView) => void): ShopSession {
  let view = first;
  let running = new AbortController();

  function set(next: ShopView): void {
    view = next;
    draw(next);
  }

  function start(): AbortSignal {
    running.abort();
    running = new AbortController();
    return running.signal;
  }

  async function ask(query: ShopQuery): Promise<void> {
    const signal = start();
    set({ query, page: view.page, status: view.status === "slow" ? "slow" : "pending" });
    const timer = setTimeout(() => !signal.aborted && set({ ...view, status: "slow" }), SKELETON_AFTER_MS);
    try {
      const page = await fetchPage(query, signal);
      if (!signal.aborted) set({ query, page, status: "ready" });
    } catch (error) {
      if (!signal.aborted) set({ query, page: view.page, status: "failed", problem: problemOf(error) });
    } finally {
      clearTimeout(timer);
    }
    if (!signal.aborted) announce(view.status === "failed" ? "The search failed" : headingOf(view));
  }

  function show(query: ShopQuery, page: SearchPage): void {
    start();
    set({ query, page, status: "ready" });
    announce(headingOf(view));
  }

  async function more(): Promise<number> {
    const { query, page } = view;
    const before = page?.items.length ?? 0;
    if (page === null || page.next_cursor === null || view.status !== "ready") return before;
    const signal = start();
    set({ query, page, status: "loading-more" });
    try {
      const next = await fetchPage({ ...query, cursor: page.next_cursor }, signal);
      if (!signal.aborted) set({ query, page: joined(page, next), status: "ready" });
    } catch (error) {
      if (!signal.aborted) set({ query, page, status: "ready", problem: problemOf(error) });
    }
    return before;
  }

  return { view: () => view, ask, show, more };
}

function joined(page: SearchPage, next: SearchPage): SearchPage {
  const known = new Set(page.items.map((item) => item.id));
  const items = [...page.items, ...next.items.filter((item) => !known.has(item.id))];
  return { ...page, items, next_cursor: next.next_cursor };
}

function problemOf(error: unknown): Problem {
  return error instanceof SearchFailure ? error.problem : "broken";
}

/** True where both ask the same. */
export function sameQuery(a: ShopQuery, b: ShopQuery): boolean {
  return queryHref(a) === queryHref(b);
}
