import { formatFilter, mergeFilters, rangeOf, valuesOf, withFilter } from "../filters.ts";
import { ATTRIBUTE_FACETS, queryHref } from "../query.ts";
import { facetRange, facetValues } from "../search-page.ts";
import type { ShopView } from "../search-page.ts";
import { CategoryFacet } from "./category-facet.tsx";
import { CheckFacet } from "./check-facet.tsx";
import { FORM_ID } from "./form.ts";
import { Icon } from "./icon.tsx";
import { PriceFacet } from "./price-facet.tsx";

const RATINGS = [4, 3, 2] as const;

/** Everything that narrows the list; its controls belong to the search form, so they work as a plain GET. */
export function FacetPanel({ view }: { view: ShopView }) {
  const { query, page } = view;
  if (page !== null && page.total === 0 && query.filters.length === 0) {
    return <p class="muted small">There is nothing to narrow.</p>;
  }
  const stock = facetValues(page, "in_stock").filter((facet) => facet.value === "true");
  return (
    <>
      <CategoryFacet query={query} values={facetValues(page, "category")} />
      <PriceFacet view={view} />
      <CheckFacet
        title="Brand"
        field="brand"
        values={facetValues(page, "brand")}
        chosen={valuesOf(query.filters, "brand")}
      />
      <RatingFacet view={view} />
      <CheckFacet
        title="Availability"
        field="in_stock"
        values={stock}
        chosen={valuesOf(query.filters, "in_stock")}
        labelOf={(value) => (value === "true" ? "In stock" : "Sold out")}
      />
      {ATTRIBUTE_FACETS.map(({ field, title }) => (
        <CheckFacet
          key={field}
          title={title}
          field={field}
          values={facetValues(page, field)}
          chosen={valuesOf(query.filters, field)}
        />
      ))}
      <OtherFilters view={view} />
      <button class="button button-primary apply" type="submit" form={FORM_ID}>
        Apply filters
      </button>
    </>
  );
}

function RatingFacet({ view }: { view: ShopView }) {
  const { query } = view;
  const { min } = rangeOf(query.filters, "rating");
  if (min === null && facetRange(view.page, "rating").max === null) return null;
  return (
    <section class="facet" aria-labelledby="facet-rating">
      <h3 id="facet-rating">Rating</h3>
      <ul class="facet-list">
        {RATINGS.map((stars) => {
          const chosen = min === stars;
          const next = chosen ? null : { field: "rating", min: stars, max: null };
          const filters = withFilter(query.filters, "rating", next);
          return (
            <li>
              <a
                id={`rating-${stars}`}
                class="choice"
                href={queryHref({ ...query, filters, cursor: null })}
                aria-current={chosen ? "true" : undefined}
              >
                <span class="choice-mark" aria-hidden="true" />
                {stars} stars and up
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const SHOWN = new Set<string>([
  "brand",
  "in_stock",
  "price",
  ...ATTRIBUTE_FACETS.map((facet) => facet.field),
]);

/** Filters without a control of their own stay in the form, so that sending it does not lose them. */
function OtherFilters({ view }: { view: ShopView }) {
  const others = mergeFilters(view.query.filters).filter((filter) => !SHOWN.has(filter.field));
  return (
    <>
      {others.map((filter) => (
        <input key={filter.field} type="hidden" name="filter" value={formatFilter(filter)} form={FORM_ID} />
      ))}
    </>
  );
}

export function FilterButton({ count }: { count: number }) {
  return (
    <button class="button filter-button" type="button" popovertarget="filters">
      <Icon name="filter" />
      Filters
      {count > 0 ? <span class="badge">{count}</span> : null}
    </button>
  );
}
