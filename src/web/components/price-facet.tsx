import { rangeOf } from "../filters.ts";
import { currencyDigits, currencySymbol } from "../price.ts";
import { facetRange } from "../search-page.ts";
import type { ShopView } from "../search-page.ts";
import { FORM_ID } from "./form.ts";

/** Lowest and highest price, typed in whole units of the currency of the products shown. */
export function PriceFacet({ view }: { view: ShopView }) {
  const currency = view.page?.items.find((item) => item.price !== null)?.price?.currency ?? "USD";
  const scale = 10 ** currencyDigits(currency);
  const chosen = rangeOf(view.query.filters, "price");
  const known = facetRange(view.page, "price");
  if (known.max === null && chosen.min === null && chosen.max === null) return null;
  const low = known.min === null ? "" : String(Math.floor(known.min / scale));
  const high = known.max === null ? "" : String(Math.ceil(known.max / scale));
  return (
    <fieldset class="facet">
      <legend>Price</legend>
      <div class="price-range">
        <PriceInput
          name="price_min"
          label="Lowest price"
          currency={currency}
          value={typed(chosen.min, scale)}
          placeholder={low}
        />
        <span aria-hidden="true">–</span>
        <PriceInput
          name="price_max"
          label="Highest price"
          currency={currency}
          value={typed(chosen.max, scale)}
          placeholder={high}
        />
        <input type="hidden" name="currency" value={currency} form={FORM_ID} />
      </div>
    </fieldset>
  );
}

interface InputProps {
  name: string;
  label: string;
  currency: string;
  value: string;
  placeholder: string;
}

function PriceInput({ name, label, currency, value, placeholder }: InputProps) {
  return (
    <label class="price-input">
      <span class="visually-hidden">{label}</span>
      <span aria-hidden="true">{currencySymbol(currency)}</span>
      <input
        id={name}
        name={name}
        value={value}
        placeholder={placeholder}
        inputmode="decimal"
        autocomplete="off"
        form={FORM_ID}
      />
    </label>
  );
}

function typed(amount: number | null, scale: number): string {
  return amount === null ? "" : String(amount / scale);
}
