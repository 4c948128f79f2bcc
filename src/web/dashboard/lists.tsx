import { count } from "./format.ts";
import type { Overview } from "./wire.ts";

interface Row {
  name: string;
  value: number;
}

interface Props {
  id: string;
  title: string;
  /** What a row is, and what is counted. */
  columns: readonly [string, string];
  rows: readonly Row[];
  empty: string;
}

/** A short table whose rows carry bars, longest first. */
export function BarList({ id, title, columns, rows, empty }: Props) {
  const longest = rows.reduce((max, { value }) => Math.max(max, value), 1);
  return (
    <section class="panel" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {rows.length === 0 ? (
        <p class="note">{empty}</p>
      ) : (
        <table class="bar-list">
          <colgroup>
            <col />
            <col class="bar-list-numbers" />
          </colgroup>
          <thead class="visually-hidden">
            <tr>
              <th scope="col">{columns[0]}</th>
              <th scope="col">{columns[1]}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, value }) => (
              <tr>
                <th scope="row" title={name}>
                  <svg class="bar-back" width="100%" height="100%" aria-hidden="true" focusable="false">
                    <rect
                      width={`${Math.max(0.5, (value / longest) * 100).toFixed(1)}%`}
                      height="100%"
                      rx="5"
                    />
                  </svg>
                  <span class="bar-name">{name}</span>
                </th>
                <td>{count(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

const BOT_WORDS: Readonly<Record<string, string>> = {
  user_agent: "Says that it is a machine",
  no_user_agent: "Says nothing of itself",
  webdriver: "Driven by a program",
  prefetch: "Fetched ahead by a browser",
};

/** Where people went, whence they came, and what was no person. */
export function Lists({ overview }: { overview: Overview }) {
  const { top_paths, top_referrers, bots, totals } = overview;
  return (
    <div class="lists">
      <BarList
        id="paths-title"
        title="Top paths"
        columns={["Path", "Page views"]}
        rows={top_paths.map(({ path, page_views }) => ({ name: path, value: page_views }))}
        empty="No page views in this range."
      />
      <BarList
        id="referrers-title"
        title="Top referrers"
        columns={["Host", "Page views"]}
        rows={top_referrers.map(({ host, page_views }) => ({ name: host, value: page_views }))}
        empty="No visits from elsewhere in this range."
      />
      <BarList
        id="bots-title"
        title={totals.bots === 0 ? "Bots" : `Bots: ${count(totals.bots)} events, counted apart`}
        columns={["Reason", "Events"]}
        rows={bots.map(({ reason, events }) => ({ name: BOT_WORDS[reason] ?? reason, value: events }))}
        empty="No machine was seen in this range."
      />
    </div>
  );
}
