import type { Role } from "../../domain/actor.ts";
import { DataBlock } from "../components/data-block.tsx";
import { Layout } from "../components/layout.tsx";
import { OrgNav, orgHref } from "../components/org-nav.tsx";
import { Controls } from "../dashboard/controls.tsx";
import { EmptyDashboard } from "../dashboard/empty-dashboard.tsx";
import { BelowPart, ChartPart, LivePart, ProblemPart, TilesPart } from "../dashboard/overview-part.tsx";
import { StatusLine } from "../dashboard/status-line.tsx";
import { UsersHead } from "../dashboard/users-section.tsx";
import { UsersPart } from "../dashboard/users-part.tsx";
import type { DashboardState } from "../dashboard/view.ts";

interface Props {
  org: { slug: string; name: string };
  role: Role;
  state: DashboardState;
  /** IANA names that the zone picker offers. */
  zones: readonly string[];
  origin: string;
}

/** What an organisation's people see of it. */
export function DashboardPage({ org, role, state, zones, origin }: Props) {
  const title = `Dashboard · ${org.name}`;
  return (
    <Layout head={{ title: `${title} · Vitrine`, description: title, indexed: false }} bundle="dashboard">
      <OrgNav org={org} role={role} current="dashboard" />
      <div class="dashboard-head">
        <h1>Dashboard</h1>
        <div id="status">{isEmpty(state) ? null : <StatusLine state={state} />}</div>
      </div>
      {isEmpty(state) ? (
        <EmptyDashboard org={org.slug} origin={origin} />
      ) : (
        <Filled state={state} zones={zones} />
      )}
      <DataBlock type="application/json" id="dashboard-state" value={state} />
    </Layout>
  );
}

/** For people of the organisation whose role does not let them read its numbers. */
export function DashboardRefused({ org, role }: Pick<Props, "org" | "role">) {
  const title = `Dashboard · ${org.name}`;
  return (
    <Layout head={{ title: `${title} · Vitrine`, description: title, indexed: false }} bundle="dashboard">
      <OrgNav org={org} role={role} current="dashboard" />
      <div class="state state-page">
        <h1 class="state-title">The dashboard is not for your role</h1>
        <p class="muted">
          You are a {role} of {org.name}. An owner or admin can make you an analyst, who sees its numbers.
        </p>
        <p>
          <a class="button" href={orgHref(org.slug, "/members")}>
            To the members
          </a>
        </p>
      </div>
    </Layout>
  );
}

function Filled({ state, zones }: { state: DashboardState; zones: readonly string[] }) {
  return (
    <>
      <div id="controls">
        <Controls view={state} zones={zones} />
      </div>
      <div class="board" id="board">
        <div id="problem">
          <ProblemPart state={state} />
        </div>
        <div id="tiles">
          <TilesPart state={state} />
        </div>
        <div class="chart-row">
          <div id="chart">
            <ChartPart state={state} />
          </div>
          <div id="live">
            <LivePart state={state} />
          </div>
        </div>
        <div id="below">
          <BelowPart state={state} />
        </div>
      </div>
      <section class="panel users-panel" id="users" aria-labelledby="users-title">
        <div id="users-head">
          <UsersHead view={state} />
        </div>
        <div id="users-list">
          <UsersPart state={state} />
        </div>
      </section>
      <div id="chart-value" class="visually-hidden" role="status" />
    </>
  );
}

/** Nothing was ever counted, which is not the same as nothing in this range. */
function isEmpty({ overview, users, query }: DashboardState): boolean {
  const isFirst = query.q === "" && query.active === "" && query.cursor === "";
  const totals = overview.value?.totals;
  if (totals === undefined || !isFirst) return false;
  const counted = totals.page_views + totals.logins + totals.activities + totals.bots;
  return counted === 0 && overview.value?.version === 0 && users.value?.items.length === 0;
}
