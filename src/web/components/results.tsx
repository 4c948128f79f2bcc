import { formatCount } from "../price.ts";
import { PAGE_SIZE, queryHref } from "../query.ts";
import type { ShopView } from "../search-page.ts";
import { ActiveFilters } from "./active-filters.tsx";
import { EmptyState } from "./empty-state.tsx";
import { ErrorState } from "./error-state.tsx";
import { FilterButton } from "./facet-panel.tsx";
import { ProductGrid, SkeletonCards } from "./product-card.tsx";
import { SortSelect } from "./sort-select.tsx";

/** The list and all that stands above and below it; drawn by the server first, then by the browser. */
export function Results({ view }: { view: ShopView }) {
  const { query, page } = view;
  const currency = page?.items.find((item) => item.price !== null)?.price?.currency ?? "USD";
  return (
    <>
      <div class="toolbar">
        <h2 class="result-count" id="results-title">
          {headingOf(view)}
        </h2>
        <div class="toolbar-controls">
          <FilterButton count={query.filters.length} />
          <SortSelect chosen={query.sort} />
        </div>
      </div>
      <ActiveFilters query={query} currency={currency} />
      <Body view={view} />
    </>
  );
}

function Body({ view }: { view: ShopView }) {
  const { query, page, status } = view;
  if (status === "failed") return <ErrorState problem={view.problem ?? "broken"} href={queryHref(query)} />;
  if (status !== "slow" && page !== null && page.items.length === 0) return <EmptyState query={query} />;
  return (
    <>
      <ul class="grid" aria-labelledby="results-title" aria-busy={status === "ready" ? undefined : "true"}>
        {status === "slow" ? (
          <SkeletonCards count={8} />
        ) : (
          <ProductGrid items={page?.items ?? []} eager={4} />
        )}
        {status === "loading-more" ? <SkeletonCards count={4} /> : null}
      </ul>
      <More view={view} />
    </>
  );
}

function More({ view }: { view: ShopView }) {
  const { query, page, status } = view;
  if (page === null || status === "slow") return null;
  const shown = page.items.length;
  return (
    <nav class="more" aria-label="More results">
      {query.cursor === null ? null : (
        <a class="button" href={queryHref({ ...query, cursor: null })}>
          Back to the first page
        </a>
      )}
      {page.next_cursor === null ? null : (
        <a
          class="button button-primary"
          rel="next"
          data-more=""
          href={queryHref({ ...query, cursor: page.next_cursor })}
        >
          Show {formatCount(Math.min(PAGE_SIZE, Math.max(1, page.total - shown)))} more
        </a>
      )}
      {view.problem === undefined ? null : <p role="alert">More could not be loaded. Please try again.</p>}
      {query.cursor === null && page.total > 0 ? (
        <p class="muted">
          {formatCount(shown)} of {formatCount(page.total)} shown
        </p>
      ) : null}
    </nav>
  );
}

/** `1,204 products for “lamp”`, also what the live region says. */
export function headingOf(view: ShopView): string {
  if (view.page === null || view.status === "failed") return "Products";
  const { total } = view.page;
  const count = total === 0 ? "No products" : total === 1 ? "1 product" : `${formatCount(total)} products`;
  return view.page.query === "" ? count : `${count} for “${view.page.query}”`;
}
