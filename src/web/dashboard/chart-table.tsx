import type { ChartModel, Reading } from "./chart-model.ts";
import { count } from "./format.ts";

/** The chart's numbers as a table, closed until it is asked for. */
export function ChartTable({ model }: { model: ChartModel }) {
  const { label, pointLabel, points, compared } = model;
  return (
    <details class="as-table">
      <summary>Show as table</summary>
      <div class="table-scroll" tabindex={0} role="group" aria-label={`${label} as a table`}>
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col">{pointLabel}</th>
              <th scope="col">{label}</th>
              {compared ? <th scope="col">Compared with</th> : null}
              {compared ? <th scope="col">{label}</th> : null}
            </tr>
          </thead>
          <tbody>
            {points.map((point) => (
              <tr>
                <th scope="row">{point.name}</th>
                <td>{valueText(point)}</td>
                {compared ? <td class="numbers-text">{point.before?.name ?? "–"}</td> : null}
                {compared ? <td>{point.before === null ? "–" : valueText(point.before)}</td> : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

export function valueText({ value }: Reading): string {
  return value === null ? "being computed" : count(value);
}
