import { ago, count, exactTime } from "./format.ts";
import { dashboardHref, usersParams } from "./query.ts";
import type { SortColumn, UserSort } from "./query.ts";
import { Arrow } from "./tiles.tsx";
import { zoneOf } from "./view.ts";
import type { DashboardView } from "./view.ts";
import type { OrgUser, UserPage } from "./wire.ts";

interface Column {
  label: string;
  /** `null`: the API does not sort by it. */
  sort: SortColumn | null;
  isNumber: boolean;
}

const COLUMNS: readonly Column[] = [
  { label: "Name", sort: "name", isNumber: false },
  { label: "Last seen", sort: "last_activity", isNumber: true },
  { label: "Page views", sort: "page_views", isNumber: true },
  { label: "Logins", sort: "logins", isNumber: true },
  { label: "Activities", sort: null, isNumber: true },
];

/** The list itself, its first page; the island adds later pages as further bodies of the table. */
export function UsersTable({ view, page }: { view: DashboardView; page: UserPage }) {
  const { org, query } = view;
  if (page.items.length === 0 && page.next_cursor === null) return <NoUsers view={view} />;
  return (
    <>
      <div class="table-scroll" tabindex={0} role="group" aria-label="Users">
        <table class="users">
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <ColumnHead column={column} view={view} />
              ))}
            </tr>
          </thead>
          <tbody>
            <UserRows view={view} items={page.items} />
          </tbody>
        </table>
      </div>
      {page.next_cursor === null ? null : (
        <p class="more">
          <a
            class="button"
            id="more-users"
            rel="next"
            href={dashboardHref(org, { ...query, cursor: page.next_cursor }, "#users")}
          >
            Next page
          </a>
        </p>
      )}
    </>
  );
}

function ColumnHead({ column, view }: { column: Column; view: DashboardView }) {
  const { label, sort, isNumber } = column;
  const { org, query } = view;
  const direction = directionOf(query.sort, sort);
  return (
    <th
      scope="col"
      class={isNumber ? "number" : undefined}
      aria-sort={direction === null ? undefined : direction === "up" ? "ascending" : "descending"}
    >
      {sort === null ? (
        label
      ) : (
        <a
          id={`sort-${sort}`}
          href={dashboardHref(org, { ...query, sort: nextSort(query.sort, sort), cursor: "" }, "#users")}
          data-go=""
        >
          {label}
          {direction === null ? null : <Arrow direction={direction} />}
        </a>
      )}
    </th>
  );
}

function directionOf(sort: UserSort, column: SortColumn | null): "up" | "down" | null {
  if (sort === column) return "up";
  return sort === `-${column}` ? "down" : null;
}

/** A column first sorts the way one looks for: names from A, numbers from the greatest; then the other way. */
export function nextSort(sort: UserSort, column: SortColumn): UserSort {
  if (sort === column) return `-${column}`;
  if (sort === `-${column}`) return column;
  return column === "name" ? "name" : `-${column}`;
}

export function UserRows({ view, items }: { view: DashboardView; items: readonly OrgUser[] }) {
  return (
    <>
      {items.map((user) => (
        <tr>
          <th scope="row">
            <span class="user-name">{user.name ?? user.id}</span>
            {user.name === null ? null : <span class="user-id">{user.id}</span>}
          </th>
          <td>
            <LastSeen at={user.last_activity} view={view} />
          </td>
          <td>{count(user.page_views)}</td>
          <td>{count(user.logins)}</td>
          <td>{count(user.activities)}</td>
        </tr>
      ))}
    </>
  );
}

function LastSeen({ at, view }: { at: string | null; view: DashboardView }) {
  if (at === null) return <span class="muted">never</span>;
  return (
    <time datetime={at} title={exactTime(at, zoneOf(view))}>
      {ago(Date.parse(at), view.now)}
    </time>
  );
}

function NoUsers({ view }: { view: DashboardView }) {
  const { org, query } = view;
  const isNarrowed = query.q !== "" || query.active !== "";
  return (
    <div class="state">
      <p class="state-title">{isNarrowed ? "No user matches" : "No users yet"}</p>
      {isNarrowed ? (
        <p>
          <a
            class="button"
            id="all-users"
            data-go=""
            href={dashboardHref(org, { ...query, q: "", active: "", cursor: "" })}
          >
            Show all users
          </a>
        </p>
      ) : (
        <p class="muted">They appear with the first event that names them.</p>
      )}
    </div>
  );
}

/** The export of what the table is narrowed to, in its order. */
export function csvHref(view: DashboardView): string {
  const { org, query, now } = view;
  const params = usersParams({ ...query, cursor: "" }, zoneOf(view), now);
  return `/v1/orgs/${encodeURIComponent(org)}/users.csv?${params}`;
}
