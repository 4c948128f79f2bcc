import { valuesOf, withFilter } from "../filters.ts";
import { formatCount } from "../price.ts";
import { queryHref } from "../query.ts";
import type { ShopQuery } from "../query.ts";
import type { FacetValue } from "../search-page.ts";

interface Props {
  query: ShopQuery;
  /** Full paths, joined by `/`, one value for each level. */
  values: readonly FacetValue[];
}

/** The way down through the categories: the chosen path above, what lies right below it as links. */
export function CategoryFacet({ query, values }: Props) {
  const chosen = valuesOf(query.filters, "category")[0] ?? "";
  const path = chosen === "" ? [] : chosen.split("/");
  const children = values.filter((facet) => isChild(facet.value, path));
  if (path.length === 0 && children.length === 0) return null;
  return (
    <section class="facet" aria-labelledby="facet-category">
      <h3 id="facet-category">Category</h3>
      <ul class="facet-list">
        {path.length === 0 ? null : (
          <li>
            <a class="crumb" id="category-all" href={hrefOf(query, "")}>
              All categories
            </a>
          </li>
        )}
        {path.map((name, index) => (
          <li class={`level-${Math.min(index + 1, 4)}`}>
            <a
              class="crumb"
              id={`category-up-${index}`}
              href={hrefOf(query, path.slice(0, index + 1).join("/"))}
              aria-current={index === path.length - 1 ? "true" : undefined}
            >
              {name}
            </a>
          </li>
        ))}
        {children.map((facet) => (
          <li key={facet.value} class={`level-${Math.min(path.length + 1, 4)}`}>
            <a class="choice" id={`category-${facet.value}`} href={hrefOf(query, facet.value)}>
              <span class="choice-text">{facet.value.split("/").at(-1)}</span>
              <span class="count">{formatCount(facet.count)}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function isChild(value: string, path: readonly string[]): boolean {
  const parts = value.split("/");
  return parts.length === path.length + 1 && path.every((name, index) => parts[index] === name);
}

function hrefOf(query: ShopQuery, path: string): string {
  const next = path === "" ? null : { field: "category", values: [path] };
  return queryHref({ ...query, filters: withFilter(query.filters, "category", next), cursor: null });
}
