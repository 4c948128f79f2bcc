import { createRoot } from "hono/jsx/dom/client";
import { FacetPanel } from "../components/facet-panel.tsx";
import { headingOf, Results } from "../components/results.tsx";
import { isFront, parseQuery, queryHref } from "../query.ts";
import type { ShopQuery } from "../query.ts";
import type { SearchPage, ShopView } from "../search-page.ts";
import { recall, remember, restore, store } from "./memory.ts";
import { keepFocus, part } from "./page-parts.ts";
import { createSession, sameQuery } from "./shop-session.ts";
import type { ShopSession } from "./shop-session.ts";

export interface ShopFront {
  session: ShopSession;
  /** Goes to a query: `push` makes a step that Back undoes, `replace` changes the present one. */
  go(query: ShopQuery, how: "push" | "replace"): void;
}

/** Takes over the list and the filters that the server drew; `page` is the server's answer. */
export function startShopFront(page: SearchPage, input: HTMLInputElement): ShopFront {
  history.scrollRestoration = "manual";
  const query = parseQuery(new URLSearchParams(location.search));
  const session = createSession({ query, page, status: "ready" }, createDrawing());
  const left = restore(hrefNow());
  if (left !== null) returnTo(session, query, left.page, left.scrollY);

  const leave = () => {
    const view = session.view();
    if (view.page === null || view.status !== "ready") return null;
    return { page: view.page, scrollY };
  };

  function go(next: ShopQuery, how: "push" | "replace"): void {
    if (sameQuery(next, session.view().query) && session.view().status !== "failed") return;
    const state = leave();
    if (how === "push" && state !== null) remember(hrefNow(), state);
    if (how === "push") history.pushState(null, "", queryHref(next));
    else history.replaceState(null, "", queryHref(next));
    void session.ask(next);
  }

  addEventListener("popstate", () => {
    const back = parseQuery(new URLSearchParams(location.search));
    input.value = back.q;
    const known = recall(hrefNow());
    if (known === null) void session.ask(back);
    else returnTo(session, back, known.page, known.scrollY);
  });
  addEventListener("pagehide", () => {
    const state = leave();
    if (state !== null) store(hrefNow(), state);
  });
  addEventListener("online", () => {
    if (session.view().status === "failed") void session.ask(session.view().query);
  });
  return { session, go };
}

function hrefNow(): string {
  return location.pathname + location.search;
}

function returnTo(session: ShopSession, query: ShopQuery, page: SearchPage, top: number): void {
  session.show(query, page);
  // The list is drawn in a microtask; the page has its height by the next frame.
  requestAnimationFrame(() => scrollTo(0, top));
}

/** Draws views with the server's components. The server's own markup is replaced with the first change. */
function createDrawing(): (view: ShopView) => void {
  const facets = createRoot(part("facets"));
  const results = createRoot(part("results"));
  return (view) => {
    const focused = document.activeElement?.id ?? "";
    facets.render(<FacetPanel view={view} />);
    results.render(<Results view={view} />);
    const hero = document.getElementById("hero");
    if (hero !== null) hero.hidden = !isFront(view.query);
    if (view.status === "ready") rename(headingOf(view));
    queueMicrotask(() => keepFocus(focused));
  };
}

function rename(title: string): void {
  document.title = `${title} · Vitrine`;
  part("page-title").textContent = title;
}
