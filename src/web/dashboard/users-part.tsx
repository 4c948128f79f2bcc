import { PartProblem } from "./problem.tsx";
import { dashboardHref } from "./query.ts";
import { UsersTable } from "./users-table.tsx";
import type { DashboardState } from "./view.ts";

/** The list of users, or why there is none. */
export function UsersPart({ state }: { state: DashboardState }) {
  const { users, org, query } = state;
  return (
    <>
      {users.failure === null ? null : (
        <PartProblem failure={users.failure} org={org} href={dashboardHref(org, query)} part="users" />
      )}
      {users.value === null ? null : <UsersTable view={state} page={users.value} />}
    </>
  );
}
