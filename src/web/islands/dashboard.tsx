import { createRoot } from "hono/jsx/dom/client";
import { liveModel, seriesModel } from "../dashboard/chart-model.ts";
import type { ChartModel } from "../dashboard/chart-model.ts";
import { Controls } from "../dashboard/controls.tsx";
import { clockIn } from "../dashboard/format.ts";
import { BelowPart, ChartPart, LivePart, ProblemPart, TilesPart } from "../dashboard/overview-part.tsx";
import { dashboardHref, parseDashboardQuery } from "../dashboard/query.ts";
import { StatusLine } from "../dashboard/status-line.tsx";
import { UsersHead } from "../dashboard/users-section.tsx";
import { zoneOf } from "../dashboard/view.ts";
import type { DashboardState } from "../dashboard/view.ts";
import { announce } from "./announce.ts";
import { listenToControls } from "./dashboard-controls.ts";
import { startCursor } from "./dashboard-cursor.ts";
import { awaitFirstEvent, startLive } from "./dashboard-live.ts";
import { createSession } from "./dashboard-session.ts";
import type { Changed, DashboardSession } from "./dashboard-session.ts";
import { startUserList } from "./dashboard-users.tsx";
import { keepFocus, part } from "./page-parts.ts";

function start(): void {
  const text = document.getElementById("dashboard-state")?.textContent;
  if (text === undefined || text === null) return;
  const first = JSON.parse(text) as DashboardState; // Our own page's.
  let draw: (state: DashboardState, changed: Changed) => void = () => undefined;
  const session = createSession(first, (state, changed) => draw(state, changed));
  if (document.getElementById("board") === null) return awaitFirstEvent(session);
  draw = createDrawing(session);
  draw(first, "overview");
  draw(first, "live");
  listenToSteps(session);
  startLive(session);
  document.documentElement.dataset.live = "";
}

function listenToSteps(session: DashboardSession): void {
  const { org } = session.state();
  listenToControls(org, (query, how) => {
    const href = dashboardHref(org, query);
    if (href === location.pathname + location.search) return;
    if (how === "push") history.pushState(null, "", href);
    else history.replaceState(null, "", href);
    session.go(query);
  });
  addEventListener("popstate", () => session.go(parseDashboardQuery(new URLSearchParams(location.search))));
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-retry]") : null;
    if (link === null) return;
    event.preventDefault();
    void session.refresh(link.dataset.retry === "users" ? "users" : "overview");
  });
}

/** Draws with the server's components; what a change does not touch stays as it is. */
function createDrawing(session: DashboardSession): (state: DashboardState, changed: Changed) => void {
  const zones = [...document.querySelectorAll<HTMLOptionElement>("#zones option")].map(({ value }) => value);
  const [controls, status, problem, tiles] = ["controls", "status", "problem", "tiles"].map(rootOf);
  const [chart, live, below, usersHead] = ["chart", "live", "below", "users-head"].map(rootOf);
  const users = startUserList(part("users-list"), session);
  const cursor = startCursor((id) => modelOf(session.state(), id));

  let isAwaited = false;

  function drawOverview(state: DashboardState): void {
    tiles.render(<TilesPart state={state} />);
    chart.render(<ChartPart state={state} />);
    below.render(<BelowPart state={state} />);
  }

  return (state, changed) => {
    const focused = document.activeElement?.id ?? "";
    if (changed === "live") live.render(<LivePart state={state} />);
    else {
      controls.render(<Controls view={state} zones={zones} />);
      status.render(<StatusLine state={state} />);
      problem.render(<ProblemPart state={state} />);
      usersHead.render(<UsersHead view={state} />);
    }
    if (changed === "overview" || changed === "query") drawOverview(state);
    if (changed === "users" && state.users.pending === null) users.draw(state);
    setBusy("board", state.overview.pending === "new");
    setBusy("users-list", state.users.pending === "new");
    if (isAwaited && state.overview.pending === null && state.overview.failure === null)
      announce("The numbers are those of the new choice");
    isAwaited = state.overview.pending === "new";
    // Roots draw in a microtask.
    queueMicrotask(() => {
      cursor.refresh();
      keepFocus(focused);
    });
  };
}

function modelOf({ overview, live, query, now, ...rest }: DashboardState, id: string): ChartModel | null {
  if (id === "main-chart")
    return overview.value === null ? null : seriesModel(overview.value, query.metric, now);
  const zone = zoneOf({ query, now, ...rest });
  return live === null ? null : liveModel(live, (instant) => clockIn(instant, zone));
}

function setBusy(id: string, isBusy: boolean): void {
  if (isBusy) part(id).setAttribute("aria-busy", "true");
  else part(id).removeAttribute("aria-busy");
}

function rootOf(id: string) {
  return createRoot(part(id));
}

start();
