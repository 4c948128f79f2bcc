import type { FieldError } from "../../domain/errors.ts";
import { MAX_AMOUNT } from "../../domain/money.ts";
import type { Money } from "../../domain/money.ts";
import { imageUrlOf, PRODUCT_LIMITS } from "../../domain/product.ts";
import type { ProductInput } from "../../domain/product.ts";
import { FieldReader, isBlank, isObject, kindOf } from "./field-reader.ts";
import { parseAttributes } from "./parse-attributes.ts";

/** What `GET` answers with and a write passes over, so that what was read can be sent back. */
const READ_ONLY = new Set(["org", "updated_at", "version"]);
const WRITABLE = new Set([
  "id",
  "title",
  "description",
  "brand",
  "category",
  "price",
  "rating",
  "rating_count",
  "in_stock",
  "image_id",
  "image_url",
  "attributes",
]);
const ID = /^[A-Za-z0-9._~:-]{1,128}$/;
const WEB_URL = /^https?:\/\/[^\s/\\?#@\p{Cc}]+(?:[/?#][^\s\\\p{Cc}]*)?$/iu;
// Browsers read "//host" and "/\host" as another origin.
const OWN_PATH = /^\/(?![/\\])[^\s\\\p{Cc}]*$/u;
const MAX_RATING_COUNT = 1_000_000_000;

export type ParsedProduct = { ok: ProductInput } | { errors: FieldError[] };

/**
 * One product from its wire form (snake_case JSON; amounts in minor units), with at most 20 errors, each with the path
 * of its field. Only `id` and `title` are required; what is left out is not known, and in stock.
 */
export function parseProduct(value: unknown): ParsedProduct {
  const fields = new FieldReader();
  if (!isObject(value)) {
    fields.refuse("", `Expected a product as a JSON object, not ${kindOf(value)}`);
    return { errors: fields.errors };
  }
  refuseUnknown(fields, value, WRITABLE, "");
  const product: ProductInput = {
    id: parseId(fields, value.id, "id"),
    title: parseTitle(fields, value.title),
    description: fields.optionalText(value.description, "description", PRODUCT_LIMITS.description) ?? "",
    brand: fields.optionalText(value.brand, "brand", PRODUCT_LIMITS.brand),
    category: parseCategory(fields, value.category),
    price: parsePrice(fields, value.price),
    rating: optional(value.rating, (given) => fields.number(given, "rating", { min: 0, max: 5 })),
    ratingCount:
      optional(value.rating_count, (given) =>
        fields.wholeNumber(given, "rating_count", { min: 0, max: MAX_RATING_COUNT }),
      ) ?? 0,
    inStock: parseInStock(fields, value.in_stock),
    imageUrl: parseImageUrl(fields, value.image_url),
    imageId: optional(value.image_id, (given) => parseId(fields, given, "image_id")),
    attributes: parseAttributes(fields, value.attributes),
  };
  // What `GET` derives from the image comes back with it.
  if (product.imageUrl === imageUrlOf({ ...product, imageUrl: null })) product.imageUrl = null;
  if (product.imageUrl !== null && product.imageId !== null) {
    fields.refuse("image_url", "Give either image_id or image_url, not both");
  }
  return fields.errors.length === 0 ? { ok: product } : { errors: fields.errors };
}

function optional<T>(value: unknown, parse: (value: unknown) => T | null): T | null {
  return value === undefined || value === null ? null : parse(value);
}

function refuseUnknown(
  fields: FieldReader,
  value: Readonly<Record<string, unknown>>,
  known: ReadonlySet<string>,
  under: string,
): void {
  for (const name of Object.keys(value)) {
    if (!known.has(name) && !(under === "" && READ_ONLY.has(name))) {
      fields.refuse(`${under}${name}`, "There is no such field");
    }
  }
}

function parseId(fields: FieldReader, value: unknown, path: string): string {
  if (typeof value !== "string") {
    fields.refuse(path, `Expected text, not ${kindOf(value)}`);
  } else if (!ID.test(value)) {
    fields.refuse(path, `Expected 1 to ${PRODUCT_LIMITS.id} letters, digits or any of . _ ~ : -`);
  } else return value;
  return "";
}

function parseTitle(fields: FieldReader, value: unknown): string {
  const title = fields.text(value, "title", PRODUCT_LIMITS.title);
  if (title !== null && isBlank(title)) fields.refuse("title", "The title is empty");
  return title ?? "";
}

function parseCategory(fields: FieldReader, value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    fields.refuse("category", `Expected a list from the widest to the narrowest, not ${kindOf(value)}`);
    return [];
  }
  if (value.length > PRODUCT_LIMITS.categoryLevels) {
    fields.refuse(
      "category",
      `There are ${value.length} levels: at most ${PRODUCT_LIMITS.categoryLevels} are taken`,
    );
    return [];
  }
  const names = value.map((level: unknown, i) =>
    fields.optionalText(level ?? "", `category.${i}`, PRODUCT_LIMITS.categoryName),
  );
  return names.filter((name) => name !== null);
}

const PRICE_FIELDS = new Set(["amount", "currency"]);

function parsePrice(fields: FieldReader, value: unknown): Money | null {
  if (value === undefined || value === null) return null;
  if (!isObject(value)) {
    const expected = 'Expected {"amount": whole minor units (cents), "currency": "USD"}';
    return fields.refuse("price", `${expected}, not ${kindOf(value)}`);
  }
  refuseUnknown(fields, value, PRICE_FIELDS, "price.");
  const amount = fields.wholeNumber(value.amount, "price.amount", { min: 0, max: MAX_AMOUNT });
  const { currency } = value;
  if (typeof currency !== "string" || !/^[A-Z]{3}$/.test(currency)) {
    return fields.refuse(
      "price.currency",
      `Expected three capital letters (ISO 4217), not ${kindOf(currency)}`,
    );
  }
  return amount === null ? null : { amount, currency };
}

function parseInStock(fields: FieldReader, value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === "boolean") return value;
  fields.refuse("in_stock", `Expected true or false, not ${kindOf(value)}`);
  return true;
}

function parseImageUrl(fields: FieldReader, value: unknown): string | null {
  const url = fields.optionalText(value, "image_url", PRODUCT_LIMITS.url);
  if (url === null || OWN_PATH.test(url) || (WEB_URL.test(url) && URL.canParse(url))) return url;
  return fields.refuse("image_url", "Expected an http(s) URL, or a path that begins with one /");
}
