import { queryHref } from "../query.ts";
import type { ShopQuery } from "../query.ts";
import { Icon } from "./icon.tsx";

const MAX_WORDS = 5;

/** Nothing found: what else to try, as links that keep what can be kept. */
export function EmptyState({ query }: { query: ShopQuery }) {
  const words = [...new Set(query.q.split(/\s+/).filter((word) => word.length > 2))].slice(0, MAX_WORDS);
  return (
    <div class="state">
      <Icon name="window" />
      <p class="state-title">Nothing in the window matches</p>
      <p class="muted">Check the spelling, use fewer words, or widen the filters.</p>
      <ul class="chips chips-center" aria-label="Try instead">
        {query.filters.length === 0 ? null : (
          <li>
            <a class="chip" href={queryHref({ ...query, filters: [], cursor: null })}>
              Search without filters
            </a>
          </li>
        )}
        {words.length < 2
          ? null
          : words.map((word) => (
              <li>
                <a class="chip" href={queryHref({ ...query, q: word, cursor: null })}>
                  {word}
                </a>
              </li>
            ))}
        <li>
          <a class="chip" href="/">
            Browse everything
          </a>
        </li>
      </ul>
    </div>
  );
}
