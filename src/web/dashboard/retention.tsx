import { count, dayMonth, share } from "./format.ts";
import { localTimeOf } from "./local-time.ts";
import type { Cohort } from "./wire.ts";

const MAX_WEEKS = 12;
const SHADES = 10;

/** Of those first seen in a week, how many were there in the weeks after: a table whose cells are shaded. */
export function Retention({ cohorts }: { cohorts: readonly Cohort[] }) {
  const width = Math.min(
    MAX_WEEKS,
    cohorts.reduce((max, { weeks }) => Math.max(max, weeks.length), 0),
  );
  return (
    <section class="panel" aria-labelledby="retention-title">
      <h2 id="retention-title">Retention by week</h2>
      {cohorts.length === 0 ? (
        <p class="note">Shown once users have been there for a week.</p>
      ) : (
        <>
          <p class="muted small">
            Of the users first seen in a week, the share who were there in each week after
          </p>
          <div class="table-scroll" tabindex={0} role="group" aria-labelledby="retention-title">
            <table class="retention">
              <thead>
                <tr>
                  <th scope="col">First seen</th>
                  <th scope="col">Users</th>
                  {Array.from({ length: width }, (_, week) => (
                    <th scope="col">{week === 0 ? "Week 0" : week}</th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {cohorts.map((cohort) => (
                  <CohortRow cohort={cohort} width={width} />
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}

function CohortRow({ cohort, width }: { cohort: Cohort; width: number }) {
  const { users, weeks } = cohort;
  const time = localTimeOf(cohort.cohort);
  return (
    <tr>
      <th scope="row">{dayMonth(time)}</th>
      <td class="retention-users">{count(users)}</td>
      {Array.from({ length: width }, (_, week) => {
        if (week >= weeks.length) return <td class="retention-none" />;
        const part = users === 0 ? 0 : weeks[week] / users;
        return (
          <td class={`shade shade-${shadeOf(part)}`} title={`${count(weeks[week])} of ${count(users)} users`}>
            {share(Math.round(part * 100) / 100)}
          </td>
        );
      })}
    </tr>
  );
}

/** 0 to 9: lighter to darker. */
export function shadeOf(part: number): number {
  return Math.max(0, Math.min(SHADES - 1, Math.floor(part * SHADES)));
}
