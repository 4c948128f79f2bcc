import { liveModel } from "./chart-model.ts";
import { ChartTable } from "./chart-table.tsx";
import { clockIn, count } from "./format.ts";
import { Plot } from "./plot.tsx";
import type { Live } from "./wire.ts";

interface Props {
  live: Live | null;
  zone: string;
}

/** Who is there now. */
export function LiveCard({ live, zone }: Props) {
  return (
    <section class="panel live-panel" aria-labelledby="live-title">
      <header class="panel-head">
        <h2 id="live-title">
          <span class="pulse" aria-hidden="true" />
          Now
        </h2>
      </header>
      {live === null ? (
        <p class="note">The live count does not answer just now.</p>
      ) : (
        <LiveNumbers live={live} zone={zone} />
      )}
    </section>
  );
}

function LiveNumbers({ live, zone }: { live: Live; zone: string }) {
  const model = liveModel(live, (instant) => clockIn(instant, zone));
  return (
    <>
      <p class="live-value" id="live-value">
        {count(live.active_users)}
        {live.active_users_capped ? "+" : ""}
      </p>
      <p class="muted small" id="live-summary">
        active {live.active_users === 1 ? "user" : "users"} in the last 30 minutes
      </p>
      <Plot model={model} describedBy="live-summary" />
      <p class="legend small">Events a minute</p>
      <ChartTable model={model} />
    </>
  );
}
