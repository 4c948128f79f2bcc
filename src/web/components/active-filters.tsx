import { withFilter, withoutValue } from "../filters.ts";
import type { ShopFilter } from "../filters.ts";
import { formatPrice } from "../price.ts";
import { queryHref } from "../query.ts";
import type { ShopQuery } from "../query.ts";
import { Icon } from "./icon.tsx";

interface Chip {
  label: string;
  filters: readonly ShopFilter[];
}

/** What narrows the list now, each a link that takes it away. */
export function ActiveFilters({ query, currency }: { query: ShopQuery; currency: string }) {
  const chips = query.filters.flatMap((filter) => chipsOf(filter, query, currency));
  if (chips.length === 0) return null;
  return (
    <ul class="chips" aria-label="Active filters">
      {chips.map((chip) => (
        <li key={chip.label}>
          <a class="chip" href={queryHref({ ...query, filters: chip.filters, cursor: null })}>
            <span class="visually-hidden">Remove filter: </span>
            {chip.label}
            <Icon name="close" />
          </a>
        </li>
      ))}
      <li>
        <a class="chip chip-clear" href={queryHref({ ...query, filters: [], cursor: null })}>
          Clear all
        </a>
      </li>
    </ul>
  );
}

function chipsOf(filter: ShopFilter, query: ShopQuery, currency: string): Chip[] {
  if ("min" in filter) {
    return [{ label: rangeLabel(filter, currency), filters: withFilter(query.filters, filter.field, null) }];
  }
  return filter.values.map((value) => ({
    label: valueLabel(filter.field, value),
    filters: withoutValue(query.filters, filter.field, value),
  }));
}

function valueLabel(field: string, value: string): string {
  if (field === "in_stock") return value === "true" ? "In stock" : "Sold out";
  if (field === "category") return value.split("/").at(-1) ?? value;
  return value;
}

function rangeLabel(
  filter: { field: string; min: number | null; max: number | null },
  currency: string,
): string {
  const { field, min, max } = filter;
  if (field === "rating" && max === null) return `${min} stars and up`;
  const show = (value: number) =>
    field === "price" ? formatPrice({ amount: value, currency }) : String(value);
  if (min !== null && max !== null) return `${show(min)} – ${show(max)}`;
  if (min !== null) return `From ${show(min)}`;
  return max === null ? field : `Up to ${show(max)}`;
}
