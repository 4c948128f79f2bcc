import { DAY_MS } from "../../domain/event.ts";
import { orgHref } from "../components/org-nav.tsx";
import { COMPARISONS, dashboardHref, hiddenFields, rangeDates, RANGES } from "./query.ts";
import type { DashboardQuery } from "./query.ts";
import { dateIn } from "./local-time.ts";
import { zoneOf } from "./view.ts";
import type { DashboardView } from "./view.ts";
import { INTERVALS } from "./wire.ts";
import type { Interval } from "./wire.ts";

const INTERVAL_LABELS = { hour: "Hours", day: "Days", week: "Weeks", month: "Months" } as const;

/** What the page looks at. Links and forms whose answer is an address: they work without script. */
export function Controls({ view, zones }: { view: DashboardView; zones: readonly string[] }) {
  return (
    <div class="controls">
      <RangePicker view={view} />
      <OwnRange view={view} />
      <Choices view={view} zones={zones} />
    </div>
  );
}

function RangePicker({ view: { org, query } }: { view: DashboardView }) {
  return (
    <nav class="segments" aria-label="Range">
      {RANGES.map(({ value, label }) => (
        <a
          id={`range-${value}`}
          href={dashboardHref(org, { ...query, range: value, from: "", to: "", interval: "", cursor: "" })}
          data-go=""
          aria-current={query.from === "" && query.range === value ? "true" : undefined}
        >
          {label}
        </a>
      ))}
    </nav>
  );
}

/** Two dates of one's own; they begin as those of the range that is shown. */
function OwnRange({ view }: { view: DashboardView }) {
  const { org, query, now } = view;
  const { from, to } = rangeDates(query, dateIn(zoneOf(view), now));
  return (
    <details class="own-range">
      <summary class={query.from === "" ? "button" : "button button-chosen"}>Custom</summary>
      <form class="own-range-form" id="own-range" action={orgHref(org)} method="get" data-go="">
        <Hidden query={query} own={["from", "to", "range", "interval"]} />
        <label>
          From
          <input class="input" type="date" name="from" value={from} required />
        </label>
        <label>
          To
          <input class="input" type="date" name="to" value={to} required />
        </label>
        <button class="button button-primary" type="submit">
          Show
        </button>
      </form>
    </details>
  );
}

function Choices({ view, zones }: { view: DashboardView; zones: readonly string[] }) {
  const { org, query, orgZone } = view;
  return (
    <form class="choices" id="choices" action={orgHref(org)} method="get" data-go="change">
      <Hidden query={query} own={["compare", "interval", "tz"]} />
      <label class="choice-field">
        <span>Compare with</span>
        <select class="select" name="compare" id="compare">
          {COMPARISONS.map(({ value, label }) => (
            <option value={value} selected={value === query.compare}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label class="choice-field">
        <span>By</span>
        <select class="select" name="interval" id="interval">
          <option value="" selected={query.interval === ""}>
            Automatic
          </option>
          {fittingIntervals(view).map((interval) => (
            <option value={interval} selected={interval === query.interval}>
              {INTERVAL_LABELS[interval]}
            </option>
          ))}
        </select>
      </label>
      <label class="choice-field">
        <span>Time zone</span>
        <input
          class="select"
          name="tz"
          id="tz"
          list="zones"
          value={query.tz}
          placeholder={orgZone}
          maxlength={64}
          autocomplete="off"
          spellcheck={false}
        />
      </label>
      <datalist id="zones">
        {zones.map((zone) => (
          <option value={zone} />
        ))}
      </datalist>
      <button class="button apply" type="submit">
        Apply
      </button>
    </form>
  );
}

/** Hours of a year are more than the API counts, and more than one can look at. */
function fittingIntervals(view: DashboardView): Interval[] {
  const { query, now } = view;
  const { from, to } = rangeDates(query, dateIn(zoneOf(view), now));
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  const limits: Readonly<Record<Interval, number>> = { hour: 31, day: 400, week: 1_830, month: 3_660 };
  return INTERVALS.filter((interval) => interval === query.interval || days <= limits[interval]);
}

/** The rest of the address, for a form that changes a part of it. */
export function Hidden({ query, own }: { query: DashboardQuery; own: readonly (keyof DashboardQuery)[] }) {
  return (
    <>
      {hiddenFields(query, own).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  );
}
