import { Confirm, Hidden } from "../components/confirm.tsx";
import { count } from "../dashboard/format.ts";
import { opsHref } from "./query.ts";
import type { OpsQuery } from "./query.ts";
import type { OpsLetter, OpsLetters } from "./view.ts";
import { moment, span } from "./words.ts";

export const LETTERS_ACTION = "/ops/dead-letters";

interface Props {
  letters: OpsLetters;
  query: OpsQuery;
  now: number;
}

/** Jobs that failed for good, why, and the way back into the queue. */
export function LettersPanel({ letters, query, now }: Props) {
  const { items, kinds, next_cursor: next } = letters;
  return (
    <section class="panel" aria-labelledby="letters-title">
      <h2 id="letters-title">Dead letters</h2>
      {items.length === 0 ? (
        <p class="note">
          {query.cursor === "" ? "None wait: nothing has failed for good." : "There are no more."}
        </p>
      ) : (
        <>
          <div class="ops-kinds">
            {kinds.map(({ kind, count: waiting }) => (
              <RedriveAll kind={kind} waiting={waiting} now={now} />
            ))}
            {kinds.length > 1 ? (
              <RedriveAll now={now} kind="" waiting={kinds.reduce((sum, { count: one }) => sum + one, 0)} />
            ) : null}
          </div>
          <ul class="ops-letters">
            {items.map((letter) => (
              <Letter key={letter.id} letter={letter} now={now} />
            ))}
          </ul>
        </>
      )}
      <p class="ops-pages">
        {query.cursor === "" ? null : (
          <a
            class="button button-small"
            href={opsHref({ ...query, cursor: "" }, "#letters-title")}
            data-ops-go=""
          >
            The newest
          </a>
        )}
        {next === null ? null : (
          <a
            class="button button-small"
            href={opsHref({ ...query, cursor: next }, "#letters-title")}
            data-ops-go=""
          >
            Older ones
          </a>
        )}
      </p>
    </section>
  );
}

function RedriveAll({ kind, waiting, now }: { kind: string; waiting: number; now: number }) {
  const what = kind === "" ? "all kinds" : kind;
  return (
    <Confirm
      id={`redrive-${kind === "" ? "all" : kind.replaceAll(/[^\w-]/g, "-")}`}
      label={`Redrive ${kind === "" ? "all" : kind} (${count(waiting)})`}
      about=""
      title={`Redrive ${count(waiting)} dead letter${waiting === 1 ? "" : "s"}?`}
      text={`Each job of ${what} that waits here is written anew and runs once more. What fails again comes back.`}
      action="Redrive"
      fields={{ do: "redrive-all", kind, until: String(now) }}
      to={LETTERS_ACTION}
    />
  );
}

function Letter({ letter, now }: { letter: OpsLetter; now: number }) {
  const { id, kind, reason, attempts, created_at: at, payload } = letter;
  return (
    <li class="ops-letter" id={id}>
      <div>
        <p class="ops-letter-head">
          <code>{kind}</code>
          <span class="muted">
            {count(attempts)} attempt{attempts === 1 ? "" : "s"},{" "}
            <time datetime={new Date(at).toISOString()} title={moment(at)}>
              {span(now - at)} ago
            </time>
          </span>
        </p>
        <p class="ops-reason">{reason}</p>
        <details>
          <summary>What it was to do</summary>
          <pre class="ops-code" tabindex={0} role="group" aria-label={`What ${id} was to do`}>
            {payload}
          </pre>
        </details>
      </div>
      <form method="post" action={LETTERS_ACTION} data-redrive={id}>
        <Hidden fields={{ do: "redrive", letter: id }} />
        <button class="button button-small" type="submit">
          Redrive
          <span class="visually-hidden">
            {" "}
            {kind}, {id}
          </span>
        </button>
      </form>
    </li>
  );
}
