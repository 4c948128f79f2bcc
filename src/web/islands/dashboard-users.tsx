import { createRoot } from "hono/jsx/dom/client";
import { count } from "../dashboard/format.ts";
import { dashboardHref } from "../dashboard/query.ts";
import { UserRows } from "../dashboard/users-table.tsx";
import { UsersPart } from "../dashboard/users-part.tsx";
import type { DashboardState } from "../dashboard/view.ts";
import type { UserPage } from "../dashboard/wire.ts";
import { announce } from "./announce.ts";
import { Refusal } from "./dashboard-api.ts";
import type { DashboardSession } from "./dashboard-session.ts";

/** How far below the window the next page is already asked for. */
const AHEAD = "600px";

export interface UserList {
  /** Draws the first page anew; later pages are gone with the old table. */
  draw(state: DashboardState): void;
}

/** The table of users that grows at its end while one scrolls; the link to the next page is its last line. */
export function startUserList(host: HTMLElement, session: DashboardSession): UserList {
  let cursor = session.state().users.value?.next_cursor ?? null;
  let loading = false;
  const watcher = new IntersectionObserver(
    (entries) => entries.some(({ isIntersecting }) => isIntersecting) && void more(),
    { rootMargin: AHEAD },
  );

  function watch(): void {
    watcher.disconnect();
    const link = document.getElementById("more-users");
    if (link !== null) watcher.observe(link);
  }

  async function more(): Promise<void> {
    const asked = cursor;
    if (loading || asked === null) return;
    loading = true;
    mark("Loading");
    try {
      const page = await session.nextUsers(asked);
      if (cursor === asked) append(page);
    } catch (error) {
      watcher.disconnect();
      if (error instanceof Refusal) mark("More could not be loaded. Try again");
    } finally {
      loading = false;
    }
  }

  function append(page: UserPage): void {
    const body = document.createElement("tbody");
    host.querySelector("table")?.append(body);
    createRoot(body).render(<UserRows view={session.state()} items={page.items} />);
    announce(`${count(page.items.length)} more users`);
    cursor = page.next_cursor;
    const link = document.getElementById("more-users");
    if (cursor === null) link?.parentElement?.remove();
    else {
      const { org, query } = session.state();
      link?.setAttribute("href", dashboardHref(org, { ...query, cursor }, "#users"));
      mark("Next page");
      watch();
    }
  }

  host.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("#more-users") : null;
    if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void more();
  });
  watch();
  return {
    draw: (state) => {
      host.replaceChildren();
      createRoot(host).render(<UsersPart state={state} />);
      cursor = state.users.value?.next_cursor ?? null;
      watch();
    },
  };
}

function mark(text: string): void {
  const link = document.getElementById("more-users");
  if (link !== null) link.textContent = text;
}
