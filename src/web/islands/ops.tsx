import { createRoot } from "hono/jsx/dom/client";
import { PARTS } from "../ops/parts.tsx";
import { opsHref, parseOpsQuery } from "../ops/query.ts";
import { StatusLine } from "../ops/status-line.tsx";
import { keepingLast } from "../ops/view.ts";
import type { Contact, OpsState } from "../ops/view.ts";
import { startOpsCursor } from "./ops-cursor.ts";
import { startFollowing } from "./ops-follow.ts";
import { listenToRedrives } from "./ops-redrive.ts";
import { isPlain, keepFocus, part } from "./page-parts.ts";

function start(): void {
  const text = document.getElementById("ops-data")?.textContent;
  if (text === undefined || text === null) return;
  let state = JSON.parse(text) as OpsState; // Our own page's.
  const draw = createDrawing();
  const cursor = startOpsCursor(() => state);
  const show = (next: OpsState): void => {
    state = keepingLast(state, next);
    draw(state);
    queueMicrotask(() => cursor.refresh());
  };
  show(state);
  const status = createRoot(part("ops-status"));
  const following = startFollowing({
    query: () => parseOpsQuery(new URLSearchParams(location.search)),
    show,
    tell: (contact: Contact) => status.render(<StatusLine now={state.now} contact={contact} />),
    readAt: state.now,
  });
  listenToLinks(() => following.now());
  listenToRedrives(() => following.now());
  document.documentElement.dataset.live = "";
}

/** Links within the page change its address and ask for what that says, without a load. */
function listenToLinks(ask: () => void): void {
  document.addEventListener("click", (event) => {
    const link =
      event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-ops-go]") : null;
    if (link === null || !isPlain(event)) return;
    event.preventDefault();
    const { searchParams } = new URL(link.href);
    history.pushState(null, "", opsHref(parseOpsQuery(searchParams)));
    ask();
  });
  addEventListener("popstate", ask);
}

/** Each part by itself, with the server's components; what did not change stays as it is. */
function createDrawing(): (state: OpsState) => void {
  const roots = Object.entries(PARTS).map(([id, drawPart]) => [createRoot(part(id)), drawPart] as const);
  return (state) => {
    const focused = document.activeElement?.id ?? "";
    for (const [root, drawPart] of roots) root.render(drawPart(state));
    queueMicrotask(() => keepFocus(focused));
  };
}

start();
