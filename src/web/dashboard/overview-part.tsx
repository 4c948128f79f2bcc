import { Lists } from "./lists.tsx";
import { LiveCard } from "./live-card.tsx";
import { MainChart } from "./main-chart.tsx";
import { PartProblem } from "./problem.tsx";
import { dashboardHref } from "./query.ts";
import { Retention } from "./retention.tsx";
import { Tiles } from "./tiles.tsx";
import { zoneOf } from "./view.ts";
import type { DashboardState } from "./view.ts";

// The parts of the page that are drawn apart from each other, each in the element of its id.

interface Props {
  state: DashboardState;
}

export function ProblemPart({ state: { overview, org, query } }: Props) {
  if (overview.failure === null) return <></>;
  return (
    <PartProblem failure={overview.failure} org={org} href={dashboardHref(org, query)} part="overview" />
  );
}

export function TilesPart({ state: { overview, now } }: Props) {
  return overview.value === null ? <></> : <Tiles overview={overview.value} now={now} />;
}

export function ChartPart({ state }: Props) {
  const { value } = state.overview;
  return value === null ? <></> : <MainChart view={state} overview={value} />;
}

export function LivePart({ state }: Props) {
  return <LiveCard live={state.live} zone={zoneOf(state)} />;
}

/** What stands below the chart: lists and retention. */
export function BelowPart({ state: { overview } }: Props) {
  if (overview.value === null) return <></>;
  return (
    <>
      <Lists overview={overview.value} />
      <Retention cohorts={overview.value.retention} />
    </>
  );
}
