import { formatPrice } from "../price.ts";
import type { SearchItem } from "../search-page.ts";
import { Highlight } from "./highlight.tsx";
import { Picture } from "./picture.tsx";
import { Rating } from "./rating.tsx";

export function productHref(id: string): string {
  return `/p/${encodeURIComponent(id)}`;
}

interface Props {
  item: SearchItem;
  eager?: boolean;
}

/** One product in a list. The link lies over the whole card, so that all of it can be pressed. */
export function ProductCard({ item, eager = false }: Props) {
  return (
    <li class="card">
      <Picture src={item.image_url} alt="" size={320} eager={eager} />
      <div class="card-text">
        {item.brand === null ? null : <p class="card-brand">{item.brand}</p>}
        <h3 class="card-title">
          <a href={productHref(item.id)}>
            <Highlight text={item.title} ranges={item.highlights.title} />
          </a>
        </h3>
        <Rating rating={item.rating} count={item.rating_count} />
        <p class="card-price">
          {item.price === null ? <span class="muted">Price on request</span> : formatPrice(item.price)}
          {item.in_stock ? null : <span class="sold-out">Sold out</span>}
        </p>
      </div>
    </li>
  );
}

export function ProductGrid({ items, eager = 0 }: { items: readonly SearchItem[]; eager?: number }) {
  return (
    <>
      {items.map((item, index) => (
        <ProductCard key={item.id} item={item} eager={index < eager} />
      ))}
    </>
  );
}

export function SkeletonCards({ count }: { count: number }) {
  return (
    <>
      {Array.from({ length: count }, (_, index) => (
        <li key={`skeleton-${index}`} class="card skeleton" aria-hidden="true">
          <span class="picture" />
          <div class="card-text">
            <span class="bone bone-short" />
            <span class="bone" />
            <span class="bone bone-half" />
          </div>
        </li>
      ))}
    </>
  );
}
