import type { Child } from "hono/jsx";
import { count } from "../dashboard/format.ts";

/** Parts of a whole side by side, for the eye alone: the numbers stand beside it. */
export function Stack({ parts }: { parts: readonly (readonly [string, number])[] }) {
  const all = parts.reduce((sum, [, value]) => sum + value, 0);
  let at = 0;
  return (
    <svg class="ops-stack" width="100%" height="6" aria-hidden="true" focusable="false">
      {parts.map(([kind, value]) => {
        const x = all === 0 ? 0 : (at / all) * 100;
        at += value;
        return (
          <rect
            class={`ops-part-${kind}`}
            x={`${x}%`}
            width={`${all === 0 ? 0 : (value / all) * 100}%`}
            height="6"
          />
        );
      })}
    </svg>
  );
}

/** Names with a number each, and a bar of its share of the largest behind. */
export function Counts({ rows, of }: { rows: readonly (readonly [string, number])[]; of: string }): Child {
  const most = rows.reduce((max, [, value]) => Math.max(max, value), 1);
  return (
    <table class="bar-list">
      <thead class="visually-hidden">
        <tr>
          <th scope="col">{of}</th>
          <th scope="col">Count</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, value]) => (
          <tr>
            <th scope="row">
              <svg class="bar-back" width="100%" height="100%" aria-hidden="true" focusable="false">
                <rect width={`${(value / most) * 100}%`} height="100%" rx="4" />
              </svg>
              <span class="bar-name code">{name}</span>
            </th>
            <td class="bar-list-numbers">{count(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
