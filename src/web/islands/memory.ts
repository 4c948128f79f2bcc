import type { SearchPage } from "../search-page.ts";

/** An answer as it stood when the shopper left it, with what "more" had added. */
export interface Remembered {
  page: SearchPage;
  scrollY: number;
}

const MAX_KEPT = 20;
const kept = new Map<string, Remembered>();

export function remember(href: string, state: Remembered): void {
  kept.delete(href);
  kept.set(href, state);
  const oldest = kept.keys().next().value;
  if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
}

export function recall(href: string): Remembered | null {
  return kept.get(href) ?? null;
}

/** Keeps the answer for a return from another page, where the browser does not keep the page itself. */
export function store(href: string, state: Remembered): void {
  try {
    sessionStorage.setItem("vitrine", JSON.stringify({ href, ...state }));
  } catch {
    // Full or forbidden storage: the return starts at the server's page.
  }
}

export function restore(href: string): Remembered | null {
  const [entry] = performance.getEntriesByType("navigation");
  if (!(entry instanceof PerformanceNavigationTiming) || entry.type === "navigate") return null;
  try {
    const state = JSON.parse(sessionStorage.getItem("vitrine") ?? "null") as
      | (Remembered & { href: string })
      | null;
    return state !== null && state.href === href ? state : null;
  } catch {
    return null;
  }
}
