import { orgHref } from "../components/org-nav.tsx";
import { Hidden } from "./controls.tsx";
import { ACTIVE_CHOICES } from "./query.ts";
import { csvHref } from "./users-table.tsx";
import type { DashboardView } from "./view.ts";

/** What stands above the list of users: search, filter and export. */
export function UsersHead({ view }: { view: DashboardView }) {
  const { org, query } = view;
  return (
    <header class="panel-head users-head">
      <h2 id="users-title">Users</h2>
      <form
        class="users-form"
        id="users-form"
        action={`${orgHref(org)}#users`}
        method="get"
        role="search"
        aria-label="Users"
        data-go="change"
      >
        <Hidden query={query} own={["q", "active"]} />
        <label class="choice-field">
          <span>Name begins with</span>
          <input
            class="select"
            type="search"
            name="q"
            id="users-q"
            value={query.q}
            maxlength={100}
            autocomplete="off"
          />
        </label>
        <label class="choice-field">
          <span>Active since</span>
          <select class="select" name="active" id="users-active">
            {ACTIVE_CHOICES.map(({ value, label }) => (
              <option value={value} selected={value === query.active}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <button class="button apply" type="submit">
          Filter
        </button>
        <a class="button" id="users-csv" href={csvHref(view)} download={`${org}-users.csv`}>
          Export CSV
        </a>
      </form>
    </header>
  );
}
