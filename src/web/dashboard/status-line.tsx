import { clockIn } from "./format.ts";
import { zoneOf } from "./view.ts";
import type { DashboardState } from "./view.ts";

/** How fresh the numbers are, and whether newer ones are on their way. */
export function StatusLine({ state }: { state: DashboardState }) {
  const { overview } = state;
  const zone = zoneOf(state);
  if (overview.value === null) return <p class="status-line" />;
  const { as_of } = overview.value;
  return (
    <p class={"status-line"}>
      As of <time datetime={as_of}>{clockIn(as_of, zone)}</time>, {zone}
      {overview.pending !== null
        ? ", refreshing"
        : overview.failure === null
          ? ""
          : ", could not be refreshed"}
    </p>
  );
}
