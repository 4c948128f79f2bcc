import type { Overview } from "../dashboard/wire.ts";
import { fetchLive, Refusal } from "./dashboard-api.ts";
import type { DashboardSession } from "./dashboard-session.ts";

/** With the second that a version stands and the fold, a new event shows within 5 s. */
const PERIOD_MS = 3_000;
const MAX_PERIOD_MS = 60_000;
/** The range's numbers follow new events no more often than this. */
const OVERVIEW_MS = 30_000;
/** So often it asks for what jobs are about to count. */
const MAX_WAITS = 20;

/** Follows the last minutes while the page is looked at, and asks less often while there is no answer. */
export function startLive(session: DashboardSession): void {
  let period = PERIOD_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let overviewAt = Date.now();
  let waits = 0;

  async function tick(): Promise<void> {
    clearTimeout(timer);
    if (document.visibilityState !== "visible") return;
    try {
      const live = await fetchLive(session.state(), AbortSignal.timeout(PERIOD_MS * 2));
      session.showLive(live);
      period = PERIOD_MS;
      followOverview(live.as_of);
    } catch (error) {
      if (error instanceof Refusal && error.status === 401) return location.reload();
      period = Math.min(MAX_PERIOD_MS, period * 2);
    }
    timer = setTimeout(() => void tick(), period);
  }

  function followOverview(asOf: string): void {
    const { value, pending } = session.state().overview;
    if (value === null || pending !== null) return;
    const isWaiting = isIncomplete(value) && waits++ < MAX_WAITS;
    const isNewer = Date.parse(asOf) > Date.parse(value.as_of) && Date.now() - overviewAt > OVERVIEW_MS;
    if (!isWaiting && !isNewer) return;
    overviewAt = Date.now();
    void session.refresh("overview");
  }

  document.addEventListener("visibilitychange", () => void tick());
  addEventListener("online", () => void tick());
  timer = setTimeout(() => void tick(), session.state().live === null ? 0 : period);
}

/** Jobs are still counting: they begin with the first look. */
function isIncomplete({ series, retention, totals }: Overview): boolean {
  return (
    series.some((point) => point.active_users === null) ||
    (retention.length === 0 && totals.active_users !== 0)
  );
}

/** Before the first event: looks for it, and loads the page anew once it is there. */
export function awaitFirstEvent(session: DashboardSession): void {
  let known: string | null = null;
  setInterval(() => {
    if (document.visibilityState !== "visible") return;
    void fetchLive(session.state(), AbortSignal.timeout(PERIOD_MS)).then(
      ({ as_of, active_users }) => {
        if (active_users > 0 || (known !== null && as_of !== known)) location.reload();
        known = as_of;
      },
      () => undefined,
    );
  }, PERIOD_MS);
}
