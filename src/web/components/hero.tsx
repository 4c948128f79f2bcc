import type { SearchItem, SearchPage } from "../search-page.ts";
import { facetValues } from "../search-page.ts";
import { formatCount } from "../price.ts";
import { categoryHref } from "../query.ts";
import { Picture } from "./picture.tsx";
import { productHref } from "./product-card.tsx";

const MAX_CATEGORIES = 12;

/** The display window of the front page: three products under arches, and the widest categories. */
export function Hero({ page }: { page: SearchPage }) {
  const categories = facetValues(page, "category").filter((facet) => !facet.value.includes("/"));
  return (
    <section class="hero" id="hero" aria-labelledby="hero-title">
      <div class="hero-text">
        <h2 id="hero-title">Look in the window.</h2>
        <p class="hero-lead">
          {page.total === 0
            ? "The shelves are being filled."
            : `${formatCount(page.total)} things worth a second look. Start typing, and they come forward.`}
        </p>
        {categories.length === 0 ? null : (
          <ul class="hero-categories" aria-label="Categories">
            {categories.slice(0, MAX_CATEGORIES).map((facet) => (
              <li>
                <a class="chip" href={categoryHref([facet.value])}>
                  {facet.value}
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
      <ul class="window" aria-label="In the window">
        {displayed(page.items).map((item) => (
          <li>
            <a class="arch" href={productHref(item.id)}>
              <Picture src={item.image_url} alt="" size={300} eager />
              <span class="visually-hidden">{item.title}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Three products with pictures, of different categories where there are. */
function displayed(items: readonly SearchItem[]): SearchItem[] {
  const pictured = items.filter((item) => item.image_url !== null);
  const byCategory = new Map(pictured.toReversed().map((item) => [item.category[0] ?? "", item]));
  const first = [...byCategory.values()].toReversed();
  const rest = pictured.filter((item) => !first.includes(item));
  return [...first, ...rest].slice(0, 3);
}
