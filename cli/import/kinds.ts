import { UsageError } from "../errors.ts";

/** How a column's value is read. */
export type Kind =
  | { name: "text" | "number" | "boolean" | "cents" | "decimal" }
  | { name: "split" | "join"; separator: string }
  | { name: "url"; base: string };

/** A value does not fit its field: the record is refused with this reason. */
export class ValueError extends Error {
  override readonly name = "ValueError";
}

const PLAIN_KINDS = ["text", "number", "boolean", "cents", "decimal"] as const;
const YES: readonly string[] = ["true", "t", "yes", "y", "1", "in stock", "in_stock", "instock", "available"];
const NO: readonly string[] = ["false", "f", "no", "n", "0", "out of stock", "out_of_stock", "sold out"];

export function readKind(text: string): Kind {
  const plain = PLAIN_KINDS.find((name) => name === text);
  if (plain !== undefined) return { name: plain };
  const [, name, separator] = /^(split|join)\((.+)\)$/s.exec(text) ?? [];
  if (name === "split" || name === "join") return { name, separator };
  const [, base] = /^url\((.+)\)$/s.exec(text) ?? [];
  if (base !== undefined) {
    if (!/^https?:/.test(base) || !URL.canParse(base))
      throw new UsageError(`url(${base}): that is no http(s) URL`);
    return { name: "url", base };
  }
  throw new UsageError(
    `There is no kind "${text}": ${PLAIN_KINDS.join(", ")}, split(SEPARATOR), join(SEPARATOR), url(BASE)`,
  );
}

export function isMissing(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === "string" && value.trim() === "");
}

export function toText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new ValueError(`${shown(value)} is not text`);
}

export function toNumber(value: unknown): number {
  const number = typeof value === "string" ? Number(value.trim()) : value;
  if (typeof number === "number" && Number.isFinite(number)) return number;
  throw new ValueError(`${shown(value)} is not a number`);
}

export function toBoolean(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  const word = String(value).trim().toLowerCase();
  if (YES.includes(word)) return true;
  if (NO.includes(word)) return false;
  throw new ValueError(`${shown(value)} is neither yes nor no`);
}

/** A whole number of minor units. */
export function toCents(value: unknown): number {
  const cents = toNumber(value);
  if (Number.isInteger(cents) && cents >= 0) return cents;
  throw new ValueError(`${shown(value)} is not a whole number of cents (for 19.99 the kind is decimal)`);
}

/** "1,299.50" or 1299.5 in minor units of `currency`, without ever passing through a binary fraction. */
export function decimalToMinor(value: unknown, currency: string): number {
  const text = toText(value)
    .trim()
    .replace(/^[$€£¥]\s*|\s*[$€£¥]$/gu, "");
  const [, whole, fraction = ""] = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined) throw new ValueError(`${shown(value)} is not a price such as 1299.50`);
  const digits = minorDigits(currency);
  if (/[1-9]/.test(fraction.slice(digits))) {
    throw new ValueError(`${shown(value)} has more than ${digits} decimals, which ${currency} does not have`);
  }
  return Number(whole.replaceAll(",", "") + fraction.slice(0, digits).padEnd(digits, "0"));
}

function minorDigits(currency: string): number {
  try {
    const format = new Intl.NumberFormat("en", { style: "currency", currency });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    throw new ValueError(`"${currency}" is not a currency of three letters`);
  }
}

export function toList(value: unknown, separator: string): string[] {
  const parts = Array.isArray(value) ? value.map(toText) : toText(value).split(separator);
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

/** An address as it is, and anything else relative to `base`: `a.jpg` under `https://img.example/p/`. */
export function toUrl(value: unknown, base: string): string {
  const text = toText(value).trim();
  if (URL.canParse(text, base)) return new URL(text, base).href;
  throw new ValueError(`${shown(value)} is no URL, nor a path under ${base}`);
}

/** A value as it may stand in a message: short, in quotes where it is text. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
