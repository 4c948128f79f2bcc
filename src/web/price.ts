import type { Money } from "../domain/money.ts";

// Making a formatter costs more than a card's whole markup; a deployment sells in few currencies.
const formatters = new Map<string, Intl.NumberFormat>();
const MAX_FORMATTERS = 32;

function formatterOf(currency: string): Intl.NumberFormat {
  const known = formatters.get(currency);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat("en-US", { style: "currency", currency });
  if (formatters.size < MAX_FORMATTERS) formatters.set(currency, made);
  return made;
}

/** `$1,299.00`; the plain code and amount where the currency is no ISO 4217 code. */
export function formatPrice(price: Money): string {
  try {
    return formatterOf(price.currency).format(price.amount / 10 ** currencyDigits(price.currency));
  } catch {
    return `${price.amount} ${price.currency}`;
  }
}

/** Decimal digits of a currency: 2 for USD, 0 for JPY. */
export function currencyDigits(currency: string): number {
  try {
    return formatterOf(currency).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

export function currencySymbol(currency: string): string {
  try {
    const parts = formatterOf(currency).formatToParts(0);
    return parts.find((part) => part.type === "currency")?.value ?? currency;
  } catch {
    return currency;
  }
}

export function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}
