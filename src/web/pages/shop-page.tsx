import { DataBlock } from "../components/data-block.tsx";
import { FacetPanel } from "../components/facet-panel.tsx";
import { Hero } from "../components/hero.tsx";
import { Icon } from "../components/icon.tsx";
import { Layout } from "../components/layout.tsx";
import { Results } from "../components/results.tsx";
import { valuesOf } from "../filters.ts";
import { isFront, queryHref } from "../query.ts";
import type { ShopQuery } from "../query.ts";
import { shownPart } from "../search-page.ts";
import type { SearchPage, ShopView } from "../search-page.ts";

interface Props {
  query: ShopQuery;
  page: SearchPage;
  /** Scheme and host of the deployment, for the canonical address. */
  origin: string;
  /** Names the answer, where it is told which of its results are opened. */
  queryId: string | null;
}

export function ShopPage({ query, page, origin, queryId }: Props) {
  const view: ShopView = { query, page, status: "ready" };
  const front = isFront(query);
  const title = titleOf(query);
  const head = {
    title: front ? "Vitrine: look in the window" : `${title} · Vitrine`,
    description: front ? "Find products as you type." : `${page.total} products: ${title}.`,
    canonical: origin + queryHref({ ...query, cursor: null }),
    indexed:
      query.q === "" && query.cursor === null && query.filters.every((filter) => filter.field === "category"),
  };
  return (
    <Layout head={head} q={query.q}>
      <h1 id="page-title" class="visually-hidden">
        {front ? "The shop" : title}
      </h1>
      {front ? <Hero page={page} /> : null}
      <div class="shop">
        <aside id="filters" class="filters" popover="auto" aria-labelledby="filters-title">
          <div class="filters-head">
            <h2 id="filters-title">Filters</h2>
            <button class="icon-button" type="button" popovertarget="filters" popovertargetaction="hide">
              <span class="visually-hidden">Close filters</span>
              <Icon name="close" />
            </button>
          </div>
          <div id="facets" class="facets">
            <FacetPanel view={view} />
          </div>
        </aside>
        <section id="results" class="results" aria-label="Results" data-query-id={queryId ?? undefined}>
          <Results view={view} />
        </section>
      </div>
      <DataBlock type="application/json" id="shop-state" value={shownPart(page)} />
    </Layout>
  );
}

function titleOf(query: ShopQuery): string {
  if (query.q !== "") return `Search: ${query.q}`;
  return valuesOf(query.filters, "category")[0]?.replaceAll("/", " › ") ?? "All products";
}
